package words_test

import (
	"fmt"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// sayers are the functions that take an English text, by name; a literal among their arguments is one.
var sayers = strings.Fields("Sayf NewFinding find about inRow say add refuse left finding advised unreadable note New Damaged bad need tell tellAll Tell TellFormula quoted line section block list paired")

// kept are the variables and fields that hold an English text until it is said.
var kept = strings.Fields("message form place what rule rules rises falls Remedy answerColumns decisionColumns registerColumns statusWords fileWords spreadHeadings severityWords findingColumns magic placeholders")

// saying are the folders whose texts reach findings, and the one of the consolidated workbook.
var saying = []string{"checks", "mail", "office", "models", "words/said.go", "round/returns.go", "xlsx", "xlsx/returns", "xlsx/internal/refuse", "xlsx/internal/opc", "xlsx/internal/sheet", "xlsx/internal/ods", "xlsx/internal/xmlscan", "xlsx/internal/crypt", "internal/compound"}

// noFindings are files whose texts do not reach a finding: errors for the office, and the sheet with corrections, which
// takes its texts by key.
var noFindings = []string{"checks/changes.go", "mail/address.go", "mail/compose.go", "mail/message.go", "mail/run.go", "mail/secret.go", "models/scale.go",
	"office/corrections.go", "office/language.go", "office/split.go", "office/reported.go", "office/template.go", "xlsx/returns/corrections_package.go", "xlsx/returns/corrections_shapes.go",
	"xlsx/returns/corrections_sheet.go", "xlsx/returns/corrections_styles.go", "xlsx/returns/corrections_write.go", "models/return_encoding.go"}

// sameInAll are texts that are no words: names of programs and signs.
var sameInAll = []string{"SHA-256", "rows or cells out of order", "a consolidated workbook needs a round and its template", "rubric kept",
	"an edition for circulation needs a plan of what may be shown", "there are more findings than one sheet has rows; take fewer files at a time"}

// writing are the folders of the consolidated workbook.
var writing = []string{"xlsx/consolidated", "xlsx/findings", "xlsx/internal/pages"}

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

// Every English text that stands in the program is in the files of each language that has them, and nothing else is.
func TestTextsOfTheProgramAreTranslated(t *testing.T) {
	english := map[string]string{}
	for _, folder := range slices.Concat(saying, writing) {
		for text, at := range textsIn(t, folder) {
			english[text] = at
		}
	}
	for _, code := range models.Catalogue() {
		english[code.Remedy] = "the remedy of " + string(code.Code)
	}
	// These stand in tables or are given back by a function, where textsIn does not see them.
	for _, text := range []string{"a mailbox of Outlook (.pst or .ost)", "an archive of Outlook for Mac (.olm)", "there is no such file or folder", "you may not read it",
		"the file is a document of an older kind, and is damaged or not complete", "'{1}'"} {
		english[text] = "a table"
	}
	if len(english) < 800 {
		t.Fatalf("only %d texts were found in the program", len(english))
	}
	w, ok := words.For("es")
	if !ok {
		t.Fatal("there is no Spanish")
	}
	missing := 0
	for _, text := range slices.Sorted(maps.Keys(english)) {
		if !w.Has(words.Said{Form: text}) && !slices.Contains(sameInAll, text) {
			missing++
			t.Errorf("es has no text of %q (%s)", text, english[text])
		}
	}
	t.Logf("%d texts of the program, %d not in Spanish", len(english), missing)
	for text, at := range saidFiles(t) {
		if _, ok := english[text]; !ok {
			t.Errorf("%s: nothing in the program says %q", at, text)
		}
	}
}

// saidFiles lists the English texts of the files of all languages, and where they stand.
func saidFiles(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*/[fc]*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	pair := regexp.MustCompile(`^("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*")$`)
	out := map[string]string{}
	for _, f := range files {
		if base := filepath.Base(f); base != "findings.yaml" && base != "consolidated.yaml" {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range strings.Split(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n") {
			if l == "" || strings.HasPrefix(l, "#") {
				continue
			}
			m := pair.FindStringSubmatch(l)
			if m == nil {
				t.Errorf("%s:%d: not two texts in quotation marks: %s", f, i+1, l)
				continue
			}
			english, err := strconv.Unquote(m[1])
			if err != nil {
				t.Errorf("%s:%d: %v", f, i+1, err)
			}
			out[english] = fmt.Sprintf("%s:%d", f, i+1)
		}
	}
	return out
}

// A sheet's name fits, and no two sheets or columns of a table of Spanish are called alike where those of English are not.
func TestNamesOfSheetsFit(t *testing.T) {
	w, _ := words.For("es")
	seen := map[string]string{}
	for text, at := range textsIn(t, "xlsx/consolidated") {
		if !strings.Contains(at, ".go") || !slices.Contains(sheetNames, text) {
			continue
		}
		name := w.TextOf(text)
		if len([]rune(name)) > 31 || strings.ContainsAny(name, `:\/?*[]'`) {
			t.Errorf("%q cannot be the name of a sheet", name)
		}
		if other, twice := seen[strings.ToLower(name)]; twice {
			t.Errorf("%q and %q are both called %q", text, other, name)
		}
		seen[strings.ToLower(name)] = text
	}
	if len(seen) != len(sheetNames) {
		t.Errorf("%d of %d sheets were found", len(seen), len(sheetNames))
	}
}

var sheetNames = []string{"Overview", "Register", "Questions", "Heat map", "Levels", "Groups", "Topics", "Compare", "Over time", "Over time by recipient",
	"Priorities", "Criteria", "Criteria by group", "Distribution by group", "Risks", "Sensitivity", "Comments", "Matrix", "Targets", "Answers", "Template", "Method", "Choices"}

func TestSaid(t *testing.T) {
	day := time.Date(2026, 10, 30, 0, 0, 0, 0, time.UTC)
	es, _ := words.For("es")
	us, _ := words.For("en-US")
	row := words.Sayf("The row of %s (%s) is not in the workbook.", "1.1", "Sharing {2} %d")
	parts := words.Sayf("The return was saved on %s, after the due date of %s.", day, day)
	nested := words.Joined(" ", words.Sayf("There is no answer to %s (%s).", "1.1", "Sharing"), words.Said{}, words.Sayf("Otherwise: %s", row))
	small := words.Sayf("it has more than %d sheets", 5)
	small.Kind = words.SaidSentence
	for _, x := range []struct {
		said words.Said
		in   *words.Words
		want string
	}{
		{row, words.English(), "The row of 1.1 (Sharing {2} %d) is not in the workbook."},
		{row, es, "La fila de 1.1 (Sharing {2} %d) no está en el libro."},
		{row, es.Calling(map[string]string{"Sharing {2} %d": "Compartir"}), "La fila de 1.1 (Compartir) no está en el libro."},
		{parts, words.English(), "The return was saved on 30 October 2026, after the due date of 30 October 2026."},
		{parts, us, "The return was saved on October 30, 2026, after the due date of October 30, 2026."},
		{parts, es, "El libro se guardó el 30 de octubre de 2026, después de la fecha límite, el 30 de octubre de 2026."},
		{nested, es, "No hay respuesta a 1.1 (Sharing). Por lo demás: La fila de 1.1 (Sharing {2} %d) no está en el libro."},
		{small, words.English(), "It has more than 5 sheets."},
		{small, es, "Tiene más de 5 hojas."},
		{words.Sayf("Over 50 % of nothing"), es, "Over 50 % of nothing"},
		{words.Sayf("%d of %d %%", 1, 2), es, "1 of 2 %"},
		{words.Sayf("%[2]s before %[1]s", "b", "a"), es, "a before b"},
		{words.Counted(1, "answer", "answers"), es, "1 respuesta"},
		{words.Counted(3, "answer", "answers"), es, "3 respuestas"},
		{words.FirstFew(words.Named([]string{"a", "b", "c", "d"}), 3, ", and %d more"), es, "a, b, c y 1 más"},
		{words.FirstFew(words.Named([]string{"a", "b"}), 3, ", and %d more"), es, "a, b"},
		{words.Alternatives([]string{"1.1", "1.10", "1.2"}), es, "1.1 o 1.10 o 1.2"},
		{words.Label("column_level"), es, "Nivel actual"},
		{words.Said{}, es, ""},
	} {
		if got := x.in.Tell(x.said); got != x.want {
			t.Errorf("%s says %q, want %q", x.in.Tag(), got, x.want)
		}
	}
	if !es.Has(nested) || es.Has(words.Sayf("No such text of %d", 3)) || es.Has(words.Sayf("The cell %s.", words.Sayf("is not there"))) {
		t.Error("what the language has of texts within texts is not seen")
	}
	if got, want := es.TellFormula("%s of %s recipients have returned their assessment.", "A1", "B1"), `A1&" de "&B1&" destinatarios han devuelto su evaluación."`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
