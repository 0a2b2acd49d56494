package round_test

import (
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

func TestJournal(t *testing.T) {
	r := newRound(t)
	when := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	want := []round.Event{
		{Time: when, Kind: round.Generated, Recipient: "0101", File: "outbox/x.xlsx", Digest: "ab", Template: r.TemplateDigest, By: "Ann"},
		{Time: when.Add(time.Second), Kind: round.Sent, Recipient: "0101", Address: "a@b.example", By: "Ann", Note: "line\nbreak <&>"},
	}
	if err := r.Record(want...); err != nil {
		t.Fatal(err)
	}
	got, unreadable, err := r.Journal()
	if err != nil || unreadable != 0 || !reflect.DeepEqual(got[1:], want) {
		t.Errorf("got %+v, %d, %v", got, unreadable, err)
	}
	// A crash in the middle of a line spoils that line only.
	path := filepath.Join(r.Dir, ".rubric", "journal.jsonl")
	whole := read(t, path)
	write(t, path, whole[:len(whole)-20])
	if err := r.Record(round.Event{Kind: round.Reminded, Recipient: "0102"}); err != nil {
		t.Fatal(err)
	}
	got, unreadable, err = r.Journal()
	if err != nil || unreadable != 1 || len(got) != 3 || got[2].Kind != round.Reminded {
		t.Errorf("got %+v, %d, %v", got, unreadable, err)
	}
	if e := got[2]; time.Since(e.Time) > time.Minute || e.By == "" {
		t.Errorf("time and person were not filled in: %+v", e)
	}
}

func TestJournalConcurrent(t *testing.T) {
	r := newRound(t)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if err := r.Record(round.Event{Kind: round.Generated}, round.Event{Kind: round.Sent, Note: strings.Repeat("x", 5000)}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if got, unreadable, err := r.Journal(); err != nil || unreadable != 0 || len(got) != 41 {
		t.Errorf("%d events, %d unreadable, %v", len(got), unreadable, err)
	}
}

func TestSettled(t *testing.T) {
	r := newRound(t)
	when := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	for _, e := range []round.Event{
		{Time: when.Add(time.Hour), Kind: round.Received, File: "a.xlsx", Digest: "d1"},
		{Time: when, Kind: round.Received, File: "b.xlsx", Digest: "d1"},
		{Kind: round.Generated, Recipient: "0101", Digest: "d9"},
	} {
		if err := r.Record(e); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range [][3]string{{"a.xlsx", "d1", "0101"}, {"b.xlsx", "d2", "0101"}, {"b.xlsx", "d2", "0102"}, {"c.xlsx", "d3", "0101"}, {"c.xlsx", "d3", ""}} {
		if err := r.Record(round.Event{Kind: round.Assigned, File: a[0], Digest: a[1], Recipient: a[2]}); err != nil {
			t.Fatal(err)
		}
	}
	events, _, err := r.Journal()
	if err != nil {
		t.Fatal(err)
	}
	assigned, received := round.Settled(events, []models.Return{
		{File: "moved/a.xlsx", Digest: "d1"}, // the same bytes elsewhere
		{File: "b.xlsx", Digest: "d2"},       // the last word counts
		{File: "c.xlsx", Digest: "d3"},       // taken back
		{File: "a.xlsx", Digest: "d4"},       // other bytes under the name
	})
	if want := map[string]string{"moved/a.xlsx": "0101", "b.xlsx": "0102"}; !reflect.DeepEqual(assigned, want) {
		t.Errorf("assigned: got %v, want %v", assigned, want)
	}
	if want := map[string]time.Time{"moved/a.xlsx": when}; !reflect.DeepEqual(received, want) {
		t.Errorf("received: got %v, want %v", received, want)
	}
	if got, want := round.SentWorkbooks(events), map[string]string{"d9": "0101"}; !reflect.DeepEqual(got, want) {
		t.Errorf("sent: got %v, want %v", got, want)
	}
}

func TestPreferredFiles(t *testing.T) {
	r := newRound(t)
	for _, p := range []struct {
		digest string
		no     bool
	}{{"d1", false}, {"d2", false}, {"d3", false}, {"d1", false}, {"d3", true}} {
		e := round.Event{Kind: round.Preferred, File: "as it was called", Digest: p.digest}
		if p.no {
			e.Note = "no"
		}
		if err := r.Record(e); err != nil {
			t.Fatal(err)
		}
	}
	events, _, err := r.Journal()
	if err != nil {
		t.Fatal(err)
	}
	got := round.PreferredFiles(events, []models.Return{{File: "one", Digest: "d1"}, {File: "two", Digest: "d2"}, {File: "three", Digest: "d3"}, {File: "four", Digest: "d4"}})
	if want := []string{"two", "one"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTemplateChanged(t *testing.T) {
	r := newRound(t)
	check := func(r *round.Round, want bool) {
		t.Helper()
		if got, err := r.TemplateChanged(); err != nil || got != want {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
	}
	made := func(r *round.Round) {
		t.Helper()
		if err := r.KeepTemplate(); err != nil {
			t.Fatal(err)
		}
		if err := r.Record(round.Event{Kind: round.Generated, Template: r.TemplateDigest}); err != nil {
			t.Fatal(err)
		}
	}
	change := func(text string) *round.Round {
		t.Helper()
		write(t, filepath.Join(r.Dir, "template.yaml"), text)
		again, err := round.Open(r.Dir)
		if err != nil {
			t.Fatal(err)
		}
		return again
	}
	check(change("id: example\nversion: 2\n"), false) // no workbook was made from the one before
	r = change("id: example\nversion: 3\n")
	made(r)
	check(r, false)
	changed := change("id: example\nversion: 4\n")
	check(changed, true)
	from, err := changed.MadeFrom()
	if err != nil || from != r.TemplateDigest {
		t.Errorf("made from %q, %v, want %q", from, err, r.TemplateDigest)
	}
	if kept, err := changed.KeptTemplate(from); err != nil || string(kept) != "id: example\nversion: 3\n" {
		t.Errorf("kept %q, %v", kept, err)
	}
	write(t, filepath.Join(r.Dir, ".rubric", "template-"+from+".yaml"), "spoilt")
	if kept, err := changed.KeptTemplate(from); err != nil || kept != nil {
		t.Errorf("spoilt: %q, %v", kept, err)
	}
	made(changed)
	check(changed, false)
}
