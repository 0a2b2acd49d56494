//go:build unix

package returns_test

import (
	"archive/zip"
	"bytes"
	stdflate "compress/flate"
	"context"
	"fmt"
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

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/inflate"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// BenchmarkRead reads the returns of some recipients and, in turns with that, inflates the parts that reading
// reads, and reads the answers with excelize in its cheapest way: raw values, row by row, of the two sheets that hold
// answers and manifest, by their names. Since answers may have come to stand on any sheet, excelize-all takes all of
// them, as reading does. It compares processor time: the least that each job took for each return, since other programs
// can only add to it, and beside it the medians. The file's SHA-256, which excelize does not work out either, is a job of
// its own.
func BenchmarkRead(b *testing.B) {
	tm := trybook.Template(b, "uk-dmm")
	excel := someFilled(b, tm)
	files := map[string][][]byte{"excelize": excel, "libreoffice": savedByLibreOffice(b, excel)}
	for _, by := range []string{"excelize", "libreoffice"} {
		files := files[by]
		if files == nil {
			continue
		}
		parts := make([][]packedPart, len(files))
		for i, data := range files {
			parts[i] = neededParts(b, data)
		}
		read := func(i int, digest string) {
			r := returns.Read(context.Background(), bytes.NewReader(files[i]), int64(len(files[i])), "x.xlsx",
				returns.ReadOptions{Template: tm, Digest: digest})
			if len(r.Answers()) != len(tm.Criteria) {
				b.Fatal(r.Findings)
			}
		}
		quick, standard, own := flate.NewReader(nil), stdflate.NewReader(nil), &inflate.Inflater{}
		room := make([]byte, 1<<20)
		jobs := []struct {
			name  string
			times int // in a turn, which comes to about the same time for reading and for excelize
			do    func(i int)
		}{
			{"read", 60, func(i int) { read(i, "known") }},
			{"read and digest", 60, func(i int) { read(i, "") }},
			{"inflate", 60, func(i int) { inflateAll(b, parts[i], quick) }},
			{"inflate-std", 60, func(i int) { inflateAll(b, parts[i], standard) }},
			{"inflate-own", 60, func(i int) {
				for _, p := range parts[i] {
					if !own.Inflate(room, p.size, p.packed, len(p.packed)) {
						b.Fatal("not inflated")
					}
				}
			}},
			{"excelize", 6, func(i int) { readWithExcelize(b, files[i], "Assessment", "rubric") }},
			{"excelize-all", 4, func(i int) { readWithExcelize(b, files[i]) }},
		}
		b.Run("saved by "+by, func(b *testing.B) {
			took := make([][][]float64, len(jobs)) // by job and return
			for i := range took {
				took[i] = make([][]float64, len(files))
			}
			for b.Loop() {
				for k := range files {
					for i, j := range jobs {
						runtime.GC() // what one job left behind is not for the next to clear away
						from := spentSoFar(b)
						for range j.times {
							j.do(k)
						}
						took[i][k] = append(took[i][k], (spentSoFar(b)-from).Seconds()*1000/float64(j.times))
					}
				}
			}
			of := func(i int, of func([]float64) float64) (sum float64) {
				for _, list := range took[i] {
					slices.Sort(list)
					sum += of(list)
				}
				return sum
			}
			least := func(list []float64) float64 { return list[0] }
			median := func(list []float64) float64 { return list[len(list)/2] }
			b.ReportMetric(0, "ns/op") // it would be the sum
			b.ReportMetric(of(0, least)/float64(len(files)), "read-ms")
			b.ReportMetric(of(1, least)/float64(len(files)), "read-and-digest-ms")
			for i, j := range jobs[2:] {
				b.ReportMetric(of(0, least)/of(i+2, least), "read/"+j.name)
				b.ReportMetric(of(0, median)/of(i+2, median), "median/"+j.name)
				if j.name == "excelize" {
					b.ReportMetric(of(1, median)/of(i+2, median), "median-with-digest/excelize")
				}
			}
		})
	}
}

// someFilled are the returns of six recipients, each with answers, comments and evidence of its own.
func someFilled(b *testing.B, tm *models.Template) (files [][]byte) {
	rd := trybook.Round(tm.ID, "a4")
	a, err := assessment.New(tm, rd)
	if err != nil {
		b.Fatal(err)
	}
	for n := range 6 {
		rc := models.Recipient{ID: fmt.Sprintf("%03d", 7*n+1), Name: fmt.Sprintf("Example Unified School District %02d", 7*n+1)}
		cells, _ := trybook.ChoicesOf(tm)
		for i := range cells {
			other := &cells[(i*i+n)%len(cells)]
			cells[i].Answer, cells[i].Comment = other.Answer, fmt.Sprintf("%s, said by %s", other.Comment, rc.Name)
		}
		filled, err := assessment.Fill(trybook.CopyOf(b, a, rd, tm, rc), assessment.Filling{
			Respondent: assessment.FillRespondent{Name: "A. Respondent", Role: "Data lead", Date: "2026-12-01"},
			Cells:      cells, Saved: time.Date(2026, 12, 1, 15, n, 5, 0, time.UTC),
		})
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, filled)
	}
	return files
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

// savedByLibreOffice saves the workbooks anew, or gives nil where LibreOffice is missing.
func savedByLibreOffice(b *testing.B, workbooks [][]byte) (saved [][]byte) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		return nil
	}
	dir := b.TempDir()
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out")}
	for i, data := range workbooks {
		path := filepath.Join(dir, fmt.Sprintf("return%d.xlsx", i))
		must(os.WriteFile(path, data, 0o600))
		args = append(args, path)
	}
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	for i := range workbooks {
		data, err := os.ReadFile(filepath.Join(dir, "out", fmt.Sprintf("return%d.xlsx", i)))
		if err != nil {
			b.Fatal(err)
		}
		saved = append(saved, data)
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
