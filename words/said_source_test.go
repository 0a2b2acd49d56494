package words_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sayers are the functions that take an English text, by name; a literal among their arguments is one.
var sayers = strings.Fields("Sayf NewFinding find about inRow say add refuse left finding advised unreadable note New Damaged bad need tell tellAll Tell TellFormula quoted line section block list paired")

// kept are the variables and fields that hold an English text until it is said.
var kept = strings.Fields("message form place what rule rules rises falls Remedy answerColumns registerColumns statusWords fileWords spreadHeadings findingColumns helpColumns severities areaTitles magic placeholders")

// saying are the folders whose texts reach findings, and the one of the consolidated workbook.
var saying = []string{"checks", "mail", "office", "models", "words/said.go", "round/returns.go", "pdf", "xlsx", "xlsx/returns", "xlsx/internal/refuse", "xlsx/internal/opc", "xlsx/internal/sheet", "xlsx/internal/ods", "xlsx/internal/xmlscan", "xlsx/internal/crypt", "internal/compound"}

// noFindings are files whose texts do not reach a finding: errors for the office, and the sheet with corrections, which
// takes its texts by key.
var noFindings = []string{"checks/changes.go", "mail/address.go", "mail/compose.go", "mail/message.go", "mail/run.go", "mail/secret.go", "models/scale.go",
	"office/corrections.go", "office/language.go", "office/split.go", "office/reported.go", "office/template.go", "xlsx/returns/corrections_package.go", "xlsx/returns/corrections_shapes.go",
	"xlsx/returns/corrections_sheet.go", "xlsx/returns/corrections_styles.go", "xlsx/returns/corrections_write.go", "models/return_encoding.go", "pdf/logo.go"}

// sameInAll are texts that are no words: names of programs and signs.
var sameInAll = []string{"SHA-256", "rows or cells out of order", "a consolidated workbook needs a round and its template", "rubric kept",
	"an edition for circulation needs a plan of what may be shown", "there are more findings than one sheet has rows; take fewer files at a time"}

// writing are the folders of the consolidated workbook.
var writing = []string{"xlsx/consolidated", "xlsx/findings", "xlsx/planned", "xlsx/internal/pages"}

// textsIn lists the English texts that stand in the program in a folder, with values as {1}, {2} …, and where.
func textsIn(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	set := token.NewFileSet()
	files := []string{folder} // a file, or all of a folder
	if !strings.HasSuffix(folder, ".go") {
		var err error
		if files, err = filepath.Glob(filepath.Join("..", filepath.FromSlash(folder), "*.go")); err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", folder, err)
		}
	}
	for _, file := range files {
		file = strings.TrimPrefix(filepath.ToSlash(file), "../")
		if slices.Contains(noFindings, file) || strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, filepath.Join("..", file), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		keep := func(x ast.Expr, before string) {
			if s, ok := literal(x); ok && isText(before+s) {
				out[formOf(before+s)] = set.Position(x.Pos()).String()
			}
		}
		keepAll := func(x ast.Expr) {
			keep(x, "")
			if _, ok := literal(x); ok {
				return
			}
			ast.Inspect(x, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CompositeLit:
					elements := n.Elts
					if file == "xlsx/recognise.go" || file == "xlsx/placeholder.go" {
						elements = elements[max(0, len(elements)-1):] // the name, after the marks by which a file is recognised
					}
					for _, e := range elements {
						if kv, ok := e.(*ast.KeyValueExpr); ok {
							e = kv.Value
						}
						keep(e, "")
					}
				case *ast.CallExpr:
					return false
				}
				return true
			})
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				switch name := called(n); {
				case name == "Errorf" || name == "Sprintf":
				case name == "Counted":
					keep(n.Args[1], "%d ")
					keep(n.Args[2], "%d ")
				case name == "FirstFew":
					keep(n.Args[2], "%s")
				case slices.Contains(sayers, name):
					for _, a := range n.Args {
						keep(a, "")
					}
				}
			case *ast.CompositeLit:
				if a, ok := n.Type.(*ast.ArrayType); ok && a.Len != nil { // [2]string{"a heading", …}
					keepAll(n)
				}
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					if len(n.Rhs) == 1 && len(n.Lhs) > 1 {
						break
					}
					if slices.Contains(kept, nameOf(l)) {
						keepAll(n.Rhs[i])
					}
				}
			case *ast.ValueSpec:
				for i, l := range n.Names {
					if i < len(n.Values) && (slices.Contains(kept, l.Name) || isTextConstant(l.Name)) {
						keepAll(n.Values[i])
					}
				}
			}
			return true
		})
	}
	return out
}

// isTextConstant says by its name that a constant is an English text.
func isTextConstant(name string) bool {
	return strings.HasSuffix(name, "Sheet") || strings.HasSuffix(name, "Only") || strings.HasSuffix(name, "Label") || strings.HasSuffix(name, "Note") || name == "notGiven" || name == "leftWhileOpen"
}

func literal(x ast.Expr) (string, bool) {
	switch x := x.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			s, err := strconv.Unquote(x.Value)
			return s, err == nil
		}
	case *ast.BinaryExpr:
		a, ok := literal(x.X)
		b, ok2 := literal(x.Y)
		return a + b, ok && ok2 && x.Op == token.ADD
	}
	return "", false
}

func called(c *ast.CallExpr) string { return nameOf(c.Fun) }

func nameOf(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	}
	return ""
}

var letters = regexp.MustCompile(`[A-Za-z]{2,}`)

// isText tells texts from the names, formulas and pieces of XML that stand beside them.
func isText(s string) bool {
	return letters.MatchString(verb.ReplaceAllString(s, "")) && !strings.ContainsAny(s, "<>{}|=") && !strings.HasPrefix(s, "../")
}

var verb = regexp.MustCompile(`%(\[(\d)\])?[sdqv%]`)

// formOf is a format of package fmt as Sayf keeps it.
func formOf(format string) string {
	if !strings.Contains(format, "%") {
		return format
	}
	n := 0
	return verb.ReplaceAllStringFunc(format, func(v string) string {
		if v == "%%" {
			return "%"
		}
		n++
		if m := verb.FindStringSubmatch(v); m[2] != "" {
			n, _ = strconv.Atoi(m[2])
		}
		return fmt.Sprintf("{%d}", n)
	})
}
