package templates_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/templates"
)

// A number alone, or numbers that fall, are no headings of levels: such a table is not taken for a model by itself.
func TestLevelHeadingsAscend(t *testing.T) {
	for _, head := range []string{"name|2|1", "name|1|2", "name|0|1|2", "name|1.1|1.2", "name|Level 2|Level 1", "name|Level 1|Level 2|Level 2", "name|Level 1|Level 3|Level 2", "2026|2027|2028"} {
		if m, ok := templates.ProposeMapping(sheet(head + "\nx|foo|bar|baz")); ok {
			t.Errorf("%s was taken for %s", head, m)
		}
	}
	for _, head := range []string{"name|Level 1|Level 2", "L0|L1|name", "name|1 - Beginning|note|2 - Going on", "レベル１|レベル２|名"} {
		if m, ok := templates.ProposeMapping(sheet(head + "\nx|foo|bar|baz")); !ok || len(m.Levels) != 2 {
			t.Errorf("%s was taken for %s", head, m)
		}
	}
}

// A descriptor is a text. Rows of numbers are said and left out; where there are no others, it is no model.
func TestDescriptorsAreTexts(t *testing.T) {
	s := sheet("Subject|Level 1|Level 2\nA|foo|1.1\nB|low|90-100 %\nC|1,5|x")
	m, _ := templates.ProposeMapping(s)
	x, r, err := templates.ImportMatrix(s, m, templates.ImportOptions{})
	if err != nil || len(x.Criteria) != 1 || x.Criteria[0].Subject != "B" {
		t.Fatalf("%v, %v", x, err)
	}
	if len(r.Notes) != 2 || !strings.Contains(r.Notes[0].String(), "cell C2: level 2 is described by a number, 1.1,") || !strings.Contains(r.Notes[1].String(), "cell B4") {
		t.Errorf("%v", r.Notes)
	}
	s = sheet("Subject|Level 1|Level 2\nA|2|1.1")
	m, _ = templates.ProposeMapping(s)
	if _, _, err := templates.ImportMatrix(s, m, templates.ImportOptions{}); err == nil {
		t.Error("a table of numbers was taken for a model")
	}
}

// What an import looks at grows with its input, and what no template can hold is refused before it is written out.
func TestImportIsBounded(t *testing.T) {
	rows := func(n int, row func(i int) string) *templates.Sheet {
		s := &templates.Sheet{File: "m.csv", Rows: [][]templates.Cell{{{Text: "Subject"}, {Text: "Topic"}, {Text: "Level 1"}, {Text: "Level 2"}}}}
		for i := range n {
			var cells []templates.Cell
			for _, text := range strings.Split(row(i), "|") {
				cells = append(cells, templates.Cell{Ref: fmt.Sprint("line ", i+2), Text: text})
			}
			s.Rows = append(s.Rows, cells)
		}
		return s
	}
	imported := func(s *templates.Sheet) (*templates.Report, error) {
		m, ok := templates.ProposeMapping(s)
		if !ok {
			t.Fatal("the headings were not found")
		}
		_, r, err := templates.ImportMatrix(s, m, templates.ImportOptions{})
		return r, err
	}
	matrix := func(row func(i int) string, want string, looked int) {
		t.Helper()
		r, err := imported(rows(60_000, row))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
		if r.Looked > looked || len(r.Notes) > 1000 {
			t.Errorf("%d cells were looked at, and at most %d should be; %d notes", r.Looked, looked, len(r.Notes))
		}
	}
	matrix(func(i int) string { return fmt.Sprintf("Subject %d|T|low|high", i) }, "more than 1000 criteria", 4*1001)
	matrix(func(i int) string { return fmt.Sprintf("Subject %d|Topic %d|low|high", i, i) }, "more than 40 topics", 4*41)
	matrix(func(i int) string { return fmt.Sprintf("Subject %d|T|low|", i) }, "no row below row 1 has a text for each level", 4*60_000)
	if r, _ := imported(rows(60_000, func(int) string { return "S|T|low|" })); r.LeftOut() != 60_000 {
		t.Errorf("%d texts are said to be left out", r.LeftOut())
	}
	markdown := func(n int, line func(i int) string) (*templates.Report, error) {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i))
		}
		_, r, err := templates.ImportMarkdown([]templates.Page{{Name: "p.md", Text: []byte(b.String())}}, templates.ImportOptions{})
		return r, err
	}
	for name, line := range map[string]func(i int) string{
		"repeated headings":       func(i int) string { return fmt.Sprintf("# 1.1.%d\n", i%2) },
		"repeated texts":          func(i int) string { return fmt.Sprintf("# 1.1.%d\nSame.\n", i%2) },
		"criteria without levels": func(i int) string { return fmt.Sprintf("# %d.%d.%d\nText.\n", i%900, i/900, i%2) },
	} {
		few, _ := markdown(3000, line)
		many, _ := markdown(24_000, line)
		if few.Looked == 0 || many.Looked > 9*few.Looked || many.Looked > 4*24_000 || len(many.Notes) > 1000 {
			t.Errorf("%s: %d and %d headings were looked at; %d notes", name, few.Looked, many.Looked, len(many.Notes))
		}
	}
	if _, err := markdown(300_000, func(int) string { return "# 1.1.1\n" }); err == nil || !strings.Contains(err.Error(), "300000 lines and at most 200000 are read") {
		t.Errorf("%v", err)
	}
	if _, err := markdown(6000, func(int) string { return strings.Repeat("x", 1000) }); err == nil || !strings.Contains(err.Error(), "6000000 bytes") {
		t.Errorf("%v", err)
	}
	wide := templates.Page{Name: "p.txt", Text: []byte(strings.Repeat("Level 1\tLevel 2\t", 8000) + "\n" + strings.Repeat("Evidence\t", 16000) + "\n" + strings.Repeat("x y\t", 16000))}
	if _, _, err := templates.ImportColumns(wide, templates.ImportOptions{}); err == nil || !strings.Contains(err.Error(), "16000 columns for levels") {
		t.Errorf("%v", err)
	}
	deep := templates.Page{Name: "p.txt", Text: []byte("Level 1\tLevel 2\nEvidence\tEvidence\n" + strings.Repeat("Some text.\tOther text.\n", 50_000))}
	if _, r, err := templates.ImportColumns(deep, templates.ImportOptions{}); err == nil || !strings.Contains(err.Error(), "100000 statements") || r.Looked > 2*50_001 {
		t.Errorf("%v", err)
	}
	long := &templates.Sheet{File: "m.csv", Rows: [][]templates.Cell{nil, {{Text: "a"}}}}
	for i := range 16_000 {
		long.Rows[0] = append(long.Rows[0], templates.Cell{Text: fmt.Sprintf("Level %d", i%10)})
	}
	if m, ok := templates.ProposeMapping(long); ok {
		t.Errorf("%s", m)
	}
}
