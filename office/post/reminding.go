package post

import (
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// Turn says whether a recipient is due a reminder, or why it is not.
type Turn string

// The turns.
const (
	DueToday Turn = "due"      // a day of the schedule has come since it was last reminded
	AnyDay   Turn = "any day"  // the round has no schedule: reminders go out when the office sends them
	Reminded Turn = "reminded" // it was reminded today
	Quiet    Turn = "quiet"    // something was sent to it within the days of quiet
	NotYet   Turn = "not yet"  // no day of the schedule has come since it was last reminded
)

// DueReminder is a recipient of whom something is missing, and whether it is due a reminder.
type DueReminder struct {
	Recipient models.Recipient
	Status    models.Status
	Turn      Turn
	// Day is the day of the schedule that has come, or when it was written to last; zero where neither is why.
	Day time.Time
}

// Due says that it is to be reminded today.
func (d DueReminder) Due() bool { return d.Turn == DueToday || d.Turn == AnyDay }

// Reminding says of each recipient of whom something is missing, and who can be written to, whether it is due a reminder
// today. next is the next day of the schedule after today; zero where there is none.
func (p *Post) Reminding(f *office.Folder, in *office.Intake, events []office.Event) (list []DueReminder, next time.Time) {
	now := p.Time()
	s := newSchedule(f.Config, events, now)
	today := map[string]bool{}
	for _, e := range events {
		if e.Kind == round.Reminded && dayOf(e.Time.In(now.Location())).Equal(s.today) {
			today[e.Recipient] = true
		}
	}
	for i := range in.Register.Entries {
		e := &in.Register.Entries[i]
		if e.Status == models.Returned || e.Recipient.Email == "" {
			continue
		}
		d := DueReminder{Recipient: e.Recipient, Status: e.Status}
		if d.Turn, d.Day = s.turn(e.Recipient.ID); today[e.Recipient.ID] {
			d.Turn, d.Day = Reminded, s.today
		}
		list = append(list, d)
	}
	next, _ = s.next()
	return list, next
}
