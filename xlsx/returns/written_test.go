package returns_test

import (
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

func TestReadReturnWritten(t *testing.T) {
	for _, id := range templates.IDs() {
		tm := trybook.Template(t, id)
		empty := read(t, tm, trybook.Workbook(t, tm, trybook.Round(id, "letter"), trybook.Example))
		checkAnswers(t, id+" empty", tm, empty, nil)
		noFindings(t, id+" empty", empty)

		b, want := trybook.Filled(t, id)
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
			if c.Place == models.DocumentProperties && c.Manifest != m || c.Reference == "" || c.Name != trybook.Example.Name {
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
		if f.Code == models.ContentDropped && dropsContent(name) {
			continue
		}
		t.Errorf("%s: finding %s at %s: %s", name, f.Code, f.Origin, f.Message)
	}
}
