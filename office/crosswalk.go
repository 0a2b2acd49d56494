package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
)

const crosswalkHelp = "how the earlier template's criteria go on in this round's; crosswalk.yaml in the round folder where it is not given"

// crosswalk finds how the criteria of an earlier template go on in the round's: in the file, or else in the
// round folder's crosswalk.yaml. It is nil where there is none; then criteria go on that are the same by ref and
// wording. What it does not use it says on standard error.
func (app *App) crosswalk(f *folder, earlier *models.Template, file string) (*models.Crosswalk, error) {
	name := file
	if name == "" {
		name = filepath.Join(f.Dir, round.CrosswalkFile)
	}
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && file == "":
		app.sayUnwalked(f, earlier)
		return nil, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, usagef("--crosswalk %s: there is no such file; 'rubric templates diff A B --crosswalk FILE' drafts one", file)
	case err != nil:
		return nil, &round.Failure{Message: name + " cannot be read", Remedy: "close it in other programs, and check that you may read it", Err: err}
	}
	if file == "" {
		name = round.CrosswalkFile
		from, to, ok := templates.CrosswalkEditions(name, data)
		if ok && (from != earlier.Edition() || to != f.Template.Edition()) {
			if from != to { // a round that began with the same template has none to speak of
				fmt.Fprintf(app.Err, "rubric: %s leads from %s to %s and is not used: the templates are %s and %s.\n", name, from, to, earlier.Edition(), f.Template.Edition())
			}
			app.sayUnwalked(f, earlier)
			return nil, nil
		}
	}
	x, err := templates.LoadCrosswalk(name, bytes.NewReader(data), earlier, f.Template)
	if err != nil {
		return nil, err
	}
	if open := x.Unconfirmed(); len(open) > 0 {
		fmt.Fprintf(app.Err, "rubric: %s: %s not confirmed yet (check: true) and not used: %s. Look at them, and delete 'check: true'.\n",
			name, countMany(len(open), "entry is", "entries are"), listed(open, 12))
	}
	return x, nil
}

// sayUnwalked says that templates differ and nothing says how.
func (app *App) sayUnwalked(f *folder, earlier *models.Template) {
	draft := templates.DraftCrosswalk(earlier, f.Template)
	n := 0
	for _, e := range draft.Entries {
		if e.Kind != models.WalkSame || e.Check {
			n++
		}
	}
	if _, ok := (*models.Crosswalk)(nil).LevelsFrom(earlier.LevelScale(), f.Template.LevelScale()); ok && n == 0 {
		return
	}
	fmt.Fprintf(app.Err, "rubric: the template is not the earlier round's, and no crosswalk says how its criteria go on; only what is the same by ref, wording and scale is. 'rubric templates diff EARLIER %s --crosswalk %s' drafts one.\n",
		app.Dir, filepath.Join(app.Dir, round.CrosswalkFile))
}

// listed writes up to most of the words.
func listed(words []string, most int) string {
	if len(words) > most {
		return strings.Join(words[:most], ", ") + fmt.Sprintf(" and %d more", len(words)-most)
	}
	return strings.Join(words, ", ")
}
