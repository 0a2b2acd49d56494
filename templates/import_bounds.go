package templates

import (
	"bytes"
	"fmt"

	"github.com/rubric-project/rubric/models"
)

// What an import looks at, at most. No model that people answer comes near; a file that does is another than was meant, and
// is refused before it costs anything.
const (
	mostCriteria = 1000    // also of advice; models.Template
	mostGroups   = 40      // topics, and themes; models.Template
	mostLevels   = 10      // models.Template
	mostText     = 5 << 20 // bytes of all pages
	mostLines    = 200_000
	mostTabs     = 1_000_000
	mostRows     = 20_000 // of a sheet of an authoring workbook
	mostColumns  = 1000   // in which headings are looked for
	mostNotes    = 1000   // the rest is counted
)

// within refuses pages that are too long to be a model.
func within(pages ...Page) error {
	bytesOf, lines, tabs := 0, 0, 0
	for _, p := range pages {
		bytesOf += len(p.Text)
		lines += bytes.Count(p.Text, []byte{'\n'})
		tabs += bytes.Count(p.Text, []byte{'\t'})
	}
	for _, x := range []struct {
		n, most int
		what    string
	}{{bytesOf, mostText, "bytes"}, {lines, mostLines, "lines"}, {tabs, mostTabs, "columns, all lines together,"}} {
		if x.n > x.most {
			return fmt.Errorf("%s: there are %d %s and at most %d are read; give what holds the model alone", pageNames(pages), x.n, x.what, x.most)
		}
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
