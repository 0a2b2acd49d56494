package returns_test

import (
	"bytes"
	"fmt"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// costly is a file that is made to cost much. Whatever comes of it, it must not cost more than a file may.
type costly struct {
	name  string
	make  func(b *base) []byte
	want  models.Code // a finding that must be there, or ""
	large bool        // takes a second or more to make or to read
}

// TestAttackCost reads files that are small, or small packed, and made to cost the reader much time or memory.
func TestAttackCost(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	for _, c := range costlyFiles() {
		t.Run(c.name, func(t *testing.T) {
			if c.large && testing.Short() {
				t.Skip("takes seconds")
			}
			b := baseOf(t, "uk-dmm")
			data := c.make(b)
			if len(data) > 20<<20 {
				t.Fatalf("the file has %d MB: it would be refused for its size", len(data)>>20)
			}
			ret, took, peak := readMeasured(b, data, "")
			t.Logf("%d kB packed, %v, %d MB, %d findings, %d answers", len(data)>>10, took, peak>>20, len(ret.Findings), len(ret.Answers()))
			if took > maxTime {
				t.Errorf("it took %v", took)
			}
			if peak > maxMemory {
				t.Errorf("it took %d MB", peak>>20)
			}
			if c.want != "" && !trybook.HasCode(ret, c.want) {
				t.Errorf("no finding %s: %v", c.want, trybook.FindingList(ret))
			}
			if n := len(ret.Findings); n > 5000 {
				t.Errorf("%d findings", n)
			}
			for _, f := range ret.Findings {
				if len(f.Message) > 4000 {
					t.Errorf("a message of %d bytes", len(f.Message))
				}
			}
		})
	}
}

// withTexts adds texts to the shared strings, and gives the number of the first.
func withTexts(parts []trybook.Entry, texts ...string) int {
	i := trybook.Find(parts, strings1)
	first := bytes.Count(parts[i].Body, []byte("<si>"))
	parts[i].Body = []byte(strings.Replace(string(parts[i].Body), "</sst>", "<si><r><t>"+strings.Join(texts, "</t></r></si><si><r><t>")+"</t></r></si></sst>", 1))
	return first
}

// sheetOf replaces the cells of the sheet Assessment; the cells written by row refer to the texts from first on.
func sheetOf(texts []string, rows func(first int, w *strings.Builder)) func(*base) []byte {
	return packed(func(p []trybook.Entry) []trybook.Entry {
		first := withTexts(p, texts...)
		var w strings.Builder
		w.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
		rows(first, &w)
		if s := w.String(); !strings.Contains(s, "</sheetData>") {
			w.WriteString(`</sheetData>`)
		}
		w.WriteString(`</worksheet>`)
		p[trybook.Find(p, sheet2)].Body = []byte(w.String())
		return p
	})
}

// numbered repeats a text with a number in it.
func numbered(n int, text string) string {
	var w strings.Builder
	for i := range n {
		fmt.Fprintf(&w, text, i)
	}
	return w.String()
}

func costlyFiles() []costly {
	const many = 240_000 // cells: just under the limit
	cells := func(w *strings.Builder, row int, texts ...int) {
		fmt.Fprintf(w, `<row r="%d">`, row)
		for _, n := range texts {
			fmt.Fprintf(w, `<c t="s"><v>%d</v></c>`, n)
		}
		w.WriteString(`</row>`)
	}
	long := strings.Repeat(strings.Repeat("long ", 80_000)+"</t></r><r><t>", 18) // 7 MB, in pieces as they may be
	heads := []string{"Ref", "Criterion", "Current level", "Evidence", "Comment"}
	return []costly{
		{name: "half a choice over and over in one answer", make: cellI6(`<c r="I6" s="12" t="inlineStr"><is><t>` + strings.Repeat("a4", 60_000) + `</t></is></c>`)},
		{name: "an answer of half choices in every row", make: func(b *base) []byte {
			return sheetOf(append(heads, strings.Repeat("a4", 16_000)), func(first int, w *strings.Builder) {
				cells(w, 1, first, first+1, first+2, first+3, first+4)
				for i, c := range b.tm.Criteria {
					fmt.Fprintf(w, `<row r="%d"><c t="str"><v>%s</v></c><c/><c t="s"><v>%d</v></c></row>`, i+2, c.Ref, first+5)
				}
			})(b)
		}},
		{name: "heading rows without refs, without end", make: sheetOf(heads, func(first int, w *strings.Builder) {
			for r := 1; r <= many/3; r++ {
				cells(w, r, first+2, first+3, first+4)
			}
		})},
		{name: "tables of one row without end", make: sheetOf(append(heads, "1.1"), func(first int, w *strings.Builder) {
			for r := 1; r <= many/4; r++ {
				cells(w, 2*r-1, first, first+2)
				cells(w, 2*r, first+5, first+5)
			}
		})},
		{name: "a long subject in every row", make: sheetOf(append(heads, long), func(first int, w *strings.Builder) {
			cells(w, 1, first, first+1, first+2)
			for r := 2; r <= many/2; r++ {
				cells(w, 2*r+1, first+5, first+5)
			}
		})},
		{name: "one long text as every comment", make: func(b *base) []byte {
			return sheetOf(append(heads, long), func(first int, w *strings.Builder) {
				cells(w, 1, first, first+1, first+2, first+3, first+4)
				for i, c := range b.tm.Criteria {
					fmt.Fprintf(w, `<row r="%d"><c t="str"><v>%s</v></c><c/><c/><c t="s"><v>%d</v></c><c t="s"><v>%d</v></c></row>`, i+2, c.Ref, first+5, first+5)
				}
			})(b)
		}},
		{name: "answers beside refs that are nobody's, without end", make: sheetOf(append(heads, "none"), func(first int, w *strings.Builder) {
			cells(w, 1, first, first+1, first+2, first+3, first+4)
			for r := 2; r <= many/5; r++ {
				cells(w, r, first+5, first+5, first+5, first+5, first+5)
			}
		})},
		{name: "merged cells beside stray cells", make: func(b *base) []byte {
			return sheetOf(append(heads, "1.1", "stray"), func(first int, w *strings.Builder) {
				cells(w, 1, first, first+1, first+2, first+3, first+4)
				for r := 2; r <= 2900; r++ {
					fmt.Fprintf(w, `<row r="%d"><c t="s"><v>%d</v></c>`, r, first+5)
					fmt.Fprintf(w, `<c r="H%d" t="s"><v>%d</v></c>`, r, first+6)
					for range 79 {
						fmt.Fprintf(w, `<c t="s"><v>%d</v></c>`, first+6)
					}
					w.WriteString(`</row>`)
				}
				w.WriteString(`</sheetData><mergeCells>`)
				for i := range 20000 {
					fmt.Fprintf(w, `<mergeCell ref="A%d:B%d"/>`, 100000+i, 100000+i)
				}
				w.WriteString(`</mergeCells>`)
			})(b)
		}},
		{name: "a row full of the label Reference", make: sheetOf([]string{"Reference"}, func(first int, w *strings.Builder) {
			for r := 1; r <= 15; r++ {
				fmt.Fprintf(w, `<row r="%d">`, r)
				for range 16000 {
					fmt.Fprintf(w, `<c t="s"><v>%d</v></c>`, first)
				}
				w.WriteString(`</row>`)
			}
		})},
		{name: "content types without end", large: true, make: body(types, func(b []byte) []byte {
			return []byte(strings.Replace(string(b), "</Types>", numbered(1_500_000, `<Override PartName="/xl/worksheets/sheet%07d.xml" ContentType="a/b"/>`)+"</Types>", 1))
		}), want: models.FileOverLimit},
		{name: "relationships without end", large: true, make: body("xl/_rels/workbook.xml.rels", func(b []byte) []byte {
			return []byte(strings.Replace(string(b), "</Relationships>", numbered(1_500_000, `<Relationship Id="x%07d" Type="a" Target="b"/>`)+"</Relationships>", 1))
		}), want: models.FileOverLimit},
		{name: "one empty row without end", large: true, make: sheetOf(nil, func(_ int, w *strings.Builder) {
			w.WriteString(`<row r="2"/>` + strings.Repeat(`<row r="1"/>`, 15_000_000))
		}), want: models.FileContradictory},
		{name: "long properties", large: true, make: body("docProps/custom.xml", func(b []byte) []byte {
			value := strings.Repeat(strings.Repeat("p", 500_000)+"<!-- -->", 14)
			return []byte(strings.Replace(string(b), "</Properties>", strings.Repeat(`<property xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" name="x"><vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`+value+`</vt:lpwstr></property>`, 20)+"</Properties>", 1))
		}), want: models.FileOverLimit},
		{name: "long number formats", large: true, make: body("xl/styles.xml", func(b []byte) []byte {
			return []byte(strings.Replace(string(b), "</styleSheet>", "<numFmts>"+numbered(3000, `<numFmt numFmtId="9%07d" formatCode="`+strings.Repeat("0;", 30_000)+`"/>`)+"</numFmts></styleSheet>", 1))
		}), want: models.FileOverLimit},
		{name: "references without end", make: sheetOf([]string{"Reference"}, func(first int, w *strings.Builder) {
			for r := 1; r <= many/2; r++ {
				fmt.Fprintf(w, `<row r="%d"><c t="s"><v>%d</v></c><c t="str"><v>0000-0000-%04d</v></c></row>`, r, first, r%10000)
			}
		})},
	}
}
