package returns_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/translation"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// TestTheWordForLevel types a level with the word for it before its number into a workbook in each language: the word of
// that language is understood as the English one is in English, and the English one everywhere. A level that the scale has
// not, and what is more than a level, stay findings.
func TestTheWordForLevel(t *testing.T) {
	tm, blank := trybook.Template(t, "uk-dmm"), models.Blank()
	for _, lang := range []struct{ tag, word, lower, name string }{
		{"en-GB", "Level", "level", "Developing"},
		{"es", "Nivel", "nivel", tm.In("es").Levels[3].Name},
		{"cy", "Lefel", "lefel", tm.In("cy").Levels[3].Name},
	} {
		put := workbookIn(t, tm, lang.tag)
		for _, x := range []struct {
			text string
			want models.Choice
			code models.Code
		}{
			{"4 – " + lang.name, models.At(4), ""},
			{lang.word + " 4", models.At(4), models.AnswerNormalised},
			{lang.lower + "\u00a04.", models.At(4), models.AnswerNormalised},
			{lang.lower + "4", models.At(4), models.AnswerNormalised},
			{lang.word + ": 4", models.At(4), models.AnswerNormalised},
			{lang.word + " 4 – " + lang.name, models.At(4), models.AnswerNormalised},
			{lang.word + " 4: " + lang.name, models.At(4), models.AnswerNormalised},
			{lang.name + " (" + lang.lower + " 4)", models.At(4), models.AnswerNormalised},
			{lang.name + ", " + lang.lower + " 4", models.At(4), models.AnswerNormalised},
			{"Level 4", models.At(4), models.AnswerNormalised},

			{lang.word + " 6", blank, models.AnswerNotInList},
			{lang.word + " 0", blank, models.AnswerNotInList},
			{lang.word + " 44", blank, models.AnswerNotInList},
			{lang.word, blank, models.AnswerNotInList},
			{lang.word + " 3 – " + lang.name, blank, models.AnswerAmbiguous},
			{lang.word + " 3-4", blank, models.AnswerAmbiguous},
			{lang.word + " 4?", blank, models.AnswerAmbiguous},
			{lang.word + " 4,5", blank, models.AnswerAmbiguous},
			{"4 " + lang.lower, blank, models.AnswerAmbiguous},
			{"Stufe 4", blank, models.AnswerAmbiguous},
		} {
			ret := read(t, tm, put(x.text))
			if a := ret.Answer("1.1"); a == nil || a.Level.Value != x.want {
				t.Errorf("%s: %q was read as %+v, want %v; findings %v", lang.tag, x.text, a, x.want, trybook.FindingList(ret))
			}
			var got []models.Code
			for _, f := range ret.Findings {
				if slices.Contains([]models.Code{models.AnswerNormalised, models.AnswerNotInList, models.AnswerAmbiguous}, f.Code) {
					got = append(got, f.Code)
				}
			}
			if x.code == "" && len(got) > 0 || x.code != "" && !slices.Equal(got, []models.Code{x.code}) {
				t.Errorf("%s: %q: findings %v, want %q", lang.tag, x.text, trybook.FindingList(ret), x.code)
			}
		}
	}
}

// workbookIn makes the workbook of a template in a language; what it gives puts a text in the place of the answer to the
// criterion 1.1.
func workbookIn(t *testing.T, tm *models.Template, tag string) func(string) []byte {
	t.Helper()
	rd := trybook.Round(tm.ID, "a4")
	rd.Language = tag
	in := tm.In(tag)
	b := trybook.Workbook(t, in, rd, trybook.Example)
	sheet, head := in.Words().Get("sheet_assessment"), in.Words().Get(layout.Headings[layout.Answer])
	return func(text string) []byte {
		f := trybook.Open(t, b)
		column := cellOf(t, f, sheet, head)
		row := cellOf(t, f, sheet, "1.1")
		if err := f.SetCellStr(sheet, column[:1]+row[1:], text); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
}

func cellOf(t *testing.T, f *excelize.File, sheet, text string) string {
	t.Helper()
	cells, err := f.SearchSheet(sheet, text)
	if err != nil || len(cells) != 1 {
		t.Fatalf("%q stands in %q on the sheet %s (%v)", text, cells, sheet, err)
	}
	return cells[0]
}

// TestTheWordForLevelOfTwo has a name of a level that is the word for another: what fits two choices is none, while the
// label of the list is what it is. Where a template has a word for level of its own, it goes by that one.
func TestTheWordForLevelOfTwo(t *testing.T) {
	blank := models.Blank()
	for _, of := range []struct {
		word  string
		typed map[string]models.Choice
	}{
		{"Nivel", map[string]models.Choice{
			"3 – Nivel 2": models.At(3), "3 - nivel 2": models.At(3), "Nivel 3": models.At(3), "Nivel 1": models.At(1), "2": models.At(2),
			"Nivel 2": blank, "nivel 2.": blank, "NIVEL 2": blank, "Grado 2": blank,
		}},
		{"Grado", map[string]models.Choice{
			"3 – Nivel 2": models.At(3), "Nivel 2": models.At(3), "Grado 2": models.At(2), "Grado 3": models.At(3), "Level 2": models.At(2),
			"Grado 4": blank, "Nivel 1": blank, "Grado 2 – Nivel 2": blank,
		}},
	} {
		tm := spanishToo()
		es := tm.Translations["es"]
		es.Levels[3] = translation.LevelTexts{Name: "Nivel 2", Meaning: "Mucho."} // the third is called the second
		es.Labels = map[string]string{"level": of.word}
		tm.Translations["es"] = es
		for text, want := range of.typed {
			if got, ok := returns.ChoiceTyped(returns.ReadOptions{Template: tm}, &tm.Criteria[0], text); got != want || ok != (want != blank) {
				t.Errorf("%q was taken for %v (%v) where the word for level is %s", text, got, ok, of.word)
			}
		}
	}
}
