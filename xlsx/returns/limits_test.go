package returns_test

import (
	"bytes"
	"context"
	"io"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// slowly is a file on a drive that takes a moment: longer than a step of the coarsest clock, which is that of Windows.
type slowly struct{ io.ReaderAt }

func (r slowly) ReadAt(p []byte, at int64) (int, error) {
	time.Sleep(50 * time.Millisecond)
	return r.ReaderAt.ReadAt(p, at)
}

// fileWithin is a file that is read too slowly for a limit of a nanosecond.
func fileWithin(limits xlsx.Limits, b []byte) io.ReaderAt {
	if limits.Time == time.Nanosecond {
		return slowly{bytes.NewReader(b)}
	}
	return bytes.NewReader(b)
}

// TestLimits lowers each limit below what an intact workbook needs, and raises each above it.
func TestLimits(t *testing.T) {
	tm := trybook.SmallTemplate()
	b, want := trybook.SmallFilled(t)
	for _, x := range []struct {
		name   string
		limits xlsx.Limits
		want   models.Code // "" for read
	}{
		{"by default", xlsx.Limits{}, ""},
		{"as by default", xlsx.DefaultLimits(), ""},
		{"the file's own size", xlsx.Limits{Packed: int64(len(b))}, ""},
		{"a byte less", xlsx.Limits{Packed: int64(len(b)) - 1}, models.FileTooLarge},
		{"unpacked", xlsx.Limits{Unpacked: int64(len(b))}, models.FileOverLimit},
		{"parts", xlsx.Limits{Parts: 5}, models.FileOverLimit},
		{"cells", xlsx.Limits{Cells: 50}, models.FileOverLimit},
		{"text", xlsx.Limits{Text: 500}, models.FileOverLimit},
		{"time", xlsx.Limits{Time: time.Nanosecond}, models.FileTimeLimit},
		{"ample", xlsx.Limits{Packed: 1 << 40, Unpacked: 1 << 40, Parts: 1 << 20, Cells: 1 << 28, Text: 1 << 30, Time: time.Hour}, ""},
	} {
		ret := returns.Read(context.Background(), fileWithin(x.limits, b), int64(len(b)), "return.xlsx", returns.ReadOptions{Template: tm, Limits: x.limits})
		if x.want == "" {
			checkAnswers(t, x.name, tm, ret, want)
			noFindings(t, x.name, ret)
		} else if len(ret.Answers()) > 0 || len(ret.Findings) != 1 || ret.Findings[0].Code != x.want || ret.Findings[0].Severity != models.Error {
			t.Errorf("%s: %d answers, findings %v, want %s", x.name, len(ret.Answers()), trybook.FindingList(ret), x.want)
		}
	}
	// Whoever stops the reading gets no answers either.
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if ret := returns.Read(ctx, bytes.NewReader(b), int64(len(b)), "return.xlsx", returns.ReadOptions{Template: tm}); len(ret.Answers()) > 0 || !trybook.HasCode(ret, models.FileUnreadable) {
		t.Errorf("stopped: %d answers, findings %v", len(ret.Answers()), trybook.FindingList(ret))
	}
}
