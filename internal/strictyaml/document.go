package strictyaml

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Document is a file that was parsed, with the place of every value and the problems found so far.
type Document struct {
	file     string
	root     *yaml.Node
	places   map[string]place
	problems Problems
	// wrong holds the paths that have a problem already, so that one mistake gives one message.
	wrong map[string]bool
}

// place is where a key and its value stand; an entry of a list has no key.
type place struct{ key, value position }

type position struct{ line, column int }

// Parse reads the file's syntax. Mistakes are kept for Err; Into then does nothing.
func Parse(file string, data []byte) *Document {
	d := &Document{file: file, places: map[string]place{}, wrong: map[string]bool{}}
	root, p := parse(file, data)
	if p != nil {
		d.problems = append(d.problems, *p)
		return d
	}
	d.root = root
	return d
}

// Err is Problems in the order of the file, or nil when there are none.
func (d *Document) Err() error {
	if len(d.problems) == 0 {
		return nil
	}
	d.problems.sort()
	return d.problems
}

// Add reports a problem at the value that the path leads to: keys as string, places in lists and number keys
// as int, counted from 0, such as ("criteria", 3, "topic"). Where there is no such value, the problem
// stands at the nearest one around it.
func (d *Document) Add(message, remedy string, path ...any) {
	d.addAt(d.find(pathOf(path)).value, pathOf(path), message, remedy)
}

// AddKey is Add at the key instead of its value.
func (d *Document) AddKey(message, remedy string, path ...any) {
	pl := d.find(pathOf(path))
	at := pl.key
	if at.line == 0 {
		at = pl.value
	}
	d.addAt(at, pathOf(path), message, remedy)
}

// Locate is the line and column of the value that the path leads to, or of the nearest one around it.
func (d *Document) Locate(path ...any) (line, column int) {
	at := d.find(pathOf(path)).value
	return at.line, at.column
}

// Has says whether the file holds a value at the path.
func (d *Document) Has(path ...any) bool {
	_, ok := d.places[pathOf(path)]
	return ok
}

// Wrong says whether the value at the path, or one within or around it, has a problem already.
func (d *Document) Wrong(path ...any) bool {
	p := pathOf(path)
	for w := range d.wrong {
		if w == p || within(w, p) || within(p, w) {
			return true
		}
	}
	return d.root == nil
}

func within(inner, outer string) bool {
	rest, ok := strings.CutPrefix(inner, outer)
	return ok && (outer == "" || rest != "" && (rest[0] == '.' || rest[0] == '['))
}

func (d *Document) addAt(at position, path, message, remedy string) {
	d.wrong[path] = true
	d.problems = append(d.problems, Problem{File: d.file, Line: at.line, Column: at.column, Message: message, Remedy: remedy})
}

// find looks up a path, and shortens it until there is a place for it.
func (d *Document) find(path string) place {
	for {
		if pl, ok := d.places[path]; ok || path == "" {
			return pl
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
}

// pathOf writes a path in the notation of the validator's namespaces: criteria[3].topic.
func pathOf(parts []any) string {
	p := ""
	for _, x := range parts {
		switch x := x.(type) {
		case int:
			p += "[" + strconv.Itoa(x) + "]"
		default:
			p = join(p, fmt.Sprint(x))
		}
	}
	return p
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
