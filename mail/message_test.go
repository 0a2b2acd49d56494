package mail_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	gomessage "github.com/emersion/go-message"
	gomail "github.com/emersion/go-message/mail"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
)

func write(t testing.TB, m *mail.Message) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// oddLetter is a message with everything that needs care.
func oddLetter(t testing.TB) *mail.Message {
	t.Helper()
	rd := exampleRound()
	rd.Title = "Auswertung – größere Schulen \U0001F600 und ein Titel, der länger ist als eine Zeile im Kopf der Nachricht"
	rd.Look.Marking = "OFFICIAL"
	rd.Mail.FromName = `Smith, "Data" Office`
	rd.Mail.Cc = map[string]map[string]string{"region": {"North": "north@office.example", "South": "south@office.example"}}
	c, err := mail.NewComposer(rd, mail.Invitation, nil, newClock().Now())
	if err != nil {
		t.Fatal(err)
	}
	rc := models.Recipient{ID: "00/7 ä", Name: `O'Brien, "Łódź" & Sons <school>`, Contact: "Łucja Żółć, Head",
		Email:  `post@bücher.example`,
		Groups: map[string]string{"region": "North"}}
	name := mail.AttachmentName(".xlsx", rd.Title, rc.Name)
	m, err := c.Message(mail.Letter{Recipient: rc, Reference: "7K2M-9QXT-04BD", Names: []string{name}})
	if err != nil {
		t.Fatal(err)
	}
	m.Attachments = []mail.Attachment{{Name: name, Content: bytes.Repeat([]byte("PK\x00\xff\r\n.\r\n--=_"), 5000)}, {Name: "empty.pdf"}}
	m.Unsent = true
	return m
}

func TestTheSameMessageGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, oddLetter(t)), write(t, oddLetter(t))) {
		t.Error("two builds differ")
	}
	a := composer(t)
	first, _ := a.Message(mail.Letter{Recipient: recipient(1)})
	second, _ := a.Message(mail.Letter{Recipient: recipient(1), Sequence: 1})
	if other, _ := a.Message(mail.Letter{Recipient: recipient(2)}); first.ID == other.ID || first.ID == second.ID {
		t.Error("two messages have one ID")
	}
}

func TestLinesAreWithinWhatServersTake(t *testing.T) {
	raw := write(t, oddLetter(t))
	for i, line := range bytes.Split(raw, []byte("\r\n")) {
		// RFC 5322 has 998 as the limit, and asks for 78; a file name of up to 100 characters stays whole.
		if len(line) > 120 && !(bytes.HasPrefix(line, []byte(" filename*=")) && len(line) < 998) {
			t.Errorf("line %d has %d bytes: %q", i+1, len(line), line[:80])
		}
		if bytes.ContainsAny(line, "\r\n") {
			t.Errorf("line %d has a bare line end", i+1)
		}
	}
}

// parsed is what another parser makes of a message.
type parsed struct {
	Subject, From, To, Cc, ReplyTo, Date, ID, Unsent string
	Headers                                          []string
	Types                                            []string
	Text, HTML                                       string
	Files                                            []string // name and SHA-256
	Defects                                          []string
}

const pythonParser = `
import sys, json, hashlib, email, email.policy
m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
files, types, text, html, defects = [], [], "", "", [str(d) for d in m.defects]
for p in m.walk():
    types.append(p.get_content_type())
    defects += [str(d) for d in p.defects]
    for h in p.values():
        defects += [str(d) for d in getattr(h, "defects", [])]
    if p.get_content_disposition() == "attachment":
        files.append(p.get_filename() + " " + hashlib.sha256(p.get_payload(decode=True)).hexdigest())
    elif p.get_content_type() == "text/plain": text = p.get_content()
    elif p.get_content_type() == "text/html": html = p.get_content()
print(json.dumps(dict(Subject=m["Subject"], From=str(m["From"]), To=str(m["To"]), Cc=str(m["Cc"] or ""), ReplyTo=str(m["Reply-To"]),
  Date=m["Date"].datetime.isoformat(), ID=m["Message-ID"], Unsent=m["X-Unsent"] or "", Headers=m.keys(), Types=types, Text=text, HTML=html, Files=files, Defects=defects,
  FromName=m["From"].addresses[0].display_name, FromAddress=m["From"].addresses[0].addr_spec, ToName=m["To"].addresses[0].display_name, ToAddress=m["To"].addresses[0].addr_spec)))
`

func TestPythonReadsTheMessage(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed; its email package is the second parser")
	}
	m := oddLetter(t)
	cmd := exec.Command(python, "-c", pythonParser)
	cmd.Stdin = bytes.NewReader(write(t, m))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	var got struct {
		parsed
		FromName, FromAddress, ToName, ToAddress string
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(m.Attachments[0].Content)
	empty := sha256.Sum256(nil)
	for _, c := range []struct{ what, got, want string }{
		{"subject", got.Subject, m.Subject},
		{"sender's name", got.FromName, `Smith, "Data" Office`}, {"sender", got.FromAddress, "post@office.example"},
		{"addressee's name", got.ToName, "Łucja Żółć, Head"}, {"addressee", got.ToAddress, "post@xn--bcher-kva.example"},
		{"copies", got.Cc, "north@office.example"}, {"reply to", got.ReplyTo, "returns@office.example"},
		{"date", got.Date, "2026-11-02T12:00:00+00:00"}, {"ID", got.ID, "<" + m.ID + ">"}, {"draft", got.Unsent, "1"},
		{"types", strings.Join(got.Types, " "), "multipart/mixed multipart/alternative text/plain text/html application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/pdf"},
		{"text", strings.ReplaceAll(strings.TrimSpace(got.Text), "\r\n", "\n"), m.Text},
		{"page", strings.ReplaceAll(strings.TrimSpace(got.HTML), "\r\n", "\n"), strings.TrimSpace(m.HTML)},
		{"files", strings.Join(got.Files, "\n"), mail.SafeName(m.Attachments[0].Name) + " " + hex.EncodeToString(sum[:]) + "\nempty.pdf " + hex.EncodeToString(empty[:])},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
	if len(got.Defects) > 0 {
		t.Errorf("defects: %v", got.Defects)
	}
}

func TestGoMessageReadsTheMessage(t *testing.T) {
	m := oddLetter(t)
	r, err := gomail.CreateReader(bytes.NewReader(write(t, m)))
	if err != nil && !gomessage.IsUnknownCharset(err) {
		t.Fatal(err)
	}
	if s, err := r.Header.Subject(); err != nil || s != m.Subject {
		t.Errorf("subject %q, %v", s, err)
	}
	var kinds []string
	for {
		p, err := r.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(p.Body)
		if err != nil {
			t.Fatal(err)
		}
		switch h := p.Header.(type) {
		case *gomail.InlineHeader:
			k, _, _ := h.ContentType()
			kinds = append(kinds, k)
		case *gomail.AttachmentHeader:
			name, err := h.Filename()
			kinds = append(kinds, fmt.Sprint(name, len(content), err))
		}
	}
	want := []string{"text/plain", "text/html", fmt.Sprint(mail.SafeName(m.Attachments[0].Name), len(m.Attachments[0].Content), nil), "empty.pdf0 <nil>"}
	if !slices.Equal(kinds, want) {
		t.Errorf("parts %q, want %q", kinds, want)
	}
}

func TestOurOwnReaderReadsTheMessage(t *testing.T) {
	m := oddLetter(t)
	items := mail.Read("draft.eml", write(t, m), mail.Limits{})
	if items[0].Found == nil || !bytes.Equal(items[0].Found.Content, m.Attachments[0].Content) || items[0].Found.Name != mail.SafeName(m.Attachments[0].Name) {
		t.Errorf("%s", inShort(items))
	}
}

func TestNothingInARecipientAddsAHeader(t *testing.T) {
	evil := "x\r\nBcc: thief@elsewhere.example\r\n\r\nbody\u2028Bcc: thief@elsewhere.example\x00"
	rd := exampleRound()
	rd.Title, rd.Organiser, rd.Look.Marking, rd.Mail.FromName = evil, evil, evil, evil
	c, err := mail.NewComposer(rd, mail.Invitation, nil, newClock().Now())
	if err != nil {
		t.Fatal(err)
	}
	rc := models.Recipient{ID: evil, Name: evil, Contact: evil, Email: "a@schools.example"}
	m, err := c.Message(mail.Letter{Recipient: rc, Reference: evil, Names: []string{evil}})
	if err != nil {
		t.Fatal(err)
	}
	m.Attachments = []mail.Attachment{{Name: evil + `"; filename="b.exe`, Content: []byte("x")}}
	raw := write(t, m)
	head, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	for _, line := range bytes.Split(head, []byte("\r\n")) {
		name, _, _ := bytes.Cut(line, []byte(":"))
		if strings.EqualFold(string(name), "bcc") || line[0] != ' ' && !slices.Contains([]string{"Date", "From", "Reply-To", "To", "Subject", "Message-ID", "X-Rubric-Recipient", "MIME-Version", "Content-Type"}, string(name)) {
			t.Errorf("a header that was not meant: %q", line)
		}
	}
	if n := strings.Count(string(raw), "\r\nContent-Disposition:"); n != 1 || strings.Contains(m.Text, "\nBcc") || strings.Contains(m.HTML, "\nBcc") {
		t.Errorf("%d attachments; text:\n%s", n, m.Text)
	}
	for _, address := range []string{"a@b.example\r\nBcc: c@d.example", "a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "@", "a@", "nobody", "a@exa mple", strings.Repeat("a", 65) + "@b.example"} {
		rc.Email = address
		if m, err := c.Message(mail.Letter{Recipient: rc}); err == nil {
			t.Errorf("%q was taken as %v", address, m.To)
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"a@b.example", "<a@b.example>"},
		{"a@b.example; c@d.example", "<a@b.example>|<c@d.example>"},
		{"a@b.example;A@B.example;", "<a@b.example>"},
		{`"Smith, Ann; Head" <a@b.example>, Bob <c@d.example>`, `Smith, Ann; Head <a@b.example>|Bob <c@d.example>`},
		{"post@Bücher.example", "<post@xn--bcher-kva.example>"},
		{`"odd name"@b.example`, `<"odd name"@b.example>`},
		{"", ""},
	} {
		list, err := mail.ParseAddresses(test.in)
		var got []string
		for _, a := range list {
			got = append(got, strings.TrimPrefix(a.Name+" <"+a.Mailbox+">", " "))
		}
		if s := strings.Join(got, "|"); err != nil || s != test.want {
			t.Errorf("%q: %q, %v; want %q", test.in, s, err, test.want)
		}
	}
	for _, test := range []struct {
		list, sender string
		want         bool
	}{
		{"a@b.example; Head <c@d.example>", "C@D.example", true},
		{"post@bücher.example", "post@xn--bcher-kva.example", true},
		{"a@b.example", "aa@b.example", false}, {"a@b.example", "", false}, {"", "a@b.example", false},
	} {
		if got := mail.SenderFits(test.list, test.sender); got != test.want {
			t.Errorf("%q from %q: %v", test.list, test.sender, got)
		}
	}
}

func TestNamesAreSafeOnWindows(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"return.xlsx", "return.xlsx"}, {`..\..\x.xlsx`, "x.xlsx"}, {"/etc/passwd", "passwd"}, {"a:b*c?.xlsx", "a-b-c-.xlsx"},
		{"CON", "_CON"}, {"nul.tar.gz", "_nul.tar.gz"}, {"com1 .xlsx", "_com1.xlsx"}, {"trailing. . ", "trailing"}, {"", "unnamed"}, {"..", "unnamed"},
		{".xlsx", "unnamed.xlsx"}, {"tab\tand\nline.xlsx", "tab and line.xlsx"}, {"a\u202egnp.xlsx", "agnp.xlsx"}, {"bad\xffbyte.xlsx", "bad_byte.xlsx"},
		{"e\u0301.xlsx", "é.xlsx"}, {strings.Repeat("ä", 300) + ".xlsx", strings.Repeat("ä", 95) + ".xlsx"},
	} {
		if got := mail.SafeName(test.in); got != test.want {
			t.Errorf("%q: %q, want %q", test.in, got, test.want)
		}
	}
	if got := mail.AttachmentName(".xlsx", "Data maturity 2026", "", "Example/School: 7"); got != "Data maturity 2026 - Example-School- 7.xlsx" {
		t.Errorf("%q", got)
	}
	long := mail.AttachmentName(".xlsx", strings.Repeat("title ", 30), "Example School")
	if !strings.HasSuffix(long, " - Example School.xlsx") || len([]rune(long)) > 100 {
		t.Errorf("%q", long)
	}
}
