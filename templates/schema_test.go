package templates_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

var update = flag.Bool("update", false, "write template.schema.json anew")

// The schema that editors use says the same as the types that Load decodes into: it is made from them, from
// their yaml and validate tags and their comments. To write it anew: go test ./templates -run Schema -update
func TestSchemaIsTrue(t *testing.T) {
	want := makeSchema(t)
	if *update {
		if err := os.WriteFile("template.schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("template.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, want) {
		t.Error("template.schema.json is not what the types say; run go test ./templates -run Schema -update")
	}
	if !*update && !bytes.Equal(have, templates.Schema()) {
		t.Error("Schema() is not the file")
	}
	for _, key := range []string{`"gates_next_level"`, `"additionalProperties": false`, `"maxItems": 10`, `"staged"`, `"pattern"`} {
		if !bytes.Contains(have, []byte(key)) {
			t.Errorf("the schema lacks %s", key)
		}
	}
}

func makeSchema(t *testing.T) []byte {
	t.Helper()
	comments := docComments(t, "../models/template.go")
	maps.Copy(comments, docComments(t, "../models/question.go"))
	maps.Copy(comments, docComments(t, "../models/translation.go"))
	maps.Copy(comments, docComments(t, "../models/method.go"))
	maps.Copy(comments, docComments(t, "../models/contradiction.go"))
	r := jsonschema.Reflector{
		FieldNameTag:   "yaml",
		ExpandedStruct: true,
		Anonymous:      true,
		LookupComment: func(typ reflect.Type, field string) string {
			if field == "" {
				return comments[typ.Name()]
			}
			return comments[typ.Name()+"."+field]
		},
	}
	s := r.Reflect(&models.Template{})
	s.ID = "https://github.com/rubric-project/rubric/templates/template.schema.json"
	s.Title = "rubric assessment template"
	addRules(s, reflect.TypeFor[models.Template]())
	for _, x := range []any{models.Level{}, models.Theme{}, models.Topic{}, models.Criterion{}, models.Advice{}, models.Question{},
		models.Scoring{}, models.AnswerRules{}, models.Requirement{}, models.Translation{}, models.LevelTexts{}, models.GroupTexts{},
		models.CriterionTexts{}, models.QuestionTexts{}, models.Contradiction{}, models.Condition{}} {
		addRules(s.Definitions[reflect.TypeOf(x).Name()], reflect.TypeOf(x))
	}
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(data, '\n')
}

// addRules carries the validate tags of a type over into its schema.
func addRules(s *jsonschema.Schema, typ reflect.Type) {
	s.Required = nil
	for i := range typ.NumField() {
		f := typ.Field(i)
		if !f.IsExported() {
			continue
		}
		key, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if !strings.Contains(options, "omitempty") {
			s.Required = append(s.Required, key)
		}
		p, _ := s.Properties.Get(key)
		kind := f.Type.Kind()
		own, items, _ := strings.Cut(f.Tag.Get("validate"), "dive")
		for _, rule := range strings.Split(own, ",") {
			applyRule(p, kind, rule)
		}
		for _, rule := range strings.Split(items, ",") {
			for _, sub := range p.PatternProperties {
				applyRule(sub, reflect.String, rule)
			}
		}
	}
}

func applyRule(p *jsonschema.Schema, kind reflect.Kind, rule string) {
	name, param, _ := strings.Cut(rule, "=")
	n, _ := strconv.ParseUint(param, 10, 64)
	number := json.Number(param)
	switch name {
	case "required":
		if kind == reflect.String {
			p.MinLength = ptr(uint64(1))
		}
	case "slug":
		p.Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"
	case "ident":
		p.Pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$"
	case "oneof":
		for _, x := range strings.Fields(param) {
			p.Enum = append(p.Enum, x)
		}
	case "min", "max":
		switch {
		case kind == reflect.String && name == "min":
			p.MinLength = &n
		case kind == reflect.String:
			p.MaxLength = &n
		case kind == reflect.Slice && name == "min":
			p.MinItems = &n
		case kind == reflect.Slice:
			p.MaxItems = &n
		case kind == reflect.Map:
			p.MaxProperties = &n
		case name == "min":
			p.Minimum = number
		default:
			p.Maximum = number
		}
	}
}

func ptr[T any](x T) *T { return &x }

// docComments reads the comments of types and of their fields; a field without one shares its neighbour's
// above, as in Go documentation where no blank line parts them.
func docComments(t *testing.T, path string) map[string]string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	clean := func(g *ast.CommentGroup) string { return strings.Join(strings.Fields(g.Text()), " ") }
	for _, decl := range f.Decls {
		g, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range g.Specs {
			ts, ok := spec.(*ast.TypeSpec)
			if !ok {
				continue
			}
			out[ts.Name.Name] = clean(g.Doc)
			if st, ok := ts.Type.(*ast.StructType); ok {
				for _, field := range st.Fields.List {
					for _, name := range field.Names {
						out[ts.Name.Name+"."+name.Name] = clean(field.Doc)
					}
				}
			}
		}
	}
	return out
}
