package office

import (
	"fmt"
	"path"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/round"
)

// mostRemade is how many workbooks a note names.
const mostRemade = 20

// noteRemade names workbooks that are not what they were when they were made last, although the template is the same: by
// a newer version of this program, or since the round's settings or the recipients changed. Who has the earlier one can
// still return it. made are the events of now, which the journal does not have yet.
func (f *Folder) noteRemade(made []round.Event) ([]Note, error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	last := map[string]round.Event{}
	for _, e := range events {
		if e.Kind == round.Generated {
			last[e.File] = e
		}
	}
	var names []string
	for _, e := range made {
		if was := last[e.File]; was.Digest != "" && was.Digest != e.Digest && was.Template == e.Template {
			names = append(names, path.Base(e.File))
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	n := Note{Text: fmt.Sprintf("%s not what was made before under the same template; earlier ones are read as well when they come back:",
		text.Count(len(names), "workbook is", "workbooks are")), More: names}
	if len(names) > mostRemade {
		n.More = append(names[:mostRemade:mostRemade], fmt.Sprintf("and %d more", len(names)-mostRemade))
	}
	return []Note{n}, nil
}
