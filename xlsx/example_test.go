package xlsx_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/rubric-project/rubric/xlsx"
)

// The first visible sheet of a workbook as a table, each cell with its kind and with where it stands.
func ExampleReadTable() {
	b, err := os.ReadFile("returns/testdata/saved/libreoffice.ods")
	if err != nil {
		fmt.Println(err)
		return
	}
	table, findings := xlsx.ReadTable(context.Background(), bytes.NewReader(b), int64(len(b)), "list.ods", xlsx.Limits{})
	fmt.Println(len(findings), "findings")
	for _, row := range table {
		for _, c := range row {
			if c.Kind == xlsx.CellDate {
				fmt.Println(c.Origin, "is the date", c.Text)
			}
		}
	}
	// Output:
	// 0 findings
	// list.ods, sheet 'Start', cell C24 is the date 2026-12-01
}

// Any file is recognised by its content, whatever its name says.
func ExampleOpen() {
	file := "%PDF-1.7 and so on"
	f, findings := xlsx.Open(context.Background(), strings.NewReader(file), int64(len(file)), "return.xlsx", xlsx.OpenOptions{})
	fmt.Println(f.Format, f.Book == nil)
	fmt.Println(findings[0].Code, findings[0].Message)
	// Output:
	// pdf true
	// file-pdf The file is a PDF.
}
