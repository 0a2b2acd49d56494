package mail_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// hostileMail is one message or archive that would cost much, or hide something.
type hostileMail struct {
	class, name, file string
	// make makes it, of about n bytes. book is a workbook, to be found where the outcome says so.
	make func(t testing.TB, n int, book string) []byte
	want mailOutcome
}

// mailOutcome is what has to come of a message or archive.
type mailOutcome string

const (
	bookFound mailOutcome = "the workbook"          // it is found, once, and nothing is an error
	bookSaid  mailOutcome = "a finding"             // what is not read is said, and nothing is found
	notSilent mailOutcome = "workbook or a finding" // which of them depends on a limit; never neither
)

// mixed is a message of parts, of which the last is the workbook.
func mixed(header, parts, book string) []byte {
	return []byte(letter + header + "Content-Type: multipart/mixed; boundary=x\n\n" + parts + bookPart(book) + "--x--\n")
}

func bookPart(book string) string {
	return part("Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=01.xlsx\n", book)
}

func times(unit string, n int) string { return strings.Repeat(unit, max(1, n/len(unit))) }

// counting writes a text for each number until there are n bytes.
func counting(format string, n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func archive(t testing.TB, write func(add func(name, content string))) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	write(func(name, content string) {
		e, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = e.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	w.Close()
	return b.Bytes()
}

func hostileMails() []hostileMail {
	const eml = "a.eml"
	in := func(header, parts func(n int) string) func(testing.TB, int, string) []byte {
		return func(_ testing.TB, n int, book string) []byte {
			h, p := "", ""
			if header != nil {
				h = header(n)
			}
			if parts != nil {
				p = parts(n)
			}
			return mixed(h, p, book)
		}
	}
	nestOf := func(deep int, text bool) func(testing.TB, int, string) []byte {
		return func(_ testing.TB, n int, book string) []byte {
			var open, shut strings.Builder
			for i := range deep {
				fmt.Fprintf(&open, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
			}
			for i := deep - 1; i >= 0; i-- {
				fmt.Fprintf(&shut, "\n--b%d--", i)
			}
			inside := ""
			if text {
				inside = "--x\n\n" + times("hello\n", n)
			}
			return []byte(letter + open.String() + "Content-Type: multipart/mixed; boundary=x\n\n" + inside + bookPart(book) + "--x--" + shut.String() + "\n")
		}
	}
	forwarded := func(deep int) func(testing.TB, int, string) []byte {
		return func(_ testing.TB, n int, book string) []byte {
			return append([]byte(strings.Repeat(letter+"Content-Type: message/rfc822\n\n", deep)), mixed("", "--x\n\n"+times("hello\n", n), book)...)
		}
	}
	zips := func(deep int) func(testing.TB, int, string) []byte {
		return func(t testing.TB, n int, book string) []byte {
			inside, name := book, "01.xlsx"
			for range deep {
				inside, name = string(archive(t, func(add func(string, string)) { add(name, inside) })), "a.zip"
			}
			return []byte(inside)
		}
	}
	return []hostileMail{
		{"header", "one field folded for ever", eml, in(func(n int) string { return "X-A: x\n" + times(" y\n", n) }, nil), notSilent},
		{"header", "fields without end", eml, in(func(n int) string { return times("x:\n", n) }, nil), notSilent},
		{"header", "a field of one line", eml, in(func(n int) string { return "X-A: " + times("y", n) + "\n" }, nil), notSilent},
		{"header", "encoded words without end", eml, in(func(n int) string { return "X-A: x\nSubject: " + times("=?utf-8?Q?x?= ", n) + "\n" }, nil), notSilent},
		{"header", "encoded words that never close", eml, in(func(n int) string { return "Subject: " + times("=?utf-8?B?!", n) + "\n" }, nil), notSilent},
		{"header", "comments in comments", eml, in(func(n int) string { return "Reply-To: " + times("(", n) + "\n" }, nil), notSilent},
		{"header", "addressees without end", eml, in(func(n int) string { return "To: " + times("a@b.example, ", n) + "c@d.example\n" }, nil), notSilent},
		{"header", "stations without end", eml, in(func(n int) string { return times("Received: from a by b; Mon, 16 Nov 2026 10:20:30 +0100\n", n) }, nil), notSilent},
		{"header", "of a part", eml, in(nil, func(n int) string { return "--x\n" + times("X-A: y\n", n) + "\nhello\n" }), notSilent},
		{"header", "half of the limit", eml, in(func(int) string { return "X-A: x\n" + times(" y\n", 500_000) }, nil), bookFound},
		{"parameters", "continued without end", eml, in(nil, func(n int) string {
			return "--x\nContent-Type: text/plain" + counting(";\n name*%d=abcdefgh", n) + "\n\nhello\n"
		}), notSilent},
		{"parameters", "continued 1,000 times", eml, in(nil, func(int) string {
			return "--x\nContent-Type: text/plain" + counting(";\n x*%d=abcdefgh", 20_000) + "\n\nhello\n"
		}), bookFound},
		{"parameters", "the same for ever", eml, in(nil, func(n int) string { return "--x\nContent-Type: text/plain" + times(";a*1*=%41", n) + "\n\nhello\n" }), notSilent},
		{"parameters", "a quotation without end", eml, in(nil, func(n int) string { return "--x\nContent-Type: text/plain; a=\"" + times(`\"`, n) + "\n\nhello\n" }), notSilent},
		{"parameters", "a boundary without end", eml, func(_ testing.TB, n int, book string) []byte {
			b := times("b", n)
			return []byte(letter + "Content-Type: multipart/mixed; boundary=" + b + "\n\n--" + b + "\n" + strings.TrimPrefix(bookPart(book), "--x\n"))
		}, notSilent},
		{"nest", "10 parts in parts, much text in the last", eml, nestOf(10, true), bookFound},
		{"nest", "1,000 parts in parts", eml, nestOf(1000, false), bookSaid},
		{"nest", "50,000 parts in parts", eml, nestOf(50_000, false), bookSaid},
		{"nest", "10 messages in messages, much text in the last", eml, forwarded(10), bookFound},
		{"nest", "1,000 messages in messages", eml, forwarded(1000), bookSaid},
		{"nest", "10 archives in archives", "a.zip", zips(10), bookFound},
		{"nest", "30 archives in archives", "a.zip", zips(30), bookSaid},
		{"nest", "archives of zeros in an archive", "a.zip", func(t testing.TB, n int, _ string) []byte {
			bomb := string(archive(t, func(add func(string, string)) { add("a.bin", strings.Repeat("\x00", 60<<20)) }))
			return archive(t, func(add func(string, string)) {
				for i := range 12 {
					add(fmt.Sprintf("%d.zip", i), bomb)
				}
			})
		}, notSilent},
		{"uuencode", "beginnings without end, then the workbook", eml, in(nil, func(n int) string { return "--x\n\n" + times("begin 644 a\n!!!!!\n", n) }), notSilent},
		{"uuencode", "a large picture, then the workbook", eml, func(_ testing.TB, n int, book string) []byte {
			return []byte(letter + "\n" + uuOf("a.png", times("\x89PNG", n*3/4)) + uuOf("01.xlsx", book))
		}, notSilent},
		{"uuencode", "500 pictures, then the workbook", eml, func(_ testing.TB, n int, book string) []byte {
			return []byte(letter + "\n" + strings.Repeat(uuOf("a.bin", times("x", n/700)), 500) + uuOf("01.xlsx", book))
		}, notSilent},
		{"uuencode", "cut off", eml, func(_ testing.TB, n int, _ string) []byte {
			return []byte(letter + "\n" + strings.TrimSuffix(uuOf("01.xlsx", times("x", n*3/4)), "`\nend\n"))
		}, notSilent},
		{"parts", "1,900 empty ones, then the workbook", eml, in(nil, func(int) string { return strings.Repeat("--x\n\n\n", 1900) }), bookFound},
		{"parts", "without end", eml, in(nil, func(n int) string { return times("--x\n\n", n) }), bookSaid},
		{"parts", "1,000 pictures, then the workbook", eml, in(nil, func(n int) string {
			return strings.Repeat(part("Content-Type: image/png\nContent-Disposition: attachment; filename=a.png\n", times("\x89PNG", n/1400)), 1000)
		}), bookFound},
		{"parts", "a picture of all its size, then the workbook", eml, in(nil, func(n int) string {
			return part("Content-Type: image/png\nContent-Disposition: attachment; filename=a.png\n", times("\x89PNG", n*3/4))
		}), bookFound},
		{"parts", "delimiters that begin alike, then the workbook", eml, in(nil, func(n int) string { return "--x\n\n" + times("--xy\n", n) }), bookFound},
		{"parts", "delimiters in one line, then the workbook", eml, in(nil, func(n int) string { return "--x\n\n" + times("--x ", n) + "\n" }), bookFound},
		{"text", "in quoted-printable, all breaks", eml, in(nil, func(n int) string {
			return "--x\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n" + times("=\n", n)
		}), bookFound},
		{"text", "like base64, then the workbook", eml, in(nil, func(n int) string { return "--x\n\n" + base64Of(times("hello", n*3/4)) }), bookFound},
		{"text", "a workbook among empty lines of base64", eml, func(_ testing.TB, n int, book string) []byte {
			return []byte(letter + "Content-Type: application/octet-stream; name=01.xlsx\nContent-Transfer-Encoding: base64\n\n" + strings.ReplaceAll(base64Of(book), "\n", "\n"+times("\n", n/4)))
		}, bookFound},
		{"text", "a message in UTF-16", eml, func(_ testing.TB, n int, book string) []byte {
			out := []byte{0xff, 0xfe}
			for _, u := range utf16.Encode([]rune(string(mixed("", "--x\n\n"+times("hello\n", n/2), book)))) {
				out = append(out, byte(u), byte(u>>8))
			}
			return out
		}, bookFound},
		{"archive", "folders without end, then the workbook", "a.zip", func(t testing.TB, n int, book string) []byte {
			return archive(t, func(add func(string, string)) {
				for i := range n / 160 {
					add(fmt.Sprintf("%07d/", i), "")
				}
				add("01.xlsx", book)
			})
		}, notSilent},
		{"archive", "3,000 files", "a.zip", func(t testing.TB, n int, _ string) []byte {
			return archive(t, func(add func(string, string)) {
				for i := range 3000 {
					add(fmt.Sprintf("%d.bin", i), "x")
				}
			})
		}, notSilent},
		{"archive", "names of 60,000 letters, then the workbook", "a.zip", func(t testing.TB, n int, book string) []byte {
			return archive(t, func(add func(string, string)) {
				for i := range min(n/120_000, 500) {
					add(fmt.Sprintf("%d", i)+strings.Repeat("/a", 30_000)+".bin", "x")
				}
				add("01.xlsx", book)
			})
		}, bookFound},
		{"mailbox", "messages without end", "a.mbox", func(_ testing.TB, n int, _ string) []byte {
			return []byte(times("From a@b 10:00\nFrom: a@b.example\nSubject: x\n\nhello\n\n", n))
		}, bookSaid},
		{"mailbox", "beginnings without end", "a.mbox", func(_ testing.TB, n int, _ string) []byte { return []byte(times("From a@b 10:00\n\n", n)) }, bookSaid},
		{"mailbox", "one large message with the workbook", "a.mbox", func(_ testing.TB, n int, book string) []byte {
			return append([]byte("From a@b 10:00\n"), mixed("", "--x\n\n"+times("hello\n", n), book)...)
		}, bookFound},
		{"winmail", "attributes without end", "winmail.dat", func(_ testing.TB, n int, _ string) []byte {
			w := newTNEF()
			for w.Len() < n {
				w.attribute(2, 0x00069002, nil)
			}
			return w.Bytes()
		}, notSilent},
		{"signed", "nested without end", "smime.p7m", func(_ testing.TB, n int, _ string) []byte { return bytes.Repeat([]byte{0x30, 0x80}, n/2) }, notSilent},
		{"evidence", "a PDF of all its size, then the workbook", eml, in(nil, func(n int) string {
			return part("Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n", "%PDF-1.4\n"+times("x", n*3/4))
		}), bookFound},
		{"evidence", "a PDF beyond the limit for a file, then the workbook", eml, in(nil, func(n int) string {
			if n < 10<<20 {
				return ""
			}
			return part("Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n", "%PDF-1.4\n"+times("x", 66<<20))
		}), bookFound},
	}
}
