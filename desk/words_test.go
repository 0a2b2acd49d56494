package desk_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/words"
)

// Calls of t and tn in a page, with their texts.
var (
	inPage = regexp.MustCompile(`\b(t|tn)((?:\s+(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|"(?:[^"\\]|\\.)*"|[^\s"(){}]+))+)`)
	quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
)

// spoken are all texts that the desk says in its own words, with where each stands.
func spoken(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	pages, _ := filepath.Glob("pages/*.html")
	for _, name := range pages {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, action := range regexp.MustCompile(`\{\{[^{}]*(?:"(?:[^"\\]|\\.)*"[^{}]*)*\}\}`).FindAllString(string(b), -1) {
			for _, m := range inPage.FindAllStringSubmatch(action, -1) {
				texts := quoted.FindAllString(m[2], -1)
				most := 1
				if m[1] == "tn" {
					most = 2
				}
				for _, q := range texts[:min(most, len(texts))] {
					text, err := strconv.Unquote(q)
					if err != nil {
						t.Fatal(err)
					}
					out[text] = name
				}
			}
		}
	}
	for _, text := range desk.SaidByTables() {
		out[text] = "a table"
	}
	files, _ := filepath.Glob("*.go")
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "T" && sel.Sel.Name != "N" {
				return true
			}
			args := call.Args
			if sel.Sel.Name == "N" && len(args) > 2 {
				args = args[1:3]
			} else {
				args = args[:1]
			}
			for _, a := range args {
				if lit, ok := a.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil {
						out[text] = name
					}
				}
			}
			return true
		})
	}
	return out
}

// Everything that the desk says in its own words it says in Spanish as well, with the same places for what is set in.
func TestEveryTextIsSpanishToo(t *testing.T) {
	es := words.DeskTexts("es")
	said := spoken(t)
	if len(said) < 100 {
		t.Fatalf("only %d texts were found", len(said))
	}
	var missing []string
	for text, at := range said {
		if strings.TrimFunc(text, func(r rune) bool { return r < 'A' }) == "" {
			continue // nothing in it that has a language
		}
		own, ok := es[text]
		if !ok {
			missing = append(missing, at+": "+strconv.Quote(text))
			continue
		}
		verbs := regexp.MustCompile(`%(\[\d+\])?[a-z]`)
		a, b := verbs.FindAllString(text, -1), verbs.FindAllString(own, -1)
		slices.Sort(a)
		if plain := slices.Clone(b); !strings.Contains(own, "%[") {
			slices.Sort(plain)
			b = plain
		}
		if len(a) != len(b) {
			t.Errorf("%s: %q and %q set in different things", at, text, own)
		}
	}
	slices.Sort(missing)
	for _, m := range missing {
		t.Errorf("no Spanish for %s", m)
	}
}

// Each action of the core has its line in the desk's table.
func TestEveryActionHasAWay(t *testing.T) {
	for _, name := range actions.All() {
		if !desk.HasWay(name) {
			t.Errorf("the desk does not know the action %s", name)
		}
	}
}
