package strictyaml_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/strictyaml"
)

// bag has a value of each kind that a document can hold.
type bag struct {
	Name   string            `yaml:"name" validate:"required,max=20"`
	Number int               `yaml:"number,omitempty" validate:"min=0,max=1000"`
	Share  float64           `yaml:"share,omitempty"`
	Yes    bool              `yaml:"yes,omitempty"`
	List   []string          `yaml:"list,omitempty" validate:"max=5,dive,required"`
	Levels map[int]string    `yaml:"levels,omitempty"`
	Texts  map[string]string `yaml:"texts,omitempty"`
	Parts  []part            `yaml:"parts,omitempty" validate:"dive"`
	One    *part             `yaml:"one,omitempty"`
}

type part struct {
	Ref    string  `yaml:"ref" validate:"required"`
	Weight float64 `yaml:"weight,omitempty"`
	Inner  []part  `yaml:"inner,omitempty" validate:"dive"`
}

// FuzzDecode reads any bytes as a document. What comes back is a value that keeps the rules, or a list of problems that
// each stand in the file and say what is wrong; reading the same bytes twice says the same.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		round, "name: a\nnumber: 3\nshare: 0.5\nyes: true\nlist: [a, b]\nlevels: {1: x, 2: y}\ntexts: {k: v}\nparts:\n- {ref: \"1.1\", weight: 2}\none: {ref: x, inner: [{ref: y}]}\n",
		"", "# only a comment\n", "PK\x03\x04", "%PDF-1.7", "\xff\xfea\x00", "\xef\xbb\xbfname: a\n", "name: a\n---\nname: b\n", "name: &x a\nlist: [*x]\n",
		"name: !!float 1\n", "name: a\nname: b\n", "nam: a\n", "name: [a\n", "name: 'a\n", "name: a\n\tlist: b\n", "name: \x00\n", "name: é\xff\n", "name: ~\n", "- a\n- b\n",
		"name: a\nnumber: 1e3\n", "name: a\nnumber: 08\n", "name: a\nlevels: {a: b}\n", "name: a\nparts: {ref: b}\n", "name: |\n  a\n  b\nlist:\n- c\n", "name: a\nyes: \"no\"\n",
		strings.Repeat("[", 300), strings.Repeat("a: {", 60), "a: b: c\n", "name: \"\\x4\"\n", "? a\n: b\n", "<<: {name: a}\n", "name: a #b\n", "{name: a, list: []}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, again bag
		err := decode("f", data, &got)
		if err == nil {
			if bad := strictyaml.Check(&got); len(bad) > 0 {
				t.Errorf("what was read breaks a rule: %v", bad)
			}
		} else {
			var list strictyaml.Problems
			if !errors.As(err, &list) || len(list) == 0 {
				t.Fatalf("the error is no list of problems: %v", err)
			}
			lines := strings.Count(string(data), "\n") + strings.Count(string(data), "\r") + strings.Count(string(data), "\u0085") +
				strings.Count(string(data), "\u2028") + strings.Count(string(data), "\u2029") + 2
			for i, p := range list {
				if p.File != "f" || p.Message == "" || p.Line < 0 || p.Line > lines || p.Line > 0 && p.Column < 1 || p.Column > len(data)+1 {
					t.Errorf("%+v in %d lines", p, lines)
				}
				if i > 0 && p.Line < list[i-1].Line {
					t.Errorf("%v stands after %v", p, list[i-1])
				}
			}
		}
		if twice := decode("f", data, &again); (twice == nil) != (err == nil) || err != nil && twice.Error() != err.Error() || err == nil && !reflect.DeepEqual(got, again) {
			t.Errorf("the second time it says %v, and the first %v", twice, err)
		}
	})
}
