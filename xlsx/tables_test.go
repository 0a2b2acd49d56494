package xlsx_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// Which rows are hidden and which cells are one is said of both kinds of workbooks; a struck-out text by its cell.
func TestReadTablesLooks(t *testing.T) {
	const cell = `<c r="%s" t="inlineStr"><is><r>%s<t>x</t></r></is></c>`
	strike := `<rPr><strike/></rPr>`
	ods := func(attributes string) string {
		return "<table:table-row" + attributes + ">" + trybook.OdsCell(`office:value-type="string"`, "x") + "</table:table-row>"
	}
	for name, b := range map[string][]byte{
		"xlsx": trybook.TableWorkbook("", trybook.SheetOf("S", "", `<row r="1">`+fmt.Sprintf(cell, "A1", "")+`</row><row r="2" hidden="1">`+fmt.Sprintf(cell, "A2", strike)+`</row><row r="3">`+fmt.Sprintf(cell, "A3", "")+`</row>`,
			`<mergeCells count="1"><mergeCell ref="B1:B3"/></mergeCells>`)),
		"ods": trybook.TableODS(trybook.TableSheet{Name: "S", Rows: ods("") + ods(` table:visibility="filter"`) + ods("")}),
	} {
		tables, findings := xlsx.ReadTables(context.Background(), bytes.NewReader(b), int64(len(b)), "list", xlsx.Limits{})
		if len(tables) != 1 || len(tables[0].Rows) != 3 || fmt.Sprint(tables[0].Hidden) != "[2]" {
			t.Fatalf("%s: %+v, %v", name, tables, findings)
		}
		if name == "xlsx" && (fmt.Sprint(tables[0].Merged) != "[{1 2 3 2}]" || !tables[0].Rows[1][0].Struck || tables[0].Rows[0][0].Struck) {
			t.Errorf("%+v", tables[0])
		}
	}
}

// A hidden sheet is named as one, in its place, and has no part of the room that those which show have.
func TestReadAllTables(t *testing.T) {
	var many strings.Builder
	for i := range 900 {
		fmt.Fprintf(&many, `<row r="%d"><c r="ALL%d"><v>1</v></c></row>`, i+1, i+1)
	}
	b := trybook.TableWorkbook("", trybook.SheetOf("H", "veryHidden", many.String(), ""), trybook.SheetOf("S", "", many.String(), ""))
	tables, findings := xlsx.ReadAllTables(context.Background(), bytes.NewReader(b), int64(len(b)), "list", xlsx.Limits{})
	if len(tables) != 2 || !tables[0].HiddenSheet || tables[1].HiddenSheet || len(tables[1].Rows) != 900 || len(findings) != 1 || findings[0].Origin.Sheet != "H" {
		t.Errorf("%d tables, %v", len(tables), findings)
	}
}

// A few cells far to the right do not make a table of a hundred million.
func TestTablesAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 1200 {
		fmt.Fprintf(&b, `<row r="%d"><c r="ALL%d"><v>1</v></c></row>`, i+1, i+1)
	}
	w := trybook.TableWorkbook("", trybook.SheetOf("S", "", b.String(), ""))
	_, findings := xlsx.ReadTables(context.Background(), bytes.NewReader(w), int64(len(w)), "list", xlsx.Limits{})
	if len(findings) != 1 || findings[0].Code != models.FileOverLimit || !strings.Contains(findings[0].Message, "1,000,000 cells") {
		t.Errorf("%v", findings)
	}
}
