package desk

import (
	"slices"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// overviewPage is where a round stands.
type overviewPage struct {
	Next    step
	Steps   []step
	Lately  []happened
	Groups  []groupLine
	Came    *cameChart
	Notes   []office.Note
	Dates   []fact
	AllBack groupLine
	Said    *headlinesPart
}

// step is one of the steps of a round. Do is its action, as a link.
type step struct {
	Name, Says string
	State      shaped
	Do, To     string
	Now        bool
	// Title and More are what is said where it is the next one; Also is another thing to do.
	Title, More  string
	Also, AlsoTo string
	// Post is the address of a form that does it, where one press is enough; To is then where it is seen.
	Post string
	open bool
	made time.Time
}

// happened is something that happened lately.
type happened struct{ What, More, To, ToText string }

// groupLine is how many of a group have returned.
type groupLine struct {
	Name, Column, To             string
	Returned, Recipients, Behind int
	Bar                          part
}

// groupsShown is how many values of one column the overview shows.
const groupsShown = 12

// overview says where the round stands, and what is next.
func (d *Desk) overview(c *call) (answer, error) {
	v := c.view
	d.settings.opened(c.live.dir)
	tally := tallyOf(v)
	data := overviewPage{Notes: v.Status.Notes, Lately: c.lately(), Came: c.came(), Said: c.headlines(group{})}
	steps, err := c.steps(tally)
	if err != nil {
		return answer{}, err
	}
	data.Steps = steps
	if i := slices.IndexFunc(data.Steps, func(s step) bool { return s.open }); i >= 0 {
		data.Steps[i].Now = true
		data.Next = data.Steps[i]
	}
	data.AllBack, data.Groups = c.response(tally)
	h := head{Title: v.Folder.Config.Title, Kicker: v.Folder.Config.Organiser, Question: c.T("Where do we stand, and what is next?"), Here: "overview"}
	n := len(v.Folder.Recipients)
	h.Facts = []fact{{c.T("Recipients"), c.whole(n), ""}, {c.T("Returned"), c.whole(tally.status[models.Returned]), c.Share(tally.status[models.Returned], n)}}
	for _, x := range []struct {
		name string
		n    int
	}{{c.T("Returned in part"), tally.status[models.Partial]}, {c.T("Late"), tally.status[models.Late]}, {c.T("Corrections to make"), tally.status[models.Corrections]}} {
		if x.n > 0 {
			h.Facts = append(h.Facts, fact{x.name, c.whole(x.n), ""})
		}
	}
	h.Facts = append(h.Facts, fact{c.T("Due"), c.Date(v.Folder.Config.Due.Time), c.away(v.Folder.Config.Due.Time)})
	return c.show("overview", h, data), nil
}

// whole writes a count, with its thousands apart: 2,506, in Spanish from five digits on.
func (s speech) whole(n int) string {
	digits := s.Number(float64(n), 0)
	mark, from := ",", 4
	if s.lang == "es" {
		mark, from = "\u202f", 5
	}
	if len(digits) < from || n < 0 {
		return digits
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + mark + digits[at:]
	}
	return digits
}

// away says how far a day is from today: in 4 days, 4 days ago.
func (c *call) away(day time.Time) string {
	now := c.office().Time()
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	days := int(time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC).Sub(today).Hours() / 24)
	switch {
	case day.IsZero():
		return ""
	case days == 0:
		return c.T("today")
	case days > 0:
		return c.N(days, "in %d day", "in %d days")
	}
	return c.N(-days, "%d day ago", "%d days ago")
}

// tally is how many recipients there are of each kind.
type tally struct {
	status map[models.Status]int
	post   map[string]int
	// made and addressed count recipients with a workbook and with an address; answered those of whom a return counts.
	made, addressed, answered, files, rejected, unknown int
	resultsSent                                         int
	sentFirst                                           time.Time
	// sentAt is when the last message of any kind went out.
	sentAt time.Time
}

func tallyOf(v *view) tally {
	t, _ := once(v, "tally", func() (tally, error) { return countUp(v), nil })
	return t
}

func countUp(v *view) tally {
	t := tally{status: map[models.Status]int{}, post: map[string]int{}, files: len(v.Intake.Register.Files)}
	for _, e := range v.Intake.Register.Entries {
		t.status[e.Status]++
		t.post[v.Status.Post[e.Recipient.ID].Word]++
		if e.Recipient.Email != "" {
			t.addressed++
		}
		if e.Return != nil {
			t.answered++
		}
	}
	for _, line := range v.Intake.Register.Files {
		switch line.Status {
		case models.Rejected:
			t.rejected++
		case models.Unidentified:
			t.unknown++
		}
	}
	made, results := map[string]bool{}, map[string]bool{}
	for _, e := range v.Events {
		switch e.Kind {
		case "generated":
			made[e.Recipient] = true
		case "results-sent":
			results[e.Recipient] = true
		case "sent":
			if t.sentFirst.IsZero() || e.Time.Before(t.sentFirst) {
				t.sentFirst = e.Time
			}
		}
		switch e.Kind {
		case "sent", "reminded":
			if e.Time.After(t.sentAt) {
				t.sentAt = e.Time
			}
		}
	}
	for _, rc := range v.Folder.Recipients {
		if made[rc.ID] {
			t.made++
		}
		if results[rc.ID] {
			t.resultsSent++
		}
	}
	return t
}

// response counts the returns by group.
func (c *call) response(t tally) (all groupLine, groups []groupLine) {
	entries := c.view.Intake.Register.Entries
	line := func(name, column, to string, back, n int) groupLine {
		return groupLine{name, column, to, back, n, n - back, part{back, max(n, 1)}}
	}
	all = line(c.T("All recipients"), "", c.to("returns"), t.status[models.Returned], len(entries))
	for _, column := range c.view.Folder.Config.Groups {
		count, back := map[string]int{}, map[string]int{}
		var values []string
		for _, e := range entries {
			value := e.Recipient.Groups[column]
			if count[value]++; count[value] == 1 {
				values = append(values, value)
			}
			if e.Status == models.Returned {
				back[value]++
			}
		}
		slices.Sort(values)
		// The groups with most still to come stand first where not all can be shown.
		if len(values) > groupsShown {
			slices.SortStableFunc(values, func(a, b string) int { return (count[b] - back[b]) - (count[a] - back[a]) })
			values = values[:groupsShown]
		}
		for _, value := range values {
			name := value
			if name == "" {
				name = c.T("not given")
			}
			groups = append(groups, line(name, column, c.to("returns", "g."+column, value), back[value], count[value]))
		}
	}
	return all, groups
}

// lately says what happened in the last day, by kind.
func (c *call) lately() []happened {
	since := c.office().Time().Add(-24 * time.Hour)
	n := map[string]int{}
	for _, e := range c.view.Events {
		if e.Time.After(since) {
			n[string(e.Kind)]++
		}
	}
	var out []happened
	add := func(n int, one, many, page, text string) {
		if n > 0 {
			out = append(out, happened{What: c.N(n, one, many), To: c.to(page), ToText: text})
		}
	}
	add(n["received"], "%d file came in.", "%d files came in.", "returns", c.T("See the returns"))
	add(n["decided"]+n["assigned"]+n["preferred"], "%d thing was decided.", "%d things were decided.", "history", c.T("See what was decided"))
	add(n["sent"]+n["reminded"]+n["corrections-sent"]+n["results-sent"], "%d message was sent.", "%d messages were sent.", "send", c.T("See what was sent"))
	add(n["bounced"]+n["not-sent"]+n["unsure"], "%d message failed, or may have.", "%d messages failed, or may have.", "recipients", c.T("See whom it was for"))
	return out
}

// cameChart is how the returns came in, as points of a line in a plot of 500 by 360.
type cameChart struct {
	Points, Under    string
	Due              int // from the left; -1 where the due date is outside
	From, To         time.Time
	OnTime, After, N int
	Labels           []int
	Grid             []int
}
