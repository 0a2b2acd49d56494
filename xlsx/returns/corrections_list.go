package returns

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// correction is a cell, or a matter without one, with what is wrong and what its sender can do about it.
type correction struct {
	sheet, cell string
	ref         string
	wrong, todo string
}

// correctionsOf lists what the sender can mend, in the order of findings and in the sender's language. Findings about
// one cell are put together. Where the language has no text of a finding, it says what kind of thing is wrong.
func correctionsOf(findings []models.Finding, w *words.Words) []correction {
	findings = slices.Clone(findings)
	models.SortFindings(findings)
	var list []correction
	at := map[[2]string]int{}
	for _, f := range findings {
		keys, ok := senderTexts[f.Code]
		if !ok || f.Severity == models.Repair {
			continue
		}
		todo, wrong := w.Say("corrections.todo_"+keys.todo, "sign", "\ufffd"), w.Get("corrections.wrong_"+keys.wrong)
		if w.Has(f.Said()) && f.Code != models.AnswerAsked { // why the office asks is its own matter
			wrong = w.Tell(f.Said())
		}
		key := [2]string{f.Origin.Sheet, f.Origin.Cell}
		if i, ok := at[key]; ok && f.Origin.Cell != "" {
			if list[i].todo != todo {
				list[i].wrong += " " + wrong
				list[i].todo += " " + todo
			}
			continue
		}
		at[key] = len(list)
		list = append(list, correction{f.Origin.Sheet, f.Origin.Cell, f.Ref, wrong, todo})
	}
	return list
}

// senderTexts says for the findings that a sender can mend which texts of package words say what is wrong and what to
// do, to the sender: the remedies of the catalogue are for the office.
var senderTexts = map[models.Code]struct{ wrong, todo string }{
	models.AnswerMissing:       {"answer_missing", "choose"},
	models.AnswerNotInList:     {"answer", "choose"},
	models.AnswerAmbiguous:     {"answer", "choose"},
	models.AnswerIsDate:        {"answer", "choose"},
	models.AnswerIsError:       {"answer", "choose"},
	models.AnswerNoValue:       {"answer", "choose"},
	models.AnswerHiddenValue:   {"answer", "choose"},
	models.AnswerNotApplicable: {"not_applicable", "choose"},
	models.AnswerAsked:         {"asked", "choose"},
	models.AnswerFormula:       {"answer", "no_formula"},
	models.TargetNotInList:     {"target", "target"},
	models.TargetBelowCurrent:  {"target_below", "target_below"},
	models.CommentMissing:      {"comment", "comment"},
	models.EvidenceMissing:     {"evidence", "evidence"},
	models.TextIsError:         {"text", "text"},
	models.TextNoValue:         {"text", "text_no_formula"},
	models.TextNotDate:         {"text", "text"},
	models.TextAtLimit:         {"text_limit", "text_limit"},
	models.TextSpoiled:         {"text_spoiled", "text_spoiled"},
	models.DateNotUnderstood:   {"date", "date"},
	models.RowTwice:            {"row_twice", "row_twice"},
	models.RowMissing:          {"row_missing", "row_missing"},
	models.RowMixed:            {"rows_moved", "rows_moved"},
	models.AnswersSlipped:      {"slipped", "slipped"},
	models.RefUnknown:          {"ref", "ref"},
	models.RefFromDate:         {"ref", "ref_date"},
	models.ColumnTwice:         {"column_twice", "column_twice"},
	models.ColumnMissing:       {"column_missing", "column_missing"},
	models.TextColumnMissing:   {"column_missing", "text_column_missing"},
	models.MergedAnswer:        {"merged", "merged"},
	models.MergedText:          {"merged", "merged_text"},
	models.RowHidden:           {"hidden", "row_hidden"},
	models.ColumnHidden:        {"hidden", "column_hidden"},
	models.SheetHidden:         {"hidden", "sheet_hidden"},
	models.DescriptorEdited:    {"description", "description"},
	models.StrayText:           {"stray", "stray"},
	models.ReturnIncomplete:    {"too_empty", "complete"},

	models.PlanColumnMissing:     {"column_missing", "column_missing"},
	models.PlanTwice:             {"plan_twice", "plan_twice"},
	models.PlanRowsMoved:         {"plan_rows_moved", "rows_moved"},
	models.PlanRowTwice:          {"plan_row_twice", "plan_row_twice"},
	models.PlanStatusNotInList:   {"plan_status", "choose"},
	models.PlanDateNotUnderstood: {"date", "date"},
	models.PlanDateUnlikely:      {"plan_date_unlikely", "plan_date_unlikely"},
	models.PlanActionMissing:     {"plan_action_missing", "plan_action_missing"},
	models.PlanOwnerMissing:      {"plan_owner_missing", "plan_owner_missing"},
	models.PlanDateMissing:       {"plan_date_missing", "plan_date_missing"},
}

// todos are the texts that end our notes, in all languages.
func todos() []string {
	var out []string
	for _, tag := range words.Languages() {
		w, _ := words.For(tag)
		for _, keys := range senderTexts {
			out = append(out, w.Say("corrections.todo_"+keys.todo, "sign", "\ufffd"))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
