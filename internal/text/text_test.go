package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rubric-project/rubric/internal/text"
)

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 entries", 1: "1 entry", 2: "2 entries", 1000: "1000 entries"} {
		if got := text.Count(n, "entry", "entries"); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}

func TestFirstFew(t *testing.T) {
	for _, c := range []struct {
		list, rest, want string
	}{
		{"", " …", ""}, {"a", " …", "a"}, {"a b", " and %d more", "a, b"}, {"a b c", " and %d more", "a, b and 1 more"},
		{"a b c d", " …", "a, b …"}, {"100% b c d", ", %d more", "100%, b, 2 more"},
	} {
		if got := text.FirstFew(strings.Fields(c.list), 2, ", ", c.rest); got != c.want {
			t.Errorf("%q: %q, want %q", c.list, got, c.want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		s    string
		most int
		mark string
		want string
	}{
		{"", 3, "…", ""}, {"äöü", 3, "…", "äöü"}, {"äöüß", 3, "…", "äö…"}, {"äöüß", 3, " …", "ä …"}, {"äöüß", 3, "", "äöü"},
	} {
		if got := text.Cut(c.s, c.most, c.mark); got != c.want {
			t.Errorf("Cut(%q, %d, %q) is %q", c.s, c.most, c.mark, got)
		}
	}
	for most, want := range []string{"", "a", "a", "aä", "aä", "aä", "aä学"} {
		if got := text.HeadBytes("aä学", most); got != want {
			t.Errorf("%d bytes are %q, want %q", most, got, want)
		}
	}
	for most, want := range []string{"", "a", "aä", "aä学", "aä学"} {
		if got := text.Head("aä学", most); got != want {
			t.Errorf("%d characters are %q, want %q", most, got, want)
		}
	}
}

// The marks of direction are those of the Unicode Standard Annex 9, table 4 and section 2.6.
func TestSteers(t *testing.T) {
	for _, r := range "\x00\x07\t\n\r\x1b\x7f\u0080\u009b\u009f\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" {
		if !text.Steers(r) {
			t.Errorf("%U steers", r)
		}
	}
	for _, r := range " aä学\u00a0\u200c\u200d\u2029\ufe0f\U0001F467" {
		if text.Steers(r) {
			t.Errorf("%U does not steer", r)
		}
	}
	if got := text.OneLine("a\tb\nc\x1b[31m\u200fd\u061ce \u200d"); got != "a b c[31mde \u200d" {
		t.Errorf("%q", got)
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ word, of, want string }{
		{"regoin", "name region", "region"}, {"Email ", "mail email", "email"}, {"ab", "ba cd", "ba"}, {"ab", "cd ef", ""},
		{"uk-dm", "csis-cdm3 uk-dmm", "uk-dmm"}, {"a", "b", ""}, {"", "a", ""},
		{"UK-DMM", "csis-cdm3 uk-dmm", "uk-dmm"}, {"ukdmm", "csis-cdm3 uk-dmm", "uk-dmm"}, {"csis", "csis-cdm3 uk-dmm", ""}, {"csis-cmd3", "csis-cdm3 uk-dmm", "csis-cdm3"},
	} {
		if got := text.Nearest(c.word, strings.Fields(c.of)); got != c.want {
			t.Errorf("%q of %q: %q, want %q", c.word, c.of, got, c.want)
		}
	}
	if got := text.DidYouMean("zzz", strings.Fields("a b c d e f g h i j k l m")); got != "known are: a, b, c, d, e, f, g, h, i, j, k, l, …" {
		t.Error(got)
	}
}

// FuzzDistance holds the distance within a band against the whole table.
func FuzzDistance(f *testing.F) {
	for _, c := range []struct {
		a, b string
		most int
	}{{"kitten", "sitting", 3}, {"", "abc", 9}, {"abcdef", "badcfe", 2}, {"same", "same", 0}, {"学校", "校学", 1}} {
		f.Add(c.a, c.b, c.most)
	}
	f.Fuzz(func(t *testing.T, a, b string, most int) {
		x, y := []rune(a), []rune(b)
		if len(x) > 60 || len(y) > 60 || most < 0 || most > 100 {
			t.Skip()
		}
		if got, want := text.Distance(x, y, most), min(whole(x, y), most+1); got != want {
			t.Errorf("%q and %q up to %d: %d, want %d", a, b, most, got, want)
		}
	})
}

// whole is the distance by the rule of Levenshtein, cell by cell.
func whole(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"kitten", "sitting", 3}, {"flaw", "lawn", 2}, {"", "abc", 3}, {"ab", "ba", 2}, {"学校", "校", 1}} {
		if got := text.Distance([]rune(c.a), []rune(c.b), 9); got != c.want {
			t.Errorf("%q and %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	for _, s := range []string{"a", "..", "CON .x", "~~..--", "x\u202e", "LPT¹. ", "CON ." + strings.Repeat("z", 116), strings.Repeat("学", 99)} {
		f.Add(s, 120)
	}
	f.Add("con", 10)
	f.Fuzz(func(t *testing.T, s string, most int) {
		if most < 10 || most > 300 {
			t.Skip()
		}
		n := text.FileName(s, most)
		if n == "" || len(n) > most || !utf8.ValidString(n) || strings.ContainsAny(n, "<>:\"/\\|?*") || strings.ContainsFunc(n, text.Steers) ||
			strings.HasSuffix(n, ".") || strings.HasSuffix(n, " ") || strings.HasPrefix(n, ".") {
			t.Errorf("%q became %q", s, n)
		}
		if again := text.FileName(n, most); again != n {
			t.Errorf("%q became %q and then %q", s, n, again)
		}
	})
}
