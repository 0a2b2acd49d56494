package returns_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/rubric-project/rubric/internal/cost"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// mostForCorrections is the largest heap that writing corrections into any return may need.
const mostForCorrections = 500 << 20

// TestHostileCorrections writes corrections into every damaged, hostile, odd or costly file that is read at all. They are
// written and read back as the return was, or there are none, for a reason; with -v the table of classes and costs is
// printed.
func TestHostileCorrections(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	type class struct {
		files, written, none int
		slowest              time.Duration
		peak                 uint64
	}
	classes := map[string]*class{}
	b := baseOf(t, "uk-dmm")
	try := func(name, file, password string, data []byte) {
		c := classes[name]
		if c == nil {
			c = &class{}
			classes[name] = c
		}
		ret := returns.Read(context.Background(), bytes.NewReader(data), int64(len(data)), "return.xlsx", returns.ReadOptions{Template: b.tm, Password: password})
		if len(ret.Answers()) == 0 {
			return
		}
		c.files++
		found := append(slices.Clone(ret.Findings), models.NewFinding(models.AnswerMissing, ret.Answers()[0].Level.Origin, "There is no answer."))
		var out bytes.Buffer
		var err error
		took, peak := cost.Of(func() {
			err = returns.WriteCorrections(context.Background(), &out, returns.CorrectionsInput{Round: trybook.Round("uk-dmm", "a4"), Template: b.tm, Workbook: data, Findings: found})
		})
		c.slowest, c.peak = max(c.slowest, took), max(c.peak, peak)
		switch {
		case err == nil:
			c.written++
			again := returns.Read(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), "return.xlsx", returns.ReadOptions{Template: b.tm})
			if !returns.Same(ret, again) {
				t.Errorf("%s/%s: with its cells marked it is read otherwise", name, file)
			}
		case errors.Is(err, returns.ErrNotCorrectable):
			c.none++
		default:
			t.Errorf("%s/%s: %v", name, file, err)
		}
		if peak > mostForCorrections {
			t.Errorf("%s/%s: it took %d MB", name, file, peak>>20)
		}
	}
	for i, d := range hostileCases() {
		if os.Getenv("RUBRIC_HOSTILE_MB") == "" && i%8 != 0 { // make hostile takes all
			continue
		}
		try(d.class, d.name, d.password, d.make(b))
	}
	for _, d := range costlyFiles() {
		try("costly", d.name, "", d.make(b))
	}
	if !testing.Verbose() {
		return
	}
	w := tabwriter.NewWriter(os.Stdout, 2, 4, 2, ' ', 0)
	fmt.Fprintln(w, "CORRECTIONS INTO\tREAD\tWRITTEN\tNONE\tMEMORY\tTIME")
	for _, name := range slices.Sorted(mapsKeys(classes)) {
		c := classes[name]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%.0f MB\t%.2f s\n", name, c.files, c.written, c.none, float64(c.peak)/(1<<20), c.slowest.Seconds())
	}
	w.Flush()
}
