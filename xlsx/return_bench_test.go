package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/xlsx"
)

// BenchmarkReadReturn reads one return, and beside it inflates the parts that reading needs, and reads the
// answers with excelize in its cheapest way: one pass over the rows of the sheet. Run with -count and compare
// medians; the three are to be run in one go, since machines are noisy.
func BenchmarkReadReturn(b *testing.B) {
	tm := template(b, "uk-dmm")
	excel, _ := filled(b, "uk-dmm")
	files := map[string][]byte{"excelize": excel}
	if data := savedByLibreOffice(b, excel); data != nil {
		files["libreoffice"] = data
	}
	for _, by := range []string{"excelize", "libreoffice"} {
		data, ok := files[by]
		if !ok {
			continue
		}
		b.Run("saved by "+by+"/read", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := xlsx.ReadReturn(context.Background(), bytes.NewReader(data), int64(len(data)), "x.xlsx", xlsx.ReadOptions{Template: tm})
				if len(r.Answers) != len(tm.Criteria) {
					b.Fatal(r.Findings)
				}
			}
		})
		b.Run("saved by "+by+"/inflate", func(b *testing.B) {
			b.ReportAllocs()
			z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				b.Fatal(err)
			}
			in := flate.NewReader(nil)
			for b.Loop() {
				for _, f := range z.File {
					if !isNeeded(f.Name) {
						continue
					}
					raw, err := f.OpenRaw()
					if err != nil {
						b.Fatal(err)
					}
					must(in.(flate.Resetter).Reset(raw, nil))
					if _, err := io.Copy(io.Discard, in); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
		b.Run("saved by "+by+"/excelize", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f, err := excelize.OpenReader(bytes.NewReader(data))
				if err != nil {
					b.Fatal(err)
				}
				rows, err := f.GetRows("Assessment")
				if err != nil || len(rows) < len(tm.Criteria) {
					b.Fatal(err)
				}
				if _, err := f.GetRows("rubric"); err != nil {
					b.Fatal(err)
				}
				f.Close()
			}
		})
	}
}

// savedByLibreOffice saves the workbook anew, or gives nil where LibreOffice is missing.
func savedByLibreOffice(b *testing.B, data []byte) []byte {
	office, err := exec.LookPath("soffice")
	if err != nil {
		return nil
	}
	dir := b.TempDir()
	must(os.WriteFile(filepath.Join(dir, "return.xlsx"), data, 0o600))
	cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), filepath.Join(dir, "return.xlsx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	saved, err := os.ReadFile(filepath.Join(dir, "out", "return.xlsx"))
	if err != nil {
		b.Fatal(err)
	}
	return saved
}

// isNeeded says whether reading a return needs the part: all but pictures, charts and the like.
func isNeeded(name string) bool {
	for _, s := range []string{"theme", "drawing", "chart", "media", "vml", "printer"} {
		if strings.Contains(name, s) {
			return false
		}
	}
	return true
}
