package mail_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/mail"
)

// workbookBytes begins like a workbook does; what is in it is not for this package.
func workbookBytes(t testing.TB, what string) string {
	return string(zipOf(t, "[Content_Types].xml", what))
}

// base64Of is a text in lines of 76 characters.
func base64Of(s string) string {
	out := base64.StdEncoding.EncodeToString([]byte(s))
	var b strings.Builder
	for len(out) > 76 {
		b.WriteString(out[:76] + "\n")
		out = out[76:]
	}
	return b.String() + out + "\n"
}

// uuOf is a uuencoded file.
func uuOf(name, content string) string {
	var b strings.Builder
	b.WriteString("begin 644 " + name + "\n")
	for rest := []byte(content); len(rest) > 0; {
		n := min(45, len(rest))
		line := append(bytes.Clone(rest[:n]), 0, 0)
		rest = rest[n:]
		b.WriteByte(byte(' ' + n))
		for i := 0; i < n; i += 3 {
			for _, c := range []byte{line[i] >> 2, line[i]<<4&0x30 | line[i+1]>>4, line[i+1]<<2&0x3c | line[i+2]>>6, line[i+2] & 0x3f} {
				if c == 0 {
					c = '`' - ' '
				}
				b.WriteByte(' ' + c)
			}
		}
		b.WriteByte('\n')
	}
	b.WriteString("`\nend\n")
	return b.String()
}

const letter = "From: a@schools.example\nDate: Mon, 16 Nov 2026 10:20:30 +0100\nSubject: Return\n"

// part is a part with a file in base64.
func part(header, content string) string {
	return "--x\n" + header + "Content-Transfer-Encoding: base64\n\n" + base64Of(content)
}

// TestWhatAnAttachmentIs holds that no workbook in a message is passed over, whatever it is called and however the
// message is built: it is found, or a finding says that something was there.
func TestWhatAnAttachmentIs(t *testing.T) {
	one, two := workbookBytes(t, "one"), workbookBytes(t, "two")
	names := map[string]string{one: "one", two: "two", "": "nothing"}
	mixed := "Content-Type: multipart/mixed; boundary=x\n\n"
	named := func(name string) string {
		return "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=" + name + "\n"
	}
	for _, test := range []struct{ name, content, want string }{
		{"second workbook named .txt", letter + mixed + part(named("a.xlsx"), one) + part(named("b.xlsx.txt"), two) + "--x--\n", "a.xlsx one, b.xlsx.txt two"},
		{"second workbook named .png", letter + mixed + part(named("a.xlsx"), one) + part("Content-Type: image/png; name=b.png\n", two) + "--x--\n", "a.xlsx one, b.png two"},
		{"typed text/plain, with a name", letter + mixed + part("Content-Type: text/plain; name=b.dat\n", two) + "--x--\n", "b.dat two"},
		{"typed text/plain, without a name", letter + mixed + part("Content-Type: text/plain\n", two) + "--x--\n", "attachment.xlsx two"},
		{"no type and no name", letter + mixed + part("", two) + "--x--\n", "attachment.xlsx two"},
		{"a type and no name", letter + mixed + part("Content-Type: application/octet-stream\n", two) + "--x--\n", "attachment.xlsx two"},
		{"an empty line before the header of a part", letter + mixed + "--x\n\n" + strings.TrimPrefix(part(named("a.xlsx"), one), "--x\n") + "--x--\n", "a.xlsx one"},
		{"a byte order mark before the header", "\ufeff" + letter + mixed + part(named("a.xlsx"), one) + "--x--\n", "a.xlsx one"},
		{"no Content-Type", letter + "\n" + part(named("a.xlsx"), one) + "--x--\n", "a.xlsx one"},
		{"two Content-Types, the wrong one first", letter + "Content-Type: text/plain\n" + mixed + part(named("a.xlsx"), one) + "--x--\n", "a.xlsx one"},
		{"two Content-Types, the wrong one last", letter + strings.TrimSuffix(mixed, "\n") + "Content-Type: text/plain\n\n" + part(named("a.xlsx"), one) + "--x--\n", "a.xlsx one"},
		{"multipart misspelt", letter + strings.Replace(mixed, "multipart", "mulitpart", 1) + part(named("a.xlsx"), one) + "--x--\n", "a.xlsx one"},
		{"multipart without a slash", letter + strings.Replace(mixed, "multipart/mixed", "multipart", 1) + part(named("a.xlsx"), one) + "--x--\n", "a.xlsx one"},
		{"a boundary that is not stated", letter + "Content-Type: multipart/mixed\n\n" + part(named("a.xlsx"), one) + "--x--\n", "a.xlsx one"},
		{"another boundary than stated", letter + strings.Replace(mixed, "=x", "=y", 1) + part(named("a.xlsx"), one) + "--x--\n", "a.xlsx one"},
		{"parts that are nowhere", letter + mixed + "Here it is, says the gateway, and nothing is.\n", "mail-unreadable"},
		{"two uuencoded files", letter + "\nDear all\n\n" + uuOf("logo.png", "png") + "\n" + uuOf("a.xlsx", one), "logo.png png, a.xlsx one"},
		{"a uuencoded file cut off", letter + "\n" + uuOf("a.xlsx", one)[:90], "mail-unreadable"},
		{"a sentence that begins like one", letter + "\nbegin 644 reasons why we are late:\nThe office was closed, and nobody knew of it.\n", "mail-no-attachment"},
		{"base64 in the text", letter + "\n" + base64Of(one), "mail-unreadable"},
		{"yEnc", letter + "\n=ybegin line=128 size=100 name=a.xlsx\nxyz\n=yend size=100\n", "mail-unreadable"},
		{"BinHex", letter + "\n(This file must be converted with BinHex 4.0)\n\n:#dP\n", "mail-unreadable"},
		{"a picture that is one", letter + mixed + part("Content-Type: image/png; name=b.png\n", "\x89PNG") + "--x--\n", "beside b.png, mail-no-attachment"},
		{"a picture that is named, and does not say how it lies", letter + mixed + part(named("a.xlsx"), one) + part("Content-Type: image/png; name=b.png\n", "\x89PNG") + "--x--\n", "a.xlsx one, beside b.png"},
		{"a picture of the letter's text", letter + mixed + part(named("a.xlsx"), one) + part("Content-Type: image/png; name=b.png\nContent-ID: <b>\n", "\x89PNG") + part("Content-Type: image/png; name=image001.png\n", "\x89PNG") + part("Content-Type: image/gif\n", "GIF8") + "--x--\n", "a.xlsx one"},
		{"Apple's other half", letter + mixed + "--x\nContent-Type: multipart/appledouble; boundary=ad\n\n" + strings.ReplaceAll(part("Content-Type: application/applefile; name=a.xlsx\n", "\x00\x05\x16\x07\x00\x02")+part(named("a.xlsx"), one), "--x", "--ad") + "--ad--\n--x--\n", "a.xlsx one"},
		{"a text and nothing else", letter + "\nHello. -- \nA\n--\nContent with that?\n", "mail-no-attachment"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, ends := range []func(string) []byte{crlf, func(s string) []byte { return []byte(s) }} {
				var got []string
				for _, it := range mail.Read("a.eml", ends(test.content), mail.Limits{}) {
					if it.Finding != nil {
						got = append(got, string(it.Finding.Code))
						continue
					}
					if it.Beside != nil {
						got = append(got, "beside "+it.Beside.Name)
						continue
					}
					what := names[string(it.Found.Content)]
					if what == "" {
						what = string(it.Found.Content)
					}
					got = append(got, it.Found.Name+" "+what)
				}
				if s := strings.Join(got, ", "); s != test.want {
					t.Errorf("got %s, want %s", s, test.want)
				}
			}
		})
	}
}

// TestMessagesByOtherNames holds that a message is one however it was saved.
func TestMessagesByOtherNames(t *testing.T) {
	one := workbookBytes(t, "one")
	message := letter + "Content-Type: multipart/mixed; boundary=x\n\n" + part("Content-Type: application/x; name=a.xlsx\n", one) + "--x--\n"
	wide := []byte{0xff, 0xfe}
	for _, c := range []byte(message) {
		wide = append(wide, c, 0)
	}
	apple := fmt.Sprintf("%-10d\n%s<?xml version=\"1.0\"?><plist/>", len(message), message) // as Apple Mail stores it
	lines := func(n int) string { return strings.Repeat("x", n) }
	for _, test := range []struct{ name, content, want string }{
		{"Return.mht", message, "a.xlsx"},
		{"Return.txt", message, "a.xlsx"},
		{"Return", message, "a.xlsx"},
		{"Return.eml", string(wide), "a.xlsx"},
		{"1234.emlx", apple, "a.xlsx"},
		{"page.mht", "From: <Saved by Blink>\nDate: Mon, 16 Nov 2026 10:20:30 +0100\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>\n--x--\n", "page.mht"},
		{"notes.txt", "From: the head\nTo: all\n\nHello\n" + lines(10), "notes.txt"},
		{"list.csv", "id,name,email\n1,A,a@schools.example\n", "list.csv"},
		{"Export.olm", string(zipOf(t, "Categories.xml", "<x/>", "Accounts/a/com.microsoft.__Messages/m.xml", "<m/>")), "mail-unreadable"},
		{"box.pst", "!BDN" + lines(600), "mail-unreadable"},
		{"1234.partial.emlx", apple, "mail-unreadable"},
	} {
		content, want := test.content, test.want
		var got []string
		for _, it := range mail.Read(test.name, []byte(content), mail.Limits{}) {
			switch {
			case it.Finding != nil:
				got = append(got, string(it.Finding.Code))
			case it.Found != nil:
				got = append(got, it.Found.Name)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: got %v, want %s", test.name, got, want)
		}
		if holds := mail.Holds(test.name, []byte(content)[:min(len(content), 64<<10)]); holds != (want != test.name) {
			t.Errorf("%s: it holds others: %v", test.name, holds)
		}
	}
}
