package office

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/authoring"
)

// TemplateNamed loads a template, a built-in one by its id or a file by its path, and gives its YAML as well.
func TemplateNamed(name string) (source []byte, t *models.Template, err error) {
	if !strings.ContainsAny(name, `./\`) {
		source, err := templates.Source(name)
		if err != nil {
			return nil, nil, misuse(err.Error(), "")
		}
		t, err := templates.Builtin(name)
		return source, t, err
	}
	source, err = disk.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, &fault.Error{Usage: true, Message: name + ": there is no such file", Remedy: "check the path, or name a built-in template by its id", Do: actions.ListTemplates.On()}
	}
	if err != nil {
		return nil, nil, &fault.Error{Message: name + " cannot be read", Remedy: "check that it is a file and that you may read it", Err: err}
	}
	t, err = templates.Load(name, bytes.NewReader(source))
	return source, t, err
}

// BuiltinTemplates are the built-in templates.
func BuiltinTemplates() ([]*models.Template, error) {
	var out []*models.Template
	for _, id := range templates.IDs() {
		t, err := templates.Builtin(id)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// TemplateIn is a template in one of its languages. Texts that it lacks stay in the template's own language, which a note
// says.
func TemplateIn(t *models.Template, lang string) (*models.Template, []Note, error) {
	tag, ok := t.Speaks(lang)
	if !ok {
		return nil, nil, misuse(fmt.Sprintf("template %s has no texts in %s", t.ID, lang), "it has them in "+strings.Join(t.Languages(), ", "))
	}
	var notes []Note
	if texts, _ := t.Gaps(tag); len(texts) > 0 {
		notes = []Note{{Do: actions.CheckTemplate.On(), Text: fmt.Sprintf("language %s: %d of %s are not translated and are shown in %s; a check of the template lists them.",
			tag, len(texts), text.Count(len(t.Translated("")), "text", "texts"), t.Language)}}
	}
	return t.In(tag), notes, nil
}

// Criterion finds a criterion by its ref; the error names the nearest one.
func Criterion(t *models.Template, ref string) (*models.Criterion, error) {
	if c := t.Criterion(ref); c != nil {
		return c, nil
	}
	var refs []string
	for _, c := range t.Criteria {
		refs = append(refs, c.Ref)
	}
	return nil, misuse(fmt.Sprintf("template %s has no criterion %q", t.ID, ref), text.DidYouMean(ref, refs))
}

// DiffTemplates says in words what is different in b, compared with a. A name is what TemplateNamed takes, or a round
// folder.
func DiffTemplates(a, b string) (TemplateDiff, error) {
	x, err := templateOf(a)
	if err != nil {
		return TemplateDiff{}, err
	}
	y, err := templateOf(b)
	if err != nil {
		return TemplateDiff{}, err
	}
	return TemplateDiff{Changes: templates.Diff(x, y), a: x, b: y}, nil
}

// TemplateDiff is what is different in one template, compared with another.
type TemplateDiff struct {
	Changes []templates.Change
	a, b    *models.Template
}

// Crosswalk drafts how the criteria go on, and writes it as YAML. unconfirmed are the refs that a person must look at.
func (d TemplateDiff) Crosswalk(w io.Writer) (unconfirmed []string, err error) {
	x := templates.DraftCrosswalk(d.a, d.b)
	return x.Unconfirmed(), templates.EncodeCrosswalk(w, x, d.a, d.b)
}

// showTemplate shows the criteria of a round's template.
func showTemplate(f *Folder) actions.Action {
	return actions.ShowTemplate.On(f.path(round.TemplateFile))
}

// templateOf takes what TemplateNamed takes, or a round folder.
func templateOf(name string) (*models.Template, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		file := filepath.Join(name, round.TemplateFile)
		if _, err := os.Stat(file); err != nil {
			return nil, badf("%s is a folder without a %s; name a round folder, a template file, or a built-in template", name, round.TemplateFile)
		}
		name = file
	}
	_, t, err := TemplateNamed(name)
	return t, err
}

// TemplateSchema is the JSON Schema of template files.
func TemplateSchema() []byte { return templates.Schema() }

// NewTemplate is a small template with remarks, as YAML, to start an own one from.
func NewTemplate() []byte { return templates.New() }

// EncodeTemplate writes a template as YAML.
func EncodeTemplate(w io.Writer, t *models.Template) error { return templates.Encode(w, t) }

// WriteAuthoring writes the workbook in which a template is edited, and which ImportTemplate reads back.
func WriteAuthoring(w io.Writer, t *models.Template) error {
	var sheets []authoring.Sheet
	for _, s := range templates.Authoring(t) {
		x := authoring.Sheet{Name: s.Name, Help: s.Help, Rows: s.Rows}
		for _, c := range s.Columns {
			x.Columns = append(x.Columns, authoring.Column{Heading: c.Heading, Help: c.Help, Width: c.Width, Choices: c.Choices,
				ChoicesFrom: c.ChoicesFrom, Number: c.Number, Unique: c.Unique, Needed: c.Needed})
		}
		sheets = append(sheets, x)
	}
	return authoring.Write(w, t.Title, sheets)
}

// ErrExists says that a file is there already.
var ErrExists = errors.New("the file exists already")

// WriteNew writes a file that must not be there yet, unless force says so; the error is ErrExists then. It is whole, or
// not there.
func WriteNew(name string, force bool, write func(io.Writer) error) error {
	if _, err := os.Stat(name); err == nil && !force {
		return ErrExists
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	return round.WriteFile(path, write)
}
