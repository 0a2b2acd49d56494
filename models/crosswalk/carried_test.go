package crosswalk_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
)

// scale makes a template of levels from lowest on, with the refs as its criteria; ref=x is of another wording.
func scaled(lowest, steps int, refs ...string) *models.Template {
	t := &models.Template{Answers: models.AnswerRules{NotApplicable: true, Targets: true}}
	for i := range steps {
		t.Levels = append(t.Levels, models.Level{Number: lowest + i, Name: fmt.Sprintf("Step%d", i)})
	}
	for _, r := range refs {
		ref, subject, _ := strings.Cut(r, "=")
		t.Criteria = append(t.Criteria, models.Criterion{Ref: ref, Subject: "About " + ref + subject})
	}
	return t
}

// said makes answers from words such as 1.1=3, 1.2=n/a; their comments are "c" and the ref.
func said(words string) []models.Answer {
	var out []models.Answer
	for _, w := range strings.Fields(words) {
		ref, level, _ := strings.Cut(w, "=")
		a := models.Answer{Ref: ref}
		a.Comment.Value = "c" + ref
		switch level {
		case "":
		case "n/a":
			a.Level.Value = models.NotApplicable()
		default:
			n := 0
			fmt.Sscan(level, &n)
			a.Level.Value, a.Target.Value = models.At(n), models.At(n)
		}
		out = append(out, a)
	}
	return out
}

func TestCarryOver(t *testing.T) {
	e := func(kind crosswalk.Kind, from, to string) crosswalk.Entry {
		return crosswalk.Entry{Kind: kind, From: strings.Fields(from), To: strings.Fields(to)}
	}
	open := e(crosswalk.Same, "1", "1")
	open.Check = true
	for _, tt := range []struct {
		name    string
		x       *crosswalk.Crosswalk
		answers string
		want    string // ref level target comment [said]
	}{
		{"no crosswalk: same wording only", nil, "1=2 2=3 9=1", "1 2 2 c1 [2 – Step1]"}, // 2 was reworded, 9 is gone
		{"same and renamed", &crosswalk.Crosswalk{Entries: []crosswalk.Entry{e(crosswalk.Same, "1", "1"), e(crosswalk.Renamed, "9", "3"), e(crosswalk.Same, "2", "2")}},
			"1=2 2=n/a 9=5", "1 2 2 c1 [2 – Step1]; 2 n/a  c2 [Not applicable]; 3 5 5 c9 [9: 5 – Step4]"},
		{"what nobody confirmed is not used", &crosswalk.Crosswalk{Entries: []crosswalk.Entry{open}}, "1=2", ""},
		{"split", &crosswalk.Crosswalk{Entries: []crosswalk.Entry{e(crosswalk.Split, "9", "2 3")}}, "9=4", "2 4 4 c9 [9: 4 – Step3]; 3 4 4 c9 [9: 4 – Step3]"},
		{"merged, all agree", &crosswalk.Crosswalk{Entries: []crosswalk.Entry{e(crosswalk.Merged, "1 9", "1")}}, "1=4 9=4", "1 4 4 c1|c9 [1: 4 – Step3|9: 4 – Step3]"},
		{"merged, they differ", &crosswalk.Crosswalk{Entries: []crosswalk.Entry{e(crosswalk.Merged, "1 9", "1")}}, "1=4 9=5", "1    [1: 4 – Step3|9: 5 – Step4]"},
		{"merged, one is blank", &crosswalk.Crosswalk{Entries: []crosswalk.Entry{e(crosswalk.Merged, "1 9", "1")}}, "1=4 9=", "1    [1: 4 – Step3|9: –]"},
		{"new and retired", &crosswalk.Crosswalk{Entries: []crosswalk.Entry{e(crosswalk.New, "", "1"), e(crosswalk.Retired, "9", "")}}, "1=4 9=5", ""},
		{"a blank stays blank", nil, "1=", ""},
	} {
		earlier, later := scaled(1, 5, "1", "2", "9"), scaled(1, 5, "1", "2=new words", "3")
		if got := shown(crosswalk.CarryOver(tt.x, earlier, later, said(tt.answers))); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestCarryOverAcrossScales(t *testing.T) {
	earlier, later := scaled(0, 3, "1"), scaled(1, 3, "1")
	x := &crosswalk.Crosswalk{Entries: []crosswalk.Entry{{Kind: crosswalk.Same, From: []string{"1"}, To: []string{"1"}}},
		Levels: []crosswalk.Level{{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 3}}}
	if got := shown(crosswalk.CarryOver(x, earlier, later, said("1=0"))); got != "1 1 1 c1 [0 – Step0]" {
		t.Errorf("got %s", got)
	}
	x.Levels = nil // nothing says what 1 is now: it must not stay 1
	if got := shown(crosswalk.CarryOver(x, earlier, later, said("1=1"))); got != "1    [1 – Step1]" {
		t.Errorf("without levels: got %s", got)
	}
	if got := shown(crosswalk.CarryOver(nil, earlier, later, said("1=1"))); got != "" {
		t.Errorf("without a crosswalk: got %s", got)
	}
	later.Answers = models.AnswerRules{}
	x.Levels = []crosswalk.Level{{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 3}}
	if got := shown(crosswalk.CarryOver(x, earlier, later, said("1=n/a"))); got != "1    [Not applicable]" {
		t.Errorf("'not applicable' where it is not offered: got %s", got)
	}
}

func shown(list []crosswalk.Carried) string {
	var parts []string
	for _, c := range list {
		parts = append(parts, strings.ReplaceAll(fmt.Sprintf("%s %s %s %s [%s]", c.Ref, c.Level, c.Target, c.Comment, c.Said), "\n", "|"))
	}
	return strings.Join(parts, "; ")
}

func TestUntouched(t *testing.T) {
	c := crosswalk.Carried{Ref: "1", Level: models.At(3), Evidence: "line\none", Comment: "c"}
	a := models.Answer{Ref: "1"}
	a.Level.Value, a.Evidence.Value, a.Comment.Value = models.At(3), "line\r\none ", "c"
	if !c.Untouched(&a) {
		t.Error("other line ends count as touched")
	}
	for what, change := range map[string]func(*models.Answer){
		"level":    func(a *models.Answer) { a.Level.Value = models.At(4) },
		"target":   func(a *models.Answer) { a.Target.Value = models.At(4) },
		"evidence": func(a *models.Answer) { a.Evidence.Value = "" },
		"comment":  func(a *models.Answer) { a.Comment.Value = "c, still" },
	} {
		b := a
		change(&b)
		if c.Untouched(&b) {
			t.Errorf("another %s counts as untouched", what)
		}
	}
	blank := crosswalk.Carried{Ref: "1"}
	if blank.Untouched(&models.Answer{Ref: "1"}) {
		t.Error("what was not carried over is untouched")
	}
}

func TestChoiceAsJSON(t *testing.T) {
	for _, c := range []models.Choice{models.Blank(), models.NotApplicable(), models.At(0), models.At(10)} {
		b, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		got := models.At(7)
		if err := json.Unmarshal(b, &got); err != nil || got != c {
			t.Errorf("%s: read as %v, %v", b, got, err)
		}
	}
	var c models.Choice
	if json.Unmarshal([]byte(`"3"`), &c) == nil || json.Unmarshal([]byte(`-1`), &c) == nil {
		t.Error("read what is no choice")
	}
}
