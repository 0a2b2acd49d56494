package mail_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/mail"
)

// crlf is a message as it travels, from one written with line ends of this file.
func crlf(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) }

// inShort writes items as lines, so that a test can state what it expects.
func inShort(items []mail.Item) string {
	var out []string
	for _, it := range items {
		switch {
		case it.Found != nil:
			line := fmt.Sprintf("found %s %q from %s", it.Found.Name, it.Found.Content, strings.Join(it.Found.Senders, ", "))
			if it.Found.Duplicate {
				line += " again"
			}
			out = append(out, line)
		case it.Beside != nil:
			out = append(out, fmt.Sprintf("beside %s %q", it.Beside.Name, it.Beside.Content))
		case it.Event != nil:
			out = append(out, fmt.Sprintf("%s %s %s about %s for %q", it.Event.Kind, strings.Join(it.Event.Addresses, ","), it.Event.Status, it.Event.About, it.Event.RecipientID))
		case it.Finding != nil:
			out = append(out, fmt.Sprintf("%s at %s", it.Finding.Code, it.Finding.Origin.File))
		}
	}
	return strings.Join(out, "\n")
}

func zipOf(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const withAttachment = `From: "Contact, Example" <contact@schools.example>
To: returns@office.example
Date: Mon, 16 Nov 2026 10:20:30 +0100
Message-ID: <one@schools.example>
Subject: =?utf-8?Q?Fragebogen_f=C3=BCr_Sie?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="a b"

--a b
Content-Type: text/plain

Here it is.
--a b
Content-Type: application/octet-stream; name=ignored.bin
Content-Disposition: attachment; filename*=iso-8859-1'de'Schule%20M%FCller.xlsx
Content-Transfer-Encoding: base64

d29y
a2Jvb2s=
--a b--
`

func TestReadFindsAttachments(t *testing.T) {
	tests := []struct {
		name, file, content, want string
	}{
		{"RFC 2231 file name, encoded subject", "a.eml", withAttachment,
			`found Schule Müller.xlsx "workbook" from contact@schools.example`},
		{"an empty line before the header", "lf.eml", "\n" + withAttachment,
			`found Schule Müller.xlsx "workbook" from contact@schools.example`},
		{"encoded word in quotes and a path in the name", "b.eml", `From: a@schools.example
Content-Type: application/x; name="=?utf-8?B?Li4vLi4vZXRjL8WBw7NkxbwueGxzeA==?="

abc`, `found Łódż.xlsx "abc" from a@schools.example`},
		{"file name with spaces and no quotes", "c.eml", `From: a@schools.example
Content-Type: application/x; name=C:\My Files\my return.xlsx

abc`, `found my return.xlsx "abc" from a@schools.example`},
		{"forwarded message in a forwarded message", "d.eml", `From: office@office.example
Subject: FW
Content-Type: message/rfc822

From: middle@schools.example
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: message/rfc822

From: author@schools.example
Content-Type: application/pdf; name=a.pdf

pdf
--x--`, `found a.pdf "pdf" from office@office.example, middle@schools.example, author@schools.example`},
		{"pictures and cards are not returns", "e.eml", `From: a@schools.example
Subject: hello
Content-Type: multipart/related; boundary=x

--x
Content-Type: image/png; name=logo.png
Content-ID: <1>

png
--x
Content-Type: text/vcard; name=me.vcf

card
--x--`, `mail-no-attachment at e.eml`},
		{"no closing boundary", "f.eml", `From: a@schools.example
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: application/x; name=a.xlsx

cut`, "found a.xlsx \"cut\" from a@schools.example\nmail-cut-off at f.eml"},
		{"boundary that another begins with", "g.eml", `From: a@schools.example
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: multipart/mixed; boundary=xy

--xy
Content-Type: application/x; name=a.xlsx

one
--xy--
--x
Content-Type: application/x; name=b.xlsx

two
--x--`, "found a.xlsx \"one\" from a@schools.example\nfound b.xlsx \"two\" from a@schools.example"},
		{"uuencoded", "h.eml", "From: a@schools.example\n\nHello\n\nbegin 644 return.xlsx\n#0V%T\n`\nend\n",
			`found return.xlsx "Cat" from a@schools.example`},
		{"damaged base64", "i.eml", `From: a@schools.example
Content-Type: application/x; name=a.xlsx
Content-Transfer-Encoding: base64

d29y***a2Jvb2s=`, "mail-cut-off at i.eml!a.xlsx\nfound a.xlsx \"workbook\" from a@schools.example"},
		{"winmail.dat", "j.eml", "From: a@schools.example\nContent-Type: application/ms-tnef; name=winmail.dat\n\n\x78\x9f\x3e\x22abc",
			`mail-winmail at j.eml!winmail.dat`},
		{"encrypted", "k.eml", "From: a@schools.example\nContent-Type: multipart/encrypted; boundary=x\n\n--x--",
			`mail-encrypted at k.eml`},
		{"name made of dots", "l.eml", "From: a@schools.example\nContent-Type: application/x; name=\"..\"\n\nabc",
			`found unnamed "abc" from a@schools.example`},
		{"device name and reordering marks", "m.eml", "From: a@schools.example\nContent-Type: application/x; name=\"con\u202excod.xlsx\"\n\nabc",
			`found conxcod.xlsx "abc" from a@schools.example`},
		{"the same twice", "n.eml", `From: a@schools.example
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: application/x; name=a.xlsx

one
--x
Content-Type: application/x; name=b.xlsx

one
--x--`, "found a.xlsx \"one\" from a@schools.example\nfound b.xlsx \"one\" from a@schools.example again"},
		{"mailbox", "box.mbox", `From MAILER Mon Nov 16 10:20:30 2026
From: a@schools.example
Content-Type: application/x; name=a.xlsx

>From here on
From: this is text

From there, and at 10:00 too early for a date: no, this counts as a beginning
From: b@schools.example
Content-Type: application/x; name=b.xlsx

two
`, "found a.xlsx \"From here on\\r\\nFrom: this is text\\r\\n\\r\\n\" from a@schools.example\nfound b.xlsx \"two\\r\\n\" from b@schools.example"},
		{"a file that is no message", "return.xlsx", "anything", `found return.xlsx "anything" from `},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			content := crlf(test.content)
			if got := inShort(mail.Read(test.file, content, mail.Limits{})); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestReadUnpacksArchivesButNotWorkbooks(t *testing.T) {
	workbook := zipOf(t, "[Content_Types].xml", "x", "xl/workbook.xml", "y")
	inner := zipOf(t, "inner/a.xlsx", "first")
	archive := zipOf(t, "folder/b.xlsx", string(workbook), "../../up.xlsx", "second", "__MACOSX/._b.xlsx", "junk", "~$b.xlsx", "lock", ".c.xlsx", "third", "more.zip", string(inner), "mail.eml", string(crlf(withAttachment)))
	got := mail.Read("returns.zip", archive, mail.Limits{})
	var names []string
	for _, it := range got {
		switch {
		case it.Found != nil:
			names = append(names, strings.Join(it.Found.Path, "!")+" as "+it.Found.Name)
		case it.Finding != nil:
			names = append(names, it.Finding.Origin.File+": "+string(it.Finding.Code))
		}
	}
	want := []string{"returns.zip!folder/b.xlsx as b.xlsx", "returns.zip!../../up.xlsx as up.xlsx", "returns.zip!~$b.xlsx: file-temporary", "returns.zip!.c.xlsx as c.xlsx", "returns.zip!more.zip!inner/a.xlsx as a.xlsx", "returns.zip!mail.eml!Schule Müller.xlsx as Schule Müller.xlsx"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q\nwant %q", names, want)
	}
	if !bytes.Equal(got[0].Found.Content, workbook) {
		t.Error("the workbook was changed")
	}
}

func TestReadKeepsToLimits(t *testing.T) {
	bomb := zipOf(t, "big.xlsx", strings.Repeat("0", 1<<20), "small.xlsx", "s")
	many := make([]string, 0, 60)
	for i := range 30 {
		many = append(many, fmt.Sprintf("%02d.xlsx", i), fmt.Sprint(i))
	}
	deep := []byte("end")
	for range 12 {
		deep = zipOf(t, "next.zip", string(deep))
	}
	nested := "From: a@schools.example\nContent-Type: application/x; name=a.xlsx\n\nabc"
	for range 40 {
		nested = "From: a@schools.example\nContent-Type: message/rfc822\n\n" + nested
	}
	tests := []struct {
		name    string
		file    string
		content []byte
		limits  mail.Limits
		want    string
	}{
		{"file too large", "z.zip", bomb, mail.Limits{File: 1000}, "mail-over-limit at z.zip!big.xlsx\nfound small.xlsx \"s\" from "},
		{"total too large", "z.zip", bomb, mail.Limits{Total: 1000}, "mail-over-limit at z.zip!big.xlsx"},
		{"too many entries", "z.zip", zipOf(t, many...), mail.Limits{Parts: 2}, "found 00.xlsx \"0\" from \nfound 01.xlsx \"1\" from \nmail-over-limit at z.zip!02.xlsx"},
		{"archives too deep", "z.zip", deep, mail.Limits{Depth: 3}, "mail-over-limit at z.zip!next.zip!next.zip!next.zip!next.zip"},
		{"messages too deep", "m.eml", []byte(nested), mail.Limits{Depth: 2}, "mail-over-limit at m.eml!forwarded message!forwarded message!forwarded message"},
		{"message too large", "m.eml", []byte(withAttachment), mail.Limits{Message: 100}, "mail-over-limit at m.eml"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := inShort(mail.Read(test.file, test.content, test.limits)); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

const deliveryReport = `Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: post@office.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: text/plain

Sorry.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 16 Nov 2026 10:20:30 +0000

Final-Recipient: rfc822; late@schools.example
Action: delayed
Status: 4.4.1

Original-Recipient: rfc822;gone@schools.example
Final-Recipient: rfc822; other@elsewhere.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <gone@schools.example>: no such user

--r
Content-Type: message/rfc822

Message-ID: <rubric.0123456789abcdef0123456789abcdef@office.example>
X-Rubric-Recipient: 00%2F7
From: post@office.example
Content-Type: application/x; name=workbook.xlsx

our own workbook
--r--
`

func TestReadRecognisesWhatIsNoLetter(t *testing.T) {
	auto := "From: a@schools.example\nSubject: %s\nIn-Reply-To: <rubric.0123456789abcdef0123456789abcdef@office.example>\n%s\n\nI am away."
	const ourID = "rubric.0123456789abcdef0123456789abcdef@office.example"
	tests := []struct{ name, content, want string }{
		{"bounce with what came back", deliveryReport, `bounce gone@schools.example 5.1.1 about ` + ourID + ` for "00/7"`},
		{"OpenSMTPD's own form", strings.NewReplacer("multipart/report; report-type=delivery-status", "multipart/mixed", "Undelivered Mail Returned to Sender", "Delivery status notification: failed").Replace(deliveryReport), `bounce gone@schools.example 5.1.1 about ` + ourID + ` for "00/7"`},
		{"a bounce that a person passes on", strings.NewReplacer("multipart/report; report-type=delivery-status", "multipart/mixed", "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example>", "From: a@schools.example").Replace(deliveryReport), `found workbook.xlsx "our own workbook" from a@schools.example, post@office.example`},
		{"only delayed", strings.Replace(deliveryReport, "Action: failed", "Action: relayed", 1), `delayed late@schools.example 4.4.1 about ` + ourID + ` for "00/7"`},
		{"exim's own form", "From: Mailer-Daemon@mx.example\nX-Failed-Recipients: gone@schools.example\nSubject: Mail delivery failed: returning message to sender\n\nno", `bounce gone@schools.example  about  for ""`},
		{"qmail's own form", "From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\nHi. This is the qmail-send program.\n<gone@schools.example>:\nno mailbox here by that name. (#5.1.1)", `bounce gone@schools.example 5.1.1 about  for ""`},
		{"out of office by header", fmt.Sprintf(auto, "Away", "Auto-Submitted: auto-replied (vacation)"), `auto-reply a@schools.example  about ` + ourID + ` for ""`},
		{"out of office by subject", fmt.Sprintf(auto, "Automatic reply: Your workbook", "X-Other: 1"), `auto-reply a@schools.example  about ` + ourID + ` for ""`},
		{"auto-generated with an attachment", "From: scanner@schools.example\nAuto-Submitted: auto-generated\nContent-Type: application/x; name=a.xlsx\n\nabc", `found a.xlsx "abc" from scanner@schools.example`},
		{"receipt", "From: a@schools.example\nContent-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n--x--", `receipt a@schools.example  about  for ""`},
		{"a person who writes about a bounce", "From: a@schools.example\nSubject: Undelivered mail\n\nYour message came back.", `mail-no-attachment at m.eml`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			items := mail.Read("m.eml", crlf(test.content), mail.Limits{})
			if got := inShort(items); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
	e := mail.Read("m.eml", crlf(deliveryReport), mail.Limits{})[0].Event
	if !strings.Contains(e.Reason, "does not exist") || !strings.Contains(e.Said, "no such user") {
		t.Errorf("reason %q, said %q", e.Reason, e.Said)
	}
	e = mail.Read("m.eml", crlf(strings.ReplaceAll(deliveryReport, "5.1.1", "5.3.0")), mail.Limits{})[0].Event
	if e.Reason != "the server refused it" {
		t.Errorf("a failure for good is explained by %q", e.Reason)
	}
}

func TestCollectGoesThroughFolders(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err == nil {
			err = os.WriteFile(p, []byte(content), 0o644)
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	write("b/return.xlsx", "one")
	write("a.eml", withAttachment)
	write(".hidden/x.xlsx", "hidden")
	write(".return.xlsx", "with a dot")
	write(".DS_Store", "of the system")
	write("maildir/dovecot.index.log", "of the server")
	write("maildir/put here.xlsx", "by mistake")
	write("~$return.xlsx", "lock")
	write("Inbox", "From - Mon Nov 16 10:20:30 2026\n"+withAttachment)
	write("maildir/tmp/3", "unfinished")
	write("maildir/cur/1:2,S", withAttachment)
	write("maildir/new/2", strings.Replace(withAttachment, "d29y", "V29y", 1))
	os.Symlink("/etc/passwd", filepath.Join(dir, "link.xlsx"))
	var items []mail.Item
	var errs []error
	for it, err := range mail.Collect(t.Context(), []string{filepath.Join(dir, "missing"), dir}, mail.Options{Known: func(d string) bool { return false }}) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		items = append(items, it)
	}
	const sender = " from contact@schools.example"
	want := "folder-passed-over at .hidden\nmail-unreadable at link.xlsx\nfile-temporary at ~$return.xlsx\n" +
		`found return.xlsx "with a dot" from ` + "\n" +
		`found Schule Müller.xlsx "workbook"` + sender + "\n" + // Inbox
		`found Schule Müller.xlsx "workbook"` + sender + " again\n" +
		`found return.xlsx "one" from ` + "\n" +
		`found Schule Müller.xlsx "workbook"` + sender + " again\n" +
		`found Schule Müller.xlsx "Workbook"` + sender + "\n" +
		`found put here.xlsx "by mistake" from `
	if _, err := os.Lstat(filepath.Join(dir, "link.xlsx")); err != nil { // on a system, or for a user, without links
		want = strings.Replace(want, "mail-unreadable at link.xlsx\n", "", 1)
	}
	if got := inShort(items); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), "there is no such file or folder") {
		t.Errorf("errors: %v", errs)
	}
	l := items[4].Found.Letter // of Inbox
	if l.Subject != "Fragebogen für Sie" || l.FromName != "Contact, Example" || l.ID != "one@schools.example" || !l.Date.Equal(time.Date(2026, 11, 16, 9, 20, 30, 0, time.UTC)) {
		t.Errorf("the letterhead is %+v", l)
	}
}
