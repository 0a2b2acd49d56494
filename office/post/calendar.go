package post

import (
	"strings"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// carriesCalendar says whether the messages carry entries for the calendar.
func (m *Mailing) carriesCalendar() bool { return m.opts.Calendar || m.f.Config.Calendar }

// datesOf are the dates that entries for the calendar have, as the journal knows them; "" for those that there are not.
func datesOf(rd *models.Round) map[string]string {
	meeting := ""
	if m := rd.Meeting; !m.Date.IsZero() {
		meeting = strings.Join([]string{m.Date.String(), m.Start, m.End, m.Zone, m.Place}, " | ")
	}
	return map[string]string{"due": rd.Due.String(), "plans_due": rd.PlansDue.String(), "meeting": meeting}
}

// dated says how often the dates changed since entries with them first went out, and which of them no entry had yet.
func dated(rd *models.Round, events []round.Event) (mail.Revisions, []round.Event) {
	count, last := map[string]int{}, map[string]string{}
	for _, e := range events {
		if e.Kind == round.Dated {
			count[e.Ref]++
			last[e.Ref] = e.Value
		}
	}
	var fresh []round.Event
	revision := func(of string) int {
		now := datesOf(rd)[of]
		if now == "" {
			return 0
		}
		if last[of] != now {
			fresh = append(fresh, round.Event{Kind: round.Dated, Ref: of, Value: now})
			return count[of]
		}
		return count[of] - 1
	}
	return mail.Revisions{Due: revision("due"), PlansDue: revision("plans_due"), Meeting: revision("meeting")}, fresh
}

// carry gives composers the entries for the calendar.
func (m *Mailing) carry(composers map[string]*mail.Composer) error {
	if !m.carriesCalendar() {
		return nil
	}
	events, _, err := m.f.Journal()
	if err != nil {
		return err
	}
	revisions, _ := dated(m.f.Config, events)
	for _, c := range composers {
		c.CarryCalendar(revisions)
	}
	return nil
}

// recordDates remembers the dates that go out for the first time.
func (m *Mailing) recordDates() error {
	carried := map[string]bool{}
	for _, p := range m.parcels {
		switch {
		case p.message.Calendar == nil:
		case p.kind == mail.PlansKind:
			carried["plans_due"], carried["meeting"] = true, true
		default:
			carried["due"] = true
		}
	}
	if len(carried) == 0 {
		return nil
	}
	events, _, err := m.f.Journal()
	if err != nil {
		return err
	}
	_, fresh := dated(m.f.Config, events)
	var list []round.Event
	for _, e := range fresh {
		if e.Time = m.post.Time(); carried[e.Ref] {
			list = append(list, e)
		}
	}
	return m.f.Record(list...)
}
