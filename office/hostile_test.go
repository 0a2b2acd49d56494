package office_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/rubric-project/rubric/internal/cost"
	"github.com/rubric-project/rubric/office"
)

// mostMemory is the largest heap that reading any list or template may need.
const mostMemory = 500 << 20

// hostileSource is a list of recipients or a source of a template that would cost much.
type hostileSource struct {
	class, name, file string
	// make makes it, of about n bytes.
	make func(t testing.TB, n int) []byte
	// read says that it may be read as it is, where it is no larger than a list may be; others are refused, or have problems.
	read bool
}

// lines repeats a line, with a number in it, below a head until there are n bytes.
func lines(head, line string) func(testing.TB, int) []byte {
	return func(_ testing.TB, n int) []byte {
		var b bytes.Buffer
		b.WriteString(head)
		for i := 0; b.Len() < n; i++ {
			if strings.Contains(line, "%") {
				fmt.Fprintf(&b, line, i)
			} else {
				b.WriteString(line)
			}
		}
		return b.Bytes()
	}
}

// book is a workbook with a sheet of these rows, and of what follows them; packed, it is much smaller than n.
func book(rows func(n int) string, after string) func(testing.TB, int) []byte {
	return func(t testing.TB, n int) []byte {
		const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
		const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, p := range [][2]string{
			{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
			{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
			{"xl/workbook.xml", `<workbook ` + main + ` xmlns:r="` + rel + `"><sheets><sheet name="S" sheetId="1" r:id="s"/></sheets></workbook>`},
			{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="` + rel + `/worksheet" Target="sheet1.xml"/></Relationships>`},
			{"xl/sheet1.xml", `<worksheet ` + main + `><sheetData>` + rows(n) + `</sheetData>` + after + `</worksheet>`},
		} {
			w, err := z.Create(p[0])
			if err == nil {
				_, err = w.Write([]byte(p[1]))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		z.Close()
		return b.Bytes()
	}
}

func cells(row int, texts ...string) string {
	s := fmt.Sprintf(`<row r="%d">`, row)
	for i, x := range texts {
		s += fmt.Sprintf(`<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, row, x)
	}
	return s + "</row>"
}

// rowsOf writes a row for each number, below the headings, until there are n bytes.
func rowsOf(head string, row func(i int) string) func(n int) string {
	return func(n int) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 2; b.Len() < n; i++ {
			b.WriteString(row(i))
		}
		return b.String()
	}
}

func hostileSources() []hostileSource {
	list := func(name string, make func(testing.TB, int) []byte, read bool) hostileSource {
		return hostileSource{"lists", name, "list.csv", make, read}
	}
	workbook := func(name string, make func(testing.TB, int) []byte, read bool) hostileSource {
		return hostileSource{"lists", name, "list.xlsx", make, read}
	}
	source := func(name, file string, make func(testing.TB, int) []byte) hostileSource {
		return hostileSource{"templates", name, file, make, false}
	}
	const head = "id,name,email\n"
	return []hostileSource{
		list("many recipients", lines(head, "%d,School,\n"), true),
		list("one line without end", lines(head, "a,"), false),
		list("a quote that is never closed", lines(head+`"`, "word "), false),
		list("one id over and over", lines(head, "1,A,\n"), false),
		list("no name anywhere", lines(head, "%d,,\n"), false),
		list("addresses that are none", lines(head, "%d,A,nobody\n"), false),
		list("one cell with many addresses", lines(head+`1,A,"`, "a%d@b.example; "), false),
		list("ids as spreadsheet programs shorten them", lines(head, "1.9E+13,A,\n"), false),
		list("a heading without end", lines("id,name,", "word "), false),
		list("many headings", lines("id,name", ",h%d"), false),
		list("one heading over and over", lines("id,name", ",h"), false),
		list("no headings at all", lines("", "%d;A\n"), false),
		list("line ends alone", lines(head, "\r"), false),
		list("bytes without sense", lines("", "\x00\xff\xfe%d"), false),
		list("two bytes for a character", lines("\xff\xfei\x00d\x00,\x00n\x00a\x00m\x00e\x00\n\x00", "1\x00,\x00A\x00\n\x00"), false),
		list("headings between recipients", lines(head, "Schools no. %d,,\n"), false),
		list("words in code", lines(head, "%d,A,=?utf-8?B?YQ==?= <a@b.example>\n"), true),
		workbook("many recipients in a workbook", book(rowsOf(cells(1, "id", "name"), func(i int) string { return cells(i, fmt.Sprint(i), "School") }), ""), true),
		workbook("a cell far to the right in each row", book(rowsOf(cells(1, "id", "name"), func(i int) string { return fmt.Sprintf(`<row r="%d"><c r="ALL%[1]d"><v>1</v></c></row>`, i) }), ""), false),
		workbook("a cell in the last row", book(func(int) string {
			return cells(1, "id", "name") + `<row r="1048576"><c r="A1048576"><v>1</v></c></row>`
		}, ""), false),
		workbook("everything merged, over and over", book(func(int) string { return cells(1, "id", "name") + cells(2, "1", "A") }, "<mergeCells>"+strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 10_000)+"</mergeCells>"), false),
		workbook("columns merged over many rows", book(func(n int) string {
			return rowsOf(cells(1, "id", "name", "region"), func(i int) string { return cells(i, fmt.Sprint(i), "A") })(min(n, 5<<20))
		}, `<mergeCells><mergeCell ref="C2:XFD1048576"/></mergeCells>`), true),
		workbook("all rows hidden", book(rowsOf(cells(1, "id", "name"), func(i int) string {
			return strings.Replace(cells(i, fmt.Sprint(i), "A"), "<row ", `<row hidden="1" `, 1)
		}), ""), false),
		workbook("one text without end", book(func(n int) string { return cells(1, "id", "name") + cells(2, "1", strings.Repeat("long ", n/5)) }, ""), false),
		source("many criteria", "m.csv", lines("Subject,Topic,Level 1,Level 2\n", "S%d,T,low,high\n")),
		source("many topics", "m.csv", lines("Subject,Topic,Level 1,Level 2\n", "S,T%d,low,high\n")),
		source("one row over and over", "m.csv", lines("Subject,Topic,Level 1,Level 2\n", "S,T,low,high\n")),
		source("many levels", "m.csv", lines("Subject", ",Level %d")),
		source("one level over and over", "m.csv", lines("Subject", ",Level 1")),
		source("many columns in a workbook", "m.xlsx", book(func(n int) string {
			var b strings.Builder
			b.WriteString(`<row r="1">`)
			for i := range min(16_384, n/60) {
				fmt.Fprintf(&b, `<c t="inlineStr"><is><t>Level %d</t></is></c>`, i)
			}
			return b.String() + "</row>"
		}, "")),
		source("headings without end", "m.md", lines("", "# %d.1.1\n\ntext\n\n")),
		source("a heading of signs alone", "m.md", lines("", "#")),
		source("a table without end", "m.md", lines("| a | b |\n|---|---|\n", "| [x](y) | 1.1.%d |\n")),
		source("a library nested without end", "m.yaml", lines("urn: x\n", "- ")),
		source("a library of many requirements", "m.yaml", lines("urn: a\nname: b\nobjects:\n  framework:\n    requirement_nodes:\n", "    - {urn: u%d, assessable: true, ref_id: '1', name: x}\n")),
		source("aliases of aliases", "m.yaml", lines("a: &a [x]\n", "b%d: [*a, *a, *a]\n")),
		source("a catalog nested without end", "m.json", lines(`{"catalog":{"groups":`, `[{"groups":`)),
		source("a catalog of many controls", "m.json", func(t testing.TB, n int) []byte {
			return append(lines(`{"catalog":{"metadata":{"title":"x"},"groups":[{"id":"g","title":"G","controls":[`, `{"id":"c%d","title":"C","parts":[{"name":"statement","prose":"p"}]},`)(t, n), "{}]}]}}"...)
		}),
		source("a string without end", "m.json", lines(`{"catalog":"`, "word ")),
	}
}

// TestHostileSources reads lists and sources of templates that would cost much, of RUBRIC_HOSTILE_MB megabytes (make
// hostile: 25). The largest heap is measured; with -v the table is printed. The seconds are printed only.
func TestHostileSources(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	mb := 1
	if v, err := strconv.Atoi(os.Getenv("RUBRIC_HOSTILE_MB")); err == nil {
		mb = v
	}
	w := tabwriter.NewWriter(os.Stdout, 2, 4, 2, ' ', 0)
	if testing.Verbose() {
		fmt.Fprintln(w, "CLASS\tINPUT\tOUTCOME\tSIZE\tMEMORY\tTIME")
	}
	dir := t.TempDir()
	for _, h := range hostileSources() {
		file := filepath.Join(dir, h.file)
		input := h.make(t, mb<<20)
		if err := os.WriteFile(file, input, 0o600); err != nil {
			t.Fatal(err)
		}
		outcome, read, said := "", false, 0
		took, peak := cost.Of(func() {
			if h.class == "lists" {
				p, err := (&office.Office{}).ProposeList(context.Background(), office.ListOptions{File: file})
				switch {
				case err != nil:
					outcome, said = "refused", len(err.Error())
				case len(p.Problems) > 0:
					outcome, said = fmt.Sprintf("%d problems", len(p.Problems)), len(p.Problems.Error())
				default:
					outcome, read = fmt.Sprintf("%d recipients", p.Count), true
				}
				return
			}
			x, _, err := office.ImportTemplate(context.Background(), office.ImportOptions{Files: []string{file}, ID: "x", Title: "X"})
			if outcome = "refused"; err != nil {
				said = len(err.Error())
			} else {
				outcome, read = fmt.Sprintf("%d criteria", len(x.Criteria)), true
			}
		})
		if h.class == "lists" && read && !h.read {
			t.Errorf("%s/%s: %s", h.class, h.name, outcome)
		}
		if peak > mostMemory {
			t.Errorf("%s/%s: it took %d MB", h.class, h.name, peak>>20)
		}
		if said > 1<<20 {
			t.Errorf("%s/%s: what is said of it has %d bytes", h.class, h.name, said)
		}
		if testing.Verbose() {
			fmt.Fprintf(w, "%s\t%s\t%s\t%.1f MB\t%.0f MB\t%.2f s\n", h.class, h.name, outcome, float64(len(input))/(1<<20), float64(peak)/(1<<20), took.Seconds())
		}
	}
	w.Flush()
}
