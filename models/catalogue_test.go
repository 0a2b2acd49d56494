package models_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
)

// areas is all areas of the catalogue.
// The catalogue's entries are whole, in areas that have a heading and stand together, and each code is there once, in kebab-case.
func TestCatalogue(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen, areas, last := map[models.Code]bool{}, map[string]bool{}, ""
	for _, c := range models.Catalogue() {
		if c.Area != last && areas[c.Area] {
			t.Errorf("%s: the area %q is in two places", c.Code, c.Area)
		}
		last, areas[c.Area] = c.Area, true
		if !kebab.MatchString(string(c.Code)) || seen[c.Code] || c.AreaTitle() == "" {
			t.Errorf("%s: not in kebab-case, there twice, or in the unknown area %q", c.Code, c.Area)
		}
		seen[c.Code] = true
		if c.Action != "" && !slices.Contains(actions.All(), c.Action) {
			t.Errorf("%s: there is no action %q", c.Code, c.Action)
		}
		if !strings.HasSuffix(c.Meaning, ".") || !strings.HasSuffix(c.Remedy, ".") || c.Meaning == c.Remedy {
			t.Errorf("%s: meaning and remedy must be sentences", c.Code)
		}
		if c.Severity.Meaning() == "" {
			t.Errorf("%s: severity %q", c.Code, c.Severity)
		}
		if info, ok := c.Code.Info(); !ok || info != c {
			t.Errorf("%s: Info finds %+v", c.Code, info)
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
	files, err := filepath.Glob("codes.go")
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

// A finding says what is to be done with it in a form that any front end can word: the action with the file it is about.
func TestFindingHasItsAction(t *testing.T) {
	f := models.NewFinding(models.ManifestMissing, models.Origin{File: "scan.xlsx"}, "Nothing says whose it is.")
	if f.Action.Name != actions.Assign || !slices.Equal(f.Action.On, []string{"scan.xlsx"}) {
		t.Errorf("%+v", f.Action)
	}
	b, err := json.Marshal(models.NewFinding(models.FileNotStandard, models.Origin{}, "It is odd."))
	if err != nil || strings.Contains(string(b), "action") {
		t.Errorf("a finding with nothing to do: %s, %v", b, err)
	}
}
