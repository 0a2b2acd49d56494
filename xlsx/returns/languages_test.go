package returns_test

import (
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/translation"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// spanishToo is the small template with a translation in which the word Medio is that of level 3: in English it is a
// second name of level 2.
func spanishToo() *models.Template {
	t := trybook.SmallTemplate()
	t.Levels[1].AltName = "Medio"
	es := translation.Translation{Title: "Evaluación de ejemplo", Levels: map[int]translation.LevelTexts{1: {Name: "Bajo", Meaning: "Poco."}, 2: {Name: "Intermedio", Meaning: "Algo."}, 3: {Name: "Medio", Meaning: "Mucho."}},
		Criteria: map[string]translation.CriterionTexts{}}
	for _, c := range t.Criteria {
		es.Criteria[c.Ref] = translation.CriterionTexts{Subject: "Tema " + c.Ref, Descriptors: map[int]string{1: "Criterio " + c.Ref + " en el nivel uno.", 2: "Criterio " + c.Ref + " en el nivel dos.", 3: "Criterio " + c.Ref + " en el nivel tres."}}
	}
	t.Translations = map[string]translation.Translation{"es": es}
	return t
}

// TestAnswersInAnotherLanguage types answers in the language of a translation into the English workbook. What is a word
// of both languages for different levels is no answer.
func TestAnswersInAnotherLanguage(t *testing.T) {
	tm := spanishToo()
	blank := models.Blank()
	for _, x := range []struct {
		text string
		want models.Choice
		code models.Code
	}{
		{"1 – Bajo", models.At(1), ""},
		{"2 – Intermedio", models.At(2), ""},
		{"3 – Medio", models.At(3), ""},
		{"1 - bajo", models.At(1), models.AnswerNormalised},
		{"BAJO ", models.At(1), models.AnswerNormalised},
		{"Intermedio (2)", models.At(2), models.AnswerNormalised},
		{"Criterio 1.1 en el nivel tres.", models.At(3), models.AnswerNormalised},
		{"Criterio 1.2 en el nivel tres.", blank, models.AnswerAmbiguous}, // another criterion's
		{"No aplicable", models.NotApplicable(), ""},
		{"No aplica", models.NotApplicable(), models.AnswerNormalised},
		{"no aplica.", models.NotApplicable(), models.AnswerNormalised},
		{"No aplica del todo", blank, models.AnswerNotInList},
		{"Medio", blank, models.AnswerAmbiguous},
		{"2 – Medio", models.At(2), models.AnswerNormalised},
		{"1 – Medio", blank, models.AnswerAmbiguous},
		{"3 – Bajo", blank, models.AnswerAmbiguous},
		{"Bajo o Alto", blank, models.AnswerAmbiguous},
		{"Alto", blank, models.AnswerNotInList},
		{"Low / Bajo", blank, models.AnswerAmbiguous},
	} {
		b := plainWorkbook(t, tm, func(c *models.Criterion) [4]any {
			if c.Ref == "1.1" {
				return [4]any{x.text, "", "", ""}
			}
			return [4]any{"1 – Low", "3 – Medio", "", ""}
		})
		ret := read(t, tm, b)
		a := ret.Answer("1.1")
		if a == nil || a.Level.Value != x.want {
			t.Errorf("%q was read as %+v, want %v; findings %v", x.text, a, x.want, trybook.FindingList(ret))
		}
		if x.code != "" && !trybook.HasCode(ret, x.code) || x.code == "" && len(ret.Findings) > 0 {
			t.Errorf("%q: findings %v, want %q", x.text, trybook.FindingList(ret), x.code)
		}
		if o := ret.Answer("1.2"); o == nil || o.Level.Value != models.At(1) || o.Target.Value != models.At(3) {
			t.Errorf("%q: 1.2 is %+v", x.text, o)
		}
	}
}
