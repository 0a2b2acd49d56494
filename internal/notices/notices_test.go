package notices_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/notices"
)

var update = flag.Bool("update", false, "write the notices anew")

// asked are the files of a module that must go with what is made of it.
var asked = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|copyright|unlicense|third.?party|authors)[^/]*$`)

type module struct {
	Path, Version, Dir string
	Main               bool
	Replace            *module
}

// linked are the modules that are in the program, on any system that it is made for.
func linked(t *testing.T) []module {
	t.Helper()
	seen := map[string]module{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		c := exec.Command("go", "list", "-deps", "-json=Module", "../../cmd/rubric")
		c.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		out, err := c.Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct{ Module *module }
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if m := p.Module; m != nil && !m.Main {
				seen[m.Path] = *m
			}
		}
	}
	var list []module
	for _, m := range seen {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b module) int { return cmp.Compare(a.Path, b.Path) })
	return list
}

// texts are the notices in a folder, with plain line ends.
func texts(t *testing.T, dir string, fits func(name string) bool) (list []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.IsDir() || !fits(f.Name()) || filepath.Ext(f.Name()) == ".go" {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		s := strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n"))
		if strings.EqualFold(strings.TrimSuffix(f.Name(), filepath.Ext(f.Name())), "authors") {
			continue // names alone; the licence says "see AUTHORS" of the source
		}
		list = append(list, s)
	}
	return list
}

// TestNotices holds the text against the modules that the program is made of.
func TestNotices(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the modules are known to Go, which is not here")
	}
	type part struct {
		names []string
		text  string
	}
	var parts []*part
	add := func(name, text string) {
		for _, p := range parts {
			if p.text == text {
				p.names = append(p.names, name)
				return
			}
		}
		parts = append(parts, &part{[]string{name}, text})
	}
	for _, s := range texts(t, goRoot(t), func(name string) bool { return name == "LICENSE" }) {
		add("Go and its standard library", s)
	}
	for _, m := range linked(t) {
		dir, version := m.Dir, m.Version
		if m.Replace != nil {
			dir = m.Replace.Dir
		}
		list := texts(t, dir, asked.MatchString)
		if len(list) == 0 {
			t.Errorf("%s has no licence", m.Path)
		}
		for _, s := range list {
			add(m.Path+" "+version, s)
		}
	}
	font := filepath.Join("..", "typeface")
	err := filepath.WalkDir(font, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Name() == "OFL.txt" {
			for _, s := range texts(t, filepath.Dir(path), func(name string) bool { return name == "OFL.txt" }) {
				add("the typeface Source Sans 3", s)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("rubric is made with the following, under the terms that stand below each name.\n")
	for _, p := range parts {
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 80), strings.Join(p.names, "\n"), p.text)
	}
	for _, want := range []string{"Go and its standard library", "Source Sans 3", "SIL OPEN FONT LICENSE", "spf13/cobra"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is nothing of %q", want)
		}
	}
	if *update {
		if err := os.WriteFile("THIRD-PARTY-NOTICES.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != notices.Text {
		t.Error("THIRD-PARTY-NOTICES.txt is not what the modules say; run this test with -update")
	}
}

// goRoot is where Go lies on this computer.
func goRoot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
