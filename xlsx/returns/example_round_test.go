package returns_test

import (
	"bytes"
	"context"
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// A workbook goes out to a recipient, is filled in, and is read when it comes back.
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
	workbooks, err := assessment.New(t, rd) // once for the round
	if err != nil {
		fmt.Println(err)
		return
	}
	rc := models.Recipient{ID: "007", Name: "Example Unified School District 07"}
	key := []byte("the round's key")
	m := models.Manifest{Round: rd.ID, Template: t.ID, TemplateVersion: t.Version, Recipient: rc.ID, Name: rc.Name}.Sealed(key)
	var workbook bytes.Buffer
	if err := workbooks.Write(&workbook, rc, m, m.Reference(key)); err != nil {
		fmt.Println(err)
		return
	}
	filled, err := assessment.Fill(workbook.Bytes(), assessment.Filling{Cells: []assessment.FillCell{
		{Ref: "1.1", Answer: "4 – Developing", Target: "5 – Mastering", Comment: "New portal since May."},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	ret := returns.Read(context.Background(), bytes.NewReader(filled), int64(len(filled)), "returns/007.xlsx",
		returns.ReadOptions{Template: t})
	a := ret.Answer("1.1")
	fmt.Println(ret.Answered(), "answered;", a.Ref, "is", a.Level.Value, "at", a.Level.Origin)
	fmt.Println(a.Comment.Value)
	// Output:
	// 1 answered; 1.1 is 4 at returns/007.xlsx, sheet 'Assessment', cell E6
	// New portal since May.
}
