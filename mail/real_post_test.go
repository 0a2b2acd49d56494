package mail_test

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/mailservers"
	"github.com/rubric-project/rubric/mail"
)

// realOffice is the office of the other tests, at servers that others wrote.
type realOffice struct {
	*mailservers.Office
	roots *x509.CertPool
}

func newRealOffice(t *testing.T, addresses map[string]string, broken ...string) *realOffice {
	t.Helper()
	valid, roots := validCertificate(t)
	expired, _ := certificate(t, time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour))
	leaf, err := x509.ParseCertificate(expired.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	roots.AddCert(leaf)
	return &realOffice{roots: roots, Office: mailservers.New(t, mailservers.Settings{User: testUser, Password: testPassword,
		Valid: valid, Other: expired, Addresses: addresses, Broken: broken, MaxSize: "1M"})}
}

func (o *realOffice) server() *mail.Server {
	return &mail.Server{Host: "127.0.0.1", Port: o.Submission, Roots: o.roots, Timeout: 20 * time.Second, User: testUser,
		Password: mail.Secret{Ask: func() (string, error) { return testPassword, nil }}}
}

// address of the mailbox. 0.0.0.0 leads to this computer without being one of the names that can mean no other,
// so that STARTTLS is demanded.
func (o *realOffice) address(scheme string) string {
	if scheme == "imap" {
		return fmt.Sprintf("imap://%s@0.0.0.0:%d/INBOX", testUser, o.IMAP)
	}
	return fmt.Sprintf("imaps://%s@127.0.0.1:%d/INBOX", testUser, o.IMAPS)
}

// TestRealServersCarryARound sends 20 workbooks and takes replies in, through servers that others wrote.
func TestRealServersCarryARound(t *testing.T) {
	addresses := map[string]string{}
	for i := range 20 {
		addresses[recipient(i+1).Email] = "box"
	}
	for _, gone := range []int{4, 9, 14} { // their addresses do not exist
		delete(addresses, recipient(gone).Email)
	}
	addresses[recipient(5).Email] = "error:450 Mailbox is being moved"
	o := newRealOffice(t, addresses, recipient(12).Email)
	list := exampleRecipients(20)
	list[5].Email += "; " + list[3].Email // one of two is refused
	list[6].Contact = `Łódź, "North" & Sons – 学校`
	all := postings(t, composer(t), list...)
	tooLarge := all[14].Make
	all[14].Make = func() (*mail.Message, error) {
		m, err := tooLarge()
		m.Attachments = append(m.Attachments, mail.Attachment{Name: "large.pdf", Content: make([]byte, 1<<20)})
		return m, err
	}
	wire := newTap(t, o.Submission)
	server, journal := o.server(), &notebook{}
	server.Port = wire.port
	run := &mail.Run{Carrier: server, Journal: journal, Clock: newClock(), Retry: mail.DefaultRetry(), Verify: func(id string, a mail.Attachment) error {
		if a.Name == "large.pdf" {
			return nil
		}
		return belongs(id, a)
	}}
	report, err := run.Send(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, l := range [][]mail.Entry{report.Sent, report.Refused, report.Postponed, report.Unsure, report.Withheld} {
		for _, e := range l {
			got[e.Recipient] = string(e.Outcome) + " " + e.Detail
		}
	}
	const unknown = "^refused .*: the address (does not exist|leads to no mailbox)"
	for i := range list {
		want := map[int]string{
			4: unknown, 9: unknown, 14: unknown, 6: "^sent .*: the address (does not exist|leads to no mailbox)",
			5: "^postponed .* at the moment .*450.* is being moved", 15: "^refused the message has 1.4 MB, and the server takes at most 1.0 MB"}[i+1]
		if want == "" {
			want = "^sent $"
		}
		if !regexp.MustCompile(want).MatchString(got[list[i].ID]) {
			t.Errorf("%s: %q, want %q", list[i].ID, got[list[i].ID], want)
		}
	}
	if report, err = run.Send(t.Context(), all); err != nil || len(report.Already) != 15 || len(report.Sent) != 0 {
		t.Errorf("the second run: %d already, %d sent, %v", len(report.Already), len(report.Sent), err)
	}
	for i, rc := range list {
		if outcome := got[rc.ID]; !strings.HasPrefix(outcome, "sent") || i+1 == 12 {
			if _, err := os.Stat(o.Maildir(fmt.Sprintf("district%02d", i+1))); err == nil {
				t.Errorf("%s has a mailbox", rc.ID)
			}
			continue
		}
		checkDelivered(t, o.Messages(t, fmt.Sprintf("district%02d", i+1), 1)[0], rc.ID, rc.Contact)
	}
	wire.mu.Lock()
	if clear := wire.sent.String(); strings.Contains(clear, "MAIL FROM") || strings.Contains(clear, "AUTH") || secretIn(clear) || !strings.Contains(clear, "STARTTLS") {
		t.Errorf("sent in clear: %q", clear)
	}
	wire.mu.Unlock()
	o.takeReplies(t, all[11].Key)
	if secretIn(fmt.Sprint(journal.entries)) {
		t.Error("the journal holds the password")
	}
}

// checkDelivered reads a delivered message with the standard library's parser.
func checkDelivered(t *testing.T, raw []byte, id, name string) {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Errorf("%s: %v", id, err)
		return
	}
	to, err := m.Header.AddressList("To")
	if err != nil || to[0].Name != name {
		t.Errorf("%s: to %v, %v", id, to, err)
	}
	// What the servers did, in their own words.
	if trace := strings.Join(m.Header["Received"], "\n"); !strings.Contains(trace, "ESMTPSA") {
		t.Errorf("%s: the trace says %s", id, trace)
	}
	var kinds []string
	var read func(kind string, encoding string, r io.Reader)
	read = func(kind, encoding string, r io.Reader) {
		media, params, err := mime.ParseMediaType(kind)
		if err != nil {
			t.Errorf("%s: %v", id, err)
		}
		kinds = append(kinds, media)
		if !strings.HasPrefix(media, "multipart/") {
			content, err := io.ReadAll(r)
			if encoding == "base64" {
				content, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(content)))
			}
			if strings.Contains(media, "spreadsheet") && string(content) != "workbook of "+id || err != nil {
				t.Errorf("%s: %s has %q, %v", id, media, content, err)
			}
			return
		}
		for parts := multipart.NewReader(r, params["boundary"]); ; {
			part, err := parts.NextPart()
			if err != nil {
				if err != io.EOF {
					t.Errorf("%s: %v", id, err)
				}
				return
			}
			if strings.Contains(part.Header.Get("Content-Type"), "spreadsheet") && part.FileName() != id+".xlsx" {
				t.Errorf("%s: the workbook is named %q", id, part.FileName())
			}
			read(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
		}
	}
	read(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
	want := "multipart/mixed multipart/alternative text/plain text/html application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	if got := strings.Join(kinds, " "); got != want {
		t.Errorf("%s: the parts are %s", id, got)
	}
}

// takeReplies posts replies to the office, where a bounce lies already, and collects them.
func (o *realOffice) takeReplies(t *testing.T, bounced string) {
	t.Helper()
	reply := func(n int, attachment mail.Attachment) []byte {
		m := mail.Message{ID: fmt.Sprintf("reply-%d@schools.example", n), Date: time.Date(2026, 11, 11, 8, 0, 0, 0, time.UTC), Subject: "Re: Fragebogen für Sie", Text: "Here it is.\n.\nFrom here on",
			From: mail.Address{Mailbox: recipient(n).Email}, To: []mail.Address{{Mailbox: testUser}}, Attachments: []mail.Attachment{attachment}}
		return write(t, &m)
	}
	server := o.server()
	server.TLS, server.Port = mail.ImplicitTLS, o.Submissions
	defer server.Close()
	for n, raw := range [][]byte{
		1: reply(1, mail.Attachment{Name: "Schule Müller.xlsx", Content: []byte("plain")}),
		2: append([]byte("From: "+recipient(2).Email+"\r\nTo: "+testUser+"\r\nSubject: FW\r\nContent-Type: message/rfc822\r\n\r\n"), reply(20, mail.Attachment{Name: "forwarded.xlsx", Content: []byte("forwarded")})...),
		3: reply(3, mail.Attachment{Name: "packed.zip", Content: zipOf(t, "folder/packed.xlsx", "packed")}),
	} {
		if n == 0 {
			continue
		}
		d, err := server.Deliver(t.Context(), mail.Parcel{From: recipient(n).Email, To: []string{testUser}, Raw: raw}, func(string) error { return nil })
		if err != nil || d.Outcome != mail.Sent {
			t.Fatalf("reply %d: %+v, %v", n, d, err)
		}
	}
	o.Messages(t, "post", 4)
	before := o.mailbox(t)
	want := []string{
		"bounce district12@schools.example 5.3.0 about " + bounced + ` for "0012"`,
		`found Schule Müller.xlsx "plain" from district01@schools.example`,
		`found forwarded.xlsx "forwarded" from district02@schools.example, district20@schools.example`,
		`found packed.xlsx "packed" from district03@schools.example`,
	}
	for _, scheme := range []string{"imap", "imaps"} {
		items := o.collect(t, scheme, imapOptions(o.roots))
		if !slices.Equal(items, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", scheme, strings.Join(items, "\n"), strings.Join(want, "\n"))
		}
	}
	if after := o.mailbox(t); !slices.Equal(before, after) {
		t.Errorf("the mailbox was changed: %q became %q", before, after)
	}
	mark := imapOptions(o.roots)
	mark.MarkSeen = true
	o.collect(t, "imaps", mark)
	for i, f := range o.mailbox(t) {
		if f != before[i]+"S" {
			t.Errorf("%s became %s, which is not the mark of a message that was read", before[i], f)
		}
	}
}

// collect lists what is in the office's mailbox, in short and sorted, as servers deliver in any order.
func (o *realOffice) collect(t *testing.T, scheme string, options mail.Options) (out []string) {
	t.Helper()
	for it, err := range mail.Collect(t.Context(), []string{o.address(scheme)}, options) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, inShort([]mail.Item{it}))
	}
	slices.Sort(out)
	return out
}

// mailbox lists the messages in the office's Maildir with their marks.
func (o *realOffice) mailbox(t *testing.T) (out []string) {
	t.Helper()
	for _, sub := range []string{"new", "cur"} {
		files, err := os.ReadDir(filepath.Join(o.Maildir("post"), sub))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			name, flags, _ := strings.Cut(f.Name(), ":2,")
			name, _, _ = strings.Cut(name, ",") // Dovecot may write the size there
			out = append(out, name+" "+flags)
		}
	}
	slices.Sort(out)
	return out
}
