package round

import (
	"bytes"
	"encoding"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// encodeRest writes the settings that a person adds to round.yaml later, where a round has them already because
// it follows another: look, mail, and whatever else encodeConfig does not write.
func encodeRest(b *bytes.Buffer, rd *models.Round, written map[string]bool) {
	v := reflect.ValueOf(*rd)
	for i := range v.NumField() {
		key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if key == "" || key == "-" || written[key] || isNone(v.Field(i)) {
			continue
		}
		b.WriteByte('\n')
		encodeValue(b, key, v.Field(i), "")
	}
}

// encodeValue writes a key with its value as block YAML.
func encodeValue(b *bytes.Buffer, key string, v reflect.Value, indent string) {
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		text, err := m.MarshalText()
		if err != nil {
			panic("round: a value cannot be written: " + err.Error())
		}
		fmt.Fprintf(b, "%s%s: %s\n", indent, key, yamlText(string(text)))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		encodeValue(b, key, v.Elem(), indent)
	case reflect.Struct:
		fmt.Fprintf(b, "%s%s:\n", indent, key)
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
			if name != "" && name != "-" && !isNone(v.Field(i)) {
				encodeValue(b, name, v.Field(i), indent+"  ")
			}
		}
	case reflect.Map:
		fmt.Fprintf(b, "%s%s:\n", indent, key)
		byName := map[string]reflect.Value{}
		for _, k := range v.MapKeys() {
			name := fmt.Sprint(k)
			if k.Kind() == reflect.String {
				name = yamlText(name)
			}
			byName[name] = v.MapIndex(k)
		}
		for _, name := range slices.Sorted(maps.Keys(byName)) {
			encodeValue(b, name, byName[name], indent+"  ")
		}
	case reflect.Slice:
		fmt.Fprintf(b, "%s%s:\n", indent, key)
		for i := range v.Len() {
			encodeEntry(b, v.Index(i), indent+"  ")
		}
	default:
		fmt.Fprintf(b, "%s%s: %s\n", indent, key, scalarText(v))
	}
}

// encodeEntry writes an entry of a list: a dash in front of a value, or of the first key of a group.
func encodeEntry(b *bytes.Buffer, v reflect.Value, indent string) {
	if v.Kind() != reflect.Struct {
		fmt.Fprintf(b, "%s- %s\n", indent, scalarText(v))
		return
	}
	var inner bytes.Buffer
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if name != "" && name != "-" && !isNone(v.Field(i)) {
			encodeValue(&inner, name, v.Field(i), indent+"  ")
		}
	}
	text := inner.String()
	b.WriteString(indent + "- " + strings.TrimPrefix(text, indent+"  "))
}

func scalarText(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return yamlText(v.String())
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	}
	panic("round: cannot write a " + v.Type().String())
}

// isNone says whether a setting is not made.
func isNone(v reflect.Value) bool {
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() == 0
	}
	return v.IsZero()
}
