package desk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// scheduleInputs are the fields about reminders, action plans and the meeting. as is what was typed where it was not
// understood.
func (c *call) scheduleInputs(data *settingsPage, r *models.Round, as func(field, value string) string) {
	days := ""
	for i, n := range r.Reminders.Days {
		if i > 0 {
			days += ", "
		}
		days += strconv.Itoa(n)
	}
	quiet := ""
	if r.Reminders.Quiet > 0 {
		quiet = strconv.Itoa(r.Reminders.Quiet)
	}
	data.Reminders = []input{
		{ID: "reminder-days", Label: c.T("Days on which reminders go out, counted from the due date"), Hint: c.T("Such as -7, 0, 3: a week before, on the day, three days after. Empty: when you send them."), Value: as("reminder-days", days), Size: 24},
		{ID: "reminder-quiet", Label: c.T("Days of quiet after any message"), Hint: c.T("Within them nobody is reminded. Empty: none."), Value: as("reminder-quiet", quiet), Size: 4}}
	data.Meeting = []input{
		{ID: "plans-due", Label: c.T("Action plans are due back on"), Type: "date", Value: as("plans-due", r.PlansDue.String()), Size: 12},
		{ID: "meeting-date", Label: c.T("Day of the meeting that decides on the plan"), Type: "date", Value: as("meeting-date", r.Meeting.Date.String()), Size: 12},
		{ID: "meeting-start", Label: c.T("Begins at"), Hint: c.T("Such as 14:30. Empty: the whole day."), Value: r.Meeting.Start, Size: 6},
		{ID: "meeting-end", Label: c.T("Ends at"), Value: r.Meeting.End, Size: 6},
		{ID: "meeting-zone", Label: c.T("Time zone of these times"), Hint: c.T("Such as Europe/London. Empty: the clock of whoever reads it."), Value: r.Meeting.Zone, Size: 24},
		{ID: "meeting-place", Label: c.T("Place, or a link"), Value: r.Meeting.Place, Size: 50}}
	data.Calendar = r.Calendar
}

// scheduleSaid are these settings as the form has them; wrong is told what could not be understood.
func (c *call) scheduleSaid(r *models.Round, wrong func(field, text string)) {
	if _, there := c.r.PostForm["reminder-days"]; !there {
		return
	}
	var days []int
	for _, x := range strings.FieldsFunc(strings.ReplaceAll(c.field("reminder-days"), "−", "-"), func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		n, err := strconv.Atoi(strings.TrimPrefix(x, "+"))
		if err != nil {
			wrong("reminder-days", c.T("Give days as numbers with commas between them, such as -7, 3"))
			break
		}
		days = append(days, n)
	}
	if !slices.Equal(days, r.Reminders.Days) {
		r.Reminders.Days = days
	}
	switch quiet := strings.TrimSpace(c.field("reminder-quiet")); {
	case quiet == "":
		r.Reminders.Quiet = 0
	default:
		n, err := strconv.Atoi(quiet)
		if err != nil || n < 0 {
			wrong("reminder-quiet", c.T("Give a number of days, or leave it empty"))
		}
		r.Reminders.Quiet = n
	}
	var meeting models.Date
	for _, x := range []struct {
		field string
		to    *models.Date
	}{{"plans-due", &r.PlansDue}, {"meeting-date", &meeting}} {
		said := strings.TrimSpace(c.field(x.field))
		if said == "" {
			*x.to = models.Date{}
			continue
		}
		if day, err := models.ParseDate(said); err != nil {
			wrong(x.field, c.T("Give a day, such as 2026-11-22"))
		} else {
			*x.to = day
		}
	}
	r.Meeting.Date.Time = meeting.Time
	r.Calendar = c.field("calendar") != ""
}
