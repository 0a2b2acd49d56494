package templates

import (
	"cmp"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/rubric-project/rubric/models"
)

// Encode writes the template as YAML that Load reads back to an equal value. Texts stand in double quotation
// marks, so that 1.10, no and 0123 stay what they are in any program that reads the file.
func Encode(w io.Writer, t *models.Template) error {
	if _, err := io.WriteString(w, "# yaml-language-server: $schema=template.schema.json\n"); err != nil {
		return err
	}
	return encodeNode(w, node(reflect.ValueOf(*t)))
}

func encodeNode(w io.Writer, n *yaml.Node) error {
	d, err := yaml.NewDumper(w, yaml.WithIndent(2), yaml.WithCompactSeqIndent(false), yaml.WithLineWidth(-1), yaml.WithUnicode(true))
	if err != nil {
		return fmt.Errorf("the template could not be written as YAML: %w", err)
	}
	if err := d.Dump(n); err != nil {
		return fmt.Errorf("the template could not be written as YAML: %w", err)
	}
	return d.Close()
}

// plain is a text that is safe without quotation marks in every version of YAML, but for the words below.
var plain = regexp.MustCompile(`^[a-z][a-z]*(-[a-z]+)*$`)

var spokenFor = map[string]bool{"y": true, "n": true, "yes": true, "no": true, "on": true, "off": true, "true": true, "false": true, "null": true}

// node turns a value of package models into YAML, in the order of its fields.
func node(v reflect.Value) *yaml.Node {
	switch v.Kind() {
	case reflect.Pointer:
		return node(v.Elem())
	case reflect.Struct:
		n := &yaml.Node{Kind: yaml.MappingNode}
		for i := range v.NumField() {
			key, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
			if key == "" || key == "-" || strings.Contains(options, "omitempty") && isEmpty(v.Field(i)) {
				continue
			}
			n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, node(v.Field(i)))
		}
		return n
	case reflect.Slice:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for i := range v.Len() {
			n.Content = append(n.Content, node(v.Index(i)))
		}
		return n
	case reflect.Map:
		n := &yaml.Node{Kind: yaml.MappingNode}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int {
			if a.CanInt() {
				return cmp.Compare(a.Int(), b.Int())
			}
			return cmp.Compare(a.String(), b.String())
		})
		for _, k := range keys {
			n.Content = append(n.Content, node(k), node(v.MapIndex(k)))
		}
		return n
	case reflect.String:
		n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: v.String()}
		if !plain.MatchString(n.Value) || spokenFor[n.Value] {
			n.Style = yaml.DoubleQuotedStyle
		}
		return n
	case reflect.Int:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatInt(v.Int(), 10)}
	case reflect.Float64:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: strconv.FormatFloat(v.Float(), 'f', -1, 64)}
	case reflect.Bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(v.Bool())}
	}
	panic("templates: cannot write a " + v.Type().String())
}

// isEmpty says whether a field that may be left out holds nothing.
func isEmpty(v reflect.Value) bool {
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() == 0
	}
	return v.IsZero()
}
