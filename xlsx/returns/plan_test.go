package returns_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// planOf makes the action plan of two criteria of the small template, one of them carried over, with two rows for more.
func planOf(t testing.TB, tm *models.Template, rd *models.Round) []byte {
	t.Helper()
	first, second := tm.Criteria[0], tm.Criteria[1]
	form := plans.Form{Since: "Spring 2025", Rows: []plans.Row{
		{ID: "1", Ref: first.Ref, Criterion: first.Subject, Topic: "Topic", Now: "1 – Low", Next: "2 – Middle. It is written down.", Target: "3 – High", Steps: "Write it down."},
		{ID: "c1", Ref: second.Ref, Criterion: second.Subject, Carried: &plans.Action{Action: plans.Cell{Value: "Name an owner"}, Owner: plans.Cell{Value: "Head of Data"},
			On: time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC), Status: plans.InProgress, Progress: plans.Cell{Value: "asked twice"}}},
		{ID: "a1"}, {ID: "a2"},
	}}
	a, err := assessment.NewActionPlan(tm, rd, form)
	if err != nil {
		t.Fatal(err)
	}
	m := models.Manifest{Round: rd.ID, Template: tm.ID, TemplateVersion: tm.Version, TemplateDigest: "0123456789abcdef", Recipient: trybook.Example.ID, Name: trybook.Example.Name,
		Part: plans.PartID, Topics: models.TopicList(form.RowList())}.Sealed([]byte("the round's key"))
	var out bytes.Buffer
	if err := a.Write(&out, trybook.Example, m, m.Reference([]byte("the round's key"))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// said writes what a plan says, a row a line: id, ref, action, owner, day, status.
func said(p *plans.Plan) string {
	if p == nil {
		return "no plan"
	}
	var out []string
	for _, a := range p.Actions {
		day := ""
		if !a.On.IsZero() {
			day = a.On.Format(time.DateOnly)
		}
		out = append(out, strings.Join([]string{a.ID, a.Ref, a.Action.Value, a.Owner.Value, day, string(a.Status)}, "|"))
	}
	return strings.Join(out, "\n")
}

// A plan says what it was made with, and is told from an assessment by its manifest.
func TestAPlanIsReadAsOne(t *testing.T) {
	tm, rd := trybook.SmallTemplate(), trybook.Round("small", "a4")
	blank := planOf(t, tm, rd)
	if again := planOf(t, tm, rd); !bytes.Equal(blank, again) {
		t.Error("the same plan gives other bytes")
	}
	t.Run("checked", func(t *testing.T) { trybook.Checker(t)(t, trybook.WriteFile(t, t.TempDir(), "plan.xlsx", blank)) })
	ret := trybook.ReadBack(tm, blank)
	r1, r2 := tm.Criteria[0].Ref, tm.Criteria[1].Ref
	want := "1|" + r1 + "||||\nc1|" + r2 + "|Name an owner|Head of Data|2025-09-01|in progress\na1|||||\na2|||||"
	if got := said(ret.Plan); got != want || len(ret.Findings) > 0 || ret.Rows() != 0 {
		t.Errorf("read\n%s\nwant\n%s\nfindings %v, %d answers", got, want, ret.Findings, ret.Rows())
	}
	if len(ret.Claims) != 3 {
		t.Errorf("%d places say whose it is", len(ret.Claims))
	}
	whole, _ := trybook.SmallFilled(t)
	if ret := trybook.ReadBack(tm, whole); ret.Plan != nil {
		t.Error("an assessment is read as a plan")
	}
}

// What people and programs do to a plan: a cell or a row, and what is read and found then. The rows are 5 (number 1), 7 (C1),
// 9 and 10 (A1, A2); the columns F cause, G action, H owner, I day, J status, K progress.
func TestWhatBecomesOfPlans(t *testing.T) {
	tm, rd := trybook.SmallTemplate(), trybook.Round("small", "a4")
	r1, r2 := tm.Criteria[0].Ref, tm.Criteria[1].Ref
	carried := "c1|" + r2 + "|Name an owner|Head of Data|2025-09-01|in progress"
	set := func(cells ...any) func(f *excelize.File) {
		return func(f *excelize.File) {
			for i := 0; i < len(cells); i += 2 {
				if err := f.SetCellValue("Plan", cells[i].(string), cells[i+1]); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for name, c := range map[string]struct {
		edit  func(f *excelize.File)
		want  string // the rows with something in them, but for C1 as it was
		codes []models.Code
	}{
		"filled in": {set("F5", "no time", "G5", "Write a policy", "H5", "Deputy", "I5", time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), "J5", "In progress"),
			"1|" + r1 + "|Write a policy|Deputy|2026-09-01|in progress", nil},
		"a status in other letters": {set("G5", "x", "J5", " in  PROGRESS "), "1|" + r1 + "|x|||in progress", []models.Code{models.PlanStatusRead}},
		"a status of another list":  {set("G5", "x", "J5", "nearly"), "1|" + r1 + "|x|||", []models.Code{models.PlanStatusNotInList}},
		"a date as text":            {set("G5", "x", "I5", "2026-09-01"), "1|" + r1 + "|x||2026-09-01|", []models.Code{models.PlanDateRead}},
		"a term":                    {set("G5", "x", "I5", "next term"), "1|" + r1 + "|x|||", []models.Code{models.PlanDateNotUnderstood}},
		"a date of two meanings":    {set("G5", "x", "I5", "3/4/2026"), "1|" + r1 + "|x|||", []models.Code{models.PlanDateNotUnderstood}},
		"an own action":             {set("B9", r2, "G9", "Meet weekly"), "a1|" + r2 + "|Meet weekly|||", nil},
		"a criterion of elsewhere":  {set("B9", "77.7", "G9", "Meet weekly"), "a1||Meet weekly|||", []models.Code{models.PlanRefUnknown}},
		"a row put in":              {set("G11", "One more"), "a1011||One more|||", []models.Code{models.PlanRowUnnumbered}},
		"a number twice":            {set("G5", "x", "A9", "1", "G9", "y"), "", []models.Code{models.PlanRowTwice}},
		"a column gone":             {func(f *excelize.File) { _ = f.RemoveCol("Plan", "H") }, "c1|" + r2 + "|Name an owner||2025-09-01|in progress", []models.Code{models.PlanColumnMissing}},
		"the sheet gone":            {func(f *excelize.File) { _ = f.DeleteSheet("Plan") }, "", []models.Code{models.PlanNotFound}},
		"a second plan": {func(f *excelize.File) {
			i, _ := f.NewSheet("Copy")
			from, _ := f.GetSheetIndex("Plan")
			if err := f.CopySheet(from, i); err != nil {
				t.Fatal(err)
			}
			_ = f.SetCellValue("Copy", "G5", "another")
			_ = f.SetCellValue("Plan", "G5", "one")
		}, "1|" + r1 + "|one|||", []models.Code{models.PlanTwice}},
		"rows pushed down and a sheet renamed": {func(f *excelize.File) {
			_ = f.InsertRows("Plan", 2, 3)
			_ = f.SetCellValue("Plan", "G8", "x")
			_ = f.SetSheetName("Plan", "Our plan")
		}, "1|" + r1 + "|x|||", nil},
		"a formula's value that is not there": {func(f *excelize.File) { _ = f.SetCellFormula("Plan", "I5", "TODAY()") }, "", []models.Code{models.PlanDateNotUnderstood}},
	} {
		t.Run(name, func(t *testing.T) {
			f := trybook.Open(t, planOf(t, tm, rd))
			defer f.Close()
			c.edit(f)
			var b bytes.Buffer
			if err := f.Write(&b); err != nil {
				t.Fatal(err)
			}
			ret := trybook.ReadBack(tm, b.Bytes())
			var codes []models.Code
			for _, x := range ret.Findings {
				if x.Code != models.ContentDropped {
					codes = append(codes, x.Code)
				}
			}
			if !slices.Equal(codes, c.codes) {
				t.Errorf("found %v, want %v", ret.Findings, c.codes)
			}
			var rows []string
			for _, line := range strings.Split(said(ret.Plan), "\n") {
				if id, rest, _ := strings.Cut(line, "|"); line != carried && strings.Trim(rest[strings.IndexByte(rest+"|", '|'):], "|") != "" {
					rows = append(rows, id+"|"+rest)
				}
			}
			if got := strings.Join(rows, "\n"); got != c.want {
				t.Errorf("read\n%s\nof which is new\n%s\nwant\n%s", said(ret.Plan), got, c.want)
			}
		})
	}
}
