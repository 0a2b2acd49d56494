//go:build unix

package office_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rubric-project/rubric/office"
)

// A pipe in a folder of pages is passed over, and one that is named is refused: nobody may ever write to it.
func TestImportWaitsForNoPipe(t *testing.T) {
	dir := t.TempDir()
	page := "# 1.1.1\nOne.\n# 1.1.2\nTwo.\n"
	pipe := filepath.Join(dir, "a.md")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.md"), []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	x, _, err := office.ImportTemplate(context.Background(), office.ImportOptions{Files: []string{dir}})
	if err != nil || len(x.Criteria) != 1 {
		t.Errorf("%v, %v", x, err)
	}
	if _, _, err := office.ImportTemplate(context.Background(), office.ImportOptions{Files: []string{pipe}}); err == nil || !strings.Contains(err.Error(), "is no file that can be read") {
		t.Errorf("%v", err)
	}
}

// A table that is larger than any model is refused by its size, one with very many columns is looked at once.
func TestImportOfLargeTables(t *testing.T) {
	file := func(name, content string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, x := range []struct{ name, content, want string }{
		{"descending.csv", "name,2,1\nx,foo,1.1\ny,bar,1.2\n", "has headings such as Level 1, Level 2"},
		{"rows.csv", "Subject,Topic,Level 1,Level 2\n" + strings.Repeat("a,b,c,d\n", 300_000), "more than 1000000 cells"},
		{"large.csv", strings.Repeat("x", 26<<20), "at most 25 MB are read"},
	} {
		_, _, err := office.ImportTemplate(context.Background(), office.ImportOptions{Files: []string{file(x.name, x.content)}})
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v", x.name, err)
		}
	}
	wide := file("columns.csv", "Sübject,Level 1,Level 2"+strings.Repeat(",é", 16_000)+"\nA,low,high"+strings.Repeat(",ü", 16_000)+"\n")
	x, r, err := office.ImportTemplate(context.Background(), office.ImportOptions{Files: []string{wide}})
	if err != nil || len(x.Criteria) != 1 || r.Looked > 20_000 {
		t.Errorf("%v, %v", err, r)
	}
}
