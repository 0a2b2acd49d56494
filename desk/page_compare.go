package desk

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// comparePage sets two things side by side: a recipient or group in the spread of all, beside another, or two rounds.
type comparePage struct {
	A, B             side
	Suggest          []string
	Rows             []compareRow
	Steps            []string
	Unit             string
	N                int
	Rounds           []earlierRound
	Earlier          string
	Since            *sincePart
	Asked, TwoChosen bool
}

// side is one of the two that are compared. Candidates are what the text may mean, where it is not clear.
type side struct {
	Text, Name string
	Candidates []candidate
	Missing    bool

	member int // its place in the list, -1 for a group
	group  *models.GroupView
}

func (s side) found() bool { return s.Name != "" }

type candidate struct{ Text, To string }

// compareRow is one topic. Place says how many returns lie below the first.
type compareRow struct {
	spreadRow
	SelB, A, B, Apart, Place string
}

type earlierRound struct{ Key, Title string }

// sincePart is how scores moved since an earlier round.
type sincePart struct {
	Title    string
	Rows     []sinceRow
	N        int
	Who      []sinceWho
	Problem  string
	Left     int
	Joined   int
	Criteria int
}

type sinceRow struct {
	Name, Earlier, Later, Change string
	Up, Down, Same               int
}

type sinceWho struct{ Name, ID, Earlier, Later, Change string }

func (d *Desk) compare(c *call) (answer, error) {
	h := head{Title: c.T("Compare"), Kicker: c.view.Folder.Config.Title, KickerTo: c.to("overview"), Question: c.T("How do two stand beside each other?"), Here: "compare"}
	x, err := c.consolidation()
	if err != nil {
		return answer{}, err
	}
	if x.Returned == 0 {
		return c.show("results-empty", h, nil), nil
	}
	page := comparePage{N: x.Returned, Asked: c.query("a") != "", Unit: c.T("level")}
	s := c.scaleOf(c.view.Intake.Scoring.Info().Score)
	if s.measure.Share() {
		page.Unit = c.T("achievement, in per cent")
	}
	for i := range x.Groups {
		if i < 200 {
			page.Suggest = append(page.Suggest, group{x.Groups[i].Column, x.Groups[i].Value}.String())
		}
	}
	page.A, page.B = c.side(x, "a"), c.side(x, "b")
	page.TwoChosen = page.A.found() && page.B.found()
	if page.A.found() {
		if page.Rows, page.Steps, err = c.beside(s, x, page.A, page.B); err != nil {
			return answer{}, err
		}
	}
	for _, dir := range d.settings.rounds() {
		if key := keyOf(dir); key != c.live.key {
			if f, err := d.office().Open(dir); err == nil && f.Template.ID == c.view.Folder.Template.ID {
				page.Rounds = append(page.Rounds, earlierRound{key, f.Config.Title + ", " + c.Date(f.Config.Due.Time)})
			}
		}
	}
	if page.Earlier = c.query("round"); page.Earlier != "" {
		page.Since = c.moved(s, page.A)
	}
	h.Facts = []fact{{c.T("Rests on"), c.N(x.Returned, "%d return", "%d returns"), c.T("of %d", x.Recipients)}, {c.T("Method"), methodName(c.view.Intake.Scoring.Method), ""},
		{c.T("For the office only"), c.T("not for circulation"), ""}}
	return c.show("compare", h, page), nil
}

// side understands what was typed: an id, a name, COLUMN=VALUE, or a part of a name that only one has.
func (c *call) side(x *models.Consolidation, param string) side {
	text := strings.TrimSpace(c.query(param))
	out := side{Text: text, member: -1}
	if text == "" {
		return out
	}
	if g := groupFrom(text); g.Column != "" {
		if v := viewOf(x, g); v != nil {
			out.Name, out.group = g.Value, v
			return out
		}
	}
	var called []*models.GroupView
	for i := range x.Groups {
		if strings.EqualFold(x.Groups[i].Value, text) {
			called = append(called, &x.Groups[i])
		}
	}
	if len(called) == 1 {
		out.Name, out.group = called[0].Value, called[0]
		return out
	}
	small := strings.ToLower(text)
	var near []int
	for i, m := range c.view.Intake.Members {
		if m.Return == nil {
			continue
		}
		if m.Recipient.ID == text {
			near = []int{i}
			break
		}
		if strings.Contains(strings.ToLower(m.Recipient.Name), small) {
			near = append(near, i)
		}
	}
	if exact := slices.IndexFunc(near, func(i int) bool { return strings.EqualFold(c.view.Intake.Members[i].Recipient.Name, text) }); exact >= 0 && len(near) > 1 {
		same := 0
		for _, i := range near {
			if strings.EqualFold(c.view.Intake.Members[i].Recipient.Name, text) {
				same++
			}
		}
		if same == 1 {
			near = near[exact : exact+1]
		}
	}
	switch {
	case len(called) > 0:
		for _, g := range called {
			where := group{g.Column, g.Value}.String()
			out.Candidates = append(out.Candidates, candidate{where, c.with(param, where)})
		}
	case len(near) == 0:
		out.Missing = true
	case len(near) == 1:
		out.member, out.Name = near[0], c.view.Intake.Members[near[0]].Recipient.Name
	default:
		for _, i := range near[:min(len(near), 20)] {
			rc := c.view.Intake.Members[i].Recipient
			out.Candidates = append(out.Candidates, candidate{rc.Name + " (" + rc.ID + ")", c.with(param, rc.ID)})
		}
	}
	return out
}

// topic is the score of a side on a topic: a recipient's own, or a group's median.
func (s side) topic(f *figures, i int) models.Figure {
	switch {
	case s.group != nil && i < len(s.group.Topics):
		return s.group.Topics[i].Median
	case s.member >= 0 && i < len(f.Topics[s.member]):
		return finite(f.Topics[s.member][i])
	}
	return models.Figure{}
}

// beside are the rows of one or two sides in the spread of all.
func (c *call) beside(s scale, x *models.Consolidation, a, b side) (rows []compareRow, steps []string, err error) {
	f, err := c.figures()
	if err != nil {
		return nil, nil, err
	}
	spread, steps := c.spread(s, x, &x.All)
	for i, r := range spread {
		row := compareRow{spreadRow: r}
		va, vb := a.topic(f, i), b.topic(f, i)
		row.A, row.B = c.score(s, va), c.score(s, vb)
		if v, ok := va.Get(); ok {
			row.Sel = fmt.Sprintf("%.1f", s.plot(v)-3)
			below, of := 0, 0
			for m := range f.Topics {
				if !isNaN(f.Topics[m], i) {
					if of++; float64(f.Topics[m][i]) < v-1e-6 {
						below++
					}
				}
			}
			row.Place = c.T("%d of %d are below", below, of)
			if w, ok := vb.Get(); ok {
				row.SelB = fmt.Sprintf("%.1f", s.plot(w))
				row.Apart = c.signed(s, v-w)
			}
		}
		rows = append(rows, row)
	}
	return rows, steps, nil
}

// signed writes a difference; of shares it is in points.
func (c *call) signed(s scale, v float64) string {
	v = math.Round(v*100) / 100 // of shares these are whole points
	text := c.Number(v, 2)
	if s.measure.Share() {
		text = c.T("%s points", c.Number(100*v, 0))
	}
	if v == 0 {
		return strings.TrimPrefix(text, "-")
	}
	if v > 0 {
		return "+" + text
	}
	return strings.Replace(text, "-", "−", 1)
}
