//go:build unix

package consolidated_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// BenchmarkConsolidated writes a round of 2,000 recipients, by turns with excelize's StreamWriter writing the
// cells of the sheets Answers, Matrix and Targets alone, and with compressing alone what the workbook consists of: the limit.
// It reports the processor time of each, the medians of the turns, and how many times StreamWriter takes. RUBRIC_RECIPIENTS
// sets another number.
func BenchmarkConsolidated(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("RUBRIC_RECIPIENTS"))
	if err != nil {
		n = 2000
	}
	in := exampleRound(b, "uk-dmm", n)
	var book bytes.Buffer
	if err := consolidated.Write(&book, in); err != nil {
		b.Fatal(err)
	}
	parts := inflated(b, book.Bytes())
	var ours, theirs, limit []time.Duration
	for b.Loop() {
		ours = append(ours, processorTime(func() {
			if err := consolidated.Write(io.Discard, in); err != nil {
				b.Fatal(err)
			}
		}))
		limit = append(limit, processorTime(func() { deflated(b, parts) }))
		theirs = append(theirs, processorTime(func() {
			if err := streamed(io.Discard, in); err != nil {
				b.Fatal(err)
			}
		}))
	}
	median := func(x []time.Duration) float64 { slices.Sort(x); return x[len(x)/2].Seconds() }
	b.ReportMetric(median(ours), "cpu-s/workbook")
	b.ReportMetric(median(limit), "cpu-s/deflate-alone")
	b.ReportMetric(median(theirs), "cpu-s/StreamWriter")
	b.ReportMetric(median(theirs)/median(ours), "times")
	b.ReportMetric(median(theirs)/median(limit), "times-at-the-limit")
}

// inflated is what the parts of a package hold.
func inflated(b *testing.B, book []byte) (parts [][]byte) {
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			b.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			b.Fatal(err)
		}
		parts = append(parts, part)
	}
	return parts
}

// deflated compresses the parts as the workbook's long sheets are compressed.
func deflated(b *testing.B, parts [][]byte) {
	w, err := flate.NewWriter(io.Discard, flate.BestSpeed)
	if err != nil {
		b.Fatal(err)
	}
	for _, part := range parts {
		w.Reset(io.Discard)
		if _, err := w.Write(part); err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func processorTime(f func()) time.Duration {
	runtime.GC()
	var from, to syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &from)
	f()
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &to)
	spent := func(r *syscall.Rusage) time.Duration {
		return time.Duration(r.Utime.Nano() + r.Stime.Nano())
	}
	return spent(&to) - spent(&from)
}

// streamed writes the three long sheets with excelize.
func streamed(w io.Writer, in consolidated.Input) error {
	f := excelize.NewFile()
	defer f.Close()
	answers, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	grids := make([]*excelize.StreamWriter, 2)
	for i, name := range []string{"Matrix", "Targets"} {
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
		if grids[i], err = f.NewStreamWriter(name); err != nil {
			return err
		}
	}
	number := func(c models.Choice) any {
		if n, ok := c.Number(); ok {
			return n
		}
		if c.IsNotApplicable() {
			return "n/a"
		}
		return nil
	}
	row, line := 1, 1
	for _, m := range in.Members {
		if m.Return == nil {
			continue
		}
		rc := m.Recipient
		levels := []any{rc.ID, rc.Name, rc.Groups["Region"], rc.Groups["Type"], line}
		targets := append([]any(nil), levels...)
		for i := range m.Return.Answers() {
			a := &m.Return.Answers()[i]
			c := in.Template.Criterion(a.Ref)
			topic, _ := in.Template.Topic(c.Topic)
			theme, _ := in.Template.Theme(c.Theme)
			level := number(a.Level.Value)
			cell, _ := excelize.CoordinatesToCellName(1, row)
			err := answers.SetRow(cell, []any{
				rc.ID, rc.Name, rc.Groups["Region"], rc.Groups["Type"], c.Ref, topic.Name, theme.Name, c.Subject, level,
				in.Template.Scale(c).Label(a.Level.Value), number(a.Target.Value), a.Evidence.Value, a.Comment.Value,
				a.Level.Origin.File, a.Level.Origin.Sheet, a.Level.Origin.Cell,
			})
			if err != nil {
				return err
			}
			row++
			levels, targets = append(levels, level), append(targets, number(a.Target.Value))
		}
		cell, _ := excelize.CoordinatesToCellName(1, line)
		if err := grids[0].SetRow(cell, levels); err != nil {
			return err
		}
		if err := grids[1].SetRow(cell, targets); err != nil {
			return err
		}
		line++
	}
	for _, s := range append(grids, answers) {
		if err := s.Flush(); err != nil {
			return err
		}
	}
	return f.Write(w)
}
