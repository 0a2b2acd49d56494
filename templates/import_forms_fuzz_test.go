package templates_test

import (
	"testing"

	"github.com/rubric-project/rubric/templates"
)

// FuzzImportForms: whatever the bytes are, the readers of libraries, catalogs and tables end, and what they make is a
// template that can be used.
func FuzzImportForms(f *testing.F) {
	for _, s := range []string{libraryYAML, oscalJSON, tablePage, `{"catalog": {"controls": [{"id": "é", "title": "A\u0000B"}, {"id": "é", "title": "a\nb"}]}}`,
		"objects:\n  framework:\n    requirement_nodes: [{urn: u, assessable: true, name: \"\\x07\", ref_id: '-'}]\n"} {
		f.Add([]byte(s))
	}
	levels, err := templates.ParseLevels("3")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p := templates.Page{Name: "x", Text: data}
		o := templates.ImportOptions{Levels: levels}
		if x, _, err := templates.ImportLibrary(p, o); err == nil && len(x.Criteria) == 0 {
			t.Error("a library without criteria")
		}
		if x, _, err := templates.ImportOSCAL(p, o); err == nil && len(x.Criteria) == 0 {
			t.Error("a catalog without criteria")
		}
		if x, _, err := templates.ImportMarkdown([]templates.Page{p}, templates.ImportOptions{}); err == nil && len(x.Criteria) == 0 {
			t.Error("pages without criteria")
		}
	})
}
