package mail_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rubric-project/rubric/mail"
)

// tight are limits that a fuzzer reaches.
var tight = mail.Limits{Message: 1 << 20, File: 1 << 16, Total: 1 << 18, Header: 1 << 14, Depth: 5, Parts: 50, Messages: 20, Files: 20}

// check holds for whatever was read: no panic, within the limits, and names that are safe.
func check(t *testing.T, items []mail.Item) {
	t.Helper()
	total := 0
	for _, it := range items {
		switch {
		case it.Found != nil || it.Beside != nil:
			x := it.Found
			if x == nil {
				x = it.Beside
			}
			n := x.Name
			if n == "" || n == "." || n == ".." || strings.ContainsAny(n, "/\\:*?\"<>|\x00") || !utf8.ValidString(n) || strings.ContainsFunc(n, unicode.IsControl) || utf8.RuneCountInString(n) > 100 {
				t.Errorf("the name %q", n)
			}
			if total += len(x.Content); x.Home < 0 || x.Home >= len(x.Path) {
				t.Errorf("%q lies together below its %d outermost names", x.Path, x.Home)
			}
		case it.Event != nil:
			if it.Event.Kind == "" {
				t.Error("an event of no kind")
			}
		case it.Finding == nil || it.Finding.Message == "":
			t.Error("an empty item")
		}
	}
	if total > 20*int(tight.Total) { // each message of a mailbox has its own allowance
		t.Errorf("%d bytes were taken", total)
	}
}

func fuzzRead(f *testing.F, name string, seeds ...[]byte) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content []byte) { check(t, mail.Read(name, content, tight)) })
}

// smallCosts are the inputs that once cost more than their size, as small as they can be made, of files of this ending.
func smallCosts(f *testing.F, ending string) (seeds [][]byte) {
	for _, c := range costly {
		if strings.HasSuffix(c.file, ending) {
			seeds = append(seeds, c.input(f, 300))
		}
	}
	return seeds
}

func FuzzReadMessage(f *testing.F) {
	book, mixed := workbookBytes(f, "x"), letter+"Content-Type: multipart/mixed; boundary=x\n\n"
	fuzzRead(f, "a.eml", append(smallCosts(f, ".eml"), crlf(withAttachment), crlf(deliveryReport),
		[]byte("From: a@b\nContent-Type: multipart/mixed; boundary*0=a; boundary*1=b\n\n--ab\n\n--ab--"),
		[]byte("From: a@b\n\nbegin 644 x\n#0V%T\n`\nend\n"), crlf(letter+"\n"+uuOf("a.png", "png")+uuOf("a.xlsx", book)),
		crlf("\ufeff"+letter+"\n"+part("Content-Type: text/plain\n", book)+"--x--"),
		crlf(letter+"Content-Type: text/plain\nContent-Type: mulitpart/mixed; boundary=x\n\n--x\n\n"+part("", book)+"--x--"),
		crlf(letter+"Content-Type: multipart/appledouble; boundary=x\n\n"+part("Content-Type: application/applefile\n", "\x00\x05\x16\x07")+"--x--"),
		[]byte("From: a@b\nContent-Type: x/y;a*0*=utf-8'en'%41;a*1=b;a*2*=%42;a=c\nSubject: =?utf-8?Q?a?= =?utf-8?B?YQ==?=\n\n"),
		// The second workbook is named as a text; an empty line before a part's header; a part of no type and no name.
		crlf(mixed+part("Content-Type: application/octet-stream; name=a.xlsx\n", book)+part("Content-Type: text/plain; name=b.xlsx.txt\n", book)+"--x--"),
		crlf(mixed+"--x\n\n"+strings.TrimPrefix(part("Content-Type: application/octet-stream; name=a.xlsx\n", book), "--x\n")+part("", book)+"--x--"),
		// Evidence beside a return; a message saved by a mail program of Apple, and as a web page.
		crlf(mixed+part("Content-Type: application/octet-stream; name=a.xlsx\n", book)+part("Content-Type: application/pdf; name=\"policy.pdf\"\n", "%PDF-1.7")+part("Content-Type: image/png; name=..\\a.png\n", "\x89PNG\r\n\x1a\n")+"--x--"),
		[]byte("1050      \n"+withAttachment+"<?xml version=\"1.0\"?><plist version=\"1.0\"><dict/></plist>"),
		[]byte("MIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=x\n\n--x\nContent-Type: text/html\nContent-Location: file:///a.htm\n\n<table/>\n--x--"),
		tnefMessage(newTNEF().Bytes()), []byte("100\nFrom: a@b\nDate: x\n\nhello<?xml"), []byte("From: =?x?y?z?=\nContent-Type: message/rfc822\n\nFrom: b\n\n"))...)
}

// FuzzPartHeader lets a part of a message have any header and any content. A workbook in the part behind it is found, or
// something is said.
func FuzzPartHeader(f *testing.F) {
	for _, s := range []string{"Content-Type: text/plain", "Content-Type: multipart/mixed; boundary=y", "content-type:multipart/mixed;boundary=x", "Content-Type: message/rfc822\n\nFrom: b",
		"Content-Transfer-Encoding: base64\nContent-Type: application/ms-tnef; name=winmail.dat", "\nContent-Type: x/y", "Content-Type: text/plain; name*0*=utf-8''a; name*1=b\nContent-Disposition: attachment",
		"Content-Type: application/x; boundary=\"x\nContent-Transfer-Encoding: uuencode", "Content-Type: multipart/appledouble; boundary=x", "Content-Type: message/partial; id=a; number=1; total=2"} {
		f.Add(s, "hello")
		f.Add(s, "--y\n\nbegin 644 a.png\n#0V%T\n`\nend\n--y--")
	}
	book := workbookBytes(f, "the answers")
	f.Fuzz(func(t *testing.T, header, content string) {
		if strings.Contains("\n"+strings.ReplaceAll(header+"\n"+content, "\r", "\n"), "\n--x") {
			return // the part ends there
		}
		items := mail.Read("a.eml", mixed("", "--x\n"+header+"\n\n"+content+"\n", book), tight)
		check(t, items)
		for _, it := range items {
			if it.Found != nil && string(it.Found.Content) == book || it.Finding != nil {
				return
			}
		}
		t.Errorf("the workbook behind a part is lost: %q, %q gave %+v", header, content, items)
	})
}

func FuzzReadMbox(f *testing.F) {
	fuzzRead(f, "a.mbox", []byte("From a@b Mon Nov 16 10:20:30 2026\n"+withAttachment+"\nFrom c 10:00\n"+deliveryReport), []byte("From \n\nFrom "))
}

func FuzzReadZip(f *testing.F) {
	fuzzRead(f, "a.zip", zipOf(f, "a.xlsx", "x", "b.eml", withAttachment, "c.zip", string(zipOf(f, "../d", "y"))), zipOf(f, "[Content_Types].xml", ""))
}

func FuzzReadTNEF(f *testing.F) {
	w, inside := newTNEF(), newTNEF()
	w.attach("RETURN~1.XLS", "Return.xlsx", []byte("workbook"))
	inside.attach("b.zip", "b.zip", zipOf(f, "c.xlsx", "x"))
	w.embed("FW", inside.Bytes())
	inside.attach("policy.pdf", "../policy.pdf", []byte("%PDF-1.7"))
	beside := newTNEF()
	beside.embed("FW", inside.Bytes())
	fuzzRead(f, "winmail.dat", append(smallCosts(f, "winmail.dat"), w.Bytes(), w.Bytes()[:100], newTNEF().Bytes(), beside.Bytes())...)
}

func FuzzReadSigned(f *testing.F) {
	var seeds [][]byte
	for _, c := range costly {
		if c.file == "smime.p7m" {
			seeds = append(seeds, c.input(f, 60))
		}
	}
	fuzzRead(f, "smime.p7m", seeds...)
}

// FuzzReadAny finds out by itself what a file is.
func FuzzReadAny(f *testing.F) {
	fuzzRead(f, "file", crlf(withAttachment), zipOf(f, "a", "x"), newTNEF().Bytes(), []byte("\x00\x05\x16\x00\x00\x02\x00\x00"+strings.Repeat(" ", 16)+"\x00\x01\x00\x00\x00\x01\x00\x00\x00\x26\x00\x00\x00\x01x"))
}

func FuzzReadOutlook(f *testing.F) {
	fuzzRead(f, "a.msg", outlookMessage(), outlookMessage()[:2048], bytes.Repeat([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 200))
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a.xlsx", "con", "..", "a\u202eb", ".a.b.c.", "COM¹", strings.Repeat("ä", 200), "a. .b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := mail.SafeName(s)
		if n == "" || strings.HasPrefix(n, ".") || strings.HasSuffix(n, ".") || strings.HasSuffix(n, " ") || strings.ContainsAny(n, "/\\:*?\"<>|") || !utf8.ValidString(n) || strings.ContainsFunc(n, unicode.IsControl) || utf8.RuneCountInString(n) > 100 {
			t.Errorf("%q became %q", s, n)
		}
		if again := mail.SafeName(n); again != n {
			t.Errorf("%q became %q and then %q", s, n, again)
		}
	})
}

func FuzzParseAddresses(f *testing.F) {
	for _, s := range []string{"a@b.example", `"x, y" <a@b.example>; c@d.example`, "łódź@bücher.example", "a@[127.0.0.1]", "\"a\\\"b\"@c.example", "a@b>\r\nRCPT"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		list, err := mail.ParseAddresses(s)
		for _, a := range list {
			if strings.ContainsAny(a.Mailbox, "\r\n<>\x00") && !strings.HasPrefix(a.Mailbox, `"`) || strings.ContainsFunc(a.Mailbox, unicode.IsControl) || err != nil {
				t.Errorf("%q gave %q, %v", s, a.Mailbox, err)
			}
			again, err := mail.ParseAddresses(a.Mailbox)
			if err != nil || len(again) != 1 || again[0].Mailbox != a.Mailbox {
				t.Errorf("%q gave %q, which gives %v, %v", s, a.Mailbox, again, err)
			}
		}
	})
}
