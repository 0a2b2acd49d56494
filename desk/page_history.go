package desk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
)

// historyPage is the journal in plain words, the last first.
type historyPage struct {
	Rows       []historyRow
	Pages      pager
	Facets     []facet
	Search     string
	Day        string
	Kept       [][2]string
	All        int
	Unreadable int
	Filtered   bool
	// Events counts the events behind the lines; Each says that each stands by itself.
	Events int
	Each   bool
}

// historyRow is an event. Number is that of a decision, Undo says that it can be taken back.
type historyRow struct {
	ID, When, What, More string
	Whose, WhoseTo       string
	By, Reason           string
	Number               int
	State                shaped
	Undo                 bool
	// Of are some of those that a run is about, Rest how many more there are, EachTo where each stands by itself.
	Of     []string
	Rest   int
	EachTo string
}

// sortsOf are the kinds of events in the journal, by what people look for.
var sortsOf = map[string]string{
	"assigned": "decided", "preferred": "decided", "decided": "decided", "answered": "decided", "left": "decided", "undone": "decided",
	"received": "came", "kept": "came", "bounced": "came", "delayed": "came", "auto-reply": "came",
	"drafted": "sent", "placed": "sent", "sent": "sent", "reminded": "sent", "not-sent": "sent", "sending": "sent", "unsure": "sent", "corrections-sent": "sent", "results-sent": "sent",
	"generated": "made", "divided": "made", "reported": "made", "compared": "made", "correction-made": "made", "result-made": "made",
}

// sortOf is the sort of an event; what is in no sort is about the round itself.
func sortOf(e *office.Event) string { return cmp.Or(sortsOf[string(e.Kind)], "round") }

// whoDid is who did what an event notes.
func whoDid(e *office.Event) string { return cmp.Or(e.Who, e.By) }

type journal struct {
	events     []office.Event
	unreadable int
}

func (d *Desk) history(c *call) (answer, error) {
	j, err := once(c.view, "history", func() (journal, error) {
		events, unreadable, err := c.view.Folder.History()
		slices.Reverse(events)
		return journal{events, unreadable}, err
	})
	if err != nil {
		return answer{}, err
	}
	list, err := c.decided()
	if err != nil {
		return answer{}, err
	}
	byNumber := map[int]*decisions.Decision{}
	for i := range list {
		byNumber[list[i].Number] = &list[i]
	}
	p := historyPage{Search: c.query("q"), Day: c.query("day"), All: len(j.events), Unreadable: j.unreadable}
	shown := c.historyShown(&p, j.events)
	p.Events, p.Each = len(shown), c.query("each") != "" || p.Search != ""
	lines := make([][]*office.Event, 0, len(shown))
	if p.Each {
		for _, e := range shown {
			lines = append(lines, []*office.Event{e})
		}
	} else {
		lines = inRuns(shown)
	}
	var from, to int
	p.Pages, from, to = c.paged(len(lines))
	for _, list := range lines[from:to] {
		if len(list) > 1 {
			p.Rows = append(p.Rows, c.runRow(list))
		} else {
			p.Rows = append(p.Rows, c.historyRow(list[0], byNumber[list[0].Number]))
		}
	}
	h := head{Title: c.T("History"), Kicker: c.view.Folder.Config.Title, KickerTo: c.to("overview"), Question: c.T("Who did what, and when? A decision can be taken back here."), Here: "history"}
	return c.show("history", h, p), nil
}

// historyShown are the events that the address asks for.
func (c *call) historyShown(p *historyPage, events []office.Event) []*office.Event {
	search, sort, who, number := strings.ToLower(strings.TrimSpace(p.Search)), c.query("kind"), c.query("by"), c.query("decision")
	bySort, byWho := map[string]int{}, map[string]int{}
	names := c.names()
	var out []*office.Event
	ofSort, ofWho := 0, 0
	for i := range events {
		e := &events[i]
		if search != "" && !strings.Contains(strings.ToLower(e.Recipient+"\n"+names[e.Recipient]+"\n"+e.File+"\n"+e.Address), search) ||
			p.Day != "" && e.Time.Local().Format(time.DateOnly) != p.Day || number != "" && strconv.Itoa(e.Number) != number {
			continue
		}
		fitsSort, fitsWho := sort == "" || sortOf(e) == sort, who == "" || whoDid(e) == who
		if fitsWho {
			bySort[sortOf(e)]++
			ofSort++
		}
		if fitsSort {
			byWho[whoDid(e)]++
			ofWho++
		}
		if fitsSort && fitsWho {
			out = append(out, e)
		}
	}
	words := map[string]string{"decided": c.T("Decisions"), "came": c.T("Came in"), "sent": c.T("Sent"), "made": c.T("Made"), "round": c.T("The round itself")}
	var sorts, people []facetValue
	for _, s := range []string{"decided", "came", "sent", "made", "round"} {
		sorts = append(sorts, facetValue{s, words[s], bySort[s]})
	}
	for _, s := range sortedKeys(byWho) {
		if s != "" && len(people) < 30 {
			people = append(people, facetValue{s, s, byWho[s]})
		}
	}
	p.Facets = []facet{c.facet(c.T("Kind"), "kind", ofSort, sorts), c.facet(c.T("Person"), "by", ofWho, people)}
	for _, name := range []string{"kind", "by", "each"} {
		if x := c.query(name); x != "" {
			p.Kept = append(p.Kept, [2]string{name, x})
		}
	}
	p.Filtered = search != "" || p.Day != "" || sort != "" || who != "" || number != ""
	return out
}

func (c *call) historyRow(e *office.Event, d *decisions.Decision) historyRow {
	r := historyRow{When: c.When(e.Time), By: whoDid(e), Reason: e.Reason, Whose: c.names()[e.Recipient]}
	if r.Whose == "" {
		r.Whose = e.Recipient
	}
	what, ok := eventWords[string(e.Kind)]
	if !ok {
		what = string(e.Kind)
	}
	r.What = c.T(what)
	if e.Who != "" && e.By != "" && e.Who != e.By {
		r.By = c.T("%s (account %s)", e.Who, e.By)
	}
	switch {
	case e.Kind == "undone":
		r.What = c.T("Decision %d was taken back", e.Number)
		if d != nil {
			r.More = c.view.Folder.DecisionInWords(d)
		}
	case d != nil:
		r.Number, r.ID = d.Number, "decision-"+strconv.Itoa(d.Number)
		r.What = c.T("Decision %d", d.Number)
		r.More = c.view.Folder.DecisionInWords(d)
		r.State, r.Undo = c.stateOf(d), d.Undo == nil && !d.Back
		if r.Whose == "" {
			r.Whose = c.names()[d.Recipient]
		}
	case e.Kind == "settings-changed":
		r.More = e.Note
	case e.File != "":
		r.More = e.File
	}
	if e.Address != "" {
		r.More = strings.TrimPrefix(r.More+" · "+e.Address, " · ")
	}
	return r
}

// stateOf says what has become of a decision.
func (c *call) stateOf(d *decisions.Decision) shaped {
	switch d.State {
	case decisions.InForce:
		return shaped{"in", c.T("in force")}
	case decisions.Undone:
		return shaped{"past", c.T("taken back")}
	case decisions.Replaced:
		return shaped{"past", c.T("replaced by a later one")}
	}
	return shaped{"past", c.T("ended: %s", d.Because)}
}
