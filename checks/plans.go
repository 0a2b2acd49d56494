package checks

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/words"
)

// isPlan says that a file is an action plan: it was read as one, or was made as one.
func (f *file) isPlan() bool { return f.ret.Plan != nil || f.part == plans.PartID }

// settlePlans decides which action plan of each recipient counts, by the rules of returns. A plan is no return: it answers
// nothing, and whether an assessment counts, or is corrected later, does not matter to it.
func settlePlans(in RegisterInput, files []*file) map[string]*file {
	groups := map[string][]*file{}
	for _, f := range files {
		if !f.isPlan() {
			continue
		}
		f.part = plans.PartID // one credited by hand says no more what it is
		if f.status == "" {
			rejectEmptyPlan(in, f)
		}
		if f.status == "" {
			groups[f.recipient] = append(groups[f.recipient], f)
		}
	}
	counts := map[string]*file{}
	for _, rc := range in.Recipients {
		if group := withoutWaiting(in, groups[rc.ID]); len(group) > 0 {
			counts[rc.ID] = choosePlan(in, group)
		}
	}
	return counts
}

// rejectEmptyPlan refuses a plan in which nothing was filled in, and one that is the file as it was sent.
func rejectEmptyPlan(in RegisterInput, f *file) {
	_, sent := in.Sent[f.ret.Digest]
	switch {
	case sent && f.ret.Digest != "":
		f.add(models.ReturnedAsSent, "The file is the very action plan that was sent out, byte for byte: nothing was saved in it.")
		f.status, f.original = models.Rejected, true
	case f.ret.Plan == nil || hasCode(f.ret.Findings, models.PlanNotFound):
		f.status = models.Rejected
	case f.ret.Plan.Filled() == 0:
		f.add(models.PlanEmpty, "The action plan came back with nothing filled in.")
		f.status, f.original = models.Rejected, true
	}
}

// choosePlan decides which of a recipient's plans counts.
func choosePlan(in RegisterInput, group []*file) *file {
	c := pick(in, group)
	c.winner.status = models.PlanCounts
	for _, f := range group {
		if f == c.winner {
			continue
		}
		f.status = models.Superseded
		f.changes = planChanges(f.ret, c.winner.ret)
		said := words.Sayf("They say the same.")
		if n := len(f.changes); n > 0 {
			said = words.Sayf("%s between them.", words.Counted(n, "entry differs", "entries differ"))
		}
		f.add(models.SupersededFile, "%s, a plan of the same recipient, counts: %s. %s", c.winner.ret.File, c.why, said)
	}
	if len(group) > 1 {
		c.winner.add(models.SeveralReturns, "The recipient sent %d action plans. This one counts: %s. The others: %s.", len(group), c.why, strings.Join(c.others(group), ", "))
		if !c.bySaved && !c.byHand {
			c.winner.add(models.TimesContradict, undecided(group, c.winner))
		}
	}
	checkPlan(in, c.winner)
	return c.winner
}

// checkPlan adds what is wrong with the plan that counts, and takes out of it the rows of which nobody knows what they are
// for. What was read stays as it is.
func checkPlan(in RegisterInput, f *file) {
	ret, plan := *f.ret, *f.ret.Plan
	refs := plans.RefsOf(f.topics)
	there := map[string]bool{}
	plan.Actions = nil
	for _, a := range f.ret.Plan.Actions {
		there[a.ID] = true
		if ref, made := refs[a.ID]; len(refs) > 0 && !plans.Added(a.ID) && (!made || ref != a.Ref) {
			if a.Filled() {
				f.planFinding(models.PlanRowsMoved, &a, a.At, "Row %s of the plan was made for %s and names %s.", strings.ToUpper(a.ID), orNothing(ref), orNothing(a.Ref))
			}
			continue
		}
		f.checkAction(in, &a)
		plan.Actions = append(plan.Actions, a)
	}
	for _, row := range f.topics {
		if id, ref, _ := strings.Cut(row, "="); !there[id] && !plans.Added(id) {
			f.planFinding(models.PlanRowMissing, &plans.Action{Ref: ref}, plans.Cell{}, "Row %s of the plan, about %s, is not in the workbook.", strings.ToUpper(id), orNothing(ref))
		}
	}
	ret.Plan = &plan
	f.ret = &ret
}

// checkAction looks at one row.
func (f *file) checkAction(in RegisterInput, a *plans.Action) {
	id := strings.ToUpper(a.ID)
	switch {
	case !a.Planned() && a.Filled():
		f.planFinding(models.PlanActionMissing, a, a.Action, "Row %s of the plan says nothing under what is to be done.", id)
		return
	case !a.Planned() || !a.Status.Open():
		return
	}
	if a.Owner.Value == "" {
		f.planFinding(models.PlanOwnerMissing, a, a.Owner, "The action in row %s has no owner.", id)
	}
	issued := in.Round.Issued.Time
	switch {
	case a.On.IsZero() && a.Due.Value == "":
		f.planFinding(models.PlanDateMissing, a, a.Due, "The action in row %s has no day by which it is done.", id)
	case !a.On.IsZero() && (!plans.Carried(a.ID) && a.On.Before(issued) || a.On.After(issued.AddDate(10, 0, 0))):
		f.planFinding(models.PlanDateUnlikely, a, a.Due, "The action in row %s is to be done by %s; the round was issued on %s.", id, a.On, issued)
	}
}

func orNothing(ref string) words.Said {
	if ref == "" {
		return words.Sayf("no criterion")
	}
	return words.Name(ref)
}

// planFinding finds something about a row of a plan, at one of its cells.
func (f *file) planFinding(code models.Code, a *plans.Action, at plans.Cell, message string, values ...any) {
	x := models.NewFinding(code, models.Origin{File: f.ret.File, Sheet: at.Sheet, Cell: at.Cell}, message, values...).About(a.Ref)
	f.findings = append(f.findings, x)
}

// planChanges lists how the later plan differs from the earlier, row by row.
func planChanges(before, after *models.Return) []models.Change {
	had := map[string]plans.Action{}
	for _, a := range before.Plan.Actions {
		had[a.ID] = a
	}
	var out []models.Change
	compare := func(a, was plans.Action) {
		for _, x := range []struct {
			field    string
			was, now plans.Cell
		}{{"cause", was.Cause, a.Cause}, {"action", was.Action, a.Action}, {"owner", was.Owner, a.Owner}, {"due", was.Due, a.Due}, {"status", was.Said, a.Said}, {"progress", was.Progress, a.Progress}} {
			if x.was.Value == x.now.Value {
				continue
			}
			ref := a.Ref
			if ref == "" {
				ref = strings.ToUpper(a.ID)
			}
			out = append(out, models.Change{Ref: ref, Field: x.field, Before: x.was.Value, After: x.now.Value, Origin: models.Origin{File: after.File, Sheet: x.now.Sheet, Cell: x.now.Cell}})
		}
	}
	for _, a := range after.Plan.Actions {
		compare(a, had[a.ID])
		delete(had, a.ID)
	}
	for _, a := range before.Plan.Actions {
		if was, ok := had[a.ID]; ok && was.Filled() {
			compare(plans.Action{ID: a.ID, Ref: a.Ref}, was)
		}
	}
	return slices.Clip(out)
}

// notePlans gives each entry the plan that counts.
func notePlans(reg *models.Register, counts map[string]*file) {
	for i := range reg.Entries {
		if f := counts[reg.Entries[i].Recipient.ID]; f != nil {
			reg.Entries[i].Plan, reg.Entries[i].PlanReturn = f.ret.File, f.ret
		}
	}
}
