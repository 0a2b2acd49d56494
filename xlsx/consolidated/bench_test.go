//go:build unix

package consolidated_test

import (
	"io"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// BenchmarkConsolidated writes a round of 2,000 recipients, by turns with excelize's StreamWriter writing the
// cells of the sheets Answers, Matrix and Targets alone, and reports the processor time of each and their
// ratio. RUBRIC_RECIPIENTS sets another number.
func BenchmarkConsolidated(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("RUBRIC_RECIPIENTS"))
	if err != nil {
		n = 2000
	}
	in := exampleRound(b, "uk-dmm", n)
	var ours, theirs time.Duration
	for b.Loop() {
		ours += processorTime(func() {
			if err := consolidated.Write(io.Discard, in); err != nil {
				b.Fatal(err)
			}
		})
		theirs += processorTime(func() {
			if err := streamed(io.Discard, in); err != nil {
				b.Fatal(err)
			}
		})
	}
	b.ReportMetric(ours.Seconds()/float64(b.N), "cpu-s/workbook")
	b.ReportMetric(theirs.Seconds()/float64(b.N), "cpu-s/StreamWriter")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "times")
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
