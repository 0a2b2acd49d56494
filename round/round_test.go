package round_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/round"
)

func TestInit(t *testing.T) {
	r := newRound(t)
	for _, name := range []string{"round.yaml", "recipients.csv", "template.yaml", "outbox", "returns", "results", ".rubric", ".rubric/key", ".rubric/journal.jsonl"} {
		if _, err := os.Stat(filepath.Join(r.Dir, name)); err != nil {
			t.Error(err)
		}
	}
	if info, err := os.Stat(filepath.Join(r.Dir, ".rubric", "key")); err == nil && runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the key: %v", info.Mode())
	}
	if len(r.Key) != 32 || bytes.Equal(r.Key, make([]byte, 32)) || len(r.TemplateDigest) != 16 {
		t.Errorf("key of %d bytes, digest %q", len(r.Key), r.TemplateDigest)
	}
	again, err := round.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(r, again) {
		t.Errorf("opened: %+v\nmade:   %+v", again, r)
	}
	if other := newRound(t); other.Config.ID == r.Config.ID || bytes.Equal(other.Key, r.Key) {
		t.Errorf("two rounds of one title share id %s or key", r.Config.ID)
	}
	events, _, err := r.Journal()
	if err != nil || len(events) != 1 || events[0].Kind != round.Initialised || events[0].Template != r.TemplateDigest {
		t.Errorf("journal: %+v, %v", events, err)
	}
}

// What goes into round.yaml comes out of it, whatever characters it has.
func TestInitKeepsSettings(t *testing.T) {
	o := options(t)
	o.Title = `Trouble: "quoted" 'n' #1 \ — Ŵy 𝛼 {a} [b] & *c: no`
	o.Organiser = "~"
	o.Contact = models.Contact{Name: "- no", Email: "a@b.example", Phone: "+44 0123"}
	o.ReplyTo = "r@b.example"
	o.Paper, o.Language = "letter", "cy"
	o.Recipients = rows(t, "id,name,\"Size: \"\"L\"\"\",yes\n1,A,x,y\n")
	o.Groups = []string{`Size: "L"`, "yes"}
	o.MinimumGroup = 7
	o.Scoring = &models.Scoring{Method: methods.Mean, Mean: methods.AllCriteria}
	o.Key = []byte(strings.Repeat("k", 32))
	r, err := round.Init(t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	want := &models.Round{ID: r.Config.ID, Title: o.Title, Organiser: o.Organiser, Template: o.TemplateID, Issued: o.Issued, Due: o.Due,
		Contact: o.Contact, ReplyTo: o.ReplyTo, Paper: "letter", Language: "cy", Groups: o.Groups, MinimumGroup: 7, Scoring: o.Scoring, Prefer: "latest"}
	if !reflect.DeepEqual(r.Config, want) {
		t.Errorf("got  %+v\nwant %+v", r.Config, want)
	}
	if r.Config.ID != "trouble-quoted-n-1-y-a-b-c-no-"+r.Config.ID[len(r.Config.ID)-6:] {
		t.Errorf("id %s", r.Config.ID)
	}
	o.ID = r.Config.ID
	again, err := round.Init(filepath.Join(t.TempDir(), "x"), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"round.yaml", "recipients.csv", ".rubric/key"} {
		if a, b := read(t, filepath.Join(r.Dir, name)), read(t, filepath.Join(again.Dir, name)); a != b {
			t.Errorf("%s differs between two runs:\n%s\n%s", name, a, b)
		}
	}
}

// The list in the folder is the one given, in UTF-8 that Excel recognises, with zeros in front.
func TestInitWritesList(t *testing.T) {
	o := options(t)
	o.Recipients = rows(t, "Region; ID ;Name;E-Mail\nNorth;007;École;a@b.example\n")
	o.Groups = nil
	r, err := round.Init(t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, filepath.Join(r.Dir, "recipients.csv")), "\ufeffRegion,id,name,email\nNorth,007,École,a@b.example\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Without word of groups, recipients are compared by what several of them share.
func TestInitDefaultGroups(t *testing.T) {
	o := options(t)
	o.Groups = nil
	list := "id,name,region,telephone,email,only one\n"
	for i := range 8 {
		list += fmt.Sprintf("%d,School %d,%s,0123 %d,,\n", i, i, []string{"North", "South"}[i%2], i)
	}
	o.Recipients = rows(t, list)
	r, err := round.Init(t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(r.Config.Groups); got != "[region]" {
		t.Errorf("got %s", got)
	}
	o.Groups = []string{}
	if r, err = round.Init(t.TempDir(), o); err != nil || len(r.Config.Groups) != 0 {
		t.Errorf("no groups wanted: got %v, %v", r, err)
	}
}

func TestInitRefuses(t *testing.T) {
	type edit = func(o *round.Options)
	cases := []struct {
		name string
		edit edit
		want []string
	}{
		{"no title", func(o *round.Options) { o.Title = " " }, []string{"title: … empty"}},
		{"no due date", func(o *round.Options) { o.Due = models.Date{} }, []string{"due: … empty"}},
		{"due before issued", func(o *round.Options) { o.Due = date(t, "2026-01-11") }, []string{"due: … 2026-01-11 is before the date of issue, 2026-01-12"}},
		{"paper", func(o *round.Options) { o.Paper = "A4" }, []string{"paper: … a4"}},
		{"language", func(o *round.Options) { o.Language = "englisch!" }, []string{"language: … language"}},
		{"contact", func(o *round.Options) { o.Contact.Email = "nobody" }, []string{"contact-email: … nobody"}},
		{"reply-to", func(o *round.Options) { o.ReplyTo = "nobody" }, []string{"reply-to: … nobody"}},
		{"a group that is no column", func(o *round.Options) { o.Groups = []string{"regoin"} }, []string{`groups: … did you mean "region"?`}},
		{"a group twice", func(o *round.Options) { o.Groups = []string{"region", "region"} }, []string{"groups: … twice"}},
		{"template", func(o *round.Options) { o.Template = nil }, []string{"template: … empty"}},
		{"several, the list's too", func(o *round.Options) {
			o.Title, o.Paper = "", "a5"
			o.Recipients = rows(t, "id,name,region\n,A,\n")
		}, []string{"paper: … a4", "title: … empty", "list.csv:2:1: … id is empty"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o := options(t)
			c.edit(&o)
			folder := filepath.Join(t.TempDir(), "round")
			_, err := round.Init(folder, o)
			matches(t, problems(t, err), c.want)
			if _, err := os.Stat(folder); err == nil {
				t.Error("a folder was made all the same")
			}
		})
	}
}

func TestInitFolder(t *testing.T) {
	usage := func(t *testing.T, dir, part string) {
		t.Helper()
		_, err := round.Init(dir, options(t))
		var e *fault.Error
		if !errors.As(err, &e) || !strings.Contains(e.Error(), part) || e.Remedy == "" {
			t.Errorf("got %v, want a usage error with %q", err, part)
		}
	}
	t.Run("a round", func(t *testing.T) { usage(t, newRound(t).Dir, "already holds a round") })
	t.Run("the rest of a round", func(t *testing.T) {
		r := newRound(t)
		os.Remove(filepath.Join(r.Dir, "round.yaml"))
		usage(t, r.Dir, "without its round.yaml")
		if k := read(t, filepath.Join(r.Dir, ".rubric", "key")); !strings.HasPrefix(k, fmt.Sprintf("%x", r.Key)) {
			t.Error("the key was written over")
		}
	})
	t.Run("a file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "x")
		write(t, path, "x")
		usage(t, path, "is a file")
	})
	t.Run("a name that Windows keeps for itself", func(t *testing.T) {
		usage(t, filepath.Join(t.TempDir(), "Aux"), "Windows keeps the name Aux for itself")
	})
	t.Run("another list", func(t *testing.T) {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "recipients.csv"), "id,name\n1,A\n")
		usage(t, dir, "another recipients.csv")
		if got := read(t, filepath.Join(dir, "recipients.csv")); got != "id,name\n1,A\n" {
			t.Error("the list was written over")
		}
	})
	t.Run("the same list", func(t *testing.T) {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "recipients.csv"), recipientsCSV)
		if _, err := round.Init(dir, options(t)); err != nil {
			t.Error(err)
		}
	})
}

const config = `title: Example round
issued: 2026-01-12
due: 2026-03-06
paper: a4
language: en-GB
groups: [region]
id: example-1
template: example
`

// Each mistake in round.yaml or the list is told with its place, all at once.
func TestOpenProblems(t *testing.T) {
	change := func(from, to string) string { return strings.Replace(config, from, to, 1) }
	cases := []struct {
		name   string
		config string
		want   []string
	}{
		{"right", config, nil},
		{"due before issued", change("2026-03-06", "2026-01-11"), []string{"round.yaml:3:6: … before the date of issue"}},
		{"no date", change("2026-03-06", "6 Marsh 2026"), []string{"round.yaml:3:6: … date"}},
		{"a day that is none", change("2026-03-06", "2026-02-30"), []string{"round.yaml:3:6: … date"}},
		{"unknown key", change("paper:", "papre:"), []string{`round.yaml:4:1: … did you mean "paper"?`}},
		{"paper", change("a4", "a5"), []string{"round.yaml:4:8: … a4"}},
		{"groups", change("[region]", "[regoin]"), []string{`round.yaml:6:10: … did you mean "region"?`}},
		{"no groups", change("groups: [region]\n", ""), nil},
		{"gates, which the template says", config + "scoring: {method: staged, gates: above-lowest}\n", []string{"round.yaml:9:27: … remove it here"}},
		{"mean without its method", config + "scoring: {method: weakest, mean: all-criteria}\n", []string{"round.yaml:9:34: … remove it"}},
		{"prefer", config + "prefer: newest\n", []string{"round.yaml:9:9: … latest"}},
		{"not YAML", "title: [\n", []string{"round.yaml: … "}},
		{"several", "titel: x\n" + change("a4", "a5"), []string{"round.yaml:1:1: … titel", "round.yaml:5:8: … a4"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := newRound(t)
			write(t, filepath.Join(r.Dir, "round.yaml"), c.config)
			_, err := round.Open(r.Dir)
			matches(t, problems(t, err), c.want)
		})
	}
	t.Run("round.yaml and the list", func(t *testing.T) {
		r := newRound(t)
		write(t, filepath.Join(r.Dir, "round.yaml"), change("a4", "a5"))
		write(t, filepath.Join(r.Dir, "recipients.csv"), "id,name,region\n,A,x\n")
		_, err := round.Open(r.Dir)
		matches(t, problems(t, err), []string{"round.yaml:4:8: … a4", "recipients.csv:2:1: … id is empty"})
	})
}

func TestOpenFolder(t *testing.T) {
	r := newRound(t)
	cases := []struct {
		name, dir, part string
		prepare         func(dir string)
	}{
		{"no folder", filepath.Join(r.Dir, "nowhere"), "there is no folder", nil},
		{"a file", filepath.Join(r.Dir, "round.yaml"), "is a file", nil},
		{"inside a round", filepath.Join(r.Dir, "returns"), "did you mean the folder above it, " + r.Dir, nil},
		{"above a round", filepath.Dir(r.Dir), "did you mean " + r.Dir, nil},
		{"another folder", t.TempDir(), "or make a new one", nil},
		{"no list", newRound(t).Dir, "recipients.csv", func(dir string) { os.Remove(filepath.Join(dir, "recipients.csv")) }},
		{"no template", newRound(t).Dir, "a built-in template can be written into a file", func(dir string) { os.Remove(filepath.Join(dir, "template.yaml")) }},
		{"no key", newRound(t).Dir, "backup", func(dir string) { os.Remove(filepath.Join(dir, ".rubric", "key")) }},
		{"a damaged key", newRound(t).Dir, "damaged", func(dir string) { os.WriteFile(filepath.Join(dir, ".rubric", "key"), []byte("abc"), 0o600) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.prepare != nil {
				c.prepare(c.dir)
			}
			_, err := round.Open(c.dir)
			var e *fault.Error
			if !errors.As(err, &e) || !strings.Contains(e.Error(), c.part) || e.Remedy == "" {
				t.Errorf("got %v, want a usage error with %q", err, c.part)
			}
		})
	}
}

func TestSelect(t *testing.T) {
	r := newRound(t)
	if got, err := r.Select(nil); err != nil || len(got) != 2 {
		t.Errorf("all: %v, %v", got, err)
	}
	if got, err := r.Select([]string{"0102"}); err != nil || len(got) != 1 || got[0].ID != "0102" {
		t.Errorf("one: %v, %v", got, err)
	}
	_, err := r.Select([]string{"0102", "102"})
	var e *fault.Error
	if !errors.As(err, &e) || !strings.Contains(e.Error(), `did you mean "0102"?`) {
		t.Errorf("got %v", err)
	}
}

// FuzzOpenConfig: whatever stands in round.yaml, it is a round or there are problems with a place.
func FuzzOpenConfig(f *testing.F) {
	f.Add(config)
	f.Add("")
	f.Add("title: &a x\nid: *a\n")
	f.Add("groups:\n  - region\n  - region\ndue: 2026-13-01\n")
	r := newRound(f)
	f.Fuzz(func(t *testing.T, text string) {
		write(t, filepath.Join(r.Dir, "round.yaml"), text)
		x, err := round.Open(r.Dir)
		if err == nil {
			if x.Config.ID == "" || x.Config.Title == "" || x.Config.Due.Before(x.Config.Issued.Time) {
				t.Errorf("opened with %+v", x.Config)
			}
			return
		}
		for _, line := range problems(t, err) {
			if !strings.HasPrefix(line, "round.yaml") {
				t.Errorf("no place: %s", line)
			}
		}
	})
}

// A recipient may be called by its id or, where it is the only one of that name, by its name.
func TestSelectByName(t *testing.T) {
	r := newRound(t)
	r.Recipients = []models.Recipient{{ID: "1", Name: "Example Unified, North"}, {ID: "2", Name: "St Mary's"}, {ID: "3", Name: "St  mary's "}, {ID: "4", Name: "Example School"}, {ID: "Example School", Name: "Other"}}
	for _, c := range []struct {
		words []string
		want  string // the ids, or what the error says
	}{
		{[]string{"1"}, "1"},
		{[]string{"example unified,  north"}, "1"},
		{[]string{"4", "Example Unified", " North"}, "1 4"}, // as a list cut at commas has it
		{[]string{"Example School"}, "Example School"},      // an id goes before a name
		{[]string{"St Mary's"}, "several recipients are called \"St Mary's\"; give the id of one: 2, 3"},
		{[]string{"Unified"}, "there is no recipient with the id or name \"Unified\" in recipients.csv; did you mean 1 (Example Unified, North)?"},
		{[]string{"Example Scool"}, "did you mean \"Example School\"?"},
		{[]string{""}, "there is no recipient"},
	} {
		list, err := r.Select(c.words)
		var got []string
		for _, rc := range list {
			got = append(got, rc.ID)
		}
		if err != nil {
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%q: %v, want %s", c.words, err, c.want)
			}
		} else if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %q, want %s", c.words, got, c.want)
		}
	}
}

// An id that lost zeros is known by the workbooks that were made; where two fit, both are named, and none is put back.
func TestShortIDs(t *testing.T) {
	o := options(t)
	o.Recipients = rows(t, "id,name\n7,Seven\n12,Twelve\n309,Three\nA7,Letters\n0000,None\n")
	o.Groups = nil
	r, err := round.Init(filepath.Join(t.TempDir(), "round"), o)
	if err != nil {
		t.Fatal(err)
	}
	var events []round.Event
	for _, id := range []string{"007", "0012", "00012", "309", "00A7", "0000"} {
		events = append(events, round.Event{Kind: round.Generated, Recipient: id})
	}
	got := r.ShortIDs(events)
	if len(got) != 2 || got[0].String() != "007 became 7" || got[1].String() != "0012 or 00012 became 12" {
		t.Fatalf("%v", got)
	}
	if err := r.Unchanged(events, "example"); err == nil || !strings.Contains(err.Error(), "2 ids of recipients.csv lost zeros") {
		t.Errorf("%v", err)
	}
	if files, err := r.RestoreIDs(got, time.Now()); err != nil || fmt.Sprint(files) != "[recipients.csv]" {
		t.Errorf("%v, %v", files, err)
	}
	if list := read(t, filepath.Join(r.Dir, "recipients.csv")); list != "\ufeffid,name\n007,Seven\n12,Twelve\n309,Three\nA7,Letters\n0000,None\n" {
		t.Error(list)
	}
	if kept, _ := filepath.Glob(filepath.Join(r.Dir, ".rubric", "recipients-before-*.csv")); len(kept) != 1 {
		t.Errorf("the list as it was is not kept: %v", kept)
	}
	// Who was made a workbook under the id of now has lost nothing.
	if got := r.ShortIDs(append(events, round.Event{Kind: round.Generated, Recipient: "12"})); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
