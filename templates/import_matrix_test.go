package templates_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/templates"
)

// sheet turns a table written with | between cells into rows; \n in a cell is a line break, and a cell that
// holds only ^ is covered by a merge.
func sheet(text string) *templates.Sheet {
	s := &templates.Sheet{File: "m.xlsx", Name: "Model"}
	for i, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		var row []templates.Cell
		for j, c := range strings.Split(line, "|") {
			c = strings.ReplaceAll(strings.TrimSpace(c), `\n`, "\n")
			row = append(row, templates.Cell{Ref: string(rune('A'+j)) + strconv.Itoa(i+1), Text: strings.TrimSpace(strings.Trim(c, "^"))})
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func TestImportMatrix(t *testing.T) {
	for _, x := range []struct {
		name, table, mapping string // the mapping is given, or else proposed
		wantMapping          string
		want                 string // ref topic theme subject: descriptors
		notes                string
	}{
		{"title lines, merged topics, columns in any order", `
Our model 2026
Draft||||
Level 1|Topic|Level 2 |Criterion|ID|Level 3
low a|1 People|mid a|Who|1.1|high a
low b|^|mid b|How|1.10|high b
|||||
low c|2 Tools|mid c|What|2.1|high c`, "",
			"row=3,ref=E,topic=B,subject=D,1=A,2=C,3=F",
			"1.1 1 - Who: low a/mid a/high a\n1.10 1 - How: low b/mid b/high b\n2.1 2 - What: low c/mid c/high c", ""},

		{"names in the headings, line breaks, topics as rows of their own, no ids", `
No.|Question|0 - Absent|1 –\nPartial|2: Usual (most)
1|Backups||| 
People
7|Who|none|one|all\nof them
Tools
8|What|paper|files|base`, "",
			"row=1,ref=A,subject=B,0=C,1=D,2=E",
			"7 1 - Who: none/one/all⏎of them\n8 2 - What: paper/files/base",
			"m.xlsx, sheet Model, cell A2: the row has no text for any level: 1 (left out)"},

		{"Japanese, mapped", `
データ成熟度
番号|トピック|テーマ|概要|初級\nレベル|中級\nレベル
１．１|1 連携|文化|データの入手|ない|ある
１．２||道具|データの共有|少し|多い`, "ref=番号,topic=トピック,theme=C,subject=概要,1=初級レベル,2=F",
			"row=2,ref=A,topic=B,theme=C,subject=D,1=E,2=F",
			"1.1 1 T1 データの入手: ない/ある\n1.2 1 T2 データの共有: 少し/多い", ""},

		{"Japanese, with numbers in the headings", `
項目|レベル１ 初級|レベル２ 中級
入手|ない|ある`, "", "row=1,subject=A,1=B,2=C", "1 1 - 入手: ない/ある", ""},

		{"gaps, doubled and unusable refs, long subjects, weights", `
Ref|Weight|Subject|Level 1|Level 2
a 1|0,5|One|x|y
a-1|1|Two|x|y
b||Three|x|
c|heavy|One|x|y
§|1|Five|x|y
|1|Six|x|y
d||` + strings.Repeat("word ", 25) + `|x|y
remark at the end`, "",
			"row=1,ref=A,subject=C,weight=B,1=D,2=E",
			"a-1 1 - One: x/y\nc 1 - One (c): x/y\nd 1 - word word word word word word word word word word word …: x/y",
			"m.xlsx, sheet Model, cell A3: the ref a-1 stands here a second time (left out)\n" +
				"m.xlsx, sheet Model, cell A4: the row has no text in E4 (left out)\n" +
				"m.xlsx, sheet Model, cell B5: the weight \"heavy\" is not a number above 0 with up to three decimals (left out)\n" +
				"m.xlsx, sheet Model, cell A6: \"§\" cannot be used as ref (left out)\n" +
				"m.xlsx, sheet Model, cell A7: the row has no ref (left out)\n" +
				"m.xlsx, sheet Model, cell C8: the subject was shortened to its first words (kept)"},
	} {
		t.Run(x.name, func(t *testing.T) {
			s := sheet(x.table)
			m, ok := templates.ProposeMapping(s)
			if x.mapping != "" {
				var err error
				if m, err = templates.ParseMapping(x.mapping, s); err != nil {
					t.Fatal(err)
				}
			} else if !ok {
				t.Fatal("no mapping was proposed")
			}
			if m.String() != x.wantMapping {
				t.Errorf("mapping %s, want %s", m, x.wantMapping)
			}
			got, r, err := templates.ImportMatrix(s, m, templates.ImportOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, c := range got.Criteria {
				theme := c.Theme
				if theme == "" {
					theme = "-"
				}
				var texts []string
				for _, l := range got.Levels {
					texts = append(texts, strings.ReplaceAll(c.Descriptors[l.Number], "\n", "⏎"))
				}
				lines = append(lines, c.Ref+" "+c.Topic+" "+theme+" "+c.Subject+": "+strings.Join(texts, "/"))
			}
			if have := strings.Join(lines, "\n"); have != x.want {
				t.Errorf("got\n%s\nwant\n%s", have, x.want)
			}
			if n := notes(r); n != x.notes {
				t.Errorf("notes\n%s\nwant\n%s", n, x.notes)
			}
		})
	}
}

func TestMatrixLevelNames(t *testing.T) {
	s := sheet("Subject|Level 1 - Low|2 – Middle\\n(most)|3: High|Advanced (4)|L5")
	s.Rows = append(s.Rows, sheet("A|a|b|c|d|e").Rows[0])
	m, _ := templates.ProposeMapping(s)
	x, _, err := templates.ImportMatrix(s, m, templates.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range x.Levels {
		names = append(names, l.Name)
	}
	if got := strings.Join(names, "|"); got != "Low|Middle (most)|High|Advanced|Level 5" {
		t.Errorf("levels %s", got)
	}
}

func TestParseMappingSaysWhatIsWrong(t *testing.T) {
	s := sheet("Model\nID|Subject|Low|High\n1|a|b|c")
	for _, x := range []struct{ mapping, want string }{
		{"ref", `the mapping part "ref" is not of the form name=column; write such as ref=A,subject=B,1=C,2=D`},
		{"ref=A,ref=B", `the mapping names ref twice`},
		{"row=9,1=C,2=D", `the mapping says row=9; the sheet has rows 1 to 3`},
		{"row=2,1=Lo,2=D", `the mapping says 1=Lo, but row 2 has no such heading; did you mean "Low"?`},
		{"row=2,topik=A,1=C,2=D", `the mapping names "topik"; did you mean "topic"?, or the number of a level`},
		{"row=2,1=C,3=D", `the mapping must name the columns of at least two levels, numbered from 0 or 1 without gaps, such as 1=D,2=E,3=F`},
		{"1=Low,2=Higher", `the mapping says 2=Higher, but row 2 has no such heading; did you mean "High"?`},
		{"1=C,2=D", `no row holds a heading that the mapping names; check them, or say with row=… where the headings stand`},
	} {
		if _, err := templates.ParseMapping(x.mapping, s); err == nil || err.Error() != x.want {
			t.Errorf("%s:\n got %v\nwant %s", x.mapping, err, x.want)
		}
	}
	if m, err := templates.ParseMapping("1=low,2=HIGH,subject=Subject", s); err != nil || m.String() != "row=2,subject=B,1=C,2=D" {
		t.Errorf("%v, %v", m, err)
	}
}
