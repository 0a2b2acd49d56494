package returns_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// Findings that an intact workbook gives because of the template, the sign-off, or the limits.
func TestReadReturnRareFindings(t *testing.T) {
	ctx := context.Background()
	tpl := *trybook.Template(t, "uk-dmm")
	tpl.Answers.NotApplicable = false
	first := tpl.Criteria[0].Ref
	whole := plainWorkbook(t, &tpl, func(c *models.Criterion) [4]any {
		if c.Ref == first {
			return [4]any{models.NotApplicableLabel, "", "", ""}
		}
		return [4]any{"4 – Developing", "", "", ""}
	})
	f, err := excelize.OpenReader(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStr("Start", "B4", "some time in spring"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	found := func(limits xlsx.Limits) ([]models.Code, models.Return) {
		ret := returns.Read(ctx, fileWithin(limits, b.Bytes()), int64(b.Len()), "return.xlsx", returns.ReadOptions{Template: &tpl, Limits: limits})
		var codes []models.Code
		for _, f := range ret.Findings {
			codes = append(codes, f.Code)
		}
		slices.Sort(codes)
		return codes, ret
	}
	codes, ret := found(xlsx.Limits{})
	if want := []models.Code{models.AnswerNotApplicable, models.DateNotUnderstood}; !slices.Equal(codes, want) {
		t.Errorf("got %q, want %q: %v", codes, want, ret.Findings)
	}
	if a := ret.Answer(first); a == nil || !a.Level.Value.IsBlank() {
		t.Errorf("an answer that is not offered was read as %v", a)
	}
	if ret.Respondent.Date.Value != "some time in spring" {
		t.Errorf("the date became %q", ret.Respondent.Date.Value)
	}
	codes, ret = found(xlsx.Limits{Time: time.Nanosecond})
	if want := []models.Code{models.FileTimeLimit}; !slices.Equal(codes, want) || len(ret.Answers()) != 0 {
		t.Errorf("without time: got %q with %d answers, want %q", codes, len(ret.Answers()), want)
	}
}
