package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/words"
)

// call is a place in the program that takes a text by a key that is written out.
type call struct {
	at, method, key string
	values          []string
	// open says that some of the values' names are not written out.
	open bool
}

// source reads what the program, without its tests, asks words for: calls with a key, and all texts in quotation marks.
func source(t *testing.T) (calls []call, literals map[string]bool) {
	t.Helper()
	literals = map[string]bool{}
	set := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "words" || strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					literals[s] = true
				}
			case *ast.CallExpr:
				if c, ok := callOf(n); ok {
					c.at = set.Position(n.Pos()).String()
					calls = append(calls, c)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return calls, literals
}

func callOf(n *ast.CallExpr) (c call, ok bool) {
	sel, isSel := n.Fun.(*ast.SelectorExpr)
	if !isSel || len(n.Args) == 0 || !slices.Contains([]string{"Get", "Say", "Count", "Formula", "Quoted"}, sel.Sel.Name) {
		return c, false
	}
	text := func(e ast.Expr) (string, bool) {
		lit, ok := e.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(lit.Value)
		return s, err == nil
	}
	c.method = sel.Sel.Name
	if c.key, ok = text(n.Args[0]); !ok {
		return c, false
	}
	first := 1
	if c.method == "Count" {
		first, c.values = 2, []string{"count"}
	}
	for i := first; i < len(n.Args); i += 2 {
		name, ok := text(n.Args[i])
		c.open = c.open || !ok
		c.values = append(c.values, name)
	}
	slices.Sort(c.values)
	return c, true
}

// Every key that the program writes out exists, and gets the values that its text has.
func TestTheProgramAsksForTextsThatExist(t *testing.T) {
	english := map[string]string{}
	for _, x := range allWritten(t) {
		if x.folder == "en" && x.file != "former.yaml" {
			english[x.key] = x.text
		}
	}
	calls, literals := source(t)
	said := 0
	for _, c := range calls {
		text, ok := english[c.key]
		if c.method == "Get" {
			if !ok && (strings.HasPrefix(c.key, "summary.") || strings.HasPrefix(c.key, "message.")) {
				t.Errorf("%s: there is no text %s", c.at, c.key)
			}
			continue // many things have a method Get
		}
		said++
		if !ok {
			t.Errorf("%s: there is no text %s", c.at, c.key)
			continue
		}
		if need := words.Names(text); !c.open && c.method != "Quoted" && !slices.Equal(need, c.values) {
			t.Errorf("%s: %s puts in %v; the text has %v", c.at, c.key, c.values, need)
		}
	}
	if said < 80 {
		t.Errorf("only %d places were found that put values into texts", said)
	}
	// A text that nobody asks for is translated for nothing. Some keys are put together: "rating_" and a number.
	for key := range english {
		if strings.HasPrefix(key, "language.") || key == "months" || key == "story.month" || literals[key] || literals[strings.TrimSuffix(key, "_one")] {
			continue
		}
		if strings.HasPrefix(key, "rating_") && literals["rating_%d_meaning"] {
			continue
		}
		used := false
		for i := len(key) - 1; i > 0 && !used; i-- {
			used = (key[i-1] == '_' || key[i-1] == '.') && literals[key[:i]] || key[i] == '_' && literals[key[:i]] && literals[key[i:]]
		}
		if !used {
			t.Errorf("nothing asks for %s", key)
		}
	}
}
