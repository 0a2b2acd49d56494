package returns_test

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// A workbook that came back, here from LibreOffice: its answers, each with the cell that it stands in, and what was
// found.
func ExampleRead() {
	b, err := os.ReadFile("testdata/saved/libreoffice.xlsx")
	if err != nil {
		fmt.Println(err)
		return
	}
	t := trybook.SmallTemplate()
	ret := returns.Read(context.Background(), bytes.NewReader(b), int64(len(b)), "return.xlsx", returns.ReadOptions{Template: t})
	fmt.Println(ret.Respondent.Name.Value, len(ret.Answers()), "answers", len(ret.Findings), "findings")
	a := ret.Answer("1.2")
	fmt.Println(a.Ref, t.Scale(t.Criterion(a.Ref)).Label(a.Level.Value), "in", a.Level.Origin.Sheet, a.Level.Origin.Cell)

	cut := b[:len(b)/2] // half of it was lost on the way
	ret = returns.Read(context.Background(), bytes.NewReader(cut), int64(len(cut)), "return.xlsx", returns.ReadOptions{Template: t})
	fmt.Println(len(ret.Answers()), "answers,", ret.Findings[0].Code)
	// Output:
	// A. Respondent 9 answers 0 findings
	// 1.2 2 – Middle in Assessment F7
	// 0 answers, file-cut-off
}

// A list of recipients: 0107 is the number 107, which its format shows with a nought.
func ExampleReadTable() {
	f := excelize.NewFile()
	defer f.Close()
	style, _ := f.NewStyle(&excelize.Style{CustomNumFmt: ptr("0000")})
	_ = f.SetSheetRow("Sheet1", "A1", &[]any{"id", "name"})
	_ = f.SetSheetRow("Sheet1", "A2", &[]any{107, "Example School"})
	_ = f.SetCellStyle("Sheet1", "A2", "A2", style)
	b, _ := f.WriteToBuffer()
	rows, findings := xlsx.ReadTable(context.Background(), bytes.NewReader(b.Bytes()), int64(b.Len()), "recipients.xlsx", xlsx.Limits{})
	c := rows[1][0]
	fmt.Println(len(rows), "rows,", len(findings), "findings;", c.Origin.Cell, "is the", c.Kind, c.Text, "shown as", c.Shown)
	// Output:
	// 2 rows, 0 findings; A2 is the number 107 shown as 0107
}

func ptr[T any](x T) *T { return &x }
