package templates

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// Place is where something stood in what was imported: a line of a text, or a cell of a sheet.
type Place struct {
	File  string `json:"file"`
	Line  int    `json:"line,omitempty"`
	Sheet string `json:"sheet,omitempty"`
	Cell  string `json:"cell,omitempty"`
}

// String writes the place as file:line, or as file, sheet and cell.
func (p Place) String() string {
	switch {
	case p.Line > 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	case p.Cell != "" && p.Sheet != "":
		return fmt.Sprintf("%s, sheet %s, cell %s", p.File, p.Sheet, p.Cell)
	case p.Cell != "":
		return fmt.Sprintf("%s, cell %s", p.File, p.Cell)
	}
	return p.File
}

// Note is something about an import that a person should look at.
type Note struct {
	Place Place `json:"place"`
	// LeftOut says that the text at the place did not go into the template; otherwise it did.
	LeftOut bool   `json:"left_out"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

// from says where p is, seen from another place: by its line alone where both are in one file.
func (p Place) from(other Place) string {
	if p.File == other.File && p.Line > 0 {
		return fmt.Sprintf("line %d", p.Line)
	}
	return p.String()
}

// String writes the note as place: what; what to do.
func (n Note) String() string {
	return n.Place.String() + ": " + fault.Words(n.Message, n.Remedy)
}

// Sample is a text as it was understood, for a person to compare with the source.
type Sample struct {
	Place Place  `json:"place"`
	Ref   string `json:"ref"`
	// Level is the level whose descriptor it is, or -1 for a statement.
	Level int    `json:"level"`
	Text  string `json:"text"`
}

// Report says what an import understood, and what it could not place.
type Report struct {
	// Form is the form that was recognised.
	Form string `json:"form"`
	// Understood are sentences with counts.
	Understood []string `json:"understood"`
	// Sample holds up to five texts, spread over what was read.
	Sample []Sample `json:"sample"`
	// Notes are in the order of the source.
	Notes []Note `json:"notes"`
	// Further counts the notes that are not given, because there are too many.
	Further int `json:"further_notes,omitempty"`
	// Looked counts the cells and headings that were looked at, each as often as it was.
	Looked int `json:"-"`
	// furtherLeftOut are those of Further that say that a text was left out.
	furtherLeftOut int
	// Mapping is how the columns of a matrix were read.
	Mapping *Mapping `json:"mapping,omitempty"`
}

// LeftOut counts the texts that did not go into the template.
func (r *Report) LeftOut() int {
	n := r.furtherLeftOut
	for _, x := range r.Notes {
		if x.LeftOut {
			n++
		}
	}
	return n
}

// ImportOptions say what the imported template is to be called, and what fills its gaps.
type ImportOptions struct {
	// Base is the template whose texts stay where the import has none; nil for none.
	Base *models.Template
	// ID, Title, Publisher, Source, Licence and Language are those of the new template. The default is the
	// base's, the id with -imported at its end; without a base they name the file.
	ID, Title, Publisher, Source, Licence, Language string
	// Levels is the scale for what is published without one, such as a catalog of requirements.
	Levels []models.Level
	// Only names the groups or topics of a catalog of requirements that are taken; nil for all.
	Only []string
}

// frame begins the new template from the base and the options.
func (o ImportOptions) frame(file string) *models.Template {
	file = baseName(file)
	t := &models.Template{
		ID: slugOf(file), Version: "1", Title: "Imported from " + file, Publisher: "not stated", Source: file,
		Licence: "not stated", Language: "en-GB", Scoring: models.Scoring{Method: methods.Default(false)},
		Answers: models.AnswerRules{NotApplicable: true},
	}
	if o.Base != nil {
		t = clone(o.Base)
		t.Translations = nil // they are of the texts that are being replaced
		t.ID = text.Head(t.ID, 31) + "-imported"
		t.Licence = text.Head("The wording was imported from "+file+" and is its publisher's. "+firstSentence(t.Licence), 500)
	}
	for _, x := range []struct {
		to   *string
		from string
	}{{&t.ID, o.ID}, {&t.Title, o.Title}, {&t.Publisher, o.Publisher}, {&t.Source, o.Source}, {&t.Licence, o.Licence}, {&t.Language, o.Language}} {
		if x.from != "" {
			*x.to = x.from
		}
	}
	return t
}

// baseName is a file's name without its folders.
func baseName(file string) string { return path.Base(strings.ReplaceAll(file, `\`, "/")) }

// firstSentence is what stands up to the first full stop.
func firstSentence(s string) string {
	if i := strings.Index(s, ". "); i > 0 {
		return s[:i+1]
	}
	return s
}

// clone copies a template deeply enough that changing levels, criteria and advice leaves the original alone.
func clone(t *models.Template) *models.Template {
	c := *t
	c.Levels = slices.Clone(t.Levels)
	c.Themes = slices.Clone(t.Themes)
	c.Topics = slices.Clone(t.Topics)
	c.Advice = slices.Clone(t.Advice)
	c.Criteria = slices.Clone(t.Criteria)
	for i := range c.Criteria {
		old := c.Criteria[i].Descriptors
		if old == nil {
			continue
		}
		c.Criteria[i].Descriptors = map[int]string{}
		for k, v := range old {
			c.Criteria[i].Descriptors[k] = v
		}
	}
	return &c
}

// Check holds a template that was made by a program against everything that Load checks. The error lists what
// is wrong without lines, because there is no file.
func Check(t *models.Template) error {
	if err := fits(t); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := Encode(&b, t); err != nil {
		return err
	}
	_, err := Load(t.ID, &b)
	var list strictyaml.Problems
	if !errors.As(err, &list) {
		return err
	}
	var out []string
	for _, p := range list {
		out = append(out, fault.Words(p.Message, p.Remedy))
	}
	return errors.New("what was read does not make a template that can be used:\n" + strings.Join(out, "\n"))
}

// notUTF8 refuses a page whose characters cannot be told.
func notUTF8(p Page) error {
	if !utf8.Valid(p.Text) {
		return fmt.Errorf("%s is not saved with the encoding UTF-8; save it so, and import it again", p.Name)
	}
	return nil
}

// finish checks the imported template, and puts the report in order.
func finish(t *models.Template, r *Report, samples []Sample) (*models.Template, *Report, error) {
	r.Sample = spread(samples, 5)
	slices.SortStableFunc(r.Notes, func(a, b Note) int {
		if a.Place.File != b.Place.File {
			return strings.Compare(a.Place.File, b.Place.File)
		}
		return a.Place.Line - b.Place.Line
	})
	if err := Check(t); err != nil {
		return nil, r, err
	}
	return t, r, nil
}

// spread takes up to n entries of the list at even distances, the first and the last among them.
func spread[T any](list []T, n int) []T {
	if len(list) <= n {
		return list
	}
	var out []T
	for i := range n {
		out = append(out, list[i*(len(list)-1)/(n-1)])
	}
	return out
}
