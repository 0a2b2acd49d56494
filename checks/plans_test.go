package checks_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
)

// planFile is an action plan of recipient 001 with the rows, that says in all three places what it is.
func planFile(t testing.TB, w *world, file, saved, received string, rows []string, list ...plans.Action) models.Return {
	t.Helper()
	m := models.Manifest{Round: w.Round.ID, Template: w.Template.ID, TemplateVersion: w.Template.Version, TemplateDigest: digest, Recipient: "001", Name: w.Recipients[0].Name,
		Part: plans.PartID, Topics: models.TopicList(rows)}.Sealed(key)
	ret := models.Return{File: file, Digest: "digest of " + file, Format: "xlsx", Saved: moment(t, saved), Received: moment(t, received), Plan: &plans.Plan{Actions: list},
		Claims: []models.Claim{{Place: models.HiddenSheet, Manifest: m, Name: m.Name}, {Place: models.DocumentProperties, Manifest: m, Name: m.Name},
			{Place: models.VisibleReference, Reference: m.Reference(key), Name: m.Name}}}
	if !slices.ContainsFunc(w.Plans["001"], func(p models.Part) bool { return slices.Equal(p.Topics, rows) }) {
		w.Plans = map[string][]models.Part{"001": append(w.Plans["001"], models.Part{ID: plans.PartID, Name: "Action plan", Topics: rows})}
	}
	return ret
}

// action reads a row: id, ref, action, owner, day, status.
func action(t testing.TB, row string) plans.Action {
	t.Helper()
	f := strings.Split(row, "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	cell := func(s, at string) plans.Cell { return plans.Cell{Value: s, Sheet: "Plan", Cell: at} }
	a := plans.Action{ID: f[0], Ref: f[1], At: cell(f[0], "A5"), Action: cell(f[2], "G5"), Owner: cell(f[3], "H5"), Due: cell(f[4], "I5"), Said: cell(f[5], "J5"), Status: plans.Status(f[5])}
	if f[4] != "" {
		a.On = moment(t, f[4]+" 00:00")
	}
	return a
}

var planRows = []string{"1=1.4", "2=1.7", "c1=1.2", "a1="}

// A plan is never counted among the returns: the recipient stays late, and its assessment stays what it was. Two
// plans follow the rules of returns.
func TestPlansAreNoReturns(t *testing.T) {
	w := newWorld(t)
	full := action(t, "1 | 1.4 | Write a policy | Deputy | 2026-09-01 | in progress")
	w.Returns = []models.Return{planFile(t, w, "plan a.xlsx", "2026-03-01 10:00", "2026-03-04 10:00", planRows, full, action(t, "2|1.7||||"), action(t, "c1|1.2||||"), action(t, "a1|||||"))}
	reg := checks.Register(w.RegisterInput)
	e := reg.Entries[0]
	if e.Status != models.Late || e.File != "" || len(e.Others) > 0 || e.Plan != "plan a.xlsx" || reg.Files[0].Status != models.PlanCounts || reg.Files[0].Part != plans.PartID {
		t.Errorf("%+v\n%+v", e, reg.Files)
	}
	if got := codes(reg.Files[0].Findings); len(got) > 0 {
		t.Errorf("found %v", reg.Files[0].Findings)
	}
	later := full
	later.Said.Value, later.Status = "done", plans.Done
	w.Returns = append(w.Returns, planFile(t, w, "plan b.xlsx", "2026-03-02 10:00", "2026-03-03 10:00", planRows, later, action(t, "2|1.7||||"), action(t, "c1|1.2||||")))
	w.Returns = append(w.Returns, returns(t, w, "001", "a.xlsx | 2026-03-01 10:00 | 2026-03-04 10:00 | 2")...)
	reg = checks.Register(w.RegisterInput)
	e = reg.Entries[0]
	if e.Status != models.Returned || e.File != "a.xlsx" || e.Plan != "plan b.xlsx" || e.PlanReturn.Plan.Actions[0].Status != plans.Done {
		t.Errorf("%+v", e)
	}
	byFile := map[string]models.FileLine{}
	for _, l := range reg.Files {
		byFile[l.File] = l
	}
	if a := byFile["plan a.xlsx"]; a.Status != models.Superseded || !slices.Equal(codes(a.Findings), []models.Code{models.SupersededFile}) || len(a.Changes) != 1 || a.Changes[0].Field != "status" {
		t.Errorf("%+v", a)
	}
	if got := codes(byFile["plan b.xlsx"].Findings); !slices.Equal(got, []models.Code{models.SeveralReturns}) {
		t.Errorf("found %v", byFile["plan b.xlsx"].Findings)
	}
	w.Prefer = "first"
	if e := checks.Register(w.RegisterInput).Entries[0]; e.Plan != "plan a.xlsx" {
		t.Errorf("the first is preferred, and %s counts", e.Plan)
	}
	w.PreferFiles = []string{"plan b.xlsx"}
	if e := checks.Register(w.RegisterInput).Entries[0]; e.Plan != "plan b.xlsx" {
		t.Errorf("b is chosen by hand, and %s counts", e.Plan)
	}
}

// What is wrong with a plan, by its rows.
func TestPlanFindings(t *testing.T) {
	for name, c := range map[string]struct {
		rows  []string
		codes []models.Code
		kept  int // rows that count
	}{
		"all there, one planned":            {[]string{"1|1.4|Write|Deputy|2026-09-01|", "2|1.7||||", "c1|1.2||||"}, nil, 3},
		"no owner and no day":               {[]string{"1|1.4|Write|||not started", "2|1.7||||", "c1|1.2||||"}, []models.Code{models.PlanDateMissing, models.PlanOwnerMissing}, 3},
		"done, and nobody asks":             {[]string{"1|1.4|Write|||done", "2|1.7||||", "c1|1.2||||"}, nil, 3},
		"an owner and no action":            {[]string{"1|1.4|Write|Deputy|2026-09-01|", "2|1.7||Head||", "c1|1.2||||"}, []models.Code{models.PlanActionMissing}, 3},
		"a day before the round":            {[]string{"1|1.4|Write|Deputy|2016-09-01|", "2|1.7||||", "c1|1.2||||"}, []models.Code{models.PlanDateUnlikely}, 3},
		"a day in the next century":         {[]string{"1|1.4|Write|Deputy|2126-09-01|", "2|1.7||||", "c1|1.2||||"}, []models.Code{models.PlanDateUnlikely}, 3},
		"an old day of a carried-over one":  {[]string{"1|1.4||||", "2|1.7||||", "c1|1.2|Name|Head|2025-06-01|in progress"}, nil, 3},
		"a row gone":                        {[]string{"1|1.4|Write|Deputy|2026-09-01|", "c1|1.2||||"}, []models.Code{models.PlanRowMissing}, 2},
		"references sorted without numbers": {[]string{"1|1.7|Write|Deputy|2026-09-01|", "2|1.4||||", "c1|1.2||||"}, []models.Code{models.PlanRowsMoved}, 1},
		"a number of no row":                {[]string{"1|1.4|Write|Deputy|2026-09-01|", "2|1.7||||", "c1|1.2||||", "7|1.9|Plan|Head|2026-09-01|"}, []models.Code{models.PlanRowsMoved}, 3},
		"nothing filled in":                 {[]string{"1|1.4||||", "2|1.7||||", "c1|1.2||||"}, []models.Code{models.PlanEmpty}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			var list []plans.Action
			for _, row := range c.rows {
				list = append(list, action(t, row))
			}
			w.Returns = []models.Return{planFile(t, w, "plan.xlsx", "2026-03-01 10:00", "2026-03-04 10:00", planRows, list...)}
			before := *w.Returns[0].Plan
			reg := checks.Register(w.RegisterInput)
			if got := codes(reg.Files[0].Findings); !slices.Equal(got, c.codes) {
				t.Errorf("found %v, want %v", reg.Files[0].Findings, c.codes)
			}
			kept := 0
			if p := reg.Entries[0].PlanReturn; p != nil {
				kept = len(p.Plan.Actions)
			}
			if kept != c.kept || len(w.Returns[0].Plan.Actions) != len(before.Actions) {
				t.Errorf("%d rows count, want %d; %d were read", kept, c.kept, len(w.Returns[0].Plan.Actions))
			}
		})
	}
}

// A plan says whose it is as a return does: another key's is not taken, and the very file that was sent is none.
func TestPlansAreSealed(t *testing.T) {
	w := newWorld(t)
	ret := planFile(t, w, "plan.xlsx", "", "2026-03-04 10:00", planRows, action(t, "1|1.4|Write|Deputy|2026-09-01|"))
	w.Sent = map[string]string{ret.Digest: "001"}
	w.Returns = []models.Return{ret}
	if l := checks.Register(w.RegisterInput).Files[0]; l.Status != models.Rejected || !slices.Equal(codes(l.Findings), []models.Code{models.ReturnedAsSent}) {
		t.Errorf("%+v", l)
	}
	w.Sent = nil
	for i := range ret.Claims {
		ret.Claims[i].Manifest.Seal, ret.Claims[i].Reference = strings.Repeat("0", 64), ""
	}
	w.Returns = []models.Return{ret}
	reg := checks.Register(w.RegisterInput)
	if l := reg.Files[0]; l.Status != models.Unidentified || reg.Entries[0].Plan != "" {
		t.Errorf("%+v", l)
	}
	w.Assigned = map[string]string{"plan.xlsx": "001"}
	reg = checks.Register(w.RegisterInput)
	if e := reg.Entries[0]; e.Plan != "plan.xlsx" || e.Status == models.Returned || reg.Files[0].Status != models.PlanCounts {
		t.Errorf("credited by hand: %+v", e)
	}
	if day := time.Date(2026, 9, 2, 0, 0, 0, 0, time.UTC); plans.Count(day, reg.Entries[0].PlanReturn.Plan.Actions).Overdue != 1 {
		t.Error("the action is not overdue a day later")
	}
}
