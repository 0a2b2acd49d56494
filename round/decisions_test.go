package round_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/round"
)

// asLines writes decisions for comparison.
func asLines(list []decisions.Decision) []string {
	out := []string{}
	for _, d := range list {
		s := fmt.Sprintf("%d %s %s%s/%s=%s by %s (%s): %s", d.Number, d.Kind, d.File, d.Recipient, d.Ref, d.Value, d.By, d.Account, d.State)
		if d.Back {
			s += " back"
		}
		if d.Undo != nil {
			s += " undone by " + d.Undo.By
		}
		out = append(out, s)
	}
	return out
}

// Decisions have the numbers in which they were made, those of rounds before there were numbers too. One about the same
// replaces an earlier one, and gives way to it again where it is taken back.
func TestDecisions(t *testing.T) {
	t.Setenv("USER", "x1")
	r := newRound(t)
	for _, e := range []round.Event{ // as an earlier version recorded them
		{Kind: round.Assigned, File: "a", Digest: "A", Recipient: "0101", By: "x0"},
		{Kind: round.Generated, Recipient: "0101", By: "x0"},
		{Kind: round.Preferred, File: "a", Digest: "A", By: "x0"},
		{Kind: round.Preferred, File: "a", Digest: "A", Note: "no", By: "x0"},
		{Kind: round.Decided, Recipient: "0101", Ref: "1.1", File: "b", Digest: "B", By: "x0"},
	} {
		if err := r.Record(e); err != nil {
			t.Fatal(err)
		}
	}
	add := []decisions.Decision{
		{Request: decisions.Request{Kind: decisions.Answer, File: "a", Ref: "1.1", Value: "3"}, Digest: "A", By: "Ann", Reason: "phoned"},
		{Request: decisions.Request{Kind: decisions.Recipient, File: "a", Recipient: "0102"}, Digest: "A"},
	}
	if err := r.Decide(add); err != nil {
		t.Fatal(err)
	}
	if add[0].Number != 5 || add[1].Number != 6 || add[1].By != "x1" {
		t.Errorf("recorded as %v", asLines(add))
	}
	more := []decisions.Decision{{Request: decisions.Request{Kind: decisions.Answer, File: "a", Ref: "1.1", Value: decisions.Ask}, Digest: "A"}}
	if err := r.Decide(more); err != nil {
		t.Fatal(err)
	}
	returns := []models.Return{{File: "a", Digest: "A"}, {File: "b", Digest: "B"}}
	state := func() ([]string, map[string]string) {
		events, _, err := r.Journal()
		if err != nil {
			t.Fatal(err)
		}
		assigned, _ := round.Settled(events, returns)
		return asLines(round.Decisions(events)), assigned
	}
	got, assigned := state()
	want := []string{
		"1 recipient a0101/= by x0 (x0): replaced",
		"2 counts a/= by x0 (x0): replaced",
		"3 counts a/= by x0 (x0): in force back",
		"4 from b0101/1.1= by x0 (x0): in force",
		"5 answer a/1.1=3 by Ann (x1): replaced",
		"6 recipient a0102/= by x1 (x1): in force",
		"7 answer a/1.1=ask by x1 (x1): in force",
	}
	if !reflect.DeepEqual(got, want) || assigned["a"] != "0102" {
		t.Errorf("got %s\nwant %s\nassigned %v", strings.Join(got, "\n"), strings.Join(want, "\n"), assigned)
	}
	events, _, err := r.Journal()
	if err != nil {
		t.Fatal(err)
	}
	list := round.Decisions(events)
	if err := r.Undo([]decisions.Decision{list[2], list[5], list[6]}, decisions.Undo{By: "Ben", Reason: "no", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	got, assigned = state()
	want = []string{
		"1 recipient a0101/= by x0 (x0): in force",
		"2 counts a/= by x0 (x0): in force",
		"3 counts a/= by x0 (x0): undone back undone by Ben",
		"4 from b0101/1.1= by x0 (x0): in force",
		"5 answer a/1.1=3 by Ann (x1): in force",
		"6 recipient a0102/= by x1 (x1): undone undone by Ben",
		"7 answer a/1.1=ask by x1 (x1): undone undone by Ben",
	}
	if !reflect.DeepEqual(got, want) || assigned["a"] != "0101" {
		t.Errorf("after three were taken back: got %s\nwant %s\nassigned %v", strings.Join(got, "\n"), strings.Join(want, "\n"), assigned)
	}
	if events, _, err = r.Journal(); err != nil {
		t.Fatal(err)
	}
	if files := round.PreferredFiles(events, returns); !reflect.DeepEqual(files, []string{"a"}) {
		t.Errorf("preferred: %v", files)
	}
	// The next number is the next, whatever was taken back.
	if err := r.Decide(more); err != nil || more[0].Number != 8 {
		t.Errorf("the next number is %d, %v", more[0].Number, err)
	}
	if left := round.Numbered(events); left[1].Number != 1 || left[2].Number != 0 || left[4].Number != 3 {
		t.Errorf("numbers of events: %d %d %d", left[1].Number, left[2].Number, left[4].Number)
	}
}

// A round to which a newer program wrote what this one does not understand is not written to, and the error names the
// version that it takes.
func TestNewerJournal(t *testing.T) {
	for needs, refused := range map[string]bool{"": false, "0.1.0": false, "0.2.0": false, "0.2.1": true, "0.10": true, "1.0.0": true, "nonsense": false} {
		r := newRound(t)
		if err := r.Record(round.Event{Kind: "foretold", Needs: needs}, round.Event{Kind: round.Sent, Note: `"needs":"9.9.9"`}); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(r.Dir, ".rubric", "journal.jsonl")
		before := read(t, path)
		lock, err := r.Lock("generate")
		switch {
		case err == nil:
			lock.Unlock()
			if refused {
				t.Errorf("needs %q: the round is written to", needs)
			}
		case !refused || !strings.Contains(err.Error(), needs+" or later"):
			t.Errorf("needs %q: %v", needs, err)
		}
		if _, err := os.Stat(filepath.Join(r.Dir, ".rubric", "lock")); err == nil {
			t.Errorf("needs %q: the lock is still there", needs)
		}
		events, _, err := r.Journal()
		if err != nil || (round.Newer(events) != "") != refused {
			t.Errorf("needs %q: newer is %q, %v", needs, round.Newer(events), err)
		}
		if read(t, path) != before {
			t.Errorf("needs %q: the journal was changed", needs)
		}
	}
}

// A message that lies as a draft in the office's mailbox would be written again by a program that does not know of it.
func TestPlacedIsNotForEarlierPrograms(t *testing.T) {
	r := newRound(t)
	if err := r.Record(round.Event{Kind: round.Placed, Recipient: "1"}, round.Event{Kind: round.Sent, Recipient: "2"}); err != nil {
		t.Fatal(err)
	}
	events, _, err := r.Journal()
	if err != nil || len(events) != 3 || events[1].Needs != "0.2.0" || events[2].Needs != "" {
		t.Errorf("%+v, %v", events, err)
	}
}
