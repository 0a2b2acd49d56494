package bypost_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/returns"
)

const (
	postUser     = "post@office.example"
	postPassword = "correct horse battery staple"
)

// TestARoundByPost sends a round of 100, and in CI of 200, by SMTP and takes the replies in by IMAP.
func TestARoundByPost(t *testing.T) {
	if testing.Short() {
		t.Skip("100 workbooks are made, sent and read back")
	}
	t.Parallel()
	roundByPost(t, newOffice(t))
}

func roundByPost(t *testing.T, o postOffice) {
	n := 100
	if os.Getenv("RUBRIC_LONG") != "" {
		n = 200
	}
	first := n/2 - 2 - n/2/50 // what the first run sends: two are withheld, one of fifty is refused
	smtpPort, imapPort, caFile := o.at()
	base := t.TempDir()
	s := &cmdtest.Session{T: t, Dir: filepath.Join(base, "round"), Clock: cmdtest.ClockAt(time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC))}
	roundWithMail(t, s, base, n, fmt.Sprintf("\nmail:\n  cc:\n    region:\n      North: north@office.example\n  smtp:\n    host: 127.0.0.1\n    port: %d\n    ca_file: %s\n    user: %s\n    password_env: EXAMPLE_POST_PASSWORD\n    per_minute: 600\n", smtpPort, caFile, postUser))

	// Without a yes nothing leaves.
	s.Run(2, "send", "--via", "smtp")
	for i := range n {
		o.messages(t, fmt.Sprintf("s%03d@schools.example", i), 0)
	}
	// Somebody swaps two workbooks: neither is sent.
	swap(t, filepath.Join(s.Dir, "outbox"), "010", "011")
	var report mail.Report
	decode(t, s.Run(1, "send", "--via", "smtp", "--yes", "--json", "--limit", fmt.Sprint(n/2)), &report)
	if len(report.Withheld) != 2 || report.Withheld[0].Recipient != "010" || len(report.Refused) != n/2/50 || len(report.Sent) != first {
		t.Fatalf("first run: %d sent, refused %v, withheld %v", len(report.Sent), report.Refused, report.Withheld)
	}
	swap(t, filepath.Join(s.Dir, "outbox"), "010", "011")
	decode(t, s.Run(1, "send", "--via", "smtp", "--yes", "--json"), &report)
	if len(report.Sent) != n-n/50-first || len(report.Already) != first || len(report.Refused) != n/50 {
		t.Fatalf("second run: %d sent, %d already, %d refused", len(report.Sent), len(report.Already), len(report.Refused))
	}
	decode(t, s.Run(1, "send", "--via", "smtp", "--yes", "--json"), &report)
	if len(report.Sent) != 0 {
		t.Fatalf("third run sent %v", report.Sent)
	}
	for i := range n {
		id, address := fmt.Sprintf("%03d", i), fmt.Sprintf("s%03d@schools.example", i)
		want := 1
		if i%50 == 7 {
			want = 0
		}
		for _, raw := range o.messages(t, address, want) {
			if got := workbookOf(t, raw).Recipient; got != id {
				t.Errorf("%s got the workbook of %s", address, got)
			}
		}
	}
	o.messages(t, "north@office.example", n/2) // the group's contact has copies

	// The replies. s001 packs it, s002 forwards it, s004 renames it, s005 answers late from another address, s006
	// sends the workbook of s008, s009 a PDF, s012 an unfilled one twice; s014 is away, s016 bounced afterwards.
	filled := func(i int) []byte { return fill(t, o.messages(t, fmt.Sprintf("s%03d@schools.example", i), 1)[0], i) }
	for i := 20; i < 60; i++ {
		if i%50 != 7 {
			o.reply(t, letter(i, "completed.xlsx", filled(i)))
		}
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	w, _ := z.Create("my folder/return.xlsx")
	w.Write(filled(1))
	z.Close()
	o.reply(t, letter(1, "return.zip", packed.Bytes()))
	o.reply(t, "From: s002@schools.example\nSubject: FW: workbook\nContent-Type: message/rfc822\n\n"+letter(2, "completed.xlsx", filled(2)))
	o.reply(t, letter(4, "Kopie von Kopie (3).xlsx", filled(4)))
	o.reply(t, strings.Replace(letter(5, "completed.xlsx", filled(5)), "s005@schools.example", "head@private.example", 1))
	o.reply(t, letter(6, "completed.xlsx", filled(8)))
	o.reply(t, letter(9, "scan.pdf", []byte("%PDF-1.4 a scan")))
	o.reply(t, "From: s014@schools.example\nSubject: Automatic reply\nAuto-Submitted: auto-replied\nMessage-ID: <away@schools.example>\n\nI am away.")
	o.reply(t, bounceOf(16, o.messages(t, "s016@schools.example", 1)[0]))
	o.reply(t, letter(20, "completed again.xlsx", filled(20)))

	o.replied(t, 39+9)
	source := fmt.Sprintf("imaps://%s@127.0.0.1:%d/INBOX", postUser, imapPort)
	var got struct {
		New, Duplicates int
		Events          []struct{ Kind, Recipient string }
	}
	collect := []string{"collect", source, "--ca-file", caFile, "--password-env", "EXAMPLE_POST_PASSWORD", "--json"}
	decode(t, s.Run(0, collect...), &got)
	if got.New != 39+6 || got.Duplicates != 1 || len(got.Events) != 2 {
		t.Fatalf("collected %+v", got)
	}
	for _, e := range got.Events { // servers deliver in any order
		if e.Recipient != map[string]string{"auto-reply": "014", "bounce": "016"}[e.Kind] {
			t.Errorf("collected %+v", got.Events)
		}
	}
	decode(t, s.Run(0, collect...), &got)
	if got.New != 0 || got.Duplicates != 46 {
		t.Fatalf("collected again %+v", got)
	}

	var register models.Register
	decode(t, s.Run(0, "status", "--json"), &register)
	returned := map[string]bool{}
	for _, e := range register.Entries {
		returned[e.Recipient.ID] = e.Status == models.Returned
	}
	for i := range n {
		id := fmt.Sprintf("%03d", i)
		want := i >= 20 && i < 60 && i%50 != 7 || i == 1 || i == 2 || i == 4 || i == 5 || i == 8
		if returned[id] != want {
			t.Errorf("%s: returned %v, want %v", id, returned[id], want)
		}
	}
	for _, c := range []struct{ id, want string }{{"016", "bounced"}, {"014", "auto-reply"}, {"005", "received"}, {"007", "not-sent"}} {
		if story := s.Run(0, "log", c.id); !strings.Contains(story, c.want) {
			t.Errorf("the story of %s lacks %q:\n%s", c.id, c.want, story)
		}
	}
	var findings struct{ Findings []models.Finding }
	decode(t, s.Run(1, "validate", "--json"), &findings)
	others := map[string]bool{}
	for _, f := range findings.Findings {
		if f.Code == models.MailOtherSender {
			others[f.Recipient] = true
		}
	}
	if len(others) != 2 || !others["005"] || !others["008"] {
		t.Errorf("returns from another sender: %v", others)
	}
	s.Run(1, "consolidate")
	decode(t, s.Run(1, "remind", "--via", "smtp", "--yes", "--json"), &report)
	if len(report.Sent) != n-44-n/50 {
		t.Errorf("%d reminders", len(report.Sent))
	}
	s.Clock.Sleep(context.Background(), 20*time.Hour) // a run that was stopped may be resumed the next morning
	report.Sent = nil
	decode(t, s.Run(1, "remind", "--via", "smtp", "--yes", "--json"), &report)
	if len(report.Sent) != 0 {
		t.Errorf("%d were reminded twice", len(report.Sent))
	}
	if strings.Contains(s.All.String(), postPassword) {
		t.Error("the password was shown")
	}
	filepath.WalkDir(s.Dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if b, _ := os.ReadFile(p); bytes.Contains(b, []byte(postPassword)) {
				t.Errorf("%s holds the password", p)
			}
		}
		return nil
	})
}

func decode(t *testing.T, s string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(s), v); err != nil {
		t.Fatalf("%v: %s", err, s)
	}
}

func swap(t *testing.T, dir, a, b string) {
	t.Helper()
	find := func(id string) string {
		list, _ := filepath.Glob(filepath.Join(dir, id+" *.xlsx"))
		if len(list) != 1 {
			t.Fatalf("%s: %v", id, list)
		}
		return list[0]
	}
	x, y := find(a), find(b)
	for _, r := range [][2]string{{x, x + ".tmp"}, {y, x}, {x + ".tmp", y}} {
		if err := os.Rename(r[0], r[1]); err != nil {
			t.Fatal(err)
		}
	}
}

func attachmentOf(t *testing.T, raw []byte) []byte {
	t.Helper()
	for _, it := range mail.Read("m.eml", raw, mail.Limits{}) {
		if it.Found != nil {
			return it.Found.Content
		}
	}
	t.Fatal("no attachment")
	return nil
}

func workbookOf(t *testing.T, raw []byte) models.Manifest {
	t.Helper()
	content := attachmentOf(t, raw)
	framework, err := ukDMM()
	if err != nil {
		t.Fatal(err)
	}
	ret := returns.Read(t.Context(), bytes.NewReader(content), int64(len(content)), "w.xlsx", returns.ReadOptions{Template: framework})
	for _, c := range ret.Claims {
		if c.Place == models.HiddenSheet {
			return c.Manifest
		}
	}
	t.Fatal("the workbook does not say whose it is")
	return models.Manifest{}
}

// ukDMM is the template, read once for all workbooks that are looked into.
var ukDMM = sync.OnceValues(func() (*models.Template, error) { return templates.Builtin("uk-dmm") })

// fill answers two criteria, differently for each.
func fill(t *testing.T, raw []byte, i int) []byte {
	t.Helper()
	content, err := assessment.Fill(attachmentOf(t, raw), assessment.Filling{Saved: time.Date(2026, 11, 10, 12, 0, i%60, 0, time.UTC),
		Cells: []assessment.FillCell{{Ref: "1.1", Answer: fmt.Sprint(1 + i%5), Comment: fmt.Sprintf("of %d", i)}, {Ref: "1.2", Answer: fmt.Sprint(1 + i/5%5)}}})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func letter(i int, name string, content []byte) string {
	m := mail.Message{ID: fmt.Sprintf("reply-%d@schools.example", i), Date: time.Date(2026, 11, 11, 8, 0, 0, 0, time.UTC), Subject: "Re: workbook", Text: "Here it is.",
		From: mail.Address{Mailbox: fmt.Sprintf("s%03d@schools.example", i)}, To: []mail.Address{{Mailbox: postUser}}, Attachments: []mail.Attachment{{Name: name, Content: content}}}
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		panic(err)
	}
	return b.String()
}

func bounceOf(i int, original []byte) string {
	return fmt.Sprintf("From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nMessage-ID: <bounce-%d@mx.example>\nSubject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; hidden@internal.example\nAction: failed\nStatus: 5.1.1\n\n--r\nContent-Type: message/rfc822\n\n%s\n--r--\n", i, original)
}
