package round_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/round"
)

// sheet is a sheet of a workbook with the rows of a CSV.
func sheet(t testing.TB, name, csv string) round.Sheet {
	t.Helper()
	s := round.Sheet{Name: name, Hidden: map[int]bool{}}
	for i, line := range strings.Split(strings.TrimSuffix(csv, "\n"), "\n") {
		row := []round.Cell{}
		for k, text := range strings.Split(line, "|") {
			row = append(row, round.Cell{Text: text, Line: i + 1, Column: k + 1, Ref: string(rune('A'+k)) + fmt.Sprint(i+1), Sheet: name})
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// The columns are found by the words of offices, below titles and on other sheets, and what was understood is said.
func TestReadListColumns(t *testing.T) {
	for _, c := range []struct {
		name, list string
		columns    map[string]string // as said
		want       string            // the mapping, and the first recipient
	}{
		{"own names", "id|name|email\n1|A|a@b.example", nil, `id="id",name="name",email="email" 1 A a@b.example`},
		{"a Californian export", "County|LEA Name|CDS Code|Contact person|E-mail address\nKern|One|01611190130229|Ann|Ann <ann@one.example>", nil,
			`id="CDS Code",name="LEA Name",email="E-mail address",contact="Contact person" 01611190130229 One ann@one.example`},
		{"an English export", "URN|School|Head teacher\n100001|One|Ann", nil, `id="URN",name="School",contact="Head teacher" 100001 One `},
		{"the code that differs", "District code|School code|School\n7|0107|One\n7|0108|Two", nil, `id="School code",name="School" 0107 One `},
		{"the name that differs", "id|District|School\n1|Same|One\n2|Same|Two", nil, `id="id",name="School" 1 One `},
		{"a title above", "Schools of the county\n\nas of March|2027\nDistrict code|District\n07|One", nil, `id="District code",name="District" 07 One `},
		{"as it was said", "URN|UPRN|Legal name\n100001|5|One", map[string]string{"id": "UPRN", "name": "Legal name"}, `id="UPRN",name="Legal name" 5 One `},
		{"by letter", "a|b|c\nOne|x|7", map[string]string{"id": "C", "name": "A"}, `id="c",name="a" 7 One `},
		{"said against its own name", "id|Code|name\n1|A7|One", map[string]string{"id": "Code"}, `id="Code",name="name" A7 One `},
		{"no such column", "id|name|Email address|Mail\n1|One|a@b.example|b@b.example", map[string]string{"email": "none"}, `id="id",name="name",email="none" 1 One `},
		{"postal addresses", "URN|School|Mail address|Street address\n1|One|1 High Street|2", nil, ``},
		{"mailto", "id|name|email\n1|A|mailto:a@b.example?subject=x; <c@d.example>", nil, `id="id",name="name",email="email" 1 A a@b.example; c@d.example`},
		{"addresses under a heading of their own", "URN|School|Head teacher email|Local authority\n100001|One|a@b.example|Kent\n100002|Two||Kent", nil, `id="URN",name="School",email="Head teacher email" 100001 One a@b.example`},
		{"no addresses", "URN|School|Local authority\n100001|One|Kent", nil, `id="URN",name="School" 100001 One `},
		{"one of two numbered", "URN|School|Email 1|Phone\n100001|One|a@b.example|7", nil, `id="URN",name="School",email="Email 1" 100001 One a@b.example`},
		{"two with addresses", "URN|School|Email 1|Email 2\n100001|One|a@b.example|c@d.example", nil, ``},
		{"of England", "LAESTAB|Establishment name\n9331234|One", nil, `id="LAESTAB",name="Establishment name" 9331234 One `},
		{"in Welsh", "Cod ysgol|Ysgol|E-bost\n6681|Un|a@b.example", nil, `id="Cod ysgol",name="Ysgol",email="E-bost" 6681 Un a@b.example`},
		{"of a Spanish office", "Código de centro|Centro educativo|Correo-e\n28001|Uno|a@b.example", nil, `id="Código de centro",name="Centro educativo",email="Correo-e" 28001 Uno a@b.example`},
		{"in Spanish", "código|escuela|correo electrónico\n1|Uno|a@b.example", nil, `id="código",name="escuela",email="correo electrónico" 1 Uno a@b.example`},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := round.ReadList(round.ListSource{File: "list.xlsx", Sheets: []round.Sheet{sheet(t, "S", c.list)}, Columns: c.columns})
			if c.want == "" {
				if len(l.Problems) == 0 {
					t.Errorf("nothing is said of %s", l.Mapping())
				}
				return
			}
			if len(l.Problems) > 0 {
				t.Fatal(l.Problems)
			}
			if got := l.Mapping() + " " + l.Recipients[0].ID + " " + l.Recipients[0].Name + " " + l.Recipients[0].Email; got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// What has several readings is asked, with what can be said, and never guessed.
func TestReadListAsks(t *testing.T) {
	hidden := sheet(t, "S", "id|name\n1|A\n2|B\n3|C\n4|D\n5|E")
	hidden.Hidden[2], hidden.Hidden[3] = true, true
	hidden.Rows[5][1].Struck = true
	formula := sheet(t, "S", "id|name|region\n1|A|\n2|B|#REF!")
	formula.Rows[1][2].NoResult = true
	merged := sheet(t, "S", "id|name|region\n1|A|North\n2|B|\n3|C|")
	merged.Merge(2, 3, 4, 3, 100)
	ids := sheet(t, "S", "id|name|region\n1|A|North\n|B|South")
	ids.Merge(2, 1, 3, 1, 100)
	across := sheet(t, "S", "id|name|region|type\n1|A|North|")
	across.Merge(2, 3, 2, 4, 100)
	short := sheet(t, "S", "id|name\n19647330101010|A\n1611190130229|B\n19647330101012|C")
	short.Rows[2][0].Number = true
	few := sheet(t, "S", "id|name\n19647330101010|A\n1611190130229|B\n1611190130012|C")
	few.Rows[2][0].Number, few.Rows[3][0].Number = true, true
	sections := sheet(t, "S", "id|name|region\nNorth schools||\n1|A|N\nSouth|| \n2|B|S")
	sections.Merge(4, 1, 4, 3, 100)
	address := sheet(t, "S", "id|name|email\n1|A|a@b.example\n2|B|c@d.example")
	address.Rows[2][2].Struck = true
	typed := sheet(t, "S", "id|name\n19647330101010|A\n1611190130229|B\n19647330101012|C")
	for _, c := range []struct {
		name   string
		src    round.ListSource
		kinds  string
		wanted []string
		count  int
	}{
		{"hidden and struck out", round.ListSource{Sheets: []round.Sheet{hidden}}, "hidden-rows",
			[]string{"list.xlsx, sheet S, cell A3: 2 rows are hidden, by a filter or by hand (row 3-4), and 1 row is struck out (row 6)", "(hidden-rows leave or take)"}, 5},
		{"left", round.ListSource{Sheets: []round.Sheet{hidden}, HiddenRows: "leave"}, "", nil, 2},
		{"taken", round.ListSource{Sheets: []round.Sheet{hidden}, HiddenRows: "take"}, "", nil, 5},
		{"headings between", round.ListSource{Sheets: []round.Sheet{sections}}, "text text", []string{`sheet S, cell A2: the row holds "North schools" and nothing else, as a heading between recipients does`, `cell A4: the row holds "South"`}, 2},
		{"a struck-out address", round.ListSource{Sheets: []round.Sheet{address}}, "hidden-rows", []string{`sheet S, cell C3: the address "c@d.example" is struck out`, "(hidden-rows leave or take)"}, 2},
		{"a struck-out address, taken", round.ListSource{Sheets: []round.Sheet{address}, HiddenRows: "take"}, "", nil, 2},
		{"no id", round.ListSource{Sheets: []round.Sheet{sheet(t, "S", "Numero|School\n1|A")}}, "heading", []string{`there is no column "id" among the headings`, "(map)"}, 0},
		{"formulas", round.ListSource{Sheets: []round.Sheet{formula}}, "no-result error-value", []string{"sheet S, cell C2: the cell holds a formula", `sheet S, cell C3: "#REF!" is an error`}, 2},
		{"one region for all", round.ListSource{Sheets: []round.Sheet{merged}}, "", nil, 3},
		{"one id for two", round.ListSource{Sheets: []round.Sheet{ids}}, "merged-cells", []string{"cell A3: the cell is one with others above it (A2:A3), and each recipient has an id"}, 2},
		{"one cell for two columns", round.ListSource{Sheets: []round.Sheet{across}}, "merged-cells", []string{"cell D2: the cell is one with others to its left (C2:D2)"}, 1},
		{"a digit less", round.ListSource{Sheets: []round.Sheet{short}}, "id-short", []string{"cell A3: 1 id has 13 digits where the others have 14", "(short-ids pad or keep)"}, 3},
		{"most have a digit less", round.ListSource{Sheets: []round.Sheet{few}}, "id-short", []string{"cell A3: 2 ids have 13 digits where the others have 14"}, 3},
		{"an address that is an error", round.ListSource{Sheets: []round.Sheet{sheet(t, "S", "id|name|E-mail address\n1|A|a@b.example\n2|B|#REF!")}}, "error-value", []string{`cell C3: "#REF!" is an error`}, 2},
		{"a digit less, kept", round.ListSource{Sheets: []round.Sheet{short}, ShortIDs: "keep"}, "", nil, 3},
		{"a digit less, typed as text", round.ListSource{Sheets: []round.Sheet{typed}}, "", nil, 3},
		{"two codes", round.ListSource{Sheets: []round.Sheet{sheet(t, "S", "URN|UPRN|School\n1|5|A\n2|6|B")}}, "heading",
			[]string{`several columns may hold the id: "URN", "UPRN"; say which it is (map id="URN" or id="UPRN")`}, 0},
		{"a heading that is not there", round.ListSource{Sheets: []round.Sheet{sheet(t, "S", "URN|School\n1|A")}, Columns: map[string]string{"id": "UNR"}}, "heading", []string{`no heading "UNR" for id; did you mean "URN"?`}, 0},
		{"no such sheet", round.ListSource{Sheets: []round.Sheet{sheet(t, "S", "id|name\n1|A")}, Sheet: "T"}, "no-list", []string{`there is no sheet "T"; the sheets are S`}, 0},
		{"nothing", round.ListSource{Sheets: []round.Sheet{{Name: "S"}}}, "no-list", []string{"is empty"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.src.File = "list.xlsx"
			l := round.ReadList(c.src)
			var kinds []string
			for _, p := range l.Problems {
				kinds = append(kinds, string(p.Kind))
				if p.Kind != round.ProblemNoList && (p.Row == 0 || p.Cell == "") {
					t.Errorf("no row or cell: %+v", p)
				}
			}
			if strings.Join(kinds, " ") != c.kinds || len(l.Recipients) != c.count {
				t.Fatalf("%v, %d recipients: %v", kinds, len(l.Recipients), l.Problems)
			}
			for _, w := range c.wanted {
				if !strings.Contains(l.Problems.Error(), w) {
					t.Errorf("got  %s\nwant %s", l.Problems, w)
				}
			}
		})
	}
	if l := round.ReadList(round.ListSource{File: "list.xlsx", Sheets: []round.Sheet{short}, ShortIDs: "pad"}); len(l.Problems) > 0 || l.Recipients[1].ID != "01611190130229" {
		t.Errorf("%v, %v", l.Recipients, l.Problems)
	}
	if l := round.ReadList(round.ListSource{Sheets: []round.Sheet{address}, HiddenRows: "leave"}); l.Recipients[0].Email == "" || l.Recipients[1].Email != "" {
		t.Errorf("%v", l.Recipients)
	}
	if l := round.ReadList(round.ListSource{Sheets: []round.Sheet{merged}}); l.Recipients[2].Groups["region"] != "North" {
		t.Errorf("%v", l.Recipients)
	}
}

// The list is found on the sheet that has its headings; where several have, that is said.
func TestReadListSheets(t *testing.T) {
	cover, list := sheet(t, "Cover", "Our schools\nAsk Ann"), sheet(t, "Schools", "Schools of 2027\n\nCode|School\n07|One")
	for _, sheets := range [][]round.Sheet{{cover, list}, {list, cover}} {
		l := round.ReadList(round.ListSource{File: "l", Sheets: sheets})
		if l.Sheet != "Schools" || l.HeaderRow != 3 || len(l.Problems)+len(l.Notes) > 0 || len(l.Recipients) != 1 {
			t.Errorf("%+v", l)
		}
	}
	other := sheet(t, "Colleges", "Code|College\n08|Two")
	l := round.ReadList(round.ListSource{File: "l", Sheets: []round.Sheet{list, other}})
	if l.Sheet != "Schools" || len(l.Notes) != 1 || !strings.Contains(l.Notes[0], `"Colleges"`) {
		t.Errorf("%+v", l)
	}
	if l := round.ReadList(round.ListSource{File: "l", Sheets: []round.Sheet{list, other}, Sheet: "colleges"}); l.Sheet != "Colleges" || l.Recipients[0].Name != "Two" {
		t.Errorf("%+v", l)
	}
}

// A list on a hidden sheet is what somebody put away: it is taken when it is named, asked about where it stands alone, and
// said where another stands beside it. A hidden sheet of headings alone is none.
func TestReadListHiddenSheets(t *testing.T) {
	cover, shown, hidden := sheet(t, "Cover", "Our schools"), sheet(t, "Now", "id|name\n07|One"), sheet(t, "Then", "id|name\n07|One\n08|Two")
	heads := sheet(t, "Form", "id|name\n|")
	hidden.HiddenSheet, heads.HiddenSheet = true, true
	for _, c := range []struct {
		sheets []round.Sheet
		named  string
		count  int
		want   string // among problems and notes; "" for none
	}{
		{[]round.Sheet{hidden, shown}, "", 1, `stand on "Then", which is hidden,`},
		{[]round.Sheet{hidden, shown}, "then", 2, ""},
		{[]round.Sheet{cover, hidden}, "", 0, `a hidden one has them: "Then"; show it in the spreadsheet program and look whether it is the list meant, or say that it is to be taken (sheet "Then")`},
		{[]round.Sheet{cover, hidden}, "Then", 2, ""},
		{[]round.Sheet{heads, shown}, "", 1, ""},
		{[]round.Sheet{shown, hidden}, "Thn", 0, "the sheets are Now, Then (hidden)"},
	} {
		l := round.ReadList(round.ListSource{File: "l", Sheets: c.sheets, Sheet: c.named})
		said := l.Problems.Error() + strings.Join(l.Notes, "")
		if len(l.Recipients) != c.count || !strings.Contains(said, c.want) || c.want == "" && said != "" || l.Open() != (c.count == 0) {
			t.Errorf("%s of %d sheets: %d recipients, %s", c.named, len(c.sheets), len(l.Recipients), said)
		}
	}
}

func TestParseColumns(t *testing.T) {
	for s, want := range map[string]string{
		`id=CDS Code,name=LEA Name`:           `map[id:CDS Code name:LEA Name]`,
		`id="CDS Code", name="Name, in full"`: `map[id:CDS Code name:Name, in full]`,
		`ID=A,email=none,row=3`:               `map[email:none id:A row:3]`,
		``:                                    `map[]`,
		`id`:                                  `"id" is not of the form`,
		`x,id=A`:                              `is not of the form`,
		`nmae=A`:                              `did you mean "name"`,
		`id=A,id=B`:                           `id is named twice`,
		`id=,name=B`:                          `id= names no heading`,
		`id=none`:                             `every list needs a column for the id`,
		`row=x`:                               `give the number of the row`,
	} {
		m, err := round.ParseColumns(s)
		if got := fmt.Sprint(m, err); !strings.Contains(got, want) {
			t.Errorf("%s: got %s, want %s", s, got, want)
		}
	}
}

// Merged cells cost what there are rows, and no more than is allowed.
func TestMergeIsBounded(t *testing.T) {
	s := sheet(t, "S", "id|name|region\n"+strings.Repeat("1|A|\n", 1000))
	if n := s.Merge(2, 3, 1<<20, 1<<14, 1_000_000); n > 2*1001 {
		t.Errorf("%d cells were looked at", n)
	}
	if n := s.Merge(1, 1, 1<<20, 1<<14, 500); n != 501 {
		t.Errorf("%d cells were looked at, although 500 were allowed", n)
	}
}

// A list with very many cells is refused before it is taken apart, and one with very many problems says the first.
func TestListsAreBounded(t *testing.T) {
	for _, c := range []struct{ name, csv, want string }{
		{"a line of separators", "id,name\n" + strings.Repeat("a,", 20_000), "list.csv:2:1: there are more separators than a list has: 20000 in this line"},
		{"many lines of them", strings.Repeat(strings.Repeat(",", 16_000)+"\n", 150), "list.csv:94:1: there are more separators than a list has"},
	} {
		if _, err := round.ReadCSV("list.csv", []byte(c.csv)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	million := []byte("id,name,region,type\n" + strings.Repeat("0000001,Example Organisation,North,Primary\n", 1_000_000))
	if rows, err := round.ReadCSV("list.csv", million); err != nil || len(rows) != 1_000_001 {
		t.Errorf("a million recipients: %d rows, %v", len(rows), err)
	}
	if _, err := round.ReadCSVUpTo("list.csv", []byte("a,b\nc,d\ne,f\n"), 4); err == nil || !strings.HasPrefix(err.Error(), "list.csv:3:1: there are more than 4 cells") {
		t.Errorf("%v", err)
	}
	cells, err := round.ReadCSV("list.csv", []byte("id,name,email\n"+strings.Repeat("1,,x\n", 5000)))
	if err != nil {
		t.Fatal(err)
	}
	_, err = round.ParseRecipients("list.csv", cells)
	list := problems(t, err)
	if len(list) != 1001 || !strings.Contains(list[1000], "13999 further problems") {
		t.Errorf("%d problems, the last: %s", len(list), list[len(list)-1])
	}
	// Columns of wide lines with accents are counted in characters.
	cells, err = round.ReadCSV("list.csv", []byte("é,é,\"é\né\",é\né,x,é"+strings.Repeat(",é", 10_000)))
	if err != nil || cells[0][3].Line != 2 || cells[0][3].Column != 4 || cells[1][10_002].Column != 20_005 {
		t.Errorf("%v %+v %+v", err, cells[0], cells[1][10_002])
	}
}
