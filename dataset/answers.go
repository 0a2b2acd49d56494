package dataset

import "github.com/rubric-project/rubric/models"

func answersTable() Table {
	return Table{
		Name:    "answers",
		Meaning: "One row for each recipient whose return counts and each criterion, by recipient, then in the template's order. A criterion that the recipient is not asked has no row; one whose row was not found in the return is blank and has no origin.",
		Key:     []string{"recipient", "ref"},
		Columns: []Column{
			{Name: "recipient", Kind: Text, Meaning: "Who answered.", References: "recipients"},
			{Name: "ref", Kind: Text, Meaning: "What was answered.", References: "criteria"},
			{Name: "topic", Kind: Text, Meaning: "The criterion's topic."},
			{Name: "theme", Kind: Text, Meaning: "The criterion's theme, if it has one."},
			{Name: "answer", Kind: Text, Meaning: "rated, not applicable, or blank. Only rated answers have a level."},
			{Name: "level", Kind: Integer, Meaning: "The number chosen: of a level; for statements 0 not, 1 partially, 2 largely, 3 fully in place; for symptoms 1 still true, 0 no longer."},
			{Name: "label", Kind: Text, Meaning: "The choice as the workbook shows it."},
			{Name: "target", Kind: Integer, Meaning: "The level aimed at, if one was given."},
			{Name: "evidence", Kind: Text, Long: true, Meaning: "The evidence named."},
			{Name: "comment", Kind: Text, Long: true, Meaning: "The comment given."},
			{Name: "file", Kind: Text, Meaning: "The return, as path inside returns/."},
			{Name: "sheet", Kind: Text, Meaning: "The sheet that the answer stands on."},
			{Name: "cell", Kind: Text, Meaning: "The cell that the answer stands in."},
			{Name: "decision", Kind: Integer, Meaning: "The office's decision by which the answer is as it is, whatever the cell shows; nothing for an answer as it was read.", References: "decisions"},
		},
		rows: answerRows,
	}
}

func answerRows(in source, emit func([]any) error) error {
	t := in.Template
	labels := make([]map[int]string, len(t.Criteria))
	for i := range t.Criteria {
		labels[i] = map[int]string{}
		for _, step := range t.Scale(&t.Criteria[i]) {
			labels[i][step.Number] = step.Label()
		}
	}
	var row []any
	var none models.Answer
	for _, at := range in.order {
		m := &in.Members[at]
		ret, err := in.Return(at)
		if err != nil {
			return err
		}
		if ret == nil {
			continue
		}
		answers := ret.Answers()
		for i := range t.Criteria {
			c := &t.Criteria[i]
			if !c.Applies(m.Recipient.Groups) {
				continue
			}
			a := &none
			if len(answers) > 0 && answers[0].Ref == c.Ref { // the usual case: the template's order, nothing missing
				a, answers = &answers[0], answers[1:]
			} else if found := ret.Answer(c.Ref); found != nil {
				a = found
			}
			choice := a.Level.Value
			state, label := "blank", ""
			if n, ok := choice.Number(); ok {
				state, label = "rated", labels[i][n]
			} else if choice.IsNotApplicable() {
				state, label = "not applicable", models.NotApplicableLabel
			}
			o := a.Level.Origin
			row = append(row[:0], m.Recipient.ID, c.Ref, c.Topic, text(c.Theme), state, number(choice), text(label), number(a.Target.Value),
				text(a.Evidence.Value), text(a.Comment.Value), text(o.File), text(o.Sheet), text(o.Cell), count(o.Decision))
			if err := emit(row); err != nil {
				return err
			}
		}
	}
	return nil
}
