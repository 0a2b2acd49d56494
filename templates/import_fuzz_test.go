package templates_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// Whatever is imported: it makes a template that keeps every rule, or an error; nothing else.
func FuzzImport(f *testing.F) {
	base, err := templates.Load("base.yaml", strings.NewReader(byLevels))
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{columnsPage, "# 1.1.1\nText.\n# [1.1.2](x)\nMore.\n# 1.1.2\nOther.\n", "---\na: b\n---\n# Level 2 X\n# 1.1\n- a\n- b\n",
		"No.|Topic|Subject|Level 1|Level 2\n1|A|B|c|d\n|||e|f\n", "0|1|2\na|b|c\n", "a\tLevel 1\tLevel 2\n\tEvidence\tEvidence\nx\ty\tz\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		page := templates.Page{Name: "p.md", Text: []byte(text)}
		check := func(x *models.Template, r *templates.Report, err error) {
			if r == nil && err == nil || x == nil && err == nil {
				t.Fatal("neither a template nor an error")
			}
			if err == nil && templates.Check(x) != nil {
				t.Fatal(templates.Check(x))
			}
		}
		for _, o := range []templates.ImportOptions{{}, {Base: base}} {
			check(templates.ImportMarkdown([]templates.Page{page}, o))
			check(templates.ImportColumns(page, o))
			s := sheet(text)
			if m, ok := templates.ProposeMapping(s); ok {
				check(templates.ImportMatrix(s, m, o))
			}
		}
		if _, err := templates.FromAuthoring([]templates.Sheet{*sheet(text)}); err == nil {
			t.Fatal("an authoring workbook without its sheets was accepted")
		}
	})
}
