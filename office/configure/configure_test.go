package configure_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/configure"
	"github.com/rubric-project/rubric/round"
)

// aRound is a new round of two recipients, with a comment of somebody's own in round.yaml.
func aRound(t *testing.T) string {
	t.Helper()
	dir, file := filepath.Join(t.TempDir(), "round"), filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(file, []byte("id,name,email\n001,One,one@example.org\n002,Two,\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	day := func(s string) models.Date { d, _ := models.ParseDate(s); return d }
	_, err := (&office.Office{}).Init(context.Background(), office.InitOptions{Dir: dir, Template: "csis-cdm3", Recipients: file, Title: "Spring", Issued: day("2026-03-01"), Due: day("2026-04-01")})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "round.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	b = bytes.Replace(b, []byte("due: 2026-04-01"), []byte("due: 2026-04-01 # the board agreed"), 1)
	if err := os.WriteFile(filepath.Join(dir, "round.yaml"), b, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

var theOffice = &office.Office{Now: func() time.Time { return time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC) }}

func open(t *testing.T, dir string) *office.Folder {
	t.Helper()
	f, unlock, _, err := theOffice.OpenToWrite(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(unlock)
	return f
}

func TestSettingsAreChangedAndJournalled(t *testing.T) {
	dir := aRound(t)
	f := open(t, dir)
	before, _ := os.ReadFile(filepath.Join(dir, "round.yaml"))
	s, err := configure.Of(f)
	if err != nil {
		t.Fatal(err)
	}
	due, _ := models.ParseDate("2026-05-01")
	s.Round.Title, s.Round.Due, s.Round.Completeness = `Spring: "again"`, due, 60
	s.Round.Contact.Email, s.Round.Look.Accent, s.Round.Mail.FromName, s.Round.Language = "ask@example.org", "#102030", "The office", "es"
	changes, err := configure.Apply(theOffice, f, s)
	if err != nil || len(changes) != 7 {
		t.Fatalf("%v, %v", changes, err)
	}
	again, err := (&office.Office{}).Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if c := again.Config; c.Title != `Spring: "again"` || c.Due != due || c.Completeness != 60 || c.Contact.Email != "ask@example.org" || c.Look.Accent != "#102030" || c.Language != "es" ||
		c.Mail.FromName != "The office" || c.ID != f.Config.ID {
		t.Errorf("%+v", c)
	}
	after, _ := os.ReadFile(filepath.Join(dir, "round.yaml"))
	if !strings.Contains(string(after), "due: 2026-05-01 # the board agreed") {
		t.Errorf("the comment is lost:\n%s", after)
	}
	for line := range strings.Lines(string(before)) {
		if strings.HasPrefix(line, "#") && !strings.Contains(string(after), line) {
			t.Errorf("a line is lost: %s", line)
		}
	}
	if kept, err := os.ReadFile(filepath.Join(dir, ".rubric", "round-before-"+s.Of+".yaml")); err != nil || !bytes.Equal(kept, before) {
		t.Errorf("the file before is not kept: %v", err)
	}
	events, _, _ := again.Journal()
	if e := events[len(events)-1]; e.Kind != round.SettingsChanged || !e.Time.Equal(theOffice.Time()) || !strings.Contains(e.Note, "due: 2026-04-01 → 2026-05-01") {
		t.Errorf("the journal says %+v", e)
	}
}

func TestSettingsThatStay(t *testing.T) {
	for _, c := range []struct {
		name   string
		events []round.Event
		change func(*models.Round)
		ok     bool
	}{
		{"id", nil, func(r *models.Round) { r.ID = "another" }, false},
		{"template", nil, func(r *models.Round) { r.Template = "uk-dmm" }, false},
		{"the language before anything went out", []round.Event{{Kind: round.Generated, Recipient: "001"}}, func(r *models.Round) { r.Language = "es" }, true},
		{"the language after", []round.Event{{Kind: round.Sent, Recipient: "001"}}, func(r *models.Round) { r.Language = "es" }, false},
		{"the language after a file came", []round.Event{{Kind: round.Received, File: "x.xlsx"}}, func(r *models.Round) { r.Language = "es" }, false},
		{"the due date after", []round.Event{{Kind: round.Sent, Recipient: "001"}}, func(r *models.Round) { r.Due.Time = r.Due.AddDate(0, 1, 0) }, true},
		{"a lower minimum", nil, func(r *models.Round) { r.MinimumGroup = 3 }, true},
		{"a lower minimum after figures left", []round.Event{{Kind: round.Compared, Set: &round.ComparisonSet{}}}, func(r *models.Round) { r.MinimumGroup = 4 }, false},
		{"a higher minimum after figures left", []round.Event{{Kind: round.Compared, Set: &round.ComparisonSet{}}}, func(r *models.Round) { r.MinimumGroup = 8 }, true},
		{"what is no matter of a form", nil, func(r *models.Round) { r.WorkbookPassword = "x" }, false},
		{"a list", nil, func(r *models.Round) { r.Groups = []string{"region"} }, true}, // is no single value, and is left alone
	} {
		t.Run(c.name, func(t *testing.T) {
			f := open(t, aRound(t))
			if err := f.Record(c.events...); err != nil {
				t.Fatal(err)
			}
			s, err := configure.Of(f)
			if err != nil {
				t.Fatal(err)
			}
			before, _ := os.ReadFile(filepath.Join(f.Dir, "round.yaml"))
			c.change(&s.Round)
			_, err = configure.Apply(theOffice, f, s)
			after, _ := os.ReadFile(filepath.Join(f.Dir, "round.yaml"))
			if c.ok != (err == nil) || err != nil && (!office.IsMisuse(err) || !bytes.Equal(before, after)) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestWrongSettingsAreNotWritten(t *testing.T) {
	f := open(t, aRound(t))
	s, _ := configure.Of(f)
	s.Round.Due.Time = s.Round.Issued.AddDate(0, 0, -1)
	s.Round.Contact.Email, s.Round.Look.Accent = "nobody", "blue"
	_, err := configure.Apply(theOffice, f, s)
	var problems round.Problems
	if !errors.As(err, &problems) {
		t.Fatal(err)
	}
	wrong := map[string]bool{}
	for _, p := range problems {
		wrong[p.Option] = true
	}
	if !wrong["due"] || !wrong["contact.email"] || !wrong["look.accent"] || len(wrong) != 3 {
		t.Errorf("%v", problems)
	}
	if s, _ = configure.Of(f); s.Round.Contact.Email != "" {
		t.Error("it was written all the same")
	}
	s.Of = "another"
	s.Round.Title = "x"
	if _, err = configure.Apply(theOffice, f, s); !errors.Is(err, round.ErrSettingsChanged) {
		t.Errorf("a file that somebody else changed: %v", err)
	}
}

func TestLogo(t *testing.T) {
	f := open(t, aRound(t))
	if err := configure.SetLogo(theOffice, f, []byte("GIF89a")); err == nil || !office.IsMisuse(err) {
		t.Errorf("no picture: %v", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	if err := configure.SetLogo(theOffice, f, b.Bytes()); err != nil {
		t.Fatal(err)
	}
	s, _ := configure.Of(f)
	if got, err := os.ReadFile(filepath.Join(f.Dir, s.Round.Look.Logo)); err != nil || !bytes.Equal(got, b.Bytes()) {
		t.Errorf("%s: %v", s.Round.Look.Logo, err)
	}
}

func ExampleApply() {
	o := &office.Office{}
	f, unlock, _, err := o.OpenToWrite("a round folder", "settings")
	if err != nil {
		return // say what is wrong
	}
	defer unlock()
	s, err := configure.Of(f)
	if err == nil && s.Fixed["due"] == "" {
		s.Round.Due, _ = models.ParseDate("2026-12-01")
		_, err = configure.Apply(o, f, s)
	}
	_ = err
}
