package mail_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/mail"
)

func TestDefaultWordings(t *testing.T) {
	for _, kind := range mail.Kinds() {
		for _, day := range []string{"2026-11-02", "2026-11-30", "2026-12-04"} {
			rd := exampleRound()
			c, err := mail.NewComposer(rd, kind, nil, date(day).Time)
			if err != nil {
				t.Fatal(err)
			}
			m, err := c.Message(mail.Letter{Recipient: recipient(7), Reference: "7K2M-9QXT-04BD", Problems: 3, Names: []string{"Data maturity 2026.xlsx"}})
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{m.Text, m.HTML} {
				for _, want := range []string{"Dear colleague,", "Example Unified School District 07", "Data maturity 2026.xlsx", "Example Contact", "0100 000", "7K2M-9QXT-04BD"} {
					if !strings.Contains(text, want) {
						t.Errorf("%s: %q is missing in\n%s", kind, want, text)
					}
				}
				if strings.Contains(text, "<no value>") || strings.Contains(text, "\n\n\n") || strings.Contains(text, "{{") {
					t.Errorf("%s: odd text\n%s", kind, text)
				}
			}
		}
	}
}

func TestReminderCountsDays(t *testing.T) {
	for _, test := range []struct{ day, want string }{
		{"2026-11-23", "It is due on 30 November 2026 (7 days left)"}, {"2026-11-29", "(1 day left)"}, {"2026-11-30", "(today)"},
		{"2026-12-01", "It was due on 30 November 2026 (1 day ago)"}, {"2026-12-04", "(4 days ago)"},
	} {
		day := date(test.day).Add(23 * time.Hour) // late in the evening it is still the same day
		c, _ := mail.NewComposer(exampleRound(), mail.Reminder, nil, day)
		m, err := c.Message(mail.Letter{Recipient: recipient(1), Names: []string{"w.xlsx"}})
		if err != nil || !strings.Contains(m.Text, test.want) {
			t.Errorf("%s: %q is missing in\n%s", test.day, test.want, m.Text)
		}
	}
}

func TestParseWordingNamesEveryMistake(t *testing.T) {
	for _, test := range []struct{ name, text, html, want string }{
		{"no subject", "Hello\n\nbody", "", "messages/invitation.txt:1: the first line must be the subject"},
		{"field that does not exist", "Subject: {{.Titel}}\n\nDear {{.Organization}},\n\n{{.Nonsense}}", "", "messages/invitation.txt:1: there is no field {{.Titel}}; did you mean {{.Title}}?"},
		{"its line", "Subject: x\n\nDear {{.Organization}},", "", "messages/invitation.txt:3: there is no field {{.Organization}}; did you mean {{.Organisation}}?"},
		{"within if and range", "Subject: x\n\n{{if .Marking}}{{.Foo}}{{end}}{{range .Attachments}}{{.}}{{end}}", "", "{{.Foo}}"},
		{"not closed", "Subject: x\n\n{{if .Marking}}abc", "", "messages/invitation.txt:3"},
		{"in the page", "Subject: x\n\nbody", "<p>\n{{.Titl}}</p>", "messages/invitation.html:2: there is no field {{.Titl}}"},
		{"cannot be carried out", "Subject: x\n\n{{index .Attachments 3}}", "", "messages/invitation.txt:3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := mail.ParseWording("messages/invitation.txt", []byte(test.text), []byte(test.html))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error is %v, want %q", err, test.want)
			}
		})
	}
}

func TestOwnWording(t *testing.T) {
	w, err := mail.ParseWording("own.txt", []byte("Subject: {{.Title}} for {{.Organisation}} & co\r\n\r\nGroup {{index .Groups \"region\"}} <{{.Organisation}}>\r\n"), []byte("<html><body class=\"x\"><p>{{.Organisation}}</p></body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	rd := exampleRound()
	rd.Look.Marking = "OFFICIAL"
	c, err := mail.NewComposer(rd, mail.Invitation, w, newClock().Now())
	if err != nil {
		t.Fatal(err)
	}
	rc := recipient(1)
	rc.Name, rc.Groups = "<script>alert(1)</script>", map[string]string{"region": "North"}
	m, err := c.Message(mail.Letter{Recipient: rc})
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "[OFFICIAL] Data maturity 2026 for <script>alert(1)</script> & co" {
		t.Errorf("subject %q", m.Subject)
	}
	if m.Text != "OFFICIAL\n\nGroup North <<script>alert(1)</script>>" {
		t.Errorf("text %q", m.Text)
	}
	if want := "<html><body class=\"x\">\n<p><strong>OFFICIAL</strong></p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p></body></html>"; m.HTML != want {
		t.Errorf("page %q", m.HTML)
	}
}
