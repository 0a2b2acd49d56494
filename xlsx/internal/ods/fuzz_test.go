package ods_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/ods"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// FuzzRead reads spreadsheets whose content and styles are anything. Each is refused for a reason, or its cells stand in
// order, each once and inside its sheet, within the limits, and reading again gives the same.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"libreoffice.ods", "sheetjs.ods"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "returns", "testdata", "saved", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(partOf(f, b, "content.xml"), partOf(f, b, "styles.xml"))
	}
	styles := []byte(`<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:styles><style:style style:name="Seen_5f_1" style:display-name="Seen_1" style:family="table-cell" style:data-style-name="N146"/></office:styles></office:document-styles>`)
	for _, rows := range []string{
		`<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>`,
		`<table:table-header-rows><table:table-row><table:table-cell/>` + trybook.OdsCell(`office:value-type="float" office:value="107"`, "0107") + `</table:table-row></table:table-header-rows>`,
		`<table:table-row table:visibility="filter">` + trybook.OdsCell(`office:value-type="date" office:date-value="2026-04-03"`, "3-4") + trybook.OdsCell(`office:value-type="boolean" office:boolean-value="true"`, "TRUE") + `</table:table-row>`,
		`<table:table-row>` + trybook.OdsCell(`table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"`, "#N/A") + trybook.OdsCell(`table:formula="of:=A1"`, "") + `</table:table-row>`,
		`<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" office:value-type="string"><text:p>4<text:s text:c="2"/><text:tab/><text:span>x</text:span></text:p></table:table-cell><table:covered-table-cell/></table:table-row>`,
		`<table:table-row>` + trybook.OdsCell(`office:value-type="float" office:value="4"`, "4") + `</table:table-row><calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="List.A1:List.B9"><calcext:condition calcext:apply-style-name="Seen_1" calcext:value="formula-is(1)" calcext:base-cell-address="List.A1"/></calcext:conditional-format></calcext:conditional-formats>`,
		`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`,
		`<table:shapes><draw:frame table:end-cell-address="List.B2"><draw:object-ole/><draw:image/></draw:frame></table:shapes><table:table-row><table:table-cell office:value-type="string"><draw:frame><draw:image/></draw:frame><text:p><text:a xlink:href="https://example.org/p?a=1">our policy</text:a></text:p></table:table-cell>` +
			trybook.OdsCell(`table:formula="of:=HYPERLINK(&quot;https://example.org&quot;;&quot;policy&quot;)" office:value-type="string"`, "policy") + `</table:table-row>`,
		`<table:table-row table:visibility="collapse"><table:table-cell table:style-name="struck" office:value-type="string"><office:annotation office:display="true"><dc:creator>x</dc:creator><text:p>5</text:p></office:annotation><text:p><text:span text:style-name="struck">4</text:span> 5</text:p></table:table-cell></table:table-row>`,
	} {
		f.Add(partOf(f, trybook.TableODS(trybook.TableSheet{Name: "List", Rows: rows}), "content.xml"), styles)
	}
	limits := sheet.Limits{Cells: 20_000, Text: 1 << 20}
	f.Fuzz(func(t *testing.T, content, styles []byte) {
		file := spreadsheet(content, styles)
		w, err := read(t, file, limits)
		if err != nil {
			var e *refuse.Error
			if !errors.As(err, &e) || e.Code == "" || e.Text.Form == "" {
				t.Fatalf("an error of another kind: %v", err)
			}
			return
		}
		n := 0
		for _, sh := range w.Sheets {
			row, col := int32(1), int32(0)
			for i := range sh.Cells {
				c := &sh.Cells[i]
				if c.Row < row || c.Row == row && c.Col <= col || c.Row > 1<<20 || c.Col < 1 || c.Col > 1<<14 {
					t.Fatalf("%s: row %d, column %d after row %d, column %d", sh.Name, c.Row, c.Col, row, col)
				}
				row, col = c.Row, c.Col
				n++
			}
		}
		if n > limits.Cells {
			t.Fatalf("%d cells, the limit is %d", n, limits.Cells)
		}
		again, err := read(t, file, limits)
		if err != nil || !reflect.DeepEqual(textsOf(w), textsOf(again)) {
			t.Fatalf("read again: %v, other texts", err)
		}
		if n == 0 {
			return
		}
		var e *refuse.Error
		if _, err := read(t, file, sheet.Limits{Cells: n - 1, Text: limits.Text}); !errors.As(err, &e) || e.Code != models.FileOverLimit {
			t.Fatalf("%d cells where %d are allowed: %v", n, n-1, err)
		}
	})
}

func partOf(f *testing.F, file []byte, name string) []byte {
	parts := trybook.Unpack(f, file)
	return parts[trybook.Find(parts, name)].Body
}

// spreadsheet is a file with this content and these styles.
func spreadsheet(content, styles []byte) []byte {
	parts := []trybook.Entry{
		trybook.NewPart("mimetype", []byte("application/vnd.oasis.opendocument.spreadsheet")),
		trybook.NewPart("content.xml", content), trybook.NewPart("styles.xml", styles),
		trybook.NewPart("META-INF/manifest.xml", []byte(`<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>`)),
	}
	for i := range parts {
		parts[i].Stored = true // packing them would be most of the work
	}
	return trybook.Pack(parts, trybook.Packing{})
}

func read(t *testing.T, file []byte, limits sheet.Limits) (*sheet.Workbook, error) {
	t.Helper()
	p, err := opc.Open(context.Background(), bytes.NewReader(file), int64(len(file)), opc.Limits{Parts: 10, Unpacked: 8 << 20})
	if err != nil {
		return nil, err
	}
	return ods.Read(p, limits)
}

// textsOf are the contents of all cells, by sheet.
func textsOf(w *sheet.Workbook) map[string][]string {
	out := map[string][]string{}
	for _, sh := range w.Sheets {
		for i := range sh.Cells {
			c := &sh.Cells[i]
			shown, _ := w.Shown(c)
			out[sh.Name] = append(out[sh.Name], sheet.Ref(c.Row, c.Col)+" "+w.Text(c)+" "+shown)
		}
	}
	return out
}
