package xlsx_test

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// FuzzTable reads tables whose sheet and shared texts are anything: a table is given with each cell in its place, or
// there is an error.
func FuzzTable(f *testing.F) {
	f.Add([]byte(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>107</v></c></row><row r="3"><c r="A3" t="b"><v>1</v></c></row>`), []byte(`<si><t>id</t></si>`), false)
	f.Add([]byte(`<row><c t="inlineStr"><is><t>id</t></is></c><c s="2"><v>46085</v></c></row><row><c><f>1+1</f></c><c t="e"><v>#N/A</v></c></row>`), []byte(``), false)
	f.Add([]byte(`<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="float" office:value="107"><text:p>0107</text:p></table:table-cell></table:table-row>`), []byte(``), true)
	// Lists of offices: a hidden row, an id that lost its zeros, a formula without a result, an error, text in runs.
	f.Add([]byte(`<row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1611190130229</v></c><c r="C1"><f>A1</f></c><c r="D1" t="e"><v>#N/A</v></c></row><row r="2"><c r="A2" t="str"><f>HYPERLINK("mailto:a@b.example")</f><v>a@b.example</v></c><c r="B2" t="d"><v>2027-03-26</v></c></row>`), []byte(`<si><r><rPr><strike/></rPr><t>CDS</t></r><r><t xml:space="preserve"> Code</t></r></si>`), false)
	f.Add([]byte(`<table:table-row table:visibility="filter"><table:table-cell table:number-rows-spanned="3" office:value-type="string"><text:p>North</text:p></table:table-cell><table:table-cell table:formula="of:=A1"/></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2027-03-26"><text:p>26/03/27</text:p></table:table-cell></table:table-row>`), []byte(``), true)
	f.Fuzz(func(t *testing.T, rows, texts []byte, ods bool) {
		data := trybook.TableWorkbook(string(texts), trybook.TableSheet{Name: "List", Rows: string(rows)})
		if ods {
			data = trybook.TableODS(trybook.TableSheet{Name: "List", Rows: string(rows)})
		}
		table, findings := xlsx.ReadTable(context.Background(), bytes.NewReader(data), int64(len(data)), "x", xlsx.Limits{})
		errors, _, _ := models.Count(findings)
		if (table == nil) != (errors > 0) {
			t.Fatalf("a table: %v, errors %d: %v", table != nil, errors, findings)
		}
		for i, row := range table {
			for k, c := range row {
				if want := trybook.ColumnLetters(k+1) + fmt.Sprint(i+1); c.Origin.Cell != want {
					t.Fatalf("the cell in %s says that it is %s", want, c.Origin.Cell)
				}
				switch c.Kind {
				case xlsx.CellNumber:
					if _, err := strconv.ParseFloat(c.Text, 64); err != nil {
						t.Fatalf("the number %q", c.Text)
					}
				case xlsx.CellEmpty, xlsx.CellNoValue:
					if c.Text != "" {
						t.Fatalf("%s holds %q", c.Kind, c.Text)
					}
				case xlsx.CellText, xlsx.CellDate, xlsx.CellBool, xlsx.CellError:
				default:
					t.Fatalf("a cell of the kind %q", c.Kind)
				}
			}
			if n := len(row); n > 0 && row[n-1].Kind == xlsx.CellEmpty {
				t.Fatalf("row %d ends with nothing", i+1)
			}
		}
	})
}
