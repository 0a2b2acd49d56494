package dataset

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
)

func decisionsTable() Table {
	return Table{
		Name:    "decisions",
		Meaning: "What the office decided about returns that count, as far as it is in force: answers, whose a return is, which of several counts. What was taken back or replaced is in the journal alone.",
		Key:     []string{"decision"},
		Columns: []Column{
			{Name: "decision", Kind: Integer, Meaning: "The decision's number."},
			{Name: "kind", Kind: Text, Meaning: "answer: what an answer is; recipient: whose the file is; counts: the file counts; from: the file decides where several differ."},
			{Name: "recipient", Kind: Text, Meaning: "Whose return it is about.", References: "recipients"},
			{Name: "ref", Kind: Text, Meaning: "The criterion or question that it is about, if it is one."},
			{Name: "answer", Kind: Text, Meaning: "For an answer: rated, not applicable, blank, or asked (blank, and the sender is asked for it)."},
			{Name: "label", Kind: Text, Meaning: "The decided choice as the workbook shows it."},
			{Name: "file", Kind: Text, Meaning: "The return, as path inside returns/."},
			{Name: "digest", Kind: Text, Meaning: "SHA-256 of the file, in hex: the decision holds for this content."},
			{Name: "decided_by", Kind: Text, Meaning: "Who decided."},
			{Name: "account", Kind: Text, Meaning: "The account that ran the program."},
			{Name: "decided_at", Kind: Time, Meaning: "When."},
			{Name: "reason", Kind: Text, Long: true, Meaning: "Why."},
		},
		rows: func(in source, emit func([]any) error) error {
			for i := range in.Decisions {
				d := &in.Decisions[i]
				state, label := decidedAs(in.Template, d)
				if err := emit([]any{d.Number, string(d.Kind), text(d.Recipient), text(d.Ref), text(state), text(label), text(d.File), d.Digest,
					d.By, d.Account, moment(d.At), text(d.Reason)}); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// decidedAs says what a decided answer is, in the words of the table answers and as the workbook shows it.
func decidedAs(t *models.Template, d *decisions.Decision) (state, label string) {
	if d.Kind != decisions.Answer {
		return "", ""
	}
	choice, label := t.Decided(d)
	switch {
	case d.Value == decisions.Ask:
		return "asked", ""
	case choice.IsBlank():
		return "blank", ""
	case choice.IsNotApplicable():
		return "not applicable", models.NotApplicableLabel
	}
	return "rated", label
}
