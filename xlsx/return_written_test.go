package xlsx_test

import (
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx"
)

// choicesOf makes an answer for each criterion, going round its scale; every seventh stays blank and every
// eleventh is "not applicable".
func choicesOf(tm *models.Template) (cells []xlsx.FillCell, want map[string]models.Choice) {
	want = map[string]models.Choice{}
	for i := range tm.Criteria {
		c := &tm.Criteria[i]
		s := tm.Scale(c)
		x := models.At(s[(i*i+i/3)%len(s)].Number)
		switch {
		case i%7 == 3:
			want[c.Ref] = models.Blank()
			continue
		case i%11 == 5:
			x = models.NotApplicable()
		}
		want[c.Ref] = x
		f := xlsx.FillCell{Ref: c.Ref, Answer: s.Label(x), Comment: "A comment on " + c.Ref + "\nwith <two> lines & ' \" 😀", Evidence: "مستند " + c.Ref}
		if tm.Answers.Targets && !x.IsNotApplicable() {
			f.Target = s[len(s)-1].Label()
		}
		cells = append(cells, f)
	}
	return cells, want
}

// filled is a workbook as it comes back from a careful respondent.
func filled(t testing.TB, id string) ([]byte, map[string]models.Choice) {
	t.Helper()
	tm := template(t, id)
	cells, want := choicesOf(tm)
	b, err := xlsx.Fill(workbook(t, tm, round(id, "a4"), example), xlsx.Filling{
		Respondent: xlsx.FillRespondent{Name: "A. Respondent", Role: "Data lead", Date: "2026-12-01", SignedBy: "B. Head"},
		Cells:      cells, Saved: time.Date(2026, 12, 1, 15, 4, 5, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, want
}

func TestReadReturnWritten(t *testing.T) {
	for _, id := range templates.IDs() {
		tm := template(t, id)
		empty := read(t, tm, workbook(t, tm, round(id, "letter"), example))
		checkAnswers(t, id+" empty", tm, empty, nil)
		noFindings(t, id+" empty", empty)

		b, want := filled(t, id)
		ret := read(t, tm, b)
		checkAnswers(t, id, tm, ret, want)
		noFindings(t, id, ret)
		if len(ret.Claims) != 3 {
			t.Errorf("%s: %d claims: %+v", id, len(ret.Claims), ret.Claims)
		}
		m := models.Manifest{}
		for _, c := range ret.Claims {
			if c.Place == models.HiddenSheet {
				m = c.Manifest
			}
		}
		for _, c := range ret.Claims {
			if c.Place == models.DocumentProperties && c.Manifest != m || c.Reference == "" || c.Name != example.Name {
				t.Errorf("%s: claim %+v", id, c)
			}
		}
		if !m.SealFits([]byte("the round's key")) {
			t.Errorf("%s: the seal does not fit: %+v", id, m)
		}
		r := ret.Respondent
		if r.Name.Value != "A. Respondent" || r.Role.Value != "Data lead" || r.Date.Value != "2026-12-01" || r.SignedBy.Value != "B. Head" {
			t.Errorf("%s: respondent %+v", id, r)
		}
		if !ret.Saved.Equal(time.Date(2026, 12, 1, 15, 4, 5, 0, time.UTC)) {
			t.Errorf("%s: saved %v", id, ret.Saved)
		}
		for _, a := range ret.Answers() {
			if a.Level.Value.IsBlank() {
				continue
			}
			if a.Comment.Value != "A comment on "+a.Ref+"\nwith <two> lines & ' \" 😀" || a.Evidence.Value != "مستند "+a.Ref {
				t.Errorf("%s: %s: comment %q, evidence %q", id, a.Ref, a.Comment.Value, a.Evidence.Value)
			}
		}
	}
}

func checkAnswers(t testing.TB, name string, tm *models.Template, ret models.Return, want map[string]models.Choice) {
	t.Helper()
	if len(ret.Answers()) != len(tm.Criteria) {
		t.Errorf("%s: %d answers of %d", name, len(ret.Answers()), len(tm.Criteria))
	}
	for _, a := range ret.Answers() {
		if a.Level.Value != want[a.Ref] {
			t.Errorf("%s: %s: read %q, want %q", name, a.Ref, a.Level.Value, want[a.Ref])
		}
	}
}

func noFindings(t testing.TB, name string, ret models.Return) {
	t.Helper()
	for _, f := range ret.Findings {
		t.Errorf("%s: finding %s at %s: %s", name, f.Code, f.Origin, f.Message)
	}
}
