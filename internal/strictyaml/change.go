package strictyaml

import (
	"bytes"
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"
)

// ErrNotPlain says that a file is written in a way in which Set does not change it: groups in curly brackets, or a value of
// another kind than the one that is to take its place.
var ErrNotPlain = errors.New("the file is not written in the plain way that can be changed line by line")

// Set is a file in which the value that keys lead to is another: value is the YAML of a single value, or of a list in square
// brackets, on one line; "" takes the key out. Every other line stays as it is, comments and line ends too. A key that is not there is put after the last
// one of its group; one at the top after the comment that shows it as an example, such as "# due: 2026-11-22", else at the
// end. The caller reads the file anew, and sees that it says what was meant.
func Set(file string, data []byte, value string, keys ...string) ([]byte, error) {
	root, p := parse(file, data)
	if p != nil {
		return nil, Problems{*p}
	}
	if root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 {
		return nil, ErrNotPlain
	}
	e := editor{end: "\n"}
	if bytes.Contains(data, []byte("\r\n")) {
		e.end = "\r\n"
	}
	for line := range strings.Lines(string(data)) {
		e.lines = append(e.lines, strings.TrimRight(line, "\r\n"))
	}
	if err := e.set(root, nil, value, keys); err != nil {
		return nil, err
	}
	return []byte(strings.Join(e.lines, e.end) + e.end), nil
}

// editor is a file as its lines. Nodes count them from 1.
type editor struct {
	lines []string
	end   string
}

// set changes the value that keys lead to within a group; key is the group's own, nil at the top.
func (e *editor) set(group, key *yaml.Node, value string, keys []string) error {
	if group.Kind == yaml.ScalarNode && isNull(group) && key != nil { // a group of which nothing is given
		if value != "" {
			e.insert(key.Line, strings.Repeat(" ", key.Column+1)+written(value, keys))
		}
		return nil
	}
	if group.Kind != yaml.MappingNode || group.Style&yaml.FlowStyle != 0 {
		return ErrNotPlain
	}
	for i := 0; i+1 < len(group.Content); i += 2 {
		k, x := group.Content[i], group.Content[i+1]
		if k.Value != keys[0] {
			continue
		}
		if len(keys) > 1 {
			return e.set(x, k, value, keys[1:])
		}
		return e.replace(k, x, value)
	}
	switch {
	case value == "":
	case key != nil:
		e.insert(e.last(group), strings.Repeat(" ", group.Content[0].Column-1)+written(value, keys))
	default:
		e.insertAtTop(value, keys)
	}
	return nil
}

// written is a value under keys that are not there yet, the first at the indentation where it is put.
func written(value string, keys []string) string {
	return strings.Join(keys, ":\n  ") + ": " + value
}

// insert puts lines after the n-th. Those that follow within the text are indented as its first is.
func (e *editor) insert(n int, text string) {
	indent := text[:len(text)-len(strings.TrimLeft(text, " "))]
	lines := strings.Split(text, "\n")
	for i := range lines[1:] {
		lines[i+1] = indent + lines[i+1]
	}
	e.lines = append(e.lines[:n:n], append(lines, e.lines[n:]...)...)
}

// insertAtTop puts a key after the comment that shows it as an example, or at the end.
func (e *editor) insertAtTop(value string, keys []string) {
	for i, line := range e.lines {
		if !strings.HasPrefix(line, "# "+keys[0]+":") {
			continue
		}
		n := i + 1
		for n < len(e.lines) && strings.HasPrefix(e.lines[n], "#   ") {
			n++
		}
		e.insert(n, written(value, keys))
		return
	}
	e.insert(len(e.lines), "\n"+written(value, keys))
}

// replace puts a value in place of one, or takes it out with its key.
func (e *editor) replace(k, x *yaml.Node, value string) error {
	list := x.Kind == yaml.SequenceNode && (value == "" || value[0] == '[') // a list takes the place of one
	if x.Kind != yaml.ScalarNode && !list {
		return ErrNotPlain
	}
	first, last := k.Line-1, e.last(x)
	if isNull(x) && x.Value == "" {
		last = k.Line
	}
	if value == "" {
		e.lines = append(e.lines[:first:first], e.lines[last:]...)
		return nil
	}
	line := e.lines[first]
	at := strings.Index(line[k.Column-1:], ":")
	if at < 0 {
		return ErrNotPlain
	}
	line = line[:k.Column-1+at] + ": " + value
	for _, comment := range []string{x.LineComment, k.LineComment} {
		if comment != "" {
			line += " " + comment
			break
		}
	}
	e.lines = append(append(e.lines[:first:first], line), e.lines[last:]...)
	return nil
}

// last is the last line of a value.
func (e *editor) last(n *yaml.Node) int {
	if n.Kind != yaml.ScalarNode {
		last := n.Line
		for _, x := range n.Content {
			last = max(last, e.last(x))
		}
		return last
	}
	last := n.Line + strings.Count(strings.TrimRight(n.Value, "\n"), "\n")
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		last++ // its text begins on the line below
	}
	return last
}
