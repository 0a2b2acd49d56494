package models_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each code is expected by some test, which brings it about: a test names it by its constant, or as a word
// of a table or script. This cannot see whether the test is a good one; it sees a code that none expects.
func TestEveryCodeIsExpectedBySomeTest(t *testing.T) {
	expected := map[string]bool{}
	word := regexp.MustCompile(`models\.([A-Z][A-Za-z]+)|\b[a-z]+(?:-[a-z]+)+\b|\bunfilled\b|\bsuperseded\b`)
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && (name == ".git" || name == "node_modules" || name == "docs") {
			return fs.SkipDir
		}
		if d.IsDir() || name == "coverage_test.go" || name == "catalogue_test.go" || !strings.HasSuffix(name, "_test.go") && filepath.Ext(name) != ".txtar" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range word.FindAllStringSubmatch(string(text), -1) {
			expected[m[0]] = true
			expected[m[1]] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, code := range declaredCodes(t) {
		if !expected[name] && !expected[string(code)] {
			t.Errorf("no test expects %s (models.%s)", code, name)
		}
	}
}
