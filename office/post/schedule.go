package post

import (
	"fmt"
	"slices"
	"time"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// schedule says who is due a reminder today, by the round's reminders.
type schedule struct {
	rd    *models.Round
	today time.Time
	zone  *time.Location
	// written and reminded are when a recipient was last written to, and last reminded.
	written, reminded map[string]time.Time
	// later counts those who are not due yet, and quiet those who were written to within the days of quiet.
	later, quiet map[string]bool
}

func newSchedule(rd *models.Round, events []round.Event, now time.Time) *schedule {
	s := &schedule{rd: rd, today: dayOf(now), zone: now.Location(), written: map[string]time.Time{}, reminded: map[string]time.Time{}, later: map[string]bool{}, quiet: map[string]bool{}}
	for _, e := range events {
		switch e.Kind {
		case round.Reminded:
			// A run of today that was stopped goes on: its messages are the same, and none is sent twice.
			if dayOf(e.Time.In(now.Location())).Equal(s.today) {
				continue
			}
			s.reminded[e.Recipient] = later(s.reminded[e.Recipient], e.Time)
			s.written[e.Recipient] = later(s.written[e.Recipient], e.Time)
		case round.Sent, round.CorrectionsSent:
			s.written[e.Recipient] = later(s.written[e.Recipient], e.Time)
		}
	}
	return s
}

// dayOf is the day of a moment where the office is, as dates of a round are written.
func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// turn says whether a recipient is to be reminded today, or why not: a day of the schedule has come since it was last
// reminded, and nobody wrote to it within the days of quiet. Where there is no schedule, every day is one. day is the day of
// the schedule that has come last, where that is why, or else when it was written to.
func (s *schedule) turn(id string) (why Turn, day time.Time) {
	if last, ok := s.written[id]; ok && s.today.Sub(dayOf(last.In(s.zone))) < time.Duration(s.rd.Reminders.Quiet)*24*time.Hour {
		return Quiet, dayOf(last.In(s.zone))
	}
	if len(s.rd.Reminders.Days) == 0 {
		return AnyDay, time.Time{}
	}
	last, ok := s.reminded[id]
	for _, n := range s.rd.Reminders.Days {
		if d := s.rd.Due.AddDate(0, 0, n); !d.After(s.today) && (!ok || dayOf(last.In(s.zone)).Before(d)) {
			why, day = DueToday, later(day, d)
		}
	}
	if why == "" {
		why = NotYet
	}
	return why, day
}

// due says whether a recipient is to be reminded today, and keeps count of those who are not.
func (s *schedule) due(id string) bool {
	why, _ := s.turn(id)
	s.quiet[id], s.later[id] = why == Quiet, why == NotYet
	return why == DueToday || why == AnyDay
}

// keep leaves those who are due. Those who began today and have more than one message get all of them.
func (s *schedule) keep(list []addressee) []addressee {
	return slices.DeleteFunc(list, func(a addressee) bool { return !s.due(a.recipient.ID) })
}

// next is the next day of the schedule after today; ok is false where there is none.
func (s *schedule) next() (day time.Time, ok bool) {
	for _, n := range s.rd.Reminders.Days {
		if d := s.rd.Due.AddDate(0, 0, n); d.After(s.today) && (!ok || d.Before(day)) {
			day, ok = d, true
		}
	}
	return day, ok
}

// notes say who is not reminded today, and when the next reminders are due.
func (s *schedule) notes() (out []office.Note) {
	if n := countTrue(s.quiet); n > 0 {
		out = append(out, office.Note{Text: fmt.Sprintf("%s written to within the last %s and not reminded today (reminders: quiet in round.yaml).", text.Count(n, "recipient was", "recipients were"), text.Count(s.rd.Reminders.Quiet, "day", "days"))})
	}
	if n := countTrue(s.later); n > 0 {
		when := "there is no later day in the schedule"
		if day, ok := s.next(); ok {
			when = "the next reminders are due on " + models.Date{Time: day}.Long()
		}
		out = append(out, office.Note{Text: fmt.Sprintf("%s not due a reminder today (reminders: days in round.yaml); %s.", text.Count(n, "recipient is", "recipients are"), when)})
	}
	return out
}

func countTrue(m map[string]bool) (n int) {
	for _, yes := range m {
		if yes {
			n++
		}
	}
	return n
}
