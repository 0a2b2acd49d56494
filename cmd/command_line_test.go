package cmd

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What Windows takes the two lines for is in Microsoft's "Parsing C command-line arguments": a backslash before a quotation
// mark makes it a part of the text.
func TestMendedCommandLines(t *testing.T) {
	for line, want := range map[string]string{
		`rubric status -C "C:\round 1\" --json`:               `rubric status -C "C:\round 1" --json`,
		`rubric status -C "C:\round 1\"`:                      `rubric status -C "C:\round 1"`,
		`rubric status -C "\\server\share\round\" --csv`:      `rubric status -C "\\server\share\round" --csv`,
		`rubric status -C "C:\" -q`:                           `rubric status -C "C:\." -q`,
		`rubric init "D:\a b\" --title "The \"new\" round"`:   `rubric init "D:\a b" --title "The \"new\" round"`,
		`rubric init x --title "A round: \"best\" of C:\"`:    `rubric init x --title "A round: \"best\" of C:\"`,
		`rubric status -C "C:\round 1" --json`:                `rubric status -C "C:\round 1" --json`,
		`"C:\Program Files\rubric.exe" status -C ".\spring\"`: `"C:\Program Files\rubric.exe" status -C ".\spring"`,
	} {
		if got := mended(line); got != want {
			t.Errorf("%s\nbecame %s\nwant   %s", line, got, want)
		}
	}
}

func TestExpandedNames(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.yaml", "a.yaml", "c.yml", "x [1].yaml", ".hidden.yaml"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ args, want []string }{
		{[]string{"*.yaml"}, []string{"a.yaml", "b.yaml", "x [1].yaml"}},
		{[]string{"?.y*ml", "z"}, []string{"a.yaml", "b.yaml", "c.yml", "z"}},
		{[]string{"x [1].yaml"}, []string{"x [1].yaml"}},
		{[]string{"*.txt", "imaps://user@mail.example.org/INBOX?"}, []string{"*.txt", "imaps://user@mail.example.org/INBOX?"}},
	} {
		if got := expanded(dir, c.args); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.args, got, c.want)
		}
	}
	if got, want := expanded(".", []string{filepath.Join(dir, "a*.yaml")}), filepath.Join(dir, "a.yaml"); len(got) != 1 || got[0] != want {
		t.Errorf("%q, want %q", got, want)
	}
}
