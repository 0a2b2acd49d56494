package assessment_test

import (
	"bytes"
	"context"
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// The workbook of a round is built once, and written for each recipient with its own name and manifest.
func Example() {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		fmt.Println(err)
		return
	}
	issued, _ := models.ParseDate("2026-11-02")
	due, _ := models.ParseDate("2027-01-29")
	rd := &models.Round{
		ID: "example-2026", Title: "Data maturity 2026", Template: t.ID, Issued: issued, Due: due,
		Paper: "a4", Language: "en-GB",
	}
	workbook, err := assessment.New(t, rd)
	if err != nil {
		fmt.Println(err)
		return
	}
	key := []byte("the round's key")
	for _, rc := range []models.Recipient{{ID: "007", Name: "Example Unified School District 07"}, {ID: "008", Name: "Example High"}} {
		m := models.Manifest{Round: rd.ID, Template: t.ID, TemplateVersion: t.Version, Recipient: rc.ID, Name: rc.Name}.Sealed(key)
		var out bytes.Buffer
		if err := workbook.Write(&out, rc, m, m.Reference(key)); err != nil {
			fmt.Println(err)
			return
		}
		sheets, _ := xlsx.ReadTables(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), rc.ID+".xlsx", xlsx.Limits{})
		for _, s := range sheets {
			fmt.Print(s.Name, "; ")
		}
		fmt.Println("for", sheets[0].Rows[3][2].Text)
	}
	// Output:
	// Start; Assessment; Levels; Results; Texts; for Example Unified School District 07
	// Start; Assessment; Levels; Results; Texts; for Example High
}
