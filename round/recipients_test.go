package round_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

func utf16le(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func utf16be(s string) string {
	b := []byte(utf16le(s))
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

// One list in all the forms that programs save CSV in: the same recipients come out.
func TestReadCSVForms(t *testing.T) {
	const plain = "id,name,email,contact,region\n0101,\"École, Ysgol Ŵy\",a@school.example,,North\n0102,School 2,,B,\n"
	semicolons := strings.ReplaceAll(strings.ReplaceAll(plain, ",", ";"), "École; Ysgol", "École, Ysgol")
	forms := map[string]string{
		"commas":                 plain,
		"byte order mark":        "\ufeff" + plain,
		"semicolons":             semicolons,
		"tabs":                   strings.ReplaceAll(semicolons, ";", "\t"),
		"sep line":               "sep=;\r\n" + semicolons,
		"windows line ends":      strings.ReplaceAll(plain, "\n", "\r\n"),
		"blank lines":            "\n\n" + strings.ReplaceAll(plain, "\n", "\n\n") + ",,,,\n",
		"utf-16":                 "\xff\xfe" + utf16le(plain),
		"utf-16 big endian":      "\xfe\xff" + utf16be(plain),
		"utf-16 without mark":    utf16le(plain),
		"headings in other case": strings.Replace(plain, "id,name,email,contact", " ID ,Name,E-Mail,CONTACT", 1),
		"spaces around":          strings.Replace(plain, "0101,", "  0101\u00a0,", 1),
		"columns in other order": "region,contact,email,name,id\nNorth,,a@school.example,\"École, Ysgol Ŵy\",0101\n,B,,School 2,0102\n",
		"a row cut short":        strings.Replace(plain, "B,\n", "B\n", 1),
	}
	want := []models.Recipient{
		{ID: "0101", Name: "École, Ysgol Ŵy", Email: "a@school.example", Groups: map[string]string{"region": "North"}},
		{ID: "0102", Name: "School 2", Contact: "B", Groups: map[string]string{"region": ""}},
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			cells, err := round.ReadCSV("list.csv", []byte(form))
			if err != nil {
				t.Fatal(err)
			}
			got, err := round.ParseRecipients("list.csv", cells)
			if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("got  %v, %v\nwant %v", got, err, want)
			}
		})
	}
}

// Everything that is wrong with a list is said at once, each with its place.
func TestParseRecipientsProblems(t *testing.T) {
	long := strings.Repeat("x", 81)
	cases := []struct {
		name string
		csv  string
		want []string // the beginning of each problem, and a word that it holds
	}{
		{"empty", "", []string{"list.csv: … is empty"}},
		{"only blank lines", "\n,,\n", []string{"list.csv: … is empty"}},
		{"no recipients", "id,name\n", []string{"list.csv:1:1: … no recipient below"}},
		{"no id", "name,region\nA,North\n", []string{`list.csv:1:1: … no column "id" among the headings (name, region)`}},
		{"an id by another name", "Code,name\n1,A\n", []string{`list.csv:1:1: … no column "id", and "Code" looks`}},
		{"a slip in a heading", "id,nmae\n1,A\n", []string{`list.csv:1:4: … no column "name", and "nmae" looks`}},
		{"a slip in the shortest heading", "uid,name\n1,A\n", []string{`list.csv:1:1: … "uid"`}},
		{"both headings by other names", "URN,School name\n1,A\n", []string{`list.csv:1:1: … "URN"`, `list.csv:1:5: … "School name"`}},
		{"an optional heading by another name", "id,name,Email address\n1,A,a@b.example\n", []string{`list.csv:1:9: … no column "email", and "Email address" looks`}},
		{"a slip in an optional heading", "id,name,emial\n1,A,a@b.example\n", []string{`list.csv:1:9: … "emial"`}},
		{"a heading twice", "id,name,Region,region\n1,A,x,y\n", []string{`list.csv:1:16: … stands twice`, `list.csv:2:7: … column without a heading`}},
		{"two names for the email column", "id,name,email,E-mail\n1,A,,\n", []string{`list.csv:1:15: … stands twice`}},
		{"text without a heading", "id,name,\n1,A,x\n", []string{`list.csv:2:5: … without a heading`}},
		{"too many columns", "id,name\n1,Smith, John\n", []string{`list.csv:2:9: … without a heading`}},
		{"no id in a row", "id,name\n,A\n", []string{`list.csv:2:1: … the id is empty`}},
		{"no name in a row", "id,name\n1,\n2\n", []string{`list.csv:2:3: … the name is empty`, `list.csv:3:1: … the name is empty`}},
		{"ids twice", "id,name\n7,A\n8,B\n7,C\n", []string{`list.csv:4:1: … "7" stands in the list twice, first in line 2`}},
		{"ids twice, with spaces", "id,name\n7,A\n 7 ,C\n", []string{`list.csv:3:1: … twice`}},
		{"ids that differ by case", "id,name\na7,A\nA7,C\n", []string{`list.csv:3:1: … "A7" and "a7" (line 2) differ only by`}},
		{"ids that differ by how an accent is stored", "id,name\n\u00e9,A\ne\u0301,C\n", []string{`list.csv:3:1: … differ only`}},
		{"a long number", "id,name\n1.23E+13,A\n\"1,5E+10\",B\n6E+11,C\n", []string{`list.csv:2:1: … "1.23E+13" is a long number`, `list.csv:3:1: … digits are lost`, `list.csv:4:1: … digits are lost`}},
		{"a code that became a date", "id,name\n03-Apr,A\nApr-03,B\n", []string{`list.csv:2:1: … took for a date`, `list.csv:3:1: … took for a date`}},
		{"codes that look odd and are not", "id,name\n12E3,A\n1.2,B\n3-4,C\n2026-03-04,D\nE+5,E\n007,F\n7,G\nMar-123,H\n", nil},
		{"an error of a formula", "id,name,email\n#N/A,A,\n1,#REF!,\n2,B,####\n", []string{`list.csv:2:1: … "#N/A" is an error`, `list.csv:3:3: … "#REF!"`, `list.csv:4:5: … "####"`}},
		{"an id too long", "id,name\n" + long + ",A\n", []string{`list.csv:2:1: … 81 characters`}},
		{"an unseen character", "id,name\n1\u200b,A\n2,B\u202e\n", []string{`list.csv:2:1: … cannot be seen`, `list.csv:3:3: … cannot be seen`}},
		{"an address without @", "id,name,email\n1,A,office.example\n", []string{`list.csv:2:5: … "office.example" is not an email address: it has no @`}},
		{"the second of two addresses", "id,name,email\n1,Ä,a@b.example; nobody\n", []string{`list.csv:2:5: … "nobody"`}},
		{"addresses separated by a comma", "id,name,email\n1,A,\"a@b.example, c@d.example\"\n", []string{`list.csv:2:5: … separate them by semicolons`}},
		{"other bad addresses", "id,name,email\n1,A,a@b\n2,A,@b.example\n3,A,a@\n4,A,a b@c.example\n5,A,a@b@c.example\n6,A,a..b@c.example\n7,A,Head a@b.example\n8,A,a@b_c.example\n9,A,a@b.example.\n",
			[]string{"list.csv:2:5: … no dot", "list.csv:3:5: … nothing stands before", "list.csv:4:5: … nothing stands after", "list.csv:5:5: … a space", "list.csv:6:5: … more than one @", "list.csv:7:5: … a dot", "list.csv:8:5: … a space", "list.csv:9:5: … character", "list.csv:10:5: … a dot"}},
		{"columns count characters", "id,name,email\n1,Ŵŵé,x\n", []string{"list.csv:2:7: … no @"}},
		{"several at once, in order of place", "id,name,email\n,,x\n1,A,\n1,B,y\n", []string{"list.csv:2:1: … id is empty", "list.csv:2:2: … name is empty", "list.csv:2:3: … no @", "list.csv:4:1: … twice", "list.csv:4:5: … no @"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			cells, err := round.ReadCSV("list.csv", []byte(c.csv))
			if err != nil {
				t.Fatal(err)
			}
			_, err = round.ParseRecipients("list.csv", cells)
			matches(t, problems(t, err), c.want)
		})
	}
}

// matches holds each line against a beginning and a part, separated by …
func matches(t *testing.T, got, want []string) {
	t.Helper()
	ok := len(got) == len(want)
	for i := 0; ok && i < len(got); i++ {
		start, part, _ := strings.Cut(want[i], " … ")
		ok = strings.HasPrefix(got[i], start) && strings.Contains(got[i], part)
	}
	if !ok {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestReadCSVProblems(t *testing.T) {
	cases := []struct{ name, csv, want string }{
		{"an older encoding", "id,name\n1,\xc9cole\n", `list.csv:2:3: … Windows-1252, where the line would be "1,École"`},
		{"bytes of no encoding", "id,name\n1,\x81\x8d\n", `list.csv:2:3: … not saved as UTF-8`},
		{"a quotation mark inside", "id,name\n1,The \"Old\" School\n", `list.csv:2:7: … inside a text`},
		{"a quotation without end", "id,name\n1,\"The Old School\n2,B\n", `list.csv:`},
		{"a workbook", "PK\x03\x04rest", `list.csv: … workbook`},
		{"an old workbook", "\xd0\xcf\x11\xe0rest", `list.csv: … workbook`},
		{"not text", "id,name\n1,\x00\n", `list.csv:2:3: … not a text file`},
		{"utf-16 cut off", "\xff\xfei\x00d", `list.csv: … cut off`},
		{"utf-16 with half a pair", "\xff\xfei\x00d\x00\x00\xd8,\x00", `list.csv:1:3: … cannot be read`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := round.ReadCSV("list.csv", []byte(c.csv))
			matches(t, problems(t, err), []string{c.want})
		})
	}
}

// A list from a workbook is told by cells.
func TestParseRecipientsFromWorkbook(t *testing.T) {
	list := [][]round.Cell{
		{{Text: "id", Line: 1, Column: 1, Ref: "A1"}, {Text: "name", Line: 1, Column: 2, Ref: "B1"}},
		{{Text: "0101", Line: 2, Column: 1, Ref: "A2"}, {Text: "", Line: 2, Column: 2, Ref: "B2"}},
		{{Text: "0101", Line: 3, Column: 1, Ref: "A3"}, {Text: "B", Line: 3, Column: 2, Ref: "B3"}},
		{{Text: "2026-04-03", Line: 4, Column: 1, Ref: "A4", Date: true}, {Text: "C", Line: 4, Column: 2, Ref: "B4"}},
	}
	_, err := round.ParseRecipients("list.xlsx", list)
	matches(t, problems(t, err), []string{"list.xlsx, cell B2: … name is empty", `list.xlsx, cell A3: … first in cell A2`, `list.xlsx, cell A4: … took for a date`})
}

// Whatever the bytes are, there is a list whose ids are all different, or there are problems with a place.
func FuzzParseRecipients(f *testing.F) {
	for _, s := range []string{recipientsCSV, "", "id;name\n1;A\n", "\ufeffid,name\n\"1\",\"A\"\"B\"\n", "sep=\t\nid\tname\n1\tA", "\xff\xfei\x00d\x00", "id,name\r1,A\r", "id,name\n1,\xc9\n", "id,name,email\n00107,One,Ann <ann@one.example>\n107,One,mailto:b@two.example\n", "CDS Code;LEA Name\r\n1611190130229;=A1\r\n01611190130229;#N/A\r\n", "\"id\",name\n\"a\nb\",c\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cells, err := round.ReadCSV("list.csv", data)
		if err != nil {
			problems(t, err)
			return
		}
		list, err := round.ParseRecipients("list.csv", cells)
		if err != nil {
			for _, line := range problems(t, err) {
				if !strings.HasPrefix(line, "list.csv:") {
					t.Errorf("no place: %s", line)
				}
			}
			return
		}
		var ids []string
		for _, rc := range list {
			if rc.ID == "" || rc.Name == "" || strings.TrimSpace(rc.ID) != rc.ID {
				t.Errorf("recipient %+v", rc)
			}
			ids = append(ids, strings.ToLower(rc.ID))
		}
		slices.Sort(ids)
		if len(slices.Compact(ids)) != len(list) || len(list) == 0 {
			t.Errorf("ids are not unique, or there is none: %q", ids)
		}
	})
}
