package office

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
)

// Earlier is an earlier round, and how its criteria go on in this one.
type Earlier struct {
	// Dir is its folder, or where scores are compared its consolidated.xlsx; "" for none.
	Dir string
	// Crosswalk is a file that says how its criteria go on; "" for crosswalk.yaml in the round folder, if there is one.
	Crosswalk string
}

// crosswalkFrom finds how the criteria of an earlier template go on in the round's: in the file, or else in the round
// folder's crosswalk.yaml. It is nil where there is none; then criteria go on that are the same by ref and wording. The
// notes say what it does not use.
func crosswalkFrom(f *Folder, earlier *models.Template, file string) (*crosswalk.Crosswalk, []Note, error) {
	name := file
	if name == "" {
		name = f.path(round.CrosswalkFile)
	}
	data, err := disk.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && file == "":
		return nil, unwalked(f, earlier), nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, Bad(Option("crosswalk"), " ", file, ": there is no such file; have one drafted").with(actions.TemplatesDiff.On("", f.Dir, file))
	case err != nil:
		return nil, nil, unreadable(name, err)
	}
	if file == "" {
		name = round.CrosswalkFile
		from, to, ok := templates.CrosswalkEditions(name, data)
		if ok && (from != earlier.Edition() || to != f.Template.Edition()) {
			var notes []Note
			if from != to { // a round that began with the same template has none to speak of
				notes = noted(fmt.Sprintf("%s leads from %s to %s and is not used: the templates are %s and %s.", name, from, to, earlier.Edition(), f.Template.Edition()))
			}
			return nil, append(notes, unwalked(f, earlier)...), nil
		}
	}
	x, err := templates.LoadCrosswalk(name, bytes.NewReader(data), earlier, f.Template)
	if err != nil {
		return nil, nil, err
	}
	if open := x.Unconfirmed(); len(open) > 0 {
		return x, noted(fmt.Sprintf("%s: %s not confirmed yet (check: true) and not used: %s. Look at them, and delete 'check: true'.",
			name, text.Count(len(open), "entry is", "entries are"), text.FirstFew(open, 12, ", ", " and %d more"))), nil
	}
	return x, nil, nil
}

// unwalked says that templates differ and nothing says how.
func unwalked(f *Folder, earlier *models.Template) []Note {
	draft := templates.DraftCrosswalk(earlier, f.Template)
	n := 0
	for _, e := range draft.Entries {
		if e.Kind != crosswalk.Same || e.Check {
			n++
		}
	}
	if _, ok := (*crosswalk.Crosswalk)(nil).LevelsFrom(earlier.LevelScale(), f.Template.LevelScale()); ok && n == 0 {
		return nil
	}
	return []Note{{Do: actions.TemplatesDiff.On("", f.Dir, f.path(round.CrosswalkFile)), Text: "the template is not the earlier round's, and no crosswalk says how its criteria go on; only what is the same by ref, wording and scale does. A crosswalk can be drafted."}}
}
