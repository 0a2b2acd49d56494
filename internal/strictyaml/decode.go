package strictyaml

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/rubric-project/rubric/internal/text"
)

// Into decodes the document into the struct that into points to, and checks the rules of its tags.
// What is wrong is kept for Err; values without a problem are set in any case.
func (d *Document) Into(into any) {
	if d.root == nil {
		return
	}
	v := reflect.ValueOf(into).Elem()
	at := position{d.root.Line, d.root.Column}
	d.places[""] = place{at, at}
	d.value(d.root, "", "the file", v)
	if d.wrong[""] {
		return
	}
	for _, b := range Check(into) {
		if !d.Wrong(b.Path) {
			d.addAt(d.find(b.Path).value, b.Path, b.Message, b.Remedy)
		}
	}
}

var textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()

// value decodes node n, which stands at path and is called name in messages, into v.
func (d *Document) value(n *yaml.Node, path, name string, v reflect.Value) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.addAt(position{n.Line, n.Column}, path, "anchors (&) and references (*) are not read here",
			"write the value out, or put a text that begins with & or * in double quotation marks")
		return
	}
	if n.Style&yaml.TaggedStyle != 0 {
		d.addAt(position{n.Line, n.Column}, path, "a tag such as "+n.Tag+" is not read here",
			"remove it, or put a text that begins with ! in double quotation marks")
		return
	}
	switch {
	case v.Kind() == reflect.Pointer:
		x := reflect.New(v.Type().Elem())
		d.value(n, path, name, x.Elem())
		v.Set(x)
	case v.Addr().Type().Implements(textUnmarshaler):
		d.text(n, path, name, v)
	case v.Kind() == reflect.Struct:
		d.group(n, path, name, v)
	case v.Kind() == reflect.Map:
		d.numbered(n, path, name, v)
	case v.Kind() == reflect.Slice:
		d.list(n, path, name, v)
	default:
		d.scalar(n, path, name, v)
	}
}

// group decodes a mapping into a struct.
func (d *Document) group(n *yaml.Node, path, name string, v reflect.Value) {
	fields := fieldsOf(v.Type())
	if !isNull(n) && n.Kind != yaml.MappingNode {
		d.wrongKind(n, path, name, "a group of keys, such as "+fields[0].key+": …")
		return
	}
	excused := map[string]bool{}
	d.pairs(n, path, func(k, x *yaml.Node) {
		i := indexOf(fields, k.Value)
		if i < 0 {
			missing := d.absentKeys(n, fields)
			meant := text.Nearest(k.Value, missing)
			if meant != "" {
				excused[meant], d.wrong[join(path, meant)] = true, true
			}
			remedy := text.DidYouMean(k.Value, keysOf(fields))
			if meant != "" {
				remedy = `did you mean "` + meant + `"?`
			}
			d.addAt(position{k.Line, k.Column}, join(path, k.Value), fmt.Sprintf("unknown key %q", k.Value), remedy)
			return
		}
		d.value(x, join(path, k.Value), k.Value, v.Field(fields[i].index))
	})
	for _, f := range fields {
		p := join(path, f.key)
		if _, there := d.places[p]; !there && f.required && d.wrong[join(path, "<<")] {
			d.wrong[p] = true // most likely it was to come from there
		} else if !there && f.required && !excused[f.key] {
			d.addAt(d.find(path).value, p, fmt.Sprintf("the key %q is missing", f.key), "add it, with its value")
		}
	}
}

// pairs goes through a mapping's keys, keeps their places, and reports keys that are doubled or no text.
func (d *Document) pairs(n *yaml.Node, path string, each func(k, x *yaml.Node)) {
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, x := n.Content[i], n.Content[i+1]
		at := position{k.Line, k.Column}
		if k.Kind != yaml.ScalarNode || k.Anchor != "" || k.Style&yaml.TaggedStyle != 0 {
			d.addAt(at, fmt.Sprintf("%s.#%d", path, i), "a key must be a plain word", "write the key as one word, followed by a colon")
			continue
		}
		if k.Value == "<<" && k.Tag == "!!merge" {
			d.addAt(at, join(path, "<<"), "merging groups with << is not read here", "write the keys out")
			continue
		}
		if line, twice := seen[k.Value]; twice {
			d.addAt(at, join(path, k.Value)+"#twice", fmt.Sprintf("the key %q stands here a second time", k.Value),
				fmt.Sprintf("keep this one or the one in line %d", line))
			continue
		}
		seen[k.Value] = k.Line
		d.places[join(path, k.Value)] = place{at, position{x.Line, x.Column}}
		each(k, x)
	}
}

// numbered decodes a mapping into a map, such as descriptors by level number.
func (d *Document) numbered(n *yaml.Node, path, name string, v reflect.Value) {
	byNumber := v.Type().Key().Kind() == reflect.Int
	if isNull(n) {
		return
	}
	if n.Kind != yaml.MappingNode {
		example := "name: …"
		if byNumber {
			example = "1: …"
		}
		d.wrongKind(n, path, name, "a group of keys, such as "+example)
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	d.pairs(n, path, func(k, x *yaml.Node) {
		key := reflect.New(v.Type().Key()).Elem()
		at := place{position{k.Line, k.Column}, position{x.Line, x.Column}}
		p := path + "[" + k.Value + "]"
		if byNumber {
			number, err := strconv.Atoi(k.Value)
			if err != nil || strconv.Itoa(number) != k.Value {
				d.addAt(at.key, p, fmt.Sprintf("the key %q of %s is not a whole number", k.Value, name), "write a level's number, such as 1")
				return
			}
			key.SetInt(int64(number))
		} else {
			key.SetString(k.Value)
		}
		d.places[p] = at
		item := reflect.New(v.Type().Elem()).Elem()
		d.value(x, p, k.Value, item)
		v.SetMapIndex(key, item)
	})
}

// list decodes a sequence into a slice.
func (d *Document) list(n *yaml.Node, path, name string, v reflect.Value) {
	if isNull(n) {
		return
	}
	if n.Kind != yaml.SequenceNode {
		d.wrongKind(n, path, name, "a list, each entry on a line of its own that begins with a dash")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, x := range n.Content {
		p := fmt.Sprintf("%s[%d]", path, i)
		at := position{x.Line, x.Column}
		d.places[p] = place{at, at}
		if isNull(x) && v.Type().Elem().Kind() == reflect.Struct {
			d.addAt(at, p, fmt.Sprintf("an entry of %s is empty", name), "fill it in or remove the dash")
			continue
		}
		d.value(x, p, "entry of "+name, v.Index(i))
	}
}

func (d *Document) wrongKind(n *yaml.Node, path, name, want string) {
	have := "a single value"
	switch n.Kind {
	case yaml.MappingNode:
		have = "a group of keys"
	case yaml.SequenceNode:
		have = "a list"
	}
	d.addAt(position{n.Line, n.Column}, path, name+" is "+have, "it must be "+want)
}

// field is a key of a group and the struct field it fills.
type field struct {
	key      string
	index    int
	required bool
}

func fieldsOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		tag, ok := t.Field(i).Tag.Lookup("yaml")
		key, options, _ := strings.Cut(tag, ",")
		if ok && key != "-" && key != "" {
			out = append(out, field{key, i, !strings.Contains(options, "omitempty")})
		}
	}
	return out
}

func indexOf(fields []field, key string) int {
	for i, f := range fields {
		if f.key == key {
			return i
		}
	}
	return -1
}

func keysOf(fields []field) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.key)
	}
	return out
}

// absentKeys lists the known keys that the mapping does not hold: the ones an unknown key may stand for.
func (d *Document) absentKeys(n *yaml.Node, fields []field) []string {
	there := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		there[n.Content[i].Value] = true
	}
	var out []string
	for _, f := range fields {
		if !there[f.key] {
			out = append(out, f.key)
		}
	}
	return out
}
