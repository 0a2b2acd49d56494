package templates_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// Whatever the file holds, LoadCrosswalk gives one that survives EncodeCrosswalk and in which each criterion of either
// template stands once, or problems with a place and a message in plain words.
func FuzzCrosswalk(f *testing.F) {
	from, to := walked("1", 1, "1.1 "+plan, "1.2 "+people, "1.10 "+backups), walked("2", 0, "1.1 "+plan, "1.3 "+people, "1.10 Paying for it: No money. Some money. Enough money.")
	var b bytes.Buffer
	if err := templates.EncodeCrosswalk(&b, templates.DraftCrosswalk(from, to), from, to); err != nil {
		f.Fatal(err)
	}
	draft := b.String()
	f.Add([]byte(draft))
	f.Add([]byte(strings.ReplaceAll(draft, "check: true", "check: false")))
	f.Add([]byte(strings.ReplaceAll(draft, "1.10", "1.1")))
	f.Add([]byte(strings.ReplaceAll(draft, `"`, "")))
	f.Add([]byte("from: {id: walked, version: 1}\nto: &a {id: walked, version: 2}\nentries: [*a]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, _ = templates.CrosswalkEditions("f.yaml", data)
		x, err := templates.LoadCrosswalk("f.yaml", bytes.NewReader(data), from, to)
		if err != nil {
			var list strictyaml.Problems
			if !errors.As(err, &list) || len(list) == 0 {
				t.Fatalf("error of another kind: %v", err)
			}
			for _, p := range list {
				if p.Message == "" || p.Remedy == "" || p.Line < 0 || p.Line > 0 && p.Column < 1 || strings.Contains(p.Message, "go-yaml") {
					t.Fatalf("%+v", p)
				}
			}
			return
		}
		seen := [2]map[string]int{{}, {}}
		for _, e := range x.Entries {
			for i, refs := range [][]string{e.From, e.To} {
				for _, ref := range refs {
					seen[i][ref]++
				}
			}
		}
		for i, tm := range []*models.Template{from, to} {
			for _, c := range tm.Criteria {
				if seen[i][c.Ref] != 1 {
					t.Fatalf("%s stands in %d entries", c.Ref, seen[i][c.Ref])
				}
			}
			if len(seen[i]) != len(tm.Criteria) {
				t.Fatalf("refs that the template does not have: %v", seen[i])
			}
		}
		var b bytes.Buffer
		if err := templates.EncodeCrosswalk(&b, x, from, to); err != nil {
			t.Fatal(err)
		}
		again, err := templates.LoadCrosswalk("again.yaml", &b, from, to)
		if err != nil || !reflect.DeepEqual(x, again) {
			t.Fatalf("differs after EncodeCrosswalk and LoadCrosswalk: %v\n%+v\n%+v", err, x, again)
		}
	})
}
