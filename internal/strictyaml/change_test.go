package strictyaml_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/strictyaml"
)

func TestSetChangesOneLine(t *testing.T) {
	const before = "# A round.\ntitle: \"Spring\" # as it was agreed\ndue: 2026-11-22\ncontact:\n  # who is asked\n  name: Ann\n  phone: '1'\n\n# completeness: 80\n# look:\n#   accent: \"#123456\"\ngroups: [region]\nempty:\nid: spring-1\n"
	for _, c := range []struct {
		name, value, keys, was, is string
	}{
		{"a value keeps its comment", `"Summer: a \"check\""`, "title", `title: "Spring" # as`, `title: "Summer: a \"check\"" # as`},
		{"a plain value", "2026-12-01", "due", "due: 2026-11-22", "due: 2026-12-01"},
		{"a value in a group", `"Eve"`, "contact.name", "name: Ann", `name: "Eve"`},
		{"a key that is new in its group", `"a@b.example"`, "contact.email", "phone: '1'\n", "phone: '1'\n  email: \"a@b.example\"\n"},
		{"a key taken out", "", "contact.phone", "  phone: '1'\n", ""},
		{"a key that stands as an example", "50", "completeness", "# completeness: 80\n", "# completeness: 80\ncompleteness: 50\n"},
		{"a group that stands as an example", `"#000000"`, "look.accent", "#   accent: \"#123456\"\n", "#   accent: \"#123456\"\nlook:\n  accent: \"#000000\"\n"},
		{"a key of a group without anything", `"x"`, "empty.of", "empty:\n", "empty:\n  of: \"x\"\n"},
		{"a key that is nowhere", `"x"`, "mail.from", "id: spring-1\n", "id: spring-1\n\nmail:\n  from: \"x\"\n"},
		{"nothing taken out of nothing", "", "mail.from", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := strings.Replace(before, c.was, c.is, 1)
			for _, end := range []string{"\n", "\r\n"} {
				got, err := strictyaml.Set("f.yaml", []byte(strings.ReplaceAll(before, "\n", end)), c.value, strings.Split(c.keys, ".")...)
				if err != nil || string(got) != strings.ReplaceAll(want, "\n", end) {
					t.Errorf("%v\n%s\nwant\n%s", err, got, want)
				}
			}
		})
	}
}

func TestSetRefusesWhatIsNotPlain(t *testing.T) {
	for _, c := range []struct{ file, keys string }{{"contact: {name: Ann}\n", "contact.name"}, {"{title: x}\n", "title"}, {"title:\n  - a\n", "title"}, {"title: a\n", "title.first"}} {
		if got, err := strictyaml.Set("f.yaml", []byte(c.file), "x", strings.Split(c.keys, ".")...); !errors.Is(err, strictyaml.ErrNotPlain) {
			t.Errorf("%q: %v\n%s", c.file, err, got)
		}
	}
	if _, err := strictyaml.Set("f.yaml", []byte("a: [\n"), "x", "a"); err == nil {
		t.Error("a file that is no YAML is changed")
	}
}

// A value of several lines is followed to its end.
func TestSetInPlaceOfLines(t *testing.T) {
	got, err := strictyaml.Set("f.yaml", []byte("a: |\n  one\n  two\nb: x\n"), `"three"`, "a")
	if err != nil || string(got) != "a: \"three\"\nb: x\n" {
		t.Errorf("%v\n%s", err, got)
	}
}
