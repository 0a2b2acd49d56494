package templates

import (
	"bytes"
	"fmt"

	"github.com/rubric-project/rubric/models"
)

// What an import looks at, at most. No model that people answer comes near; a file that does is another than was meant, and
// is refused before it costs anything.
const (
	mostCriteria = 1000 // also of advice; models.Template
	mostGroups   = 40   // topics, and themes; models.Template
	mostLevels   = 10   // models.Template
	mostLines    = 200_000
	mostTabs     = 1_000_000
	mostRows     = 20_000 // of a sheet of an authoring workbook
	mostColumns  = 1000    // in which headings are looked for
	mostNotes    = 1000    // the rest is counted
)

// within refuses a page that is too long to be a model.
func within(p Page) error {
	if n := bytes.Count(p.Text, []byte{'\n'}); n > mostLines {
		return fmt.Errorf("%s has %d lines, and at most %d are read; give the page that holds the model alone", p.Name, n, mostLines)
	}
	if n := bytes.Count(p.Text, []byte{'\t'}); n > mostTabs {
		return fmt.Errorf("%s has %d columns, all lines together, and at most %d are read; give the page that holds the model alone", p.Name, n, mostTabs)
	}
	return nil
}

// fits refuses a template that is larger than one can be, before it is written out to be checked.
func fits(t *models.Template) error {
	for _, x := range []struct {
		n, most int
		what    string
	}{{len(t.Criteria), mostCriteria, "criteria"}, {len(t.Advice), mostCriteria, "next steps"}, {len(t.Levels), mostLevels, "levels"},
		{len(t.Topics), mostGroups, "topics"}, {len(t.Themes), mostGroups, "themes"}} {
		if x.n > x.most {
			return fmt.Errorf("there are more than %d %s, which is the most that a template can have; check that this is the right file, and which column or heading is what", x.most, x.what)
		}
	}
	return nil
}

// note keeps a note; beyond the first thousand they are counted.
func (r *Report) note(n Note) {
	if len(r.Notes) < mostNotes {
		r.Notes = append(r.Notes, n)
		return
	}
	r.Further++
	if n.LeftOut {
		r.furtherLeftOut++
	}
}
