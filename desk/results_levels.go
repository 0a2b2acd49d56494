package desk

import (
	"fmt"
	"math"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// levelsTable is the levels attained, and what keeps recipients from their next one.
type levelsTable struct {
	Rows     []levelRow
	Blockers []blockerRow
	N        int
	// Who is the recipients at the chosen level; nil where none was chosen.
	Who *whoLevel
}

type levelRow struct {
	Name, To string
	N        int
	Bar      part
	Here     bool
}

// blockerRow is a section that keeps N recipients from the level that comes next for them.
type blockerRow struct {
	Level, Section string
	N              int
	Bar            part
}

type whoLevel struct {
	Name  string
	Rows  []levelWho
	Pager pager
}

type levelWho struct{ Name, ID, To, Keeps string }

// blocked is what stands before a recipient's next level.
type blocked struct {
	level, next int16
	sections    []string // topic › theme, or a ref
}

// blocks are what keeps each recipient from its next level, by its place in the list.
func (c *call) blocks() (map[int]blocked, error) {
	return once(c.view, "blocks", func() (map[int]blocked, error) {
		in := c.view.Intake
		list := make([]*blocked, len(in.Members))
		t := c.view.Folder.Template
		err := c.view.office.Each(c.r.Context(), "", len(in.Members), func(i int) error {
			if in.Members[i].Return == nil {
				return nil
			}
			card := in.Scorecard(i)
			if card.Staged == nil {
				return nil
			}
			b := &blocked{level: int16(card.Staged.Level), next: int16(card.Staged.Next)}
			if card.Staged.HasNext {
				for _, x := range card.Staged.Blockers {
					b.sections = append(b.sections, blockerName(t, x))
				}
			}
			list[i] = b
			return nil
		})
		out := map[int]blocked{}
		for i, b := range list {
			if b != nil {
				out[i] = *b
			}
		}
		return out, err
	})
}

func blockerName(t *models.Template, x models.Blocker) string {
	if crit := t.Criterion(x.Ref); crit != nil {
		return crit.Ref + " " + crit.Subject
	}
	topic, _ := t.Topic(x.Topic)
	if theme, ok := t.Theme(x.Theme); ok {
		return topic.Name + " › " + theme.Name
	}
	return topic.Name
}

// levels are the levels attained in a group.
func (c *call) levels(g *models.GroupView) (*levelsTable, error) {
	all, err := c.blocks()
	if err != nil {
		return nil, err
	}
	where := group{g.Column, g.Value}
	at := map[int]int{}
	type key struct {
		next    int16
		section string
	}
	keeps := map[key]int{}
	var order []key
	out := &levelsTable{}
	for i, m := range c.view.Intake.Members {
		b, ok := all[i]
		if !ok || !where.has(m.Recipient) {
			continue
		}
		out.N++
		at[int(b.level)]++
		for _, s := range b.sections {
			k := key{b.next, s}
			if keeps[k]++; keeps[k] == 1 {
				order = append(order, k)
			}
		}
	}
	for _, l := range c.view.Folder.Template.Levels {
		level := fmt.Sprint(l.Number)
		out.Rows = append(out.Rows, levelRow{fmt.Sprintf("%d %s", l.Number, l.Name), c.to("results", "g", where.String(), "l", level) + "#levels", at[l.Number],
			part{at[l.Number], max(out.N, 1)}, c.query("l") == level})
	}
	slices.SortStableFunc(order, func(a, b key) int {
		if keeps[a] != keeps[b] {
			return keeps[b] - keeps[a]
		}
		return int(a.next) - int(b.next)
	})
	const most = 12
	for _, k := range order[:min(len(order), most)] {
		out.Blockers = append(out.Blockers, blockerRow{c.T("level %d", k.next), k.section, keeps[k], part{keeps[k], max(out.N, 1)}})
	}
	out.Who = c.atLevel(all, where)
	return out, nil
}

// atLevel lists the recipients at the level of the address.
func (c *call) atLevel(all map[int]blocked, where group) *whoLevel {
	chosen := c.query("l")
	var list []int
	for i, m := range c.view.Intake.Members {
		if b, ok := all[i]; ok && fmt.Sprint(b.level) == chosen && where.has(m.Recipient) {
			list = append(list, i)
		}
	}
	if len(list) == 0 {
		return nil
	}
	out := &whoLevel{Name: chosen}
	from, to := 0, 0
	out.Pager, from, to = c.paged(len(list))
	for _, i := range list[from:to] {
		m := c.view.Intake.Members[i]
		keeps := ""
		for k, s := range all[i].sections {
			if k > 0 {
				keeps += "; "
			}
			keeps += s
		}
		out.Rows = append(out.Rows, levelWho{m.Recipient.Name, m.Recipient.ID, c.to("return", "file", m.Return.File), keeps})
	}
	return out
}

// finite is x, or nothing where it is no number.
func finite(x float32) models.Figure {
	if math.IsNaN(float64(x)) {
		return models.Figure{}
	}
	return models.Some(float64(x))
}
