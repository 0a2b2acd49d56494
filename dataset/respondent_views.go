package dataset

import "github.com/rubric-project/rubric/models"

func respondentViewsTable() Table {
	return Table{
		Name:    "views",
		Meaning: "What each respondent says about each criterion, where respondents are asked for a view each: one row for each respondent whose view is back and each criterion. A view is no answer of the recipient's; what counts stands in answers.",
		Key:     []string{"recipient", "respondent", "ref"},
		Columns: []Column{
			{Name: "recipient", Kind: Text, Meaning: "Whose view of itself it is.", References: "recipients"},
			{Name: "respondent", Kind: Text, Meaning: "Who gave the view, as in respondents.csv."},
			{Name: "role", Kind: Text, Meaning: "What he or she is there, where the list says it."},
			{Name: "ref", Kind: Text, Meaning: "The criterion.", References: "criteria"},
			{Name: "level", Kind: Text, Meaning: "The number of the level or rating, n/a for not applicable, nothing for blank."},
			{Name: "target", Kind: Text, Meaning: "The number of the target, likewise."},
			{Name: "evidence", Kind: Text, Long: true, Meaning: "The evidence."},
			{Name: "comment", Kind: Text, Long: true, Meaning: "The comment."},
			{Name: "file", Kind: Text, Meaning: "The view, as path inside returns/."},
			{Name: "sheet", Kind: Text, Meaning: "The sheet with the level."},
			{Name: "cell", Kind: Text, Meaning: "The cell with the level."},
		},
		rows: func(in source, emit func([]any) error) error {
			entries := in.entries()
			for _, at := range in.order {
				e := entries[in.Members[at].Recipient.ID]
				if e == nil {
					continue
				}
				for i := range e.Parts {
					if p := &e.Parts[i]; p.View != nil {
						if err := opinionRows(e.Recipient.ID, p, emit); err != nil {
							return err
						}
					}
				}
			}
			return nil
		},
	}
}

func opinionRows(recipient string, p *models.PartLine, emit func([]any) error) error {
	answers := p.View.Answers()
	for i := range answers {
		a := &answers[i]
		if err := emit([]any{recipient, p.Name, text(p.Role), a.Ref, text(a.Level.Value.String()), text(a.Target.Value.String()), text(a.Evidence.Value), text(a.Comment.Value),
			p.File, text(a.Level.Origin.Sheet), text(a.Level.Origin.Cell)}); err != nil {
			return err
		}
	}
	return nil
}
