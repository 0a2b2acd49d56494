// Package rubric_test holds what is true of all packages alike against the source. Who may import whom is in .ci/layers.
package rubric_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// source calls see with every Go file of the project, test files included.
func source(t *testing.T, see func(path string, content []byte)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != "." || d.Name() == "testdata" || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		content, err := os.ReadFile(path)
		seen++
		see(filepath.ToSlash(path), content)
		return err
	})
	if err != nil || seen < 500 {
		t.Fatalf("%d files were looked at: %v", seen, err)
	}
}

// A file is short enough to be read in one go, and its name says what is inside.
func TestFilesAreShortAndNamed(t *testing.T) {
	const most = 300
	vague := regexp.MustCompile(`(^|_)(more|rest|misc|utils?|common|helpers?|manager)(_test)?\.go$`)
	source(t, func(path string, content []byte) {
		if lines := bytes.Count(content, []byte("\n")); lines > most && !strings.HasSuffix(path, "_test.go") {
			t.Errorf("%s has %d lines, more than %d; split it by what is inside", path, lines, most)
		}
		if vague.MatchString(filepath.Base(path)) {
			t.Errorf("%s: the name does not say what is inside", path)
		}
	})
}

// What a package offers says what it is for. Methods that only make a type fit an interface of the standard library are
// known by their names.
func TestExportedNamesHaveComments(t *testing.T) {
	source(t, func(path string, content []byte) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, content, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					t.Errorf("%s: %s has no comment", set.Position(d.Pos()), d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if s, ok := spec.(*ast.TypeSpec); ok && s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
						t.Errorf("%s: %s has no comment", set.Position(s.Pos()), s.Name.Name)
					}
				}
			}
		}
	})
}

// exportedReceiver says whether others can call the function: it is none of a type that they cannot name.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	of := d.Recv.List[0].Type
	if p, ok := of.(*ast.StarExpr); ok {
		of = p.X
	}
	if generic, ok := of.(*ast.IndexExpr); ok {
		of = generic.X
	}
	name, ok := of.(*ast.Ident)
	return ok && name.IsExported()
}

// Whoever looks a package up sees it at a glance, and has an example to begin with.
func TestPackagesAreUsableAsLibraries(t *testing.T) {
	const most = 100
	examples := map[string]bool{}
	source(t, func(path string, content []byte) {
		if bytes.Contains(content, []byte("\nfunc Example")) {
			examples[filepath.ToSlash(filepath.Dir(path))] = true
		}
	})
	list, err := exec.Command("go", "list", "-f", "{{.Dir}}", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	library := regexp.MustCompile(`^(models|templates|scoring|round|words|dataset|pdf|mail|office|office/post|xlsx|xlsx/\w+|internal/strictyaml|internal/fault)$`)
	seen := 0
	for _, dir := range strings.Fields(string(list)) {
		rel, err := filepath.Rel(here, dir)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.ToSlash(rel)
		if name == "." {
			continue
		}
		out, err := exec.Command("go", "doc", "./"+name).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if lines := bytes.Count(out, []byte("\n")); lines > most {
			t.Errorf("go doc ./%s has %d lines, more than %d", name, lines, most)
		}
		if library.MatchString(name) && name != "xlsx/internal" {
			seen++
			if !examples[name] {
				t.Errorf("%s has no example", name)
			}
		}
	}
	if seen < 15 {
		t.Errorf("only %d libraries were found", seen)
	}
}
