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

func readTable(b []byte) ([][]xlsx.TableCell, []models.Finding) {
	return xlsx.ReadTable(context.Background(), bytes.NewReader(b), int64(len(b)), "list.xlsx", xlsx.Limits{})
}

// said is a cell in one line: its kind, = for a formula, its text, and what it shows if that is something else.
func said(c xlsx.TableCell) string {
	s := string(c.Kind)
	if c.Formula {
		s += " ="
	}
	if c.Text != "" {
		s += " " + c.Text
	}
	if c.Shown != "" {
		s += " shown " + c.Shown
	}
	return s
}

func TestReadTableCells(t *testing.T) {
	const shared = `<si><t>shared</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh sb="0" eb="1"><t>phonetic</t></rPh></si><si><t xml:space="preserve"> spaced  </t></si><si><t>a_x000A_b _x005F_x000A_</t></si><si><t>00123</t></si>`
	for _, x := range []struct{ cell, want string }{
		{`<c r="A1" t="s"><v>0</v></c>`, "text shared"},
		{`<c r="A1" t="s"><v>1</v></c>`, "text rich text"},
		{`<c r="A1" t="s"><v>2</v></c>`, "text  spaced  "},
		{`<c r="A1" t="s"><v>3</v></c>`, "text a\nb _x000A_"},
		{`<c r="A1" t="s"><v>4</v></c>`, "text 00123"}, // a school's code, kept as it was typed
		{`<c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>`, "text =1+1"},
		{`<c r="A1" t="inlineStr"><is><t>😀 مستند</t></is></c>`, "text 😀 مستند"},
		{`<c r="A1"><v>107</v></c>`, "number 107"},
		{`<c r="A1" s="1"><v>107</v></c>`, "number 107 shown 0107"},
		{`<c r="A1" s="1"><v>12345</v></c>`, "number 12345"},
		{`<c r="A1"><v>1.5</v></c>`, "number 1.5"},
		{`<c r="A1"><v>107.0</v></c>`, "number 107"},
		{`<c r="A1"><v>-0.25</v></c>`, "number -0.25"},
		{`<c r="A1"><v>1.07E2</v></c>`, "number 107"},
		{`<c r="A1"><v>0.1</v></c>`, "number 0.1"},
		{`<c r="A1"><v>0.30000000000000004</v></c>`, "number 0.30000000000000004 shown 0.3"},
		// The codes of Californian schools have 14 digits: a number of 13 or 14, which a narrow column shortens.
		{`<c r="A1"><v>1611190130229</v></c>`, "number 1611190130229"},
		{`<c r="A1"><v>1.611190130229E+12</v></c>`, "number 1611190130229"},
		{`<c r="A1"><v>12345678901234</v></c>`, "number 12345678901234"},
		// A spreadsheet program keeps 15 digits: of longer ones nobody knows what they were.
		{`<c r="A1"><v>1.23456789012345E+16</v></c>`, "number 1.23456789012345E+16 shown 1.23456789E+16"},
		{`<c r="A1" s="4"><v>107</v></c>`, "number 107"},
		{`<c r="A1" s="5"><v>107</v></c>`, "number 107 shown 107.00"},
		{`<c r="A1" s="6"><v>0.5</v></c>`, "number 0.5 shown 50%"},
		{`<c r="A1" s="7"><v>5</v></c>`, "number 5 shown No. 5"},
		{`<c r="A1" s="8"><v>5</v></c>`, "number 5"},         // what it shows is not worked out
		{`<c r="A1" s="9"><v>12345</v></c>`, "number 12345"}, // likewise
		{`<c r="A1" s="2"><v>46085</v></c>`, "date 2026-03-04"},
		{`<c r="A1" s="3"><v>46085.5</v></c>`, "date 2026-03-04 12:00:00"},
		{`<c r="A1" s="2"><v>59</v></c>`, "date 1900-02-28"},
		{`<c r="A1" s="2"><v>61</v></c>`, "date 1900-03-01"},
		{`<c r="A1" s="2"><v>60</v></c>`, "date 60"}, // 29 February 1900, a day that never was
		{`<c r="A1" t="d"><v>2026-03-04</v></c>`, "date 2026-03-04"},
		{`<c r="A1" t="d"><v>2026-03-04T09:30:00</v></c>`, "date 2026-03-04 09:30:00"},
		{`<c r="A1" t="b"><v>1</v></c>`, "boolean TRUE"},
		{`<c r="A1" t="b"><v>0</v></c>`, "boolean FALSE"},
		{`<c r="A1" t="e"><v>#N/A</v></c>`, "error #N/A"},
		{`<c r="A1" t="e"><v>#REF!</v></c>`, "error #REF!"},
		{`<c r="A1"><f>1+1</f><v>2</v></c>`, "number = 2"},
		{`<c r="A1" t="str"><f>A2</f><v>school</v></c>`, "text = school"},
		{`<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, "error = #DIV/0!"},
		{`<c r="A1"><f>1+1</f></c>`, "formula without result ="},
		{`<c r="A1"><f>1+1</f><v></v></c>`, "formula without result ="},
		{`<c r="A1" s="2"><f>TODAY()</f><v>46085</v></c>`, "date = 2026-03-04"},
	} {
		rows, findings := readTable(trybook.TableWorkbook(shared, trybook.SheetOf("List", "", `<row r="1">`+x.cell+`</row>`, "")))
		if len(rows) != 1 || len(rows[0]) != 1 || len(findings) > 0 {
			t.Errorf("%s: rows %v, findings %v", x.cell, rows, findings)
			continue
		}
		if got := said(rows[0][0]); got != x.want {
			t.Errorf("%s is %q, want %q", x.cell, got, x.want)
		}
		if o := rows[0][0].Origin; o.File != "list.xlsx" || o.Sheet != "List" || o.Cell != "A1" {
			t.Errorf("%s: origin %+v", x.cell, o)
		}
	}
	for _, x := range []struct{ cell, want string }{
		{trybook.OdsCell(`office:value-type="string"`, "00123"), "text 00123"},
		{trybook.OdsCell(`office:value-type="float" office:value="107"`, "0107"), "number 107 shown 0107"},
		{trybook.OdsCell(`office:value-type="float" office:value="107"`, "107"), "number 107"},
		{trybook.OdsCell(`office:value-type="float" office:value="1611190130229"`, "1611190130229"), "number 1611190130229"},
		{trybook.OdsCell(`office:value-type="float" office:value="1611190130229"`, "1.61E+12"), "number 1611190130229 shown 1.61E+12"},
		{trybook.OdsCell(`office:value-type="percentage" office:value="0.5"`, "50%"), "number 0.5 shown 50%"},
		{trybook.OdsCell(`office:value-type="date" office:date-value="2026-03-04"`, "4 Mar"), "date 2026-03-04 shown 4 Mar"},
		{trybook.OdsCell(`office:value-type="boolean" office:boolean-value="true"`, "TRUE"), "boolean TRUE"},
		{trybook.OdsCell(`table:formula="of:=[.B1]" office:value-type="string" calcext:value-type="error"`, "#N/A"), "error = #N/A"},
		{trybook.OdsCell(`table:formula="of:=1+1" office:value-type="float" office:value="2"`, "2"), "number = 2"},
		{trybook.OdsCell(`table:formula="of:=1+1"`, ""), "formula without result ="},
		{`<table:table-cell office:value-type="string"><text:p>one<text:s text:c="3"/>two</text:p><text:p>three<text:line-break/>four</text:p></table:table-cell>`, "text one   two\nthree\nfour"},
	} {
		rows, findings := readTable(trybook.TableODS(trybook.TableSheet{Name: "List", Rows: "<table:table-row>" + x.cell + "</table:table-row>"}))
		if len(rows) != 1 || len(rows[0]) != 1 || len(findings) > 0 {
			t.Errorf("%s: rows %v, findings %v", x.cell, rows, findings)
		} else if got := said(rows[0][0]); got != x.want {
			t.Errorf("%s is %q, want %q", x.cell, got, x.want)
		}
	}
}

// TestReadTableShape says which sheet is read, and how its rows and cells lie. A table is written as its texts, a row
// to a line, with | between cells and · for an empty one.
func TestReadTableShape(t *testing.T) {
	cell := func(ref, text string) string {
		return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	list := `<row r="1">` + cell("A1", "id") + cell("B1", "name") + `</row><row r="2">` + cell("A2", "007") + cell("B2", "Example") + `</row>`
	const wanted = "id|name\n007|Example"
	odsText := func(s string) string { return trybook.OdsCell(`office:value-type="string"`, s) }
	odsList := "<table:table-row>" + odsText("id") + odsText("name") + "</table:table-row><table:table-row>" + odsText("007") + odsText("Example") + "</table:table-row>"
	secret := trybook.SheetOf("Secret", "hidden", `<row r="1">`+cell("A1", "secret")+`</row>`, "")
	for _, x := range []struct {
		name string
		data []byte
		want string
	}{
		{"one sheet", trybook.TableWorkbook("", trybook.SheetOf("List", "", list, "")), wanted},
		{"the first is hidden", trybook.TableWorkbook("", secret, trybook.SheetOf("List", "", list, "")), wanted},
		{"the first two are hidden", trybook.TableWorkbook("", secret, trybook.SheetOf("Lists", "veryHidden", list, ""), trybook.SheetOf("List", "", list, "")), wanted},
		{"the second is not read", trybook.TableWorkbook("", trybook.SheetOf("List", "", list, ""), trybook.SheetOf("Notes", "", `<row r="1">`+cell("A1", "a note")+`</row>`, "")), wanted},
		{"all are hidden", trybook.TableWorkbook("", secret), ""},
		{"an empty sheet before the list", trybook.TableWorkbook("", trybook.SheetOf("Empty", "", "", ""), trybook.SheetOf("List", "", list, "")), ""},
		{"rows and cells left out", trybook.TableWorkbook("", trybook.SheetOf("List", "", `<row r="2">`+cell("C2", "x")+`</row><row r="5">`+cell("A5", "y")+`</row>`, "")), "\n·|·|x\n\n\ny"},
		{"rows without references", trybook.TableWorkbook("", trybook.SheetOf("List", "", `<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row><row/><row><c/><c t="inlineStr"><is><t>c</t></is></c></row>`, "")), "a|b\n\n·|c"},
		{"rows out of order", trybook.TableWorkbook("", trybook.SheetOf("List", "", `<row r="2">`+cell("A2", "second")+`</row><row r="1">`+cell("A1", "first")+`</row>`, "")), "first\nsecond"},
		{"cells that have a format only", trybook.TableWorkbook("", trybook.SheetOf("List", "", `<row r="1">`+cell("A1", "a")+`<c r="B1" s="1"/></row><row r="9"><c r="A9" s="1"/></row>`, "")), "a"},
		{"texts of no length", trybook.TableWorkbook("<si><t></t></si>", trybook.SheetOf("List", "", `<row r="1">`+cell("A1", "a")+`<c r="B1" t="s"><v>0</v></c></row>`, "")), "a"},
		{"merged cells hold what the first holds", trybook.TableWorkbook("", trybook.SheetOf("List", "", `<row r="1">`+cell("A1", "North")+cell("B1", "x")+`</row><row r="2"><c r="A2"/>`+cell("B2", "y")+`</row>`, `<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>`)), "North|x\n·|y"},
		{"hidden rows and columns", trybook.TableWorkbook("", trybook.SheetOf("List", "", `<row r="1">`+cell("A1", "id")+cell("B1", "name")+`</row><row r="2" hidden="1">`+cell("A2", "007")+cell("B2", "Example")+`</row>`, "")), wanted},
		{"ods", trybook.TableODS(trybook.TableSheet{Name: "List", Rows: odsList}), wanted},
		{"ods, the first hidden", trybook.TableODS(trybook.SheetOf("Secret", "hidden", "<table:table-row>"+odsText("secret")+"</table:table-row>", ""), trybook.TableSheet{Name: "List", Rows: odsList}), wanted},
		{"ods, a row repeated", trybook.TableODS(trybook.TableSheet{Name: "List", Rows: `<table:table-row table:number-rows-repeated="3">` + odsText("a") + "</table:table-row>"}), "a\na\na"},
		{"ods, a cell repeated", trybook.TableODS(trybook.TableSheet{Name: "List", Rows: `<table:table-row><table:table-cell table:number-columns-repeated="2"/>` + `<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>`}), "·|·|a|a"},
		{"ods, to the end of the sheet", trybook.TableODS(trybook.TableSheet{Name: "List", Rows: odsList + `<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>`}), wanted},
		{"ods, under a merged cell", trybook.TableODS(trybook.TableSheet{Name: "List", Rows: `<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" office:value-type="string"><text:p>a</text:p></table:table-cell><table:covered-table-cell/>` + odsText("b") + `</table:table-row>`}), "a|·|b"},
	} {
		rows, findings := readTable(x.data)
		if errors, _, _ := models.Count(findings); errors > 0 || rows == nil {
			t.Errorf("%s: rows %v, findings %v", x.name, rows, findings)
			continue
		}
		var lines []string
		for i, r := range rows {
			var cells []string
			for k, c := range r {
				text := c.Text
				if c.Kind == xlsx.CellEmpty {
					text = "·"
				}
				cells = append(cells, text)
				if want := trybook.ColumnLetters(k+1) + fmt.Sprint(i+1); c.Origin.Cell != want {
					t.Errorf("%s: the cell in %s says that it is %s", x.name, want, c.Origin.Cell)
				}
			}
			lines = append(lines, strings.Join(cells, "|"))
		}
		if got := strings.Join(lines, "\n"); got != x.want {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}

func TestReadTableFindings(t *testing.T) {
	list := trybook.TableWorkbook("", trybook.SheetOf("List", "", `<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>`, ""))
	in := func(row string) []byte { return trybook.TableWorkbook("", trybook.SheetOf("List", "", row, "")) }
	for _, x := range []struct {
		name string
		data []byte
		want models.Code
	}{
		{"nothing", nil, models.FileEmpty},
		{"a list as CSV", []byte("id,name\n007,Example\n"), models.FileCSV},
		{"a PDF", []byte("%PDF-1.7\n"), models.FilePDF},
		{"a web page", []byte("<!DOCTYPE html><html><body>Sign in</body></html>"), models.FileWebPage},
		{"cut off", list[:len(list)/2], models.FileCutOff},
		{"a number that is none", in(`<row r="1"><c r="A1"><v>12x</v></c></row>`), models.FileDamaged},
		{"no such shared text", in(`<row r="1"><c r="A1" t="s"><v>7</v></c></row>`), models.FileDamaged},
		{"a cell twice", in(`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`), models.FileContradictory},
		{"a kind of cell that there is not", in(`<row r="1"><c r="A1" t="zz"><v>1</v></c></row>`), models.FileSheetUnsupported},
		{"XML that does not end", in(`<row r="1"><c r="A1"><v>1</v></c>`), models.FileDamaged},
		{"no sheet", trybook.TableWorkbook(""), models.FileDamaged},
		{"ods with a number that is none", trybook.TableODS(trybook.TableSheet{Name: "List", Rows: "<table:table-row>" + trybook.OdsCell(`office:value-type="float" office:value="x"`, "x") + "</table:table-row>"}), models.FileDamaged},
	} {
		rows, findings := readTable(x.data)
		if rows != nil || len(findings) != 1 || findings[0].Code != x.want || findings[0].Severity != models.Error || findings[0].Origin.File != "list.xlsx" {
			t.Errorf("%s: rows %v, findings %+v, want %s", x.name, rows, findings, x.want)
		}
	}
	// A list is never cut off: what is below the last row that is read refuses it, and what is far to the side is said.
	rows, findings := readTable(in(`<row r="1"><c r="A1"><v>1</v></c></row><row r="500000"><c r="B500000"><v>2</v></c></row>`))
	if rows != nil || len(findings) != 1 || findings[0].Code != models.FileOverLimit || findings[0].Origin.Cell != "B500000" {
		t.Errorf("a cell far away: %d rows, findings %+v", len(rows), findings)
	}
	rows, findings = readTable(in(`<row r="1"><c r="A1"><v>1</v></c><c r="ALM1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>`))
	if len(findings) != 1 || findings[0].Code != models.StrayText || findings[0].Origin.Cell != "ALM1" || len(rows) != 2 || rows[1][0].Text != "3" {
		t.Errorf("a cell far to the right: %v, findings %+v", rows, findings)
	}
	// Limits hold for tables too.
	if rows, findings := xlsx.ReadTable(context.Background(), bytes.NewReader(list), int64(len(list)), "list.xlsx", xlsx.Limits{Packed: 100}); rows != nil || len(findings) != 1 || findings[0].Code != models.FileTooLarge {
		t.Errorf("a limit of 100 bytes: %v, %+v", rows, findings)
	}
}
