package returns_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/xuri/excelize/v2"
)

// asking is a template with a question of each type.
func asking(t testing.TB) *models.Template {
	tm := trybook.Template(t, "uk-dmm")
	tm.Questions = []models.Question{
		{ID: "note", Text: "What should we know about your organisation?", Type: models.QuestionText},
		{ID: "staff", Text: "How many staff work with data?", Type: models.QuestionNumber, Required: true, Help: "Full-time equivalents."},
		{ID: "since", Text: "Since when has the policy been in force?", Type: models.QuestionDate},
		{ID: "system", Text: "Which system do you use?", Type: models.QuestionChoice, Options: []string{"One of our own", "A shared one", "2020"}, Required: true},
	}
	return tm
}

// withAnswer sets the cell beside a question to a value, in a number format or "" for the cell's own.
func withAnswer(t *testing.T, book []byte, question string, value any, format string) []byte {
	t.Helper()
	f := trybook.Open(t, book)
	rows, err := f.GetRows(assessment.SheetStart)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 1 && strings.HasPrefix(row[1], question) {
			at := fmt.Sprintf("D%d", i+1)
			if format != "" {
				style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
				if err != nil {
					t.Fatal(err)
				}
				if err := f.SetCellStyle(assessment.SheetStart, at, at, style); err != nil {
					t.Fatal(err)
				}
			}
			if s, ok := value.(string); ok && strings.HasPrefix(s, "=") {
				err = f.SetCellFormula(assessment.SheetStart, at, s[1:])
			} else if ok && strings.HasPrefix(s, "#") {
				err = f.SetCellDefault(assessment.SheetStart, at, s)
			} else {
				err = f.SetCellValue(assessment.SheetStart, at, value)
			}
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := f.Write(&out); err != nil {
				t.Fatal(err)
			}
			return out.Bytes()
		}
	}
	t.Fatalf("the question %q is not on the sheet", question)
	return nil
}

// Each answer is read as what was meant without doubt, or is left out with a finding that says where and why.
func TestQuestionsAreReadStrictly(t *testing.T) {
	tm := asking(t)
	book := trybook.Workbook(t, tm, trybook.Round("uk-dmm", "a4"), trybook.Example)
	day := time.Date(2019, 9, 1, 0, 0, 0, 0, time.UTC)
	for _, x := range []struct {
		id     string
		typed  any
		format string
		want   string
		code   models.Code
	}{
		{"note", "We are new.\nThere is more.", "", "We are new.\nThere is more.", ""},
		{"note", 12, "", "12", ""},
		{"staff", 12, "", "12", ""},
		{"staff", 2.5, "", "2.5", ""},
		{"staff", -3, "", "-3", ""},
		{"staff", 0, "", "0", ""},
		{"staff", 12345, "#,##0", "12345", models.QuestionNormalised},
		{"staff", 2.4444, "0.0", "2.4444", ""},
		{"staff", 0.5, "0%", "0.5", models.QuestionNormalised},
		{"staff", 7, ";;;", "", models.QuestionHidden},
		{"staff", 7, `"12"`, "", models.QuestionHidden},
		{"staff", "12", "", "12", models.QuestionNormalised},
		{"staff", "1 200", "", "1200", models.QuestionNormalised},
		{"staff", "1,234.5", "", "1234.5", models.QuestionNormalised},
		{"staff", "1.234,5", "", "1234.5", models.QuestionNormalised},
		{"staff", "2,5", "", "2.5", models.QuestionNormalised},
		{"staff", "1,234,567", "", "1234567", models.QuestionNormalised},
		{"staff", "1,234", "", "", models.QuestionNotNumber},
		{"staff", "1.234", "", "", models.QuestionNotNumber},
		{"staff", "about 50", "", "", models.QuestionNotNumber},
		{"staff", "10-12", "", "", models.QuestionNotNumber},
		{"staff", day, "", "", models.QuestionNotNumber},
		{"staff", true, "", "", models.QuestionNotNumber},
		{"staff", "#N/A", "", "", models.QuestionNotNumber},
		{"staff", "=1+", "", "", models.QuestionNoValue},
		{"since", day, "", "2019-09-01", ""},
		{"since", 43709, "0", "2019-09-01", models.QuestionNormalised},
		{"since", "2019-09-01", "", "2019-09-01", models.QuestionNormalised},
		{"since", "1 September 2019", "", "2019-09-01", models.QuestionNormalised},
		{"since", "1.9.2019", "", "2019-09-01", models.QuestionNormalised},
		{"since", "13/09/2019", "", "2019-09-13", models.QuestionNormalised},
		{"since", "09/13/2019", "", "2019-09-13", models.QuestionNormalised},
		{"since", "9/9/2019", "", "2019-09-09", models.QuestionNormalised},
		{"since", "01/09/2019", "", "", models.QuestionNotDate},
		{"since", "01/09/19", "", "", models.QuestionNotDate},
		{"since", "31.2.2019", "", "", models.QuestionNotDate},
		{"since", "September 2019", "", "", models.QuestionNotDate},
		{"since", 2019, "", "", models.QuestionNotDate},
		{"since", 2019, "0", "", models.QuestionNotDate},
		{"since", 0.5, "hh:mm", "", models.QuestionNotDate},
		{"system", "A shared one", "", "A shared one", ""},
		{"system", " a SHARED one", "", "A shared one", models.QuestionNormalised},
		{"system", 2020, "", "2020", ""},
		{"system", "A shared", "", "", models.QuestionNotInList},
		{"system", "One of our own, A shared one", "", "", models.QuestionNotInList},
		{"system", day, "d mmm yyyy", "", models.QuestionNotInList},
	} {
		ret := trybook.ReadBack(tm, withAnswer(t, book, tm.Question(x.id).Text, x.typed, x.format))
		a := ret.Question(x.id)
		if a == nil {
			t.Fatalf("%s: no row was found", x.id)
		}
		var code models.Code
		var message string
		for _, f := range ret.Findings {
			if strings.HasPrefix(string(f.Code), "question-") {
				code, message = f.Code, f.Message
				if f.Origin != a.Answer.Origin || f.Origin.Cell == "" {
					t.Errorf("%s %v: the finding is at %v, the answer at %v", x.id, x.typed, f.Origin, a.Answer.Origin)
				}
			}
		}
		if a.Answer.Value != x.want || code != x.code {
			t.Errorf("%s, %v as %q: read %q, code %q (%s); want %q, code %q", x.id, x.typed, x.format, a.Answer.Value, code, message, x.want, x.code)
		}
	}
}

// What Fill writes is read as it was given, with its cell, and a question that is not asked has no entry.
func TestQuestionsFromFillToReturn(t *testing.T) {
	tm := asking(t)
	given := map[string]string{"note": "=1+1 is not a formula", "staff": "12.5", "since": "2021-02-28", "system": "2020"}
	var filling assessment.Filling
	for _, q := range tm.Questions {
		filling.Questions = append(filling.Questions, assessment.FillQuestion{Text: q.Text, Type: q.Type, Answer: given[q.ID]})
	}
	book, err := assessment.Fill(trybook.Workbook(t, tm, trybook.Round("uk-dmm", "a4"), trybook.Example), filling)
	if err != nil {
		t.Fatal(err)
	}
	ret := trybook.ReadBack(tm, book)
	if len(ret.Questions) != 4 {
		t.Fatalf("%d answers to questions, want 4", len(ret.Questions))
	}
	for _, a := range ret.Questions {
		if a.Answer.Value != given[a.ID] || a.Answer.Origin.Sheet != assessment.SheetStart || !strings.HasPrefix(a.Answer.Origin.Cell, "D") {
			t.Errorf("%s: %q in %v, want %q", a.ID, a.Answer.Value, a.Answer.Origin, given[a.ID])
		}
	}
	if x, ok := ret.Question("staff").Number(); !ok || x != 12.5 {
		t.Errorf("the number is %v %v", x, ok)
	}
	without := trybook.Template(t, "uk-dmm")
	if ret := trybook.ReadBack(without, book); ret.Questions != nil {
		t.Errorf("%d answers to questions that the template does not ask", len(ret.Questions))
	}
	old := trybook.Workbook(t, without, trybook.Round("uk-dmm", "a4"), trybook.Example)
	missing := 0
	for _, f := range trybook.ReadBack(tm, old).Findings {
		if f.Code == models.QuestionNotFound {
			missing++
		}
	}
	if missing != 4 {
		t.Errorf("%d questions are said not to be in a workbook made before they were asked, want 4", missing)
	}
}

// A question that stands twice with different answers has none for certain.
func TestQuestionTwice(t *testing.T) {
	tm := asking(t)
	book := withAnswer(t, trybook.Workbook(t, tm, trybook.Round("uk-dmm", "a4"), trybook.Example), "How many staff", 5, "")
	f := trybook.Open(t, book)
	for cell, v := range map[string]any{"A1": "How many staff work with data?", "B1": 6} {
		if _, err := f.NewSheet("Notes"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue("Notes", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	ret := trybook.ReadBack(tm, out.Bytes())
	if a := ret.Question("staff"); a.Answer.Value != "" || !trybook.HasCode(ret, models.QuestionTwice) {
		t.Errorf("read %q", a.Answer.Value)
	}
}

// Each cell for an answer has the check of its type, and is open.
func TestQuestionsHaveChecks(t *testing.T) {
	f := trybook.Open(t, trybook.Workbook(t, asking(t), trybook.Round("uk-dmm", "letter"), trybook.Example))
	list, err := f.GetDataValidations(assessment.SheetStart)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, dv := range list {
		if strings.HasPrefix(dv.Sqref, "D") {
			kinds[dv.Type]++
		}
	}
	if kinds["decimal"] != 1 || kinds["date"] != 1 || kinds["list"] != 1 || len(list) != 5 {
		t.Errorf("checks %v of %d", kinds, len(list))
	}
}

// An answer that its author struck through is none.
func TestQuestionStruckOut(t *testing.T) {
	tm := asking(t)
	f := trybook.Open(t, withAnswer(t, trybook.Workbook(t, tm, trybook.Round("uk-dmm", "a4"), trybook.Example), "How many staff", 50, ""))
	rows, err := f.GetRows(assessment.SheetStart)
	must(err)
	for i, row := range rows {
		if len(row) > 1 && strings.HasPrefix(row[1], "How many staff") {
			at := fmt.Sprintf("D%d", i+1)
			style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
			must(err)
			must(f.SetCellStyle(assessment.SheetStart, at, at, style))
		}
	}
	var out bytes.Buffer
	must(f.Write(&out))
	ret := read(t, tm, out.Bytes())
	for _, q := range ret.Questions {
		if q.ID == "staff" && q.Answer.Value != "" {
			t.Errorf("the answer is %q", q.Answer.Value)
		}
	}
	if !trybook.HasCode(ret, models.QuestionHidden) {
		t.Errorf("no finding: %v", trybook.FindingList(ret))
	}
}
