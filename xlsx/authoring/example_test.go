package authoring_test

import (
	"bytes"
	"context"
	"fmt"

	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/authoring"
)

// Two tables to edit; the topic of a criterion is chosen from those on the first sheet.
func Example() {
	sheets := []authoring.Sheet{
		{Name: "Topics", Help: "What the criteria are grouped by.",
			Columns: []authoring.Column{{Heading: "id", Width: 10, Unique: true}, {Heading: "name", Width: 40, Needed: true}},
			Rows:    [][]string{{"use", "Using data"}, {"share", "Sharing data"}}},
		{Name: "Criteria", Help: "What is assessed.",
			Columns: []authoring.Column{{Heading: "ref", Width: 10, Unique: true}, {Heading: "topic", Width: 12, ChoicesFrom: "Topics"}},
			Rows:    [][]string{{"1.1", "use"}, {"1.10", "share"}}},
	}
	var out bytes.Buffer
	if err := authoring.Write(&out, "An own template", sheets); err != nil {
		fmt.Println(err)
		return
	}
	tables, _ := xlsx.ReadTables(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), "template.xlsx", xlsx.Limits{})
	for _, t := range tables {
		for _, row := range t.Rows[1:] {
			fmt.Println(t.Name, row[0].Text, row[1].Text)
		}
	}
	// Output:
	// Topics use Using data
	// Topics share Sharing data
	// Criteria 1.1 use
	// Criteria 1.10 share
}
