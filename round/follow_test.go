package round_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/round"
)

// A round that follows has every setting of the one before but its own title, dates and id.
func TestInitFollowing(t *testing.T) {
	first := newRound(t)
	earlier := *first.Config
	earlier.MinimumGroup, earlier.Prefer, earlier.WorkbookPassword = 7, "first", "s\"ecret: #1"
	earlier.Contact, earlier.ReplyTo, earlier.Paper = models.Contact{Name: "Ann", Email: "a@example.org", Phone: "1"}, "r@example.org", "letter"
	earlier.Scoring = &models.Scoring{Method: methods.Mean, Mean: methods.AllCriteria}
	earlier.Look = settings.Look{Accent: "#336699", Logo: "logo.png", Header: "A: b", Footer: "# no", Marking: "OFFICIAL"}
	earlier.Mail = settings.Mail{From: "f@example.org", FromName: "The office", Cc: map[string]map[string]string{"region": {"No: rth": "n@example.org", "yes": "y@example.org"}},
		SMTP: settings.SMTP{Host: "mail.example.org", Port: 2525, TLS: "implicit", User: "u", PerMinute: 12}}
	o := options(t)
	o.Title, o.Earlier, o.Paper, o.Groups, o.Contact, o.ReplyTo = "The second round", &earlier, "", nil, models.Contact{}, ""
	o.Files = map[string][]byte{"logo.png": []byte("picture")}
	r, err := round.Init(t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	want := earlier
	want.ID, want.Title, want.Issued, want.Due, want.Template = r.Config.ID, "The second round", o.Issued, o.Due, o.TemplateID
	if o.Organiser != "" {
		want.Organiser = o.Organiser
	}
	if !reflect.DeepEqual(*r.Config, want) {
		t.Errorf("got  %+v\nwant %+v", *r.Config, want)
	}
	if r.Config.ID == earlier.ID || string(r.Key) == string(first.Key) {
		t.Error("id or key is the earlier round's")
	}
	if b, err := os.ReadFile(filepath.Join(r.Dir, "logo.png")); err != nil || string(b) != "picture" {
		t.Errorf("the logo: %q, %v", b, err)
	}
	o.Contact, o.Title = models.Contact{Name: "Ben"}, "The third"
	if r, err = round.Init(t.TempDir(), o); err != nil || r.Config.Contact != (models.Contact{Name: "Ben"}) {
		t.Errorf("another contact: %+v, %v", r, err)
	}
}

func TestPreviousID(t *testing.T) {
	list, err := round.ParseRecipients("l.csv", rows(t, "previous_id,id,name,region\nA1,B1,One,North\n,B2,Two,South\n"))
	if err != nil || list[0].PreviousID != "A1" || list[1].PreviousID != "" || list[0].Groups["region"] != "North" || len(list[0].Groups) != 1 {
		t.Errorf("got %+v, %v", list, err)
	}
	for _, tt := range []struct{ list, want string }{
		{"id,name,previous_id\nB1,One,A1\nB2,Two,a1\n", "l.csv:3:8: the previous id 'a1' is given for B1 and for B2"},
		{"id,name,previous_id\nB1,One,B2\nB2,Two,\n", "l.csv:2:8: the previous id 'B2' is the id of another recipient"},
	} {
		if _, err := round.ParseRecipients("l.csv", rows(t, tt.list)); err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), `"`, "'"), tt.want) {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
	// Two that swapped their ids say so.
	if _, err := round.ParseRecipients("l.csv", rows(t, "id,name,previous_id\nB1,One,B2\nB2,Two,B1\n")); err != nil {
		t.Errorf("swapped: %v", err)
	}
	next := round.ForNextRound(rows(t, "id,Previous ID,name\nB1,A1,One\n"))
	if len(next[0]) != 2 || next[1][0].Text != "B1" || next[1][1].Text != "One" {
		t.Errorf("the next round gets %v", next)
	}
	r, err := round.Init(t.TempDir(), func() round.Options {
		o := options(t)
		o.Recipients, o.Groups = rows(t, "id,name,previous id\nB1,One,A1\n"), []string{}
		return o
	}())
	if err != nil || r.Recipients[0].PreviousID != "A1" {
		t.Errorf("in a round: %+v, %v", r, err)
	}
}
