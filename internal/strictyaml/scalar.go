package strictyaml

import (
	"encoding"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// isNull says whether a value was left out: nothing, ~ or null. YAML reads all three alike.
func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null" && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0
}

func isQuoted(n *yaml.Node) bool {
	return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

var (
	wholeNumber   = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})$`)
	decimalNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$`)
	commaNumber   = regexp.MustCompile(`^-?[0-9]+,[0-9]+$`)
)

// scalar decodes a single value. A text is the value as it is written, never a number or date written anew.
func (d *Document) scalar(n *yaml.Node, path, name string, v reflect.Value) {
	wrong := func(message, remedy string) {
		d.addAt(position{n.Line, n.Column}, path, message, remedy)
	}
	want := map[reflect.Kind]string{reflect.String: "a text", reflect.Bool: "true or false", reflect.Float64: "a number"}[v.Kind()]
	if want == "" {
		want = "a whole number"
	}
	if n.Kind != yaml.ScalarNode {
		d.wrongKind(n, path, name, want)
		return
	}
	if isNull(n) && n.Value != "" && v.Kind() == reflect.String {
		wrong(fmt.Sprintf("%s is %s without quotation marks, which YAML reads as nothing", name, n.Value),
			fmt.Sprintf("write %q for the text, or remove the key", n.Value))
		return
	}
	if isNull(n) && v.Kind() != reflect.String {
		wrong(name+" has no value", "give "+want+", or remove the key")
		return
	}
	switch v.Kind() {
	case reflect.String:
		if n.Value != "" && strings.TrimSpace(n.Value) == "" {
			wrong(name+" holds only spaces", "fill it in or remove it")
			return
		}
		if i := strings.IndexFunc(n.Value, notPrintable); i >= 0 {
			r, _ := utf8.DecodeRuneInString(n.Value[i:])
			wrong(fmt.Sprintf("%s holds the invisible control character U+%04X", name, r), "remove it")
			return
		}
		v.SetString(n.Value)
	case reflect.Bool:
		if isQuoted(n) || n.Value != "true" && n.Value != "false" {
			wrong(fmt.Sprintf("%s is %q", name, n.Value), "write true or false, without quotation marks")
			return
		}
		v.SetBool(n.Value == "true")
	case reflect.Float64:
		if isQuoted(n) || !decimalNumber.MatchString(n.Value) {
			wrong(fmt.Sprintf("%s is %q, not a number", name, n.Value), numberRemedy(n, decimalNumber, "write a number such as 2 or 0.5"))
			return
		}
		x, _ := strconv.ParseFloat(n.Value, 64)
		v.SetFloat(x)
	case reflect.Int, reflect.Int64:
		if isQuoted(n) || !wholeNumber.MatchString(n.Value) {
			wrong(fmt.Sprintf("%s is %q, not a whole number", name, n.Value), numberRemedy(n, wholeNumber, "write a whole number such as 3"))
			return
		}
		x, _ := strconv.ParseInt(n.Value, 10, 64)
		v.SetInt(x)
	default:
		panic("strictyaml: cannot decode into " + v.Type().String())
	}
}

// notPrintable finds characters that cannot stand in a workbook's XML (XML 1.0, production 2: Char), and the
// other control characters, which no keyboard writes on purpose.
func notPrintable(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r >= 0x7F && r < 0xA0 || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError
}

func numberRemedy(n *yaml.Node, form *regexp.Regexp, otherwise string) string {
	switch {
	case isQuoted(n) && form.MatchString(n.Value):
		return "remove the quotation marks"
	case form == decimalNumber && commaNumber.MatchString(n.Value):
		return "write it with a point: " + strings.Replace(n.Value, ",", ".", 1)
	}
	return otherwise
}

// text decodes a value whose type reads itself from a text, such as a date.
func (d *Document) text(n *yaml.Node, path, name string, v reflect.Value) {
	if n.Kind != yaml.ScalarNode {
		d.wrongKind(n, path, name, "a single value")
		return
	}
	if isNull(n) {
		d.addAt(position{n.Line, n.Column}, path, name+" has no value", "give one")
		return
	}
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.Value)); err != nil {
		message, remedy, _ := strings.Cut(err.Error(), "; ")
		d.addAt(position{n.Line, n.Column}, path, name+": "+message, remedy)
	}
}
