package apart_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/apart"
)

var asOf = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

// The shards of the demo, whose returns are good and bad in the ways that real ones are, are together what the round is as a
// whole: with one, some, and more than there are recipients.
func TestShardsAreTheRound(t *testing.T) {
	o := &office.Office{Jobs: 2, Now: func() time.Time { return asOf }}
	dir := filepath.Join(t.TempDir(), "demo")
	if _, err := demo.Play(t.Context(), o, demo.Options{Dir: dir, Template: "uk-dmm", Recipients: demo.Fewest, Seed: demo.Seed}); err != nil {
		t.Fatal(err)
	}
	f, err := o.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	in, err := o.TakeIn(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	want := lines(t, in)
	copied := slices.ContainsFunc(in.Findings, func(f models.Finding) bool { return f.Code == models.CopiedReturn })
	if len(in.Register.Files) < 10 || !copied {
		t.Fatalf("the round is not what it was: %d files, copied answers %v", len(in.Register.Files), copied)
	}
	for _, n := range []int{1, 3, demo.Fewest + 5} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			r, err := apart.Open(o, f, n, asOf)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, in := range shards(t, r) {
				got = append(got, lines(t, in)...)
			}
			slices.Sort(got)
			for i := range min(len(got), len(want)) {
				if got[i] != want[i] {
					t.Fatalf("got  %s\nwant %s", got[i], want[i])
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d lines, want %d", len(got), len(want))
			}
		})
	}
}

// shards takes a round in, as a cluster does, one step after the other.
func shards(t *testing.T, r *apart.Round) []*office.Intake {
	t.Helper()
	files, passedOver, err := r.Folder.ReturnFiles()
	if err != nil {
		t.Fatal(err)
	}
	read := make([][]apart.Read, r.Shards())
	for _, x := range passedOver {
		k := r.Spread(x.Origin.File)
		read[k] = append(read[k], apart.PassedOver(x))
	}
	for _, file := range slices.Backward(files) { // in any order
		for k, x := range r.Divide(r.Read(t.Context(), file)) {
			read[k] = append(read[k], again(t, x))
		}
	}
	var prints []checks.Print
	together := map[string][]checks.Beside{}
	for k := range read {
		d := r.Decide(k, read[k])
		prints = append(prints, d.Prints()...)
		for _, x := range d.Together() {
			together[d.FileOf(x.File)] = append(together[d.FileOf(x.File)], x)
		}
	}
	slices.SortFunc(prints, func(a, b checks.Print) int { return strings.Compare(a.Recipient, b.Recipient) })
	copies := checks.Copies(prints)
	var kept []checks.Kept
	for _, list := range together {
		slices.SortFunc(list, func(a, b checks.Beside) int { return strings.Compare(a.File, b.File) })
		kept = append(kept, checks.KeepBeside(list)...)
	}
	var out []*office.Intake
	for k := range read {
		for i := range read[k] { // what was decided is in the returns: they are read again
			read[k][i] = again(t, read[k][i])
		}
		out = append(out, r.Decide(k, read[k]).Finish(copies, kept))
	}
	return out
}

// again is what was read, encoded and decoded.
func again(t *testing.T, x apart.Read) apart.Read {
	t.Helper()
	b := x.AppendTo(nil)
	y, err := apart.Decode(b, &models.ReturnDecoder{Packer: &models.Packer{}})
	if err != nil {
		t.Fatal(err)
	}
	if string(y.AppendTo(nil)) != string(b) {
		t.Fatalf("%s is another once it was decoded", x.File)
	}
	for n := range b { // and nothing that was cut off is taken for it
		if _, err := apart.Decode(b[:n], &models.ReturnDecoder{Packer: &models.Packer{}}); err == nil {
			t.Fatalf("%s, cut off after %d of %d bytes, is taken", x.File, n, len(b))
		}
		if n > 200 {
			break
		}
	}
	return y
}

// lines are an intake's entries, files, findings and scorecards, each as JSON, sorted.
func lines(t *testing.T, in *office.Intake) (out []string) {
	t.Helper()
	add := func(what string, x any) {
		b, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, what+" "+string(b))
	}
	for _, e := range in.Register.Entries {
		add("entry", e)
	}
	for _, f := range in.Register.Files {
		add("file", f)
	}
	for _, f := range in.Findings {
		add("finding", f)
	}
	for i := range in.Members {
		add("scorecard of "+in.Members[i].Recipient.ID, in.Scorecard(i))
	}
	slices.Sort(out)
	return out
}
