//go:build unix

package xlsx_test

import (
	"archive/zip"
	"bytes"
	stdflate "compress/flate"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/inflate"
)

// BenchmarkReadReturn reads one return and, in turns with it, inflates the parts that reading reads, and reads the
// answers with excelize in its cheapest way: raw values, row by row, of the two sheets that hold answers and manifest,
// by their names. Since answers may have come to stand on any sheet, excelize-all takes all of them, as reading does.
// It compares medians of processor time, since machines are noisy.
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
		read := func() {
			r := xlsx.ReadReturn(context.Background(), bytes.NewReader(data), int64(len(data)), "x.xlsx", xlsx.ReadOptions{Template: tm})
			if len(r.Answers) != len(tm.Criteria) {
				b.Fatal(r.Findings)
			}
		}
		parts := neededParts(b, data)
		quick, standard, own := flate.NewReader(nil), stdflate.NewReader(nil), &inflate.Inflater{}
		room := make([]byte, 1<<20)
		jobs := []struct {
			name  string
			times int
			do    func()
		}{
			{"read", 20, read},
			{"inflate", 20, func() { inflateAll(b, parts, quick) }},
			{"inflate-std", 20, func() { inflateAll(b, parts, standard) }},
			{"inflate-own", 20, func() {
				for _, p := range parts {
					if !own.Inflate(room, p.size, p.packed, len(p.packed)) {
						b.Fatal("not inflated")
					}
				}
			}},
			{"excelize", 4, func() { readWithExcelize(b, data, "Assessment", "rubric") }},
			{"excelize-all", 4, func() { readWithExcelize(b, data) }},
		}
		b.Run("saved by "+by, func(b *testing.B) {
			took := make([][]float64, len(jobs))
			for b.Loop() {
				for i, j := range jobs {
					runtime.GC() // what one job left behind is not for the next to clear away
					from := spentSoFar(b)
					for range j.times {
						j.do()
					}
					took[i] = append(took[i], (spentSoFar(b)-from).Seconds()*1000/float64(j.times))
				}
			}
			least := func(i int) float64 { slices.Sort(took[i]); return took[i][0] }
			median := func(i int) float64 { slices.Sort(took[i]); return took[i][len(took[i])/2] }
			b.ReportMetric(0, "ns/op") // it would be the sum
			b.ReportMetric(least(0), "read-ms")
			for i, j := range jobs[1:] {
				b.ReportMetric(least(0)/least(i+1), "read/"+j.name)
				b.ReportMetric(median(0)/median(i+1), "median/"+j.name)
			}
		})
	}
}

// spentSoFar is the processor time of this process, that of the garbage collector included.
func spentSoFar(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// packedPart is a part as it lies in the file, and its size.
type packedPart struct {
	packed []byte
	size   int
}

// neededParts are the parts that reading a return reads.
func neededParts(b *testing.B, data []byte) []packedPart {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		b.Fatal(err)
	}
	var list []packedPart
	for _, f := range z.File {
		if !isNeeded(f.Name) {
			continue
		}
		raw, err := f.OpenRaw()
		if err != nil {
			b.Fatal(err)
		}
		p, err := io.ReadAll(raw)
		if err != nil {
			b.Fatal(err)
		}
		list = append(list, packedPart{p, int(f.UncompressedSize64)})
	}
	return list
}

func inflateAll(b *testing.B, parts []packedPart, in io.ReadCloser) {
	for _, p := range parts {
		must(in.(flate.Resetter).Reset(bytes.NewReader(p.packed), nil))
		if n, err := io.Copy(io.Discard, in); err != nil || n != int64(p.size) {
			b.Fatal(n, err)
		}
	}
}

// readWithExcelize reads the sheets of the given names, or all.
func readWithExcelize(b *testing.B, data []byte, sheets ...string) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	if len(sheets) == 0 {
		sheets = f.GetSheetList()
	}
	for _, name := range sheets {
		rows, err := f.Rows(name)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
		}
		must(rows.Close())
	}
	must(f.Close())
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

// isNeeded says whether reading a return reads the part: all but pictures, charts and the like.
func isNeeded(name string) bool {
	for _, s := range []string{"theme", "drawings/_rels", "chart", "media", "vml", "printer"} {
		if strings.Contains(name, s) {
			return false
		}
	}
	return true
}
