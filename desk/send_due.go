package desk

import (
	"time"

	"github.com/rubric-project/rubric/office/post"
)

// dueReminders is who is due a reminder today, and who is not, and why.
type dueReminders struct {
	// Due counts those who are, Groups say why; Left are those who are left out.
	Due          int
	Groups, Left []dueGroup
	// Scheduled says that the round says on which days reminders go out, Next what the next of them is, Days all of them.
	Scheduled  bool
	Days       string
	Quiet      string
	Next       string
	NextAway   string
	Everything bool
}

// dueGroup is recipients for one reason.
type dueGroup struct {
	Text string
	N    int
	Who  []duePerson
	More int
}

type duePerson struct{ Name, ID, To, More string }

// mostDue is how many recipients of a group are named.
const mostDue = 50

// reminding is worked out once for a look at the round, and a day.
func (c *call) reminding() (list []post.DueReminder, next time.Time) {
	type both struct {
		list []post.DueReminder
		next time.Time
	}
	o := c.office()
	x, _ := once(c.view, "reminding "+o.Time().Format(time.DateOnly), func() (both, error) {
		list, next := (&post.Post{Office: o}).Reminding(c.view.Folder, c.view.Intake, c.view.Events)
		return both{list, next}, nil
	})
	return x.list, x.next
}

// remindersDue says who is due a reminder today.
func (c *call) remindersDue() *dueReminders {
	list, next := c.reminding()
	rd := c.view.Folder.Config
	out := &dueReminders{Scheduled: len(rd.Reminders.Days) > 0, Everything: len(list) == 0}
	for i, n := range rd.Reminders.Days {
		if i > 0 {
			out.Days += "; "
		}
		out.Days += c.Date(rd.Due.AddDate(0, 0, n))
	}
	if rd.Reminders.Quiet > 0 {
		out.Quiet = c.N(rd.Reminders.Quiet, "nobody is reminded within %d day of any other message", "nobody is reminded within %d days of any other message")
	}
	if !next.IsZero() {
		out.Next, out.NextAway = c.Date(next), c.away(next)
	}
	at := map[string]*dueGroup{}
	group := func(key, text string) *dueGroup {
		if at[key] == nil {
			at[key] = &dueGroup{Text: text}
		}
		return at[key]
	}
	var due, left []string
	for i := range list {
		d := &list[i]
		if d.Due() {
			out.Due++
		}
		key, text := c.dueReason(d)
		g := group(key, text)
		if g.N == 0 {
			if d.Due() {
				due = append(due, key)
			} else {
				left = append(left, key)
			}
		}
		if g.N++; g.N > mostDue {
			g.More++
			continue
		}
		who := duePerson{Name: cutText(d.Recipient.Name, 120), ID: d.Recipient.ID, To: c.to("recipients/one", "id", d.Recipient.ID), More: c.statusOf(d.Status).Text}
		if d.Turn == post.Quiet {
			who.More = c.T("written to on %s", c.Date(d.Day))
		}
		g.Who = append(g.Who, who)
	}
	for _, key := range due {
		out.Groups = append(out.Groups, *at[key])
	}
	for _, key := range left {
		out.Left = append(out.Left, *at[key])
	}
	return out
}

// dueReason is why a recipient is due a reminder today, or is not: a key, and the same for people.
func (c *call) dueReason(d *post.DueReminder) (key, text string) {
	rd := c.view.Folder.Config
	switch d.Turn {
	case post.DueToday:
		n := int(d.Day.Sub(rd.Due.Time).Hours() / 24)
		when := c.T("the due date")
		switch {
		case n < 0:
			when = c.N(-n, "%d day before the due date", "%d days before the due date")
		case n > 0:
			when = c.N(n, "%d day after the due date", "%d days after the due date")
		}
		return "due" + d.Day.String(), c.T("The reminder of %s (%s) has not gone to them", c.Date(d.Day), when)
	case post.AnyDay:
		return "any", c.T("Something of theirs is missing")
	case post.Reminded:
		return "today", c.T("Reminded today already")
	case post.Quiet:
		return "quiet", c.N(rd.Reminders.Quiet, "Written to within the last day", "Written to within the last %d days")
	}
	return "later", c.T("Not due yet")
}
