package models_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
)

var update = flag.Bool("update", false, "write docs/findings.md anew")

const findingsDocument = "../docs/findings.md"

// The document of all findings is generated from the catalogue: go test ./models -run FindingsDocument -update
func TestFindingsDocument(t *testing.T) {
	want := findingsPage()
	if *update {
		if err := os.MkdirAll(filepath.Dir(findingsDocument), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(findingsDocument, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(findingsDocument)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Errorf("%s is not what the catalogue says; run 'go test ./models -run FindingsDocument -update'", findingsDocument)
	}
}

// areas is what each area of the catalogue is called in the document, in its order.
var areas = []struct{ id, title string }{
	{"file", "The file"}, {"workbook", "Where the answers stand"}, {"identity", "Whose it is"},
	{"answers", "The answers"}, {"questions", "The questions on the sheet Start"}, {"register", "All returns together"}, {"parts", "Several workbooks of one recipient"}, {"mail", "Messages and what they carry"},
	{"report", "What rubric writes"},
}

func findingsPage() string {
	var b strings.Builder
	b.WriteString(`# Findings

What ` + "`rubric validate`" + ` can say about a return, by its stable code. This page is generated from the catalogue in
package models and held against it by a test.

An **error** means that the file, or the answer, does not count. A **warning** means that it counts and someone should
look at it. A **repair** means that it was read in spite of its form, without doubt about what is meant.
`)
	for _, area := range areas {
		b.WriteString("\n## " + area.title + "\n\n| code | severity | what it means | what to do |\n|---|---|---|---|\n")
		for _, c := range models.Catalogue() {
			if c.Area == area.id {
				fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", c.Code, c.Severity, cell(c.Meaning), cell(c.Remedy))
			}
		}
	}
	return b.String()
}

func cell(s string) string { return strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", " ").Replace(s) }

// The catalogue's entries are whole, in known areas, and each code is there once, in kebab-case.
func TestCatalogue(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	known := map[string]bool{}
	for _, a := range areas {
		known[a.id] = true
	}
	seen := map[models.Code]bool{}
	for _, c := range models.Catalogue() {
		if !kebab.MatchString(string(c.Code)) || seen[c.Code] || !known[c.Area] {
			t.Errorf("%s: not in kebab-case, there twice, or in the unknown area %q", c.Code, c.Area)
		}
		seen[c.Code] = true
		if !strings.HasSuffix(c.Meaning, ".") || !strings.HasSuffix(c.Remedy, ".") || c.Meaning == c.Remedy {
			t.Errorf("%s: meaning and remedy must be sentences", c.Code)
		}
		switch c.Severity {
		case models.Error, models.Warning, models.Repair:
		default:
			t.Errorf("%s: severity %q", c.Code, c.Severity)
		}
		if info, ok := models.Lookup(c.Code); !ok || info != c {
			t.Errorf("%s: Lookup finds %+v", c.Code, info)
		}
	}
	for name, code := range declaredCodes(t) {
		if !seen[code] {
			t.Errorf("%s (%s) is declared and not in the catalogue", name, code)
		}
	}
}

// declaredCodes reads the constants of type Code from this package's source, by name.
func declaredCodes(t *testing.T) map[string]models.Code {
	t.Helper()
	files, err := filepath.Glob("codes_*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("the source of the codes is not there: %v", err)
	}
	out := map[string]models.Code{}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				return true
			}
			if id, ok := v.Type.(*ast.Ident); !ok || id.Name != "Code" {
				return true
			}
			code, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out[v.Names[0].Name] = models.Code(code)
			return true
		})
	}
	return out
}
