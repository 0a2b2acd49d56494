package dataset

func findingsTable() Table {
	return Table{
		Name:    "findings",
		Meaning: "Everything wrong or noteworthy in the files that came back.",
		Key:     []string{"finding"},
		Columns: []Column{
			{Name: "finding", Kind: Integer, Meaning: "A running number."},
			{Name: "severity", Kind: Text, Meaning: "error (it does not count), warning (it counts; look at it) or repair (it was read in spite of its form)."},
			{Name: "code", Kind: Text, Meaning: "The kind of finding, by its stable code."},
			{Name: "recipient", Kind: Text, Meaning: "The recipient concerned, where known.", References: "recipients"},
			{Name: "ref", Kind: Text, Meaning: "The criterion concerned, if it is one of the template's.", References: "criteria"},
			{Name: "file", Kind: Text, Meaning: "The file, as path inside returns/."},
			{Name: "sheet", Kind: Text, Meaning: "The sheet."},
			{Name: "cell", Kind: Text, Meaning: "The cell."},
			{Name: "message", Kind: Text, Long: true, Meaning: "What is wrong."},
			{Name: "remedy", Kind: Text, Meaning: "What to do about it."},
		},
		rows: func(in source, emit func([]any) error) error {
			recipients, refs := map[string]bool{}, map[string]bool{}
			for i := range in.Members {
				recipients[in.Members[i].Recipient.ID] = true
			}
			for i := range in.Template.Criteria {
				refs[in.Template.Criteria[i].Ref] = true
			}
			// What is not in the list or the template stands in the message; a key that leads nowhere would
			// only make joins fail.
			known := func(s string, in map[string]bool) any {
				if !in[s] {
					return nil
				}
				return s
			}
			for i := range in.Findings {
				f := &in.Findings[i]
				err := emit([]any{
					i + 1, string(f.Severity), string(f.Code), known(f.Recipient, recipients), known(f.Ref, refs),
					text(f.Origin.File), text(f.Origin.Sheet), text(f.Origin.Cell), text(f.Message), text(f.Remedy),
				})
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
}
