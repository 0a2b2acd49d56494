package desk

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// moved compares with the earlier round of the address.
func (c *call) moved(s scale, a side) *sincePart {
	l := c.find(c.query("round"))
	if l == nil {
		return &sincePart{Problem: c.T("This round is not open on this computer.")}
	}
	out, err := once(c.view, "since "+l.dir, func() (office.ScoreResult, error) {
		return c.office().Score(c.r.Context(), c.view.Folder, office.ScoreOptions{Baseline: office.Earlier{Dir: l.dir}})
	})
	if err != nil {
		return &sincePart{Problem: err.Error()}
	}
	x := out.Since.Comparison
	if x == nil {
		return &sincePart{Problem: c.T("There is nothing to compare: no recipient returned both times.")}
	}
	part := &sincePart{Title: out.Since.Title, N: len(x.Recipients), Joined: len(x.Joined), Left: len(x.Left)}
	for i, topic := range c.view.Folder.Template.Topics {
		row := sinceRow{Name: topic.Name, Change: "–"}
		var earlier, later []float64
		for _, r := range x.Recipients {
			if i >= len(r.Topics) {
				continue
			}
			v, ok := r.Topics[i].Change.Get()
			switch {
			case !ok:
				continue
			case v > 1e-9:
				row.Up++
			case v < -1e-9:
				row.Down++
			default:
				row.Same++
			}
			earlier = append(earlier, r.Topics[i].Earlier.Or(0))
			later = append(later, r.Topics[i].Later.Or(0))
		}
		row.Earlier, row.Later = c.score(s, median(earlier)), c.score(s, median(later))
		if i < len(x.Topics) {
			if v, ok := x.Topics[i].Median.Get(); ok {
				row.Change = c.signed(s, v)
			}
		}
		part.Rows = append(part.Rows, row)
	}
	if a.member >= 0 {
		if r := out.Since.Of(c.view.Intake.Members[a.member].Recipient.ID); r != nil {
			for i, topic := range c.view.Folder.Template.Topics {
				if i < len(r.Topics) {
					w := sinceWho{Name: topic.Name, Earlier: c.score(s, r.Topics[i].Earlier), Later: c.score(s, r.Topics[i].Later), Change: "–"}
					if v, ok := r.Topics[i].Change.Get(); ok {
						w.Change = c.signed(s, v)
					}
					part.Who = append(part.Who, w)
				}
			}
		}
	}
	return part
}

// median is the middle of some scores, for the eye: the core has those that are written into files.
func median(list []float64) models.Figure {
	if len(list) == 0 {
		return models.Figure{}
	}
	slices.Sort(list)
	mid := len(list) / 2
	if len(list)%2 == 1 {
		return models.Some(list[mid])
	}
	return models.Some((list[mid-1] + list[mid]) / 2)
}
