package desk

import (
	"github.com/rubric-project/rubric/models"
)

// railGroup is places under one word, on the left of every page of a round.
type railGroup struct {
	Name   string
	Places []railPlace
}

// railPlace is one of them. N stands beside it, Count is what it counts, for those who do not see the page; "" for none.
type railPlace struct {
	Name, To string
	Here     bool
	N        int
	Count    string
	Waits    bool
}

// rail is the places of a round; here is the one that is shown. A place that has no route is not drawn.
func (c *call) rail(here string) []railGroup {
	place := func(name, page string) railPlace { return railPlace{Name: name, To: c.to(page), Here: page == here} }
	counted := func(p railPlace, n int, count string, waits bool) railPlace {
		p.N, p.Count, p.Waits = n, count, waits
		return p
	}
	returned := 0
	for _, e := range c.view.Intake.Register.Entries {
		if e.Status == models.Returned {
			returned++
		}
	}
	items, _ := c.toDecide() // the page itself says what is wrong
	open := len(items)
	all := []railGroup{
		{"", []railPlace{place(c.T("Overview"), "overview")}},
		{c.T("Prepare"), []railPlace{
			counted(place(c.T("Recipients"), "recipients"), len(c.view.Folder.Recipients), c.T("in the list"), false),
			place(c.T("Send"), "send")}},
		{c.T("Collect"), []railPlace{
			counted(place(c.T("Returns"), "returns"), returned, c.T("returned"), false),
			counted(place(c.T("To decide"), "decide"), open, c.T("to decide"), open > 0)}},
		{c.T("Understand"), []railPlace{place(c.T("Results"), "results"), place(c.T("Compare"), "compare"), place(c.T("Actions"), "actions")}},
		{c.T("Hand on"), []railPlace{place(c.T("Files"), "files"), place(c.T("Templates"), "template"), place(c.T("History"), "history")}},
	}
	there := map[string]bool{}
	for _, r := range c.table() {
		if r.round && r.method == "GET" {
			there[r.path] = true
		}
	}
	var out []railGroup
	for _, g := range all {
		var kept []railPlace
		for _, p := range g.Places {
			if there[p.To[len("/r/"+c.live.key+"/"):]] {
				kept = append(kept, p)
			}
		}
		if len(kept) > 0 {
			out = append(out, railGroup{g.Name, kept})
		}
	}
	return out
}
