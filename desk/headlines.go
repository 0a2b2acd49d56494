package desk

import (
	"strings"

	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/office"
)

// headlinesPart is what the figures say in sentences, as overview and consolidated workbook say it.
type headlinesPart struct {
	Lang  string
	Items []headlines.Item
	// Edited says that they are the office's own text; Notes is what there is to say about that.
	Edited bool
	Notes  []office.Note
	// Problem says why there are none.
	Problem string
}

// headlines are those of all returns, or of a group; nil where no return counts. They are told once for a look at the round,
// in the language of the page.
func (c *call) headlines(g group) *headlinesPart {
	f := c.view.Folder
	lang := c.lang
	if own := f.Config.Language; strings.HasPrefix(own, c.lang) {
		lang = own
	}
	out, _ := once(c.view, "headlines "+lang+" "+g.String(), func() (*headlinesPart, error) {
		s, notes, err := c.office().Headlines(f, c.view.Intake, lang, g.Column, g.Value)
		switch {
		case err != nil:
			return &headlinesPart{Problem: err.Error()}, nil
		case s == nil || len(s.Items) == 0:
			return nil, nil
		}
		if s.Edited {
			lang = f.Config.Language
		}
		return &headlinesPart{Lang: lang, Items: s.Items, Edited: s.Edited, Notes: notes}, nil
	})
	return out
}
