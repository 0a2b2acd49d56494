package dataset_test

import (
	"regexp"
	"testing"

	"github.com/rubric-project/rubric/dataset"
)

func TestGuard(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""}, {"plain", "plain"}, {"it's - fine", "it's - fine"}, {"1=1", "1=1"}, {"'tis", "'tis"},
		{"=1+1", "'=1+1"}, {"+1", "'+1"}, {"-1", "'-1"}, {"@x", "'@x"}, {"＝1", "'＝1"}, {"  =1", "  '=1"},
		{"\t=1", "'\t'=1"}, {"\rx", "'\rx"}, {"\nx", "'\nx"}, {"'=1", "''=1"}, {"''=1", "'''=1"},
		{"a\n- b", "a\n'- b"}, {"a;=b", "a;'=b"}, {"a\t@b", "a\t'@b"}, {"a, =b", "a, =b"},
	}
	for _, tt := range tests {
		if got := dataset.Guard(tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
		if got := dataset.Unguard(tt.want); got != tt.text {
			t.Errorf("%q: taken back %q, want %q", tt.want, got, tt.text)
		}
	}
}

// formula is what a spreadsheet program would take for a formula in a guarded text, whatever of tab, semicolon
// and line break it takes for the start of a field.
var formula = regexp.MustCompile(`(^|[\t\r\n;]) *[=+\-@＝＋－＠]`)

func FuzzGuard(f *testing.F) {
	for _, s := range append(nasty, "''\t'' =", ";;- ;'@", "\xff=") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		guarded := dataset.Guard(s)
		if back := dataset.Unguard(guarded); back != s {
			t.Errorf("%q became %q and came back as %q", s, guarded, back)
		}
		if formula.MatchString(guarded) {
			t.Errorf("%q became %q, which holds a formula", s, guarded)
		}
	})
}

// A control character that came in with a file does not get out with a CSV; line breaks and tabs are text.
func TestPlainHasNoControlCharacters(t *testing.T) {
	for in, want := range map[string]string{
		"\x1b[31mred\x1b[0m": "\uFFFD[31mred\uFFFD[0m", "a\x00b": "a\uFFFDb", "\u009b1m": "\uFFFD1m", "\x7f": "\uFFFD",
		"two\nlines\tand a tab": "two\nlines\tand a tab", "=1+1": "'=1+1", "\x01=1+1": "\uFFFD=1+1", "a\n=1": "a\n'=1", "Äpfel": "Äpfel",
	} {
		if got := dataset.Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}
