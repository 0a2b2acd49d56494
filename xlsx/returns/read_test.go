package returns_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// plainWorkbook is a workbook with the words of an assessment and nothing else, filled in for each criterion
// with what fill gives: answer, target, evidence, comment.
func plainWorkbook(t testing.TB, tpl *models.Template, fill func(c *models.Criterion) [4]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Start"))
	for i, row := range [][]any{{"Organisation", "Example Unified School District 07"}, {"Reference", "7K2M-9QXT-04BD"}, {"Completed by", "Respondent"}, {"Date completed", "2026-11-20"}} {
		must(f.SetSheetRow("Start", fmt.Sprintf("A%d", i+1), &row))
	}
	for i, q := range tpl.Questions {
		must(f.SetCellStr("Start", fmt.Sprintf("A%d", 6+i), q.Text))
	}
	_, err := f.NewSheet("Assessment")
	must(err)
	head := []any{"Ref", "Criterion"}
	for _, s := range tpl.LevelScale() {
		head = append(head, s.Label())
	}
	head = append(head, "Current level", tpl.In(tpl.Language).Words().Get("column_target"), "Evidence", "Comment", "Status")
	must(f.SetSheetRow("Assessment", "A1", &head))
	for i := range tpl.Criteria {
		c := &tpl.Criteria[i]
		row := []any{c.Ref, c.Text()}
		for _, l := range tpl.Levels {
			row = append(row, c.Descriptors[l.Number])
		}
		for _, v := range fill(c) {
			row = append(row, v)
		}
		must(f.SetSheetRow("Assessment", fmt.Sprintf("A%d", i+2), &row))
	}
	style, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	must(err)
	must(f.SetConditionalFormat("Assessment", "A2:A9", []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: "LEN($A2)>9", Format: &style}}))
	_, err = f.NewSheet("rubric")
	must(err)
	for i, kv := range [][]any{{"format", "1"}, {"round", "r1"}, {"template", tpl.ID}, {"recipient", "EX07"}, {"seal", "00"}} {
		must(f.SetSheetRow("rubric", fmt.Sprintf("A%d", i+1), &kv))
	}
	must(f.SetSheetVisible("rubric", false, true))
	must(f.SetCustomProps(excelize.CustomProperty{Name: "rubric.round", Value: "r1"}))
	must(f.SetCustomProps(excelize.CustomProperty{Name: "rubric.recipient", Value: "EX07"}))
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

func read(t testing.TB, tpl *models.Template, b []byte) models.Return {
	t.Helper()
	return returns.Read(context.Background(), bytes.NewReader(b), int64(len(b)), "return.xlsx", returns.ReadOptions{Template: tpl})
}

func TestReadReturnIntact(t *testing.T) {
	for _, id := range templates.IDs() {
		tpl := trybook.Template(t, id)
		n := 0
		want := map[string]models.Choice{}
		b := plainWorkbook(t, tpl, func(c *models.Criterion) [4]any {
			n++
			s := tpl.Scale(c)
			step := s[n%len(s)]
			want[c.Ref] = models.At(step.Number)
			return [4]any{step.Label(), "", "where it is kept " + c.Ref, "line one\nline two 😀 " + strings.Repeat("x", n)}
		})
		ret := read(t, tpl, b)
		for _, f := range ret.Findings {
			t.Errorf("%s: unexpected finding: %s %s: %s", id, f.Code, f.Origin, f.Message)
		}
		if len(ret.Answers()) != len(tpl.Criteria) {
			t.Fatalf("%s: %d answers of %d", id, len(ret.Answers()), len(tpl.Criteria))
		}
		for i, a := range ret.Answers() {
			if a.Ref != tpl.Criteria[i].Ref || a.Level.Value != want[a.Ref] || a.Evidence.Value != "where it is kept "+a.Ref {
				t.Errorf("%s: %s is %v, want %v", id, a.Ref, a, want[a.Ref])
			}
		}
		if len(ret.Claims) != 3 {
			t.Errorf("%s: claims %+v", id, ret.Claims)
		}
		if ret.Format != "xlsx" || ret.Respondent.Name.Value != "Respondent" || ret.Respondent.Date.Value != "2026-11-20" {
			t.Errorf("%s: %s %+v", id, ret.Format, ret.Respondent)
		}
	}
}
