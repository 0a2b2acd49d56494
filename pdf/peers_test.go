//go:build unix

package pdf_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf"
)

// TestCostAgainstPeers compares the processor time of a three-page summary with that of gofpdf as it is
// usually called and of ReportLab, both setting the same lines in the same face, without structure, lines or
// areas. All three take turns, so that a noisy machine is noisy for all. Run it with -benchtime 1x.
func BenchmarkCostAgainstPeers(t *testing.B) {
	c := castOf(t, threePages(t), "a4", 24, 0.96)
	p := printer(t, c)
	c.consolidation.Groups = c.input(0).Results.GroupsOf(c.members[0].Recipient)[:1]
	in := c.input(0)
	var lines []pdf.Placed
	p.Watch(func(x pdf.Placed) { lines = append(lines, x) })
	b, _ := summary(t, p, in)
	p.Watch(func(pdf.Placed) {})
	if n := len(readPDF(t, b).pages()); n != 3 {
		t.Fatalf("the summary has %d pages, not 3", n)
	}
	slices.SortStableFunc(lines, func(a, b pdf.Placed) int { return a.Page - b.Page })
	w, h := p.Paper()
	p = printer(t, c)
	const docs, rounds = 100, 10 // 1,000 summaries of each but gofpdf's
	job, _ := json.Marshal(map[string]any{"width": w, "height": h, "lines": lines})
	dir := t.TempDir()
	file := filepath.Join(dir, "lines.json")
	if err := os.WriteFile(file, job, 0o600); err != nil {
		t.Fatal(err)
	}
	regular, semibold := "../internal/typeface/SourceSans3-Regular.ttf", "../internal/typeface/SourceSans3-SemiBold.ttf"
	var own, usual, report []float64
	for range rounds {
		own = append(own, cpu(func() {
			for range docs {
				var out bytes.Buffer
				if _, err := p.Summary(&out, in); err != nil {
					t.Fatal(err)
				}
			}
		})/docs)
		usual = append(usual, cpu(func() {
			for range docs / 10 {
				usualGofpdf(t, lines, w, h, regular, semibold)
			}
		})/(docs/10))
		out, err := exec.Command("/usr/bin/python3", "../bench/pdf_reportlab.py", file, regular, semibold, fmt.Sprint(docs), filepath.Join(dir, "out.pdf")).CombinedOutput()
		if err != nil {
			t.Skipf("ReportLab could not be run: %v %s", err, out)
		}
		var s float64
		if _, err := fmt.Sscan(string(out), &s); err != nil {
			t.Fatal(err)
		}
		report = append(report, s/docs)
	}
	median := func(x []float64) float64 { slices.Sort(x); return x[len(x)/2] * 1000 }
	a, g, r := median(own), median(usual), median(report)
	t.Logf("%d lines on 3 pages, %d bytes: rubric %.2f ms, ReportLab %.2f ms (%.2f of it), gofpdf as usual %.2f ms (%.2f of it)",
		len(lines), len(b), a, r, a/r, g, a/g)
}

// threePages is uk-dmm cut down to what a three-page summary holds.
func threePages(t testing.TB) *models.Template {
	x := *builtin(t, "uk-dmm")
	x.Topics = x.Topics[:5]
	x.Criteria = slices.DeleteFunc(slices.Clone(x.Criteria), func(c models.Criterion) bool { return len(c.Topic) > 1 || c.Topic > "5" })
	x.Answers.Targets = false
	return &x
}

// cpu is the processor seconds of this process that f takes, by all threads.
func cpu(f func()) float64 {
	used := func() time.Duration {
		var u syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	before := used()
	f()
	return (used() - before).Seconds()
}

// usualGofpdf sets the lines with gofpdf and its Unicode fonts, as its documentation shows it.
func usualGofpdf(t testing.TB, lines []pdf.Placed, w, h float64, regular, semibold string) {
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: w, Ht: h}})
	for style, file := range map[string]string{"": regular, "B": semibold} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f.AddUTF8FontFromBytes("source", style, b)
	}
	page := -1
	for _, l := range lines {
		for page < l.Page {
			f.AddPage()
			page++
		}
		style := ""
		if l.Bold {
			style = "B"
		}
		f.SetFont("source", style, l.Size)
		if l.Up {
			f.TransformBegin()
			f.TransformRotate(90, l.X, h-l.Y)
		}
		f.Text(l.X, h-l.Y, strings.TrimRight(l.Text, " "))
		if l.Up {
			f.TransformEnd()
		}
	}
	if err := f.Output(&bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
}
