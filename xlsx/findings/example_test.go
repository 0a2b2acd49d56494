package findings_test

import (
	"bytes"
	"context"
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/findings"
)

// What was found in two files, as a workbook: file by file.
func Example() {
	list := []models.Finding{
		models.NewFinding(models.AnswerMissing, models.Origin{File: "007.xlsx", Sheet: "Assessment", Cell: "I6"}, "Criterion 1.1 has no answer.").About("1.1"),
		models.NewFinding(models.FilePDF, models.Origin{File: "008.xlsx"}, "The file is a PDF."),
	}
	var out bytes.Buffer
	if err := findings.Write(&out, &models.Round{Title: "Data maturity 2026", Paper: "a4"}, &models.Template{}, list, nil, func(file string) string { return file }); err != nil {
		fmt.Println(err)
		return
	}
	table, _ := xlsx.ReadTable(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), "findings.xlsx", xlsx.Limits{})
	for _, row := range table[1:] {
		fmt.Println(row[0].Text, row[1].Text, row[3].Text, row[7].Text)
	}
	// Output:
	// Warning 007.xlsx I6 Criterion 1.1 has no answer.
	// Error 008.xlsx  The file is a PDF.
}
