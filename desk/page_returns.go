package desk

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
)

// returnsPage is what came back: where files are dropped, what became of each, and the register of recipients.
type returnsPage struct {
	Files       []fileRow
	FilePages   pager
	FileKinds   facet
	FilesTitle  string
	FilesTotal  int
	Rows        []registerRow
	Pages       pager
	Facets      []facet
	Search      string
	CSV         string
	Sorts       map[string]string
	Sorted      string
	Corrections int
	Little      []littleRow
	LittleMore  int
	Watch       watchView
	Mailbox     mailboxForm
	Account     signedMailbox
	// Kept are the values of the address that the search keeps.
	Kept [][2]string
}

// registerRow is a recipient in the register.
type registerRow struct {
	ID, Name, To, Group, Received string
	St                            shaped
	Late                          bool
	Answered, Criteria            int
	Errors, Warnings, Repairs     int
	BackParts, Parts              int
}

func (c *call) returnsHead() head {
	v := c.view
	counts, files := map[models.Status]int{}, map[models.Status]int{}
	for i := range v.Intake.Register.Entries {
		counts[v.Intake.Register.Entries[i].Status]++
	}
	for i := range v.Intake.Register.Files {
		files[v.Intake.Register.Files[i].Status]++
	}
	h := head{Title: c.T("Returns"), Kicker: v.Folder.Config.Title, KickerTo: c.to("overview"), Question: c.T("What came back, and what became of it?"), Here: "returns"}
	h.Facts = []fact{{c.T("Returned"), c.number(counts[models.Returned]), c.T("of %d", len(v.Intake.Register.Entries))}}
	for _, s := range []models.Status{models.Partial, models.Outstanding, models.Late, models.Corrections} {
		if counts[s] > 0 {
			h.Facts = append(h.Facts, fact{c.upper(c.statusOf(s).Text), c.number(counts[s]), ""})
		}
	}
	rows, _ := once(v, "files", func() ([]fileRow, error) { return c.fileRows(), nil })
	h.Facts = append(h.Facts, fact{c.T("Files"), c.number(len(rows)), c.N(files[models.Counted], "of which %d counts", "of which %d count")})
	if w := c.watched(c.live); w.Folder != "" {
		h.Facts = append(h.Facts, fact{c.T("Also watched"), "", w.Folder})
	}
	return h
}

// returns is the page; what is asked for stands in the address.
func (d *Desk) returns(c *call) (answer, error) {
	data, err := c.returnsPage()
	if err != nil {
		return answer{}, err
	}
	return c.show("returns", c.returnsHead(), data), nil
}

func (c *call) returnsPage() (returnsPage, error) {
	var p returnsPage
	files, err := once(c.view, "files", func() ([]fileRow, error) { return c.fileRows(), nil })
	if err != nil {
		return p, err
	}
	c.listFiles(&p, files)
	entries := c.filtered(&p)
	var from, to int
	p.Pages, from, to = c.paged(len(entries))
	for _, e := range entries[from:to] {
		p.Rows = append(p.Rows, c.registerRow(e))
	}
	p.CSV = c.csvAddress()
	c.fillLittle(&p)
	p.Corrections, err = once(c.view, "corrections", c.toCorrect)
	p.Watch = c.watched(c.live)
	p.Mailbox.Port = "993"
	p.Mailbox.Folder = "INBOX"
	p.Account = c.signedMailbox()
	return p, err
}

// toCorrect counts the returns that can go back with their cells marked.
func (c *call) toCorrect() (int, error) {
	pieces, err := c.view.Folder.Pieces()
	n := 0
	for _, e := range c.view.Intake.Register.Entries {
		if err == nil {
			n += len(pieces.Correctable(c.view.Intake, e))
		}
	}
	return n, err
}

// filtered are the entries that the address asks for, in the order that it asks for; it makes the facets too.
func (c *call) filtered(p *returnsPage) []models.Entry {
	entries := c.view.Intake.Register.Entries
	p.Search = c.query("q")
	tests := c.facetTests()
	counts := make([]map[string]int, len(tests))
	totals := make([]int, len(tests))
	for i := range tests {
		counts[i] = map[string]int{}
	}
	var shown []models.Entry
	for _, e := range entries {
		if !matches(e, p.Search) {
			continue
		}
		failed, at := 0, -1
		for i, t := range tests {
			if chosen := c.query(t.param); chosen != "" && t.value(&e) != chosen {
				failed, at = failed+1, i
			}
		}
		for i, t := range tests { // a facet counts what the others leave
			if failed == 0 || failed == 1 && at == i {
				counts[i][t.value(&e)]++
				totals[i]++
			}
		}
		if failed == 0 {
			shown = append(shown, e)
		}
	}
	for i, t := range tests {
		var values []facetValue
		for _, x := range t.order(counts[i]) {
			values = append(values, facetValue{x, t.say(x), counts[i][x]})
		}
		p.Facets = append(p.Facets, c.facet(t.name, t.param, totals[i], values))
		if x := c.query(t.param); x != "" {
			p.Kept = append(p.Kept, [2]string{t.param, x})
		}
	}
	return c.sorted(p, shown)
}

// facetTest is a property by which the register is narrowed down.
type facetTest struct {
	name, param string
	value       func(*models.Entry) string
	order       func(counts map[string]int) []string
	say         func(string) string
}

func (c *call) facetTests() []facetTest {
	inOrder := func(list ...string) func(map[string]int) []string {
		return func(map[string]int) []string { return list }
	}
	said := map[string]string{"errors": c.T("With errors"), "look": c.T("With something to look at"), "nothing": c.T("Nothing to say"), "none": c.T("No return yet")}
	tests := []facetTest{
		{c.T("Status"), "status", func(e *models.Entry) string { return string(e.Status) },
			inOrder("returned", "partial", "corrections", "outstanding", "late"), func(s string) string { return c.upper(c.statusOf(models.Status(s)).Text) }},
	}
	for i, column := range c.view.Folder.Config.Groups {
		tests = append(tests, facetTest{c.upper(column), "g" + c.number(i), func(e *models.Entry) string { return cmp.Or(e.Recipient.Groups[column], "-") },
			sortedKeys, func(s string) string { return strings.Replace(s, "-", c.T("(none)"), boolInt(s == "-")) }})
	}
	return append(tests, facetTest{c.T("Findings"), "found", func(e *models.Entry) string {
		switch {
		case e.Return == nil && e.Errors == 0:
			return "none"
		case e.Errors > 0:
			return "errors"
		case e.Warnings > 0:
			return "look"
		}
		return "nothing"
	}, inOrder("errors", "look", "nothing", "none"), func(s string) string { return said[s] }})
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func sortedKeys(counts map[string]int) []string {
	var out []string
	for x := range counts {
		out = append(out, x)
	}
	slices.Sort(out)
	return out
}

func matches(e models.Entry, search string) bool {
	if search = strings.ToLower(strings.TrimSpace(search)); search == "" {
		return true
	}
	for _, s := range append([]string{e.Recipient.ID, e.Recipient.Name, e.File}, e.Others...) {
		if strings.Contains(strings.ToLower(s), search) {
			return true
		}
	}
	return false
}

// sorted puts entries into the order that the address asks for; without a word the order is that of the list.
func (c *call) sorted(p *returnsPage, entries []models.Entry) []models.Entry {
	p.Sorted = c.query("by")
	p.Sorts = map[string]string{}
	orders := map[string]func(a, b models.Entry) int{
		"name": func(a, b models.Entry) int {
			return strings.Compare(strings.ToLower(a.Recipient.Name), strings.ToLower(b.Recipient.Name))
		},
		"id":       func(a, b models.Entry) int { return strings.Compare(a.Recipient.ID, b.Recipient.ID) },
		"status":   func(a, b models.Entry) int { return strings.Compare(string(a.Status), string(b.Status)) },
		"answered": func(a, b models.Entry) int { return a.Answered - b.Answered },
		"received": func(a, b models.Entry) int { return c.receivedAt(a).Compare(c.receivedAt(b)) },
	}
	for name := range orders {
		if p.Sorts[name] = c.with("by", name); name == p.Sorted {
			p.Sorts[name] = c.with("by", "")
		}
	}
	if order := orders[p.Sorted]; order != nil {
		slices.SortStableFunc(entries, order)
		p.Kept = append(p.Kept, [2]string{"by", p.Sorted})
	} else {
		p.Sorted = ""
	}
	return entries
}

func (c *call) receivedAt(e models.Entry) time.Time {
	if e.Return == nil {
		return time.Time{}
	}
	return e.Return.Received
}

// shortDay is a day without its year, where that is the year of the round's due date.
func (c *call) shortDay(t time.Time) string {
	t = t.Local()
	day := c.Date(t)
	if year := t.Format("2006"); t.Year() == c.view.Folder.Config.Due.Year() {
		day = strings.TrimSuffix(strings.TrimSuffix(day, year), " de ")
	}
	return strings.TrimSpace(day)
}

func (c *call) registerRow(e models.Entry) registerRow {
	r := registerRow{ID: e.Recipient.ID, Name: e.Recipient.Name, St: c.statusOf(e.Status), Late: e.ReturnedLate, Answered: e.Answered, Criteria: e.Criteria,
		Errors: e.Errors, Warnings: e.Warnings, Repairs: e.Repairs}
	r.BackParts, r.Parts = e.PartsBack()
	if list := append(e.Counts(), e.Others...); len(list) > 0 {
		r.To = c.to("return", "file", list[0])
	}
	var groups []string
	for _, column := range c.view.Folder.Config.Groups {
		if g := e.Recipient.Groups[column]; g != "" {
			groups = append(groups, g)
		}
	}
	r.Group = strings.Join(groups, ", ")
	if at := c.receivedAt(e); !at.IsZero() {
		r.Received = c.shortDay(at)
	}
	return r
}
