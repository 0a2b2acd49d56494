package desk

import (
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/rubric-project/rubric/office"
)

// library is the folder of the user's own templates: files that can be seen, copied and handed on like any other.
func (d *Desk) library() string { return filepath.Join(d.cfg.Documents, "rubric templates") }

// ownTemplates are the files in the library, by name.
func (d *Desk) ownTemplates() []string {
	entries, err := os.ReadDir(d.library())
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if ext := strings.ToLower(filepath.Ext(e.Name())); e.Type().IsRegular() && (ext == ".yaml" || ext == ".yml") {
			out = append(out, filepath.Join(d.library(), e.Name()))
		}
	}
	sort.Strings(out)
	return out
}

// templateLines are all templates to choose from: those that are built in, then the user's own.
func (c *call) templateLines() ([]templateLine, error) {
	builtin, err := office.BuiltinTemplates()
	if err != nil {
		return nil, err
	}
	var out []templateLine
	for _, t := range builtin {
		out = append(out, templateLine{Name: t.ID, ID: t.ID, Title: t.Title, Publisher: t.Publisher, Lang: t.Language, Criteria: len(t.Criteria), Levels: len(t.Levels)})
	}
	for _, file := range c.ownTemplates() {
		line := templateLine{Name: file, File: base(file), Title: base(file)}
		if _, t, err := office.TemplateNamed(file); err != nil {
			line.Wrong = withoutFolder(err.Error(), file)
		} else {
			line.ID, line.Title, line.Publisher, line.Lang, line.Criteria, line.Levels = t.ID, t.Title, t.Publisher, t.Language, len(t.Criteria), len(t.Levels)
		}
		out = append(out, line)
	}
	return out, nil
}
