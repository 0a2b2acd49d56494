package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// Revisions say how often dates have changed since they first went out: 0 for never. A calendar takes an entry with a higher
// number for the same one, moved (RFC 5545, 3.8.7.4).
type Revisions struct{ Due, PlansDue, Meeting int }

// CarryCalendar makes invitations and reminders carry an entry for the due date, and action plans one for the meeting and one
// for the day by which plans are to be back, as far as the round has them.
func (c *Composer) CarryCalendar(r Revisions) { c.calendar = &r }

// entry is an entry in a calendar.
type entry struct {
	of            string // what it is of: two entries of one kind to one recipient are the same
	sequence      int
	summary, text string
	place         string
	start, end    time.Time
	whole         bool // whole days, end not included
	floating      bool // by the clock of whoever reads it
	busy          bool
}

// calendarOf is the file with the entries that a letter carries (RFC 5545, as RFC 5546 publishes them); nil for none. The same
// round gives the same bytes.
func (c *Composer) calendarOf(l Letter) (*Attachment, error) {
	if c.calendar == nil {
		return nil, nil
	}
	entries, err := c.entries(l)
	if len(entries) == 0 || err != nil {
		return nil, err
	}
	rd := c.round
	w, _ := words.For(rd.Language)
	cal := ics.NewCalendarFor("rubric")
	cal.SetMethod(ics.MethodPublish)
	for _, x := range entries {
		e := cal.AddEvent(c.entryID(l, x.of))
		// It stands for the day the round was issued: a sequence says which of two is later.
		e.SetDtStampTime(rd.Issued.Add(12*time.Hour + time.Duration(x.sequence)*time.Second))
		e.SetSequence(x.sequence)
		switch {
		case x.whole:
			e.SetAllDayStartAt(x.start)
			e.SetAllDayEndAt(x.end)
		case x.floating:
			const local = "20060102T150405"
			e.SetProperty(ics.ComponentPropertyDtStart, x.start.Format(local))
			e.SetProperty(ics.ComponentPropertyDtEnd, x.end.Format(local))
		default:
			e.SetStartAt(x.start)
			e.SetEndAt(x.end)
		}
		e.SetSummary(printable(x.summary))
		e.SetDescription(printable(x.text))
		if x.place != "" {
			e.SetLocation(printable(x.place))
		}
		e.SetStatus(ics.ObjectStatusConfirmed)
		if e.SetTimeTransparency(ics.TransparencyTransparent); x.busy {
			e.SetTimeTransparency(ics.TransparencyOpaque)
		}
		e.SetOrganizer("mailto:" + c.from.Mailbox)
	}
	return &Attachment{Name: AttachmentName(".ics", rd.Title, w.Get("message.calendar_file")), MediaType: "text/calendar; charset=utf-8; method=PUBLISH",
		Content: []byte(cal.Serialize(ics.WithNewLineWindows))}, nil
}

// entryID is the same for a round, a recipient or respondent, and what the entry is of, however often it is sent.
func (c *Composer) entryID(l Letter, of string) string {
	h := sha256.New()
	for _, s := range []string{c.round.ID, l.Recipient.ID, l.Respondent, of} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return "rubric." + hex.EncodeToString(h.Sum(nil)[:16]) + "@" + c.from.Domain()
}

// entries are those that a letter carries.
func (c *Composer) entries(l Letter) (out []entry, err error) {
	rd := c.round
	w, _ := words.For(rd.Language)
	day := func(of string, d models.Date, sequence int) {
		out = append(out, entry{of: of, sequence: sequence, start: d.Time, end: d.AddDate(0, 0, 1), whole: true,
			summary: w.Say("message.calendar_"+of, "title", rd.Title), text: w.Say("message.calendar_"+of+"_text", "organisation", l.Recipient.Name, "day", w.Date(d.Time))})
	}
	switch c.kind {
	case Invitation, Reminder:
		if y, m, d := c.today.Date(); !rd.Due.Before(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) { // no entry in the past
			day("due", rd.Due, c.calendar.Due)
		}
	case PlansKind:
		if !rd.Meeting.Date.IsZero() {
			x, err := c.meeting(w, l)
			if err != nil {
				return nil, err
			}
			out = append(out, x)
		}
		if !rd.PlansDue.IsZero() {
			day("plans", rd.PlansDue, c.calendar.PlansDue)
		}
	}
	return out, nil
}

// meeting is the entry for the meeting. Times in a zone are written in UTC, which needs no description of the zone beside
// them and means the same moment everywhere.
func (c *Composer) meeting(w *words.Words, l Letter) (entry, error) {
	m := c.round.Meeting
	x := entry{of: "meeting", sequence: c.calendar.Meeting, place: m.Place, start: m.Date.Time, end: m.Date.AddDate(0, 0, 1), whole: m.Start == "", floating: m.Zone == "", busy: true,
		summary: w.Say("message.calendar_meeting", "title", c.round.Title), text: w.Say("message.calendar_meeting_text", "organisation", l.Recipient.Name)}
	if x.whole {
		return x, nil
	}
	zone, err := time.LoadLocation(m.Zone)
	if err != nil {
		return x, fmt.Errorf("round.yaml: meeting: %s is not a time zone", m.Zone)
	}
	at := func(clock string) (time.Time, error) {
		return time.ParseInLocation(time.DateOnly+" 15:04", m.Date.String()+" "+clock, zone)
	}
	if x.start, err = at(m.Start); err != nil {
		return x, fmt.Errorf("round.yaml: meeting: %s is not a time of the day", m.Start)
	}
	x.end = x.start.Add(time.Hour)
	if m.End != "" {
		if x.end, err = at(m.End); err != nil || !x.end.After(x.start) {
			return x, fmt.Errorf("round.yaml: meeting: it ends at %s and begins at %s; give an end after the start", m.End, m.Start)
		}
	}
	return x, nil
}
