package mail_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/settings"
)

// calendarParser reads entries by icalendar (Debian: python3-icalendar), and writes one line for each with what it understood.
const calendarParser = `import sys
from icalendar import Calendar
cal = Calendar.from_ical(sys.stdin.buffer.read())
print(cal["VERSION"], cal["METHOD"])
for e in cal.walk("VEVENT"):
    print("|".join(str(x) for x in [e["UID"], e["SEQUENCE"], e["DTSTART"].dt, e["DTEND"].dt, e["SUMMARY"], e.get("LOCATION", ""), e["TRANSP"], e["DESCRIPTION"], e["DTSTAMP"].dt, e["ORGANIZER"]]))`

func understood(t *testing.T, content []byte) []string {
	t.Helper()
	if exec.Command("/usr/bin/python3", "-c", "import icalendar").Run() != nil {
		t.Skip("icalendar is not installed (Debian: python3-icalendar)")
	}
	c := exec.Command("/usr/bin/python3", "-c", calendarParser)
	c.Stdin = bytes.NewReader(content)
	said, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, said, content)
	}
	return strings.Split(strings.TrimSpace(string(said)), "\n")
}

// letter is a message of a kind with its entries for the calendar.
func calendarLetter(t *testing.T, rd *models.Round, kind mail.Kind, today string, rev mail.Revisions) *mail.Message {
	t.Helper()
	now, err := time.Parse(time.DateOnly, today)
	if err != nil {
		t.Fatal(err)
	}
	c, err := mail.NewComposer(rd, kind, nil, now)
	if err != nil {
		t.Fatal(err)
	}
	c.CarryCalendar(rev)
	m, err := c.Message(mail.Letter{Recipient: models.Recipient{ID: "007", Name: "Escuela «Ñandú», número 7; \\ norte", Email: "seven@example.org"}, Names: []string{"a.xlsx"}})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func calendarRound(t *testing.T) *models.Round {
	t.Helper()
	date := func(s string) models.Date {
		d, err := models.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	return &models.Round{ID: "spring-2027", Title: "Data maturity, spring; a title long enough to be folded, with ümläuts and ñ: «evaluación»", Language: "en-GB", Issued: date("2027-02-01"), Due: date("2027-03-26"),
		PlansDue: date("2027-06-30"), Contact: models.Contact{Name: "Ann; \"A\" Example", Email: "office@example.org"},
		Meeting: settings.Meeting{Date: settings.Day{Time: date("2027-06-09").Time}, Start: "14:30", End: "16:00", Zone: "America/Los_Angeles", Place: "Room 1, the «old» hall; https://meet.example.org/a?b=c"}}
}

// A parser that is not ours reads what was meant: whole days for due dates, moments for the meeting, texts with every sign.
func TestCalendarIsReadByAnother(t *testing.T) {
	rd := calendarRound(t)
	invitation := calendarLetter(t, rd, mail.Invitation, "2027-02-01", mail.Revisions{})
	for line := range strings.SplitSeq(string(invitation.Calendar.Content), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	got := understood(t, invitation.Calendar.Content)
	if len(got) != 2 || got[0] != "2.0 PUBLISH" {
		t.Fatalf("%q", got)
	}
	f := strings.Split(got[1], "|")
	if f[1] != "0" || f[2] != "2027-03-26" || f[3] != "2027-03-27" || f[4] != "Due: workbook for "+rd.Title || f[6] != "TRANSPARENT" || !strings.Contains(f[7], "Escuela «Ñandú», número 7; \\ norte") || f[9] != "mailto:office@example.org" {
		t.Errorf("%q", f)
	}
	// A reminder after the date was extended is the same entry, moved.
	rd.Due.Time = rd.Due.AddDate(0, 0, 14)
	moved := strings.Split(understood(t, calendarLetter(t, rd, mail.Reminder, "2027-03-20", mail.Revisions{Due: 1}).Calendar.Content)[1], "|")
	if moved[0] != f[0] || moved[1] != "1" || moved[2] != "2027-04-09" || moved[8] <= f[8] {
		t.Errorf("%q, the first was %q", moved, f)
	}
	// A plan has the meeting, in Los Angeles seven hours behind in June, and the day for the plan.
	got = understood(t, calendarLetter(t, rd, mail.PlansKind, "2027-05-01", mail.Revisions{Meeting: 2}).Calendar.Content)
	if len(got) != 3 {
		t.Fatalf("%q", got)
	}
	f = strings.Split(got[1], "|")
	if f[0] == moved[0] || f[1] != "2" || f[2] != "2027-06-09 21:30:00+00:00" || f[3] != "2027-06-09 23:00:00+00:00" || f[5] != rd.Meeting.Place || f[6] != "OPAQUE" {
		t.Errorf("%q", f)
	}
	if f = strings.Split(got[2], "|"); f[2] != "2027-06-30" || f[3] != "2027-07-01" {
		t.Errorf("%q", f)
	}
	// Without a zone it is by the clock of whoever reads it, without an end an hour, without a start the whole day.
	rd.Meeting.Zone, rd.Meeting.End = "", ""
	if f = strings.Split(understood(t, calendarLetter(t, rd, mail.PlansKind, "2027-05-01", mail.Revisions{}).Calendar.Content)[1], "|"); f[2] != "2027-06-09 14:30:00" || f[3] != "2027-06-09 15:30:00" {
		t.Errorf("%q", f)
	}
	rd.Meeting.Start = ""
	if f = strings.Split(understood(t, calendarLetter(t, rd, mail.PlansKind, "2027-05-01", mail.Revisions{}).Calendar.Content)[1], "|"); f[2] != "2027-06-09" || f[3] != "2027-06-10" {
		t.Errorf("%q", f)
	}
}

// The entry goes as a file of its kind beside the workbook; what has no date to come has none, and nobody's is another's.
func TestCalendarInMessages(t *testing.T) {
	rd := calendarRound(t)
	m := calendarLetter(t, rd, mail.Invitation, "2027-02-01", mail.Revisions{})
	m.Attachments = []mail.Attachment{{Name: "a.xlsx", Content: []byte("x")}}
	var b, again bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "Content-Type: text/calendar; charset=utf-8; method=PUBLISH") || !strings.Contains(b.String(), ".ics") {
		t.Errorf("%s", b.String())
	}
	n := calendarLetter(t, rd, mail.Invitation, "2027-02-03", mail.Revisions{})
	n.Attachments = m.Attachments
	if err := n.Write(&again); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("two days later it is another message: %v", err)
	}
	// What comes back with an answer is no return, and nothing to be told of; the workbook beside it is found.
	items := mail.Read("m.eml", b.Bytes(), mail.Limits{})
	books := 0
	for _, it := range items {
		for _, f := range []*mail.Found{it.Found, it.Beside} {
			if f != nil && strings.HasSuffix(f.Name, ".ics") {
				t.Errorf("%s is handed on as a file", f.Name)
			}
		}
		if it.Finding != nil {
			t.Errorf("%+v", it.Finding)
		}
		if it.Found != nil && it.Found.Name == "a.xlsx" {
			books++
		}
	}
	if books != 1 {
		t.Errorf("%d workbooks", books)
	}
	if m := calendarLetter(t, rd, mail.Reminder, "2027-03-27", mail.Revisions{}); m.Calendar != nil {
		t.Error("a date that is past has an entry")
	}
	if m := calendarLetter(t, rd, mail.ResultsKind, "2027-03-27", mail.Revisions{}); m.Calendar != nil {
		t.Error("results have an entry")
	}
}
