package story

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models/headlines"
)

// moved says how many statements are rated lower and higher than the last time, and keeps those of the sections that
// decide about the level lost, or about the next one.
func (o *own) moved() {
	if o.change == nil {
		return
	}
	deciding := map[place]bool{}
	for _, a := range o.blocking() {
		deciding[place{a.Topic, a.Theme, ""}] = true
	}
	up, down, hereUp, hereDown := 0, 0, 0, 0
	for _, m := range o.change.Moves {
		c := &o.results.Template.Criteria[m.Criterion]
		if !c.Scored() || m.Then < 0 || m.Now < 0 {
			continue
		}
		here := deciding[place{c.Topic, c.Theme, ""}]
		if m.Now > m.Then {
			up++
			if here {
				hereUp++
			}
		} else {
			down++
			if here {
				hereDown++
			}
		}
		if here {
			o.mine.Moved = append(o.mine.Moved, headlines.Shift{Ref: c.Ref, Then: int(m.Then), Now: int(m.Now)})
		}
	}
	slices.SortStableFunc(o.mine.Moved, func(a, b headlines.Shift) int { return cmp.Compare(a.Now-a.Then, b.Now-b.Then) })
	if up+down == 0 {
		return
	}
	x := headlines.Item{Rule: headlines.Moved, Figures: figures("lower", down, "higher", up)}
	x.Text = o.movedText(up, down)
	if hereUp+hereDown > 0 {
		x.More = o.movedHereText(hereUp, hereDown)
		x.Title = o.Words.Count("story.moved_title", hereUp+hereDown, "level", o.card.Staged.Next)
	}
	o.add(x)
}

// movedText says how many rose and fell, without a nought: a direction that none went is said by a word.
func (o *own) movedText(up, down int) string {
	switch {
	case down == 0:
		return o.Words.Count("story.moved_up", up)
	case up == 0:
		return o.Words.Count("story.moved_down", down)
	}
	return o.Words.Say("story.moved", "up", up, "down", down)
}

// movedHereText says it of the sections that keep the next level away.
func (o *own) movedHereText(up, down int) string {
	level := o.card.Staged.Next
	switch {
	case down == 0:
		return o.Words.Count("story.moved_here_up", up, "level", level)
	case up == 0:
		return o.Words.Count("story.moved_here_down", down, "level", level)
	}
	return o.Words.Say("story.moved_here", "up", up, "down", down, "level", level)
}
