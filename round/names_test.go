package round_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rubric-project/rubric/round"
)

func TestSafeName(t *testing.T) {
	cases := []struct{ in, want string }{
		{"0101 Example School", "0101 Example School"},
		{"École Ŵy 学校", "École Ŵy 学校"},
		{"a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j"},
		{"../../etc/passwd", "etc-passwd"},
		{"..", "unnamed"},
		{".", "unnamed"},
		{"", "unnamed"},
		{" \t\n", "unnamed"},
		{"...", "unnamed"},
		{"/", "unnamed"},
		{"C:\\Windows", "C--Windows"},
		{"\\\\server\\share", "server-share"},
		{"~$x", "$x"},
		{".hidden", "hidden"},
		{"-rf", "rf"},
		{"St. Mary's ", "St. Mary's"},
		{"dots...", "dots"},
		{"dots. . .", "dots"},
		{"CON", "_CON"},
		{"con.txt", "_con.txt"},
		{"Aux.", "_Aux"},
		{"nul .x", "_nul .x"},
		{"COM1", "_COM1"},
		{"COM¹", "_COM¹"},
		{"LPT0.tar.gz", "_LPT0.tar.gz"},
		{"CONIN$", "_CONIN$"},
		{"console", "console"},
		{"COM10", "COM10"},
		{"a\x00b\x1fc\u200bd\u202ee", "abcde"},
		{"line\nbreak\r\nand   spaces", "line break and spaces"},
		{"bad \xff bytes", "bad bytes"},
	}
	for _, c := range cases {
		if got := round.SafeName(c.in); got != c.want {
			t.Errorf("SafeName(%q) is %q, want %q", c.in, got, c.want)
		}
	}
	for _, long := range []string{strings.Repeat("x", 500), strings.Repeat("学", 500), strings.Repeat("x", 119) + ". yz", strings.Repeat(".", 500)} {
		checkName(t, round.SafeName(long))
	}
}

func checkName(t *testing.T, name string) {
	t.Helper()
	if name == "" || len(name) > 120 || !utf8.ValidString(name) || strings.ContainsAny(name, "<>:\"/\\|?*\x00\n\r") ||
		strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") || strings.HasPrefix(name, ".") || !filepath.IsLocal(name) {
		t.Errorf("%q is no safe name", name)
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a", "..", "CON .x", "~~..--", "x\u202e", "LPT¹. ", "CON ." + strings.Repeat("z", 116)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := round.SafeName(s)
		checkName(t, name)
		if again := round.SafeName(name); again != name {
			t.Errorf("%q becomes %q the second time", name, again)
		}
	})
}

func TestNames(t *testing.T) {
	var names round.Names
	for i, want := range []string{"a-b.xlsx", "a-b (2).xlsx", "A-B (3).xlsx", "é.xlsx", "e\u0301 (2).xlsx", "a-b (2) (2).xlsx"} {
		if got := names.Take([]string{"a/b", "a:b", "A-B", "é", "e\u0301", "a-b (2)"}[i], ".xlsx"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestFileNames(t *testing.T) {
	o := options(t)
	o.Recipients = rows(t, "id,name\na/1,School\na:1,School\n"+strings.Repeat("9", 80)+","+strings.Repeat("Long Name ", 19)+"\n")
	o.Groups = nil
	r, err := round.Init(t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	names := r.FileNames(".xlsx")
	if names["a/1"] != "a-1 School.xlsx" || names["a:1"] != "a-1 School (2).xlsx" || len(names) != 3 {
		t.Errorf("got %q", names)
	}
}
