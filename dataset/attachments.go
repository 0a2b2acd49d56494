package dataset

func attachmentsTable() Table {
	return Table{
		Name:    "attachments",
		Meaning: "The evidence files that came beside returns, in one message or archive. They are kept and never opened.",
		Key:     []string{"attachment"},
		Columns: []Column{
			{Name: "attachment", Kind: Integer, Meaning: "A running number."},
			{Name: "recipient", Kind: Text, Meaning: "Whose return it came beside.", References: "recipients"},
			{Name: "return_file", Kind: Text, Meaning: "The return that it came beside, as path inside returns/."},
			{Name: "name", Kind: Text, Meaning: "The file's name."},
			{Name: "file", Kind: Text, Meaning: "Where it is kept, as path inside the round folder."},
			{Name: "digest", Kind: Text, Meaning: "SHA-256 of the file, in hex."},
			{Name: "bytes", Kind: Integer, Meaning: "Its size."},
		},
		rows: func(in source, emit func([]any) error) error {
			n := 0
			for i := range in.Register.Files {
				line := &in.Register.Files[i]
				for _, a := range line.Attachments {
					n++
					if err := emit([]any{n, line.Recipient, line.File, a.Name, text(a.File), a.Digest, int(a.Size)}); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}
