package cmd

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models/actions"
)

// Each action has its command, and each command is one that there is, with flags that it has.
func TestActionsAreCommands(t *testing.T) {
	for _, name := range actions.All() {
		line := command(actions.Action{Name: name}, "")
		words := strings.Fields(line)
		if len(words) < 2 || words[0] != "rubric" {
			t.Errorf("%s: no command: %q", name, line)
			continue
		}
		if name == actions.OpenRound {
			continue // it goes with any command
		}
		c, rest, err := newRootCmd(&App{}).Find(words[1:])
		if err != nil || c.HasSubCommands() {
			t.Errorf("%s: %q is no command: %v", name, line, err)
			continue
		}
		for _, w := range rest {
			if flag, ok := strings.CutPrefix(w, "--"); ok && c.Flag(flag) == nil {
				t.Errorf("%s: %q has no flag --%s", name, c.CommandPath(), flag)
			}
		}
	}
	if len(sayings) != len(actions.All()) {
		t.Errorf("%d actions are worded, and there are %d", len(sayings), len(actions.All()))
	}
}

func TestCommandOfAnAction(t *testing.T) {
	for _, c := range []struct {
		a    actions.Action
		dir  string
		want string
	}{
		{actions.Assign.On("scan.xlsx"), ".", "rubric decide scan.xlsx --recipient ID"},
		{actions.Assign.On("scan  from office.xlsx", "00107"), "", `rubric decide "scan  from office.xlsx" --recipient 00107`},
		{actions.Settle.On("001/b1", "ann.xlsx"), "my round", `rubric decide -C "my round" 001/b1 --from ann.xlsx`},
		{actions.Prefer.On("a\u202e\u200fb.xlsx"), ".", "rubric decide ab.xlsx --counts"},
		{actions.OpenRound.On("/x/y"), ".", "rubric COMMAND -C /x/y"},
		{actions.Validate.On(), ".", "rubric validate"},
		{actions.Consolidate.On(), "spring", "rubric consolidate -C spring"},
		{actions.Consolidate.On(""), "spring", "rubric consolidate -C EARLIER"},
		{actions.SendAgain.On("001", "002"), ".", "rubric send --resend 001,002"},
		{actions.TemplatesDiff.On("", "/x"), ".", "rubric templates diff EARLIER /x --crosswalk FILE"},
		{actions.Action{}, ".", ""},
	} {
		if got := command(c.a, c.dir); got != c.want {
			t.Errorf("%+v in %q: got %s, want %s", c.a, c.dir, got, c.want)
		}
	}
}

// Nothing outside the front ends speaks of the command line: no text of a workbook, a PDF, a message or a remedy names a
// command or a flag. A front end words what is to be done.
func TestOnlyTheFrontEndSpeaksOfCommands(t *testing.T) {
	var names []string
	for _, c := range newRootCmd(&App{}).Commands() {
		names = append(names, c.Name())
	}
	spoken := regexp.MustCompile(`\brubric (` + strings.Join(names, "|") + `)\b|(^|[\s'"(])--[a-z][a-z-]+`)
	// What may: each with its reason.
	allowed := map[string]string{
		"# Made by rubric init.": "a note in round.yaml, which only the office edits",
	}
	seen := 0
	complain := func(where, text string) {
		seen++
		if m := spoken.FindString(text); m != "" {
			for part := range allowed {
				if strings.Contains(text, part) {
					return
				}
			}
			t.Errorf("%s speaks of the command line (%q): %s", where, m, text)
		}
	}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch name := filepath.ToSlash(path); {
		case d.IsDir() && (name == "../cmd" || name == "../desk" || name == "../bench" || name == "../buckets" || name == "../cluster" || name == "../docs" || name == "../testdata" || name == "../internal/mailservers" || strings.HasPrefix(d.Name(), ".") && name != ".."):
			return fs.SkipDir
		case filepath.Ext(path) == ".yaml" && strings.Contains(name, "templates/builtin/"):
			text, err := os.ReadFile(path)
			complain(path, string(text))
			return err
		case filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil {
					complain(set.Position(lit.Pos()).String(), text)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 1000 {
		t.Fatalf("only %d texts were looked at", seen)
	}
}
