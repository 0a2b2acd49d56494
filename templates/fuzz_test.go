package templates_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/templates"
)

// Whatever the file holds, Load returns a template that survives Encode, or problems with a place and a
// message in plain words.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(byLevels))
	f.Add([]byte(byStatements))
	for _, x := range brokenTemplates {
		if len(x.base) < 1<<16 && len(x.new) < 1<<16 {
			f.Add([]byte(strings.Replace(x.base, x.old, strings.Replace(x.new, "¶", "", 1), 1)))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := templates.Load("f.yaml", bytes.NewReader(data))
		if err == nil {
			var b bytes.Buffer
			if err := templates.Encode(&b, x); err != nil {
				t.Fatal(err)
			}
			again, err := templates.Load("again.yaml", &b)
			if err != nil || !reflect.DeepEqual(x, again) {
				t.Fatalf("differs after Encode and Load: %v", err)
			}
			return
		}
		var list strictyaml.Problems
		if !errors.As(err, &list) || len(list) == 0 {
			t.Fatalf("error of another kind: %v", err)
		}
		for _, p := range list {
			if p.Message == "" || p.Remedy == "" || p.Line < 0 || p.Line > 0 && p.Column < 1 || strings.Contains(p.Message, "go-yaml") {
				t.Fatalf("%+v", p)
			}
		}
	})
}
