package strictyaml_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/models"
)

const round = `id: autumn
title: "Autumn round"
template: uk-dmm
issued: 2026-09-01
due: 2026-10-15
paper: a4
language: en-GB
groups: [region, type]
contact:
  email: data@example.org
`

func TestDecodesARound(t *testing.T) {
	var r models.Round
	if err := decode("round.yaml", []byte(round), &r); err != nil {
		t.Fatal(err)
	}
	if r.Due.Long() != "15 October 2026" || !reflect.DeepEqual(r.Groups, []string{"region", "type"}) || r.Contact.Email != "data@example.org" {
		t.Errorf("%+v", r)
	}
}

// The rules of package models, each broken once in a round, in the words of a person.
func TestRoundProblems(t *testing.T) {
	for _, x := range []struct{ old, new, want string }{
		{"due: 2026-10-15", "due: 5.10.2026", `r:5:6: due: "5.10.2026" can be read as 10 May 2026 or as 5 October 2026; write year-month-day, such as 2026-05-10`},
		{"due: 2026-10-15", "due: [2026-10-15]", `r:5:6: due is a list; it must be a single value`},
		{"due: 2026-10-15", "due:", `r:5:5: due has no value; give one`},
		{"due: 2026-10-15\n", "", `r:1:1: the key "due" is missing; add it, with its value`},
		{"paper: a4", "paper: a5", `r:6:8: paper is "a5"; did you mean "a4"?`},
		{"data@example.org", "data(at)example.org", `r:10:10: email is "data(at)example.org", not an email address; write one like name@example.org`},
		{"[region, type]", "[region, region]", `r:8:9: groups holds an entry twice; remove one of the two`},
		{"[region, type]", `[region, ""]`, `r:8:18: an entry of groups is empty; fill it in`},
		{"language: en-GB\n", "language: en-GB\nlook: {accent: blue}\n", `r:8:16: accent is "blue"; write a colour as # and six digits or letters a to f, such as #1f4e79`},
		{"language: en-GB\n", "language: en-GB\nminimum_group: 1001\n", `r:8:16: minimum_group is 1001; it must be at most 1000`},
	} {
		var r models.Round
		err := decode("r", []byte(strings.Replace(round, x.old, x.new, 1)), &r)
		if fmt.Sprint(err) != x.want {
			t.Errorf("%s:\n got %v\nwant %s", x.new, err, x.want)
		}
	}
}

// A caller adds problems of its own at the place of a value, and all come out in the order of the file.
func TestProblemsOfTheCaller(t *testing.T) {
	d := strictyaml.Parse("r", []byte(round+"prefer: newest\n"))
	var r models.Round
	d.Into(&r)
	d.Add("the round is due on a Thursday", "choose another day", "due")
	d.AddKey("there is no such column", "did you mean \"Region\"?", "groups", 1)
	d.Add("nobody is named", "give a name", "contact", "name")
	want := strings.Join([]string{
		`r:5:6: the round is due on a Thursday; choose another day`,
		`r:8:18: there is no such column; did you mean "Region"?`,
		`r:10:3: nobody is named; give a name`,
		`r:11:9: prefer is "newest"; it must be one of: latest, first`,
	}, "\n")
	if err := d.Err(); fmt.Sprint(err) != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	var list strictyaml.Problems
	if !errors.As(d.Err(), &list) || list[0].Line != 5 || list[0].Remedy != "choose another day" {
		t.Errorf("%+v", list)
	}
	if line, column := d.Locate("contact", "email"); line != 10 || column != 10 {
		t.Errorf("contact.email stands at %d:%d", line, column)
	}
	if !d.Has("groups", 1) || d.Has("groups", 2) || !d.Wrong("due") || d.Wrong("issued") {
		t.Error("Has or Wrong is wrong")
	}
}

// Check serves values that come from elsewhere than YAML, such as a row of the recipients list.
func TestCheckRecipient(t *testing.T) {
	for _, x := range []struct{ email, want string }{
		{"", ""},
		{"a@example.org", ""},
		{"a@example.org; b@example.org,c@example.org", ""},
		{"a@example.org;", ""},
		{";", "email"},
		{"a@example.org b@example.org", "email"},
		{"A <a@example.org>", "email"},
		{"a@example.org\r\nBcc: b@example.org", "email"},
	} {
		got := ""
		for _, b := range strictyaml.Check(models.Recipient{ID: "007", Name: "Example School", Email: x.email}) {
			got += b.Path
			if !strings.Contains(b.Remedy, "email addresses") {
				t.Errorf("%q: %+v", x.email, b)
			}
		}
		if got != x.want {
			t.Errorf("%q breaks %q, want %q", x.email, got, x.want)
		}
	}
}

// Every rule that a type of package models carries has words of its own.
func TestEveryRuleHasWords(t *testing.T) {
	worded := "required required_with slug ident addresses email hexcolor bcp47_language_tag oneof hostname_rfc1123|ip datetime timezone unique min max len " +
		"omitempty dive keys endkeys" // the last four are no rules of their own
	var walk func(typ reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice || typ.Kind() == reflect.Map {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct {
			return
		}
		for i := range typ.NumField() {
			f := typ.Field(i)
			for _, rule := range strings.Split(f.Tag.Get("validate"), ",") {
				name, _, _ := strings.Cut(rule, "=")
				if name != "" && !strings.Contains(" "+worded+" ", " "+name+" ") {
					t.Errorf("%s.%s has the rule %s, which inWords does not know", typ.Name(), f.Name, name)
				}
			}
			if f.Tag.Get("yaml") != "" || f.Tag.Get("json") != "" {
				walk(f.Type)
			}
		}
	}
	for _, x := range []any{models.Template{}, models.Round{}, models.Recipient{}} {
		walk(reflect.TypeOf(x))
	}
}

// decode reads a document that has no rules between its values.
func decode(file string, data []byte, into any) error {
	d := strictyaml.Parse(file, data)
	d.Into(into)
	return d.Err()
}

func Example() {
	var settings struct {
		Title string `yaml:"title" validate:"required,max=40"`
		Pages int    `yaml:"pages,omitempty" validate:"min=0,max=20"`
	}
	file := "titel: Autumn\npages: many\n"
	d := strictyaml.Parse("settings.yaml", []byte(file))
	d.Into(&settings)
	fmt.Println(d.Err())
	// Output:
	// settings.yaml:1:1: unknown key "titel"; did you mean "title"?
	// settings.yaml:2:8: pages is "many", not a whole number; write a whole number such as 3
}
