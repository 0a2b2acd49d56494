package sheetdata_test

import (
	"bytes"
	"encoding/xml"
	"math"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

func TestClean(t *testing.T) {
	long := strings.Repeat("a", sheetdata.LongestText)
	for _, c := range []struct {
		name, in, want string
		cut            bool
	}{
		{"plain", "plain", "plain", false},
		{"line ends", "a\r\nb\rc\nd", "a\nb\nc\nd", false},
		{"control characters", "a\x00b\x0bc\x1fd\te", "abcd\te", false},
		{"broken UTF-8", "a\xffb\xc3", "ab", false},
		{"a replacement character stays", "a\uFFFDb", "a\uFFFDb", false},
		{"not in XML", "a\uFFFEb\uFFFF", "ab", false},
		{"as long as a cell", long, long, false},
		{"too long", long + "b", long, true},
		{"a surrogate pair is not split", long[1:] + "🦉", long[1:], true},
	} {
		got, cut := sheetdata.Clean(c.in)
		if got != c.want || cut != c.cut {
			t.Errorf("%s: got %.40q, cut %v; want %.40q, %v", c.name, got, cut, c.want, c.cut)
		}
	}
}

func TestRows(t *testing.T) {
	got, _ := sheet(t, func(x *sheetdata.Writer) {
		x.Row(2, 0)
		x.Text(0, "a")
		x.Skip(1)
		x.Number(3, 0.1)
		x.Text(4, "")
		x.Text(0, "")
		x.Formula(0, `IF(A1<"b",1,2)`, sheetdata.Num(2))
		x.Row(5, 20.5)
		x.Array(1, "SUM(A1)", sheetdata.Str("a<b"))
		x.Int(0, -7)
	})
	want := `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" s="3"><v>0.1</v></c><c r="D2" s="4"/>` +
		`<c r="F2"><f>IF(A1&lt;"b",1,2)</f><v>2</v></c></row>` +
		`<row r="5" ht="20.5" customHeight="1"><c r="A5" s="1" t="str"><f t="array" ref="A5">SUM(A1)</f><v>a&lt;b</v></c><c r="B5"><v>-7</v></c></row>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWhatACellCannotHold(t *testing.T) {
	for name, write := range map[string]func(x *sheetdata.Writer){
		"not a number":     func(x *sheetdata.Writer) { x.Row(1, 0); x.Number(0, math.NaN()) },
		"infinite":         func(x *sheetdata.Writer) { x.Row(1, 0); x.Number(0, math.Inf(1)) },
		"rows backwards":   func(x *sheetdata.Writer) { x.Row(2, 0); x.Row(2, 0) },
		"too many rows":    func(x *sheetdata.Writer) { x.Row(sheetdata.LastRow+1, 0) },
		"too many columns": func(x *sheetdata.Writer) { x.Row(1, 0); x.Skip(sheetdata.LastColumn); x.Int(0, 1) },
		"no row":           func(x *sheetdata.Writer) { x.Int(0, 1) },
	} {
		x := sheetdata.NewWriter(&bytes.Buffer{}, sheetdata.NewStrings())
		write(x)
		if x.Close() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestNames(t *testing.T) {
	for column, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := sheetdata.Name(column); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
}

// FuzzStrings writes a text and reads it back as a spreadsheet program does: XML first, then the escapes of
// ST_Xstring.
func FuzzStrings(f *testing.F) {
	for _, s := range []string{"", " a ", "_x000A_", "__x0041_", "_x005F_", "_xZZZZ_", "<&>", "a\r\nb", "\x00", "🦉", "=1+1", "]]>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, _ := sheetdata.Clean(s)
		if !utf8.ValidString(want) || len(utf16.Encode([]rune(want))) > sheetdata.LongestText {
			t.Fatalf("%q is not clean", want)
		}
		_, table := sheet(t, func(x *sheetdata.Writer) {
			x.Row(1, 0)
			x.Long(0, s)
		})
		var sst struct {
			SI []struct {
				T string `xml:"t"`
			} `xml:"si"`
		}
		if err := xml.Unmarshal([]byte(table), &sst); err != nil {
			t.Fatal(err)
		}
		if s == "" {
			return
		}
		if got := unescaped(sst.SI[0].T); got != want {
			t.Errorf("%q came back as %q", want, got)
		}
	})
}

// unescaped decodes _xHHHH_.
func unescaped(s string) string {
	var units []uint16
	for i := 0; i < len(s); {
		var code uint16
		if n := strings.Index(s[i:], "_"); n == 0 && len(s) >= i+7 && (s[i+1] == 'x' || s[i+1] == 'X') && s[i+6] == '_' {
			ok := true
			for _, c := range []byte(strings.ToLower(s[i+2 : i+6])) {
				d := strings.IndexByte("0123456789abcdef", c)
				ok = ok && d >= 0
				code = code<<4 | uint16(max(0, d))
			}
			if ok {
				units = append(units, code)
				i += 7
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		units = utf16.AppendRune(units, r)
		i += n
	}
	return string(utf16.Decode(units))
}

func sheet(t *testing.T, write func(*sheetdata.Writer)) (rows, table string) {
	t.Helper()
	var b, s bytes.Buffer
	strings := sheetdata.NewStrings()
	x := sheetdata.NewWriter(&b, strings)
	write(x)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := strings.WriteTo(&s); err != nil {
		t.Fatal(err)
	}
	return b.String(), s.String()
}

func TestUnderscores(t *testing.T) {
	for s, want := range map[string]string{
		"plain_x": "plain_x", "_x0041_": "_x005F_x0041_", "_x0041_x0042_": "_x005F_x0041_x005F_x0042_", "_X00aF_": "_x005F_X00aF_",
		"_x00G1_": "_x00G1_", "é_x0041_é": "é_x005F_x0041_é", "_x0041": "_x0041",
	} {
		if got := sheetdata.Underscores(s); got != want {
			t.Errorf("%q is written as %q, want %q", s, got, want)
		}
	}
}
