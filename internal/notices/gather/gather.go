// Package gather makes the notices of a program: the licences of all modules that it is made of, of Go, and of what else it holds.
// It is for tests, which hold what goes with a program against what is in it.
package gather

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Program is a program of which the notices are made.
type Program struct {
	// Name is what it is called, Dir the folder of its module, Package its main package as the go command takes it there.
	Name, Dir, Package string
	// Own is the path before which modules are the project's own.
	Own string
	// Further are licences of what is no module: files, by what they are for.
	Further map[string]string
}

// asked are the files of a module that must go with what is made of it.
var asked = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|copyright|unlicense|third.?party|authors)[^/]*$`)

type module struct {
	Path, Version, Dir string
	Main               bool
	Replace            *module
}

// linked are the modules that are in the program, on any system that it is made for.
func (p Program) linked() ([]module, error) {
	seen := map[string]module{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		c := exec.Command("go", "list", "-deps", "-json=Module", p.Package)
		c.Dir = p.Dir
		c.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		out, err := c.Output()
		if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var x struct{ Module *module }
			if err := d.Decode(&x); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			if m := x.Module; m != nil && !m.Main && (p.Own == "" || !strings.HasPrefix(m.Path, p.Own)) {
				seen[m.Path] = *m
			}
		}
	}
	var list []module
	for _, m := range seen {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b module) int { return cmp.Compare(a.Path, b.Path) })
	return list, nil
}

// plain is a text with plain line ends.
func plain(b []byte) string { return strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n")) }

// texts are the notices in a folder.
func texts(dir string, fits func(name string) bool) (list []string, err error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		// The names in AUTHORS alone say nothing; a licence says "see AUTHORS" of the source.
		authors := strings.EqualFold(strings.TrimSuffix(f.Name(), filepath.Ext(f.Name())), "authors")
		if f.IsDir() || !fits(f.Name()) || filepath.Ext(f.Name()) == ".go" || authors {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return nil, err
		}
		list = append(list, plain(b))
	}
	return list, nil
}

// part is a text with the names of all that it is for.
type part struct {
	names []string
	text  string
}

type parts []*part

func (p *parts) add(name, text string) {
	for _, x := range *p {
		if x.text == text {
			x.names = append(x.names, name)
			return
		}
	}
	*p = append(*p, &part{[]string{name}, text})
}

// Notices are all notices, in the order of the modules' names, each text once. The error also names a module without a licence.
func (p Program) Notices() (string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	own, err := texts(strings.TrimSpace(string(root)), func(name string) bool { return name == "LICENSE" })
	if err != nil {
		return "", err
	}
	var all parts
	for _, s := range own {
		all.add("Go and its standard library", s)
	}
	modules, err := p.linked()
	if err != nil {
		return "", err
	}
	for _, m := range modules {
		dir := m.Dir
		if m.Replace != nil {
			dir = m.Replace.Dir
		}
		list, err := texts(dir, asked.MatchString)
		if err != nil {
			return "", err
		}
		if len(list) == 0 {
			return "", fmt.Errorf("%s has no licence", m.Path)
		}
		for _, s := range list {
			all.add(m.Path+" "+m.Version, s)
		}
	}
	for name, file := range p.Further {
		b, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		all.add(name, plain(b))
	}
	var b strings.Builder
	b.WriteString(p.Name + " is made with the following, under the terms that stand below each name.\n")
	for _, x := range all {
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 80), strings.Join(x.names, "\n"), x.text)
	}
	return b.String(), nil
}
