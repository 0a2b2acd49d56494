package mail_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/mail"
)

// costly are inputs that grow with n, each of which once cost more than its size, or could. made, looked and memory are
// the most bytes for each byte of input: unpacked or decoded, looked at in containers, and allocated altogether.
var costly = []struct {
	name, file           string
	input                func(t testing.TB, n int) []byte
	made, looked, memory float64
}{
	{"a folded header", "a.eml", growing(func(n int) string {
		return "From: a@b.example\nSubject: x\n" + strings.Repeat(" y\n", n/3) + "\nhello\n"
	}), 1, 4, 20},
	{"a header of many fields", "a.eml", growing(func(n int) string { return "From: a@b.example\n" + strings.Repeat("x:\n", n/3) + "\nhello\n" }), 1, 4, 80},
	{"continued parameters", "a.eml", growing(func(n int) string {
		var b strings.Builder
		b.WriteString("From: a@b.example\nContent-Type: application/x")
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, ";\n name*%d=abcdefgh", i)
		}
		return b.String() + "\n\nfile\n"
	}), 1, 4, 40},
	{"the same parameter for ever", "a.eml", growing(func(n int) string {
		return "From: a@b.example\nContent-Type: application/x" + strings.Repeat(";a*1*=%41", n/9) + "\n\nfile\n"
	}), 1, 4, 40},
	{"words that never end", "a.eml", growing(func(n int) string {
		return "From: a@b.example\nSubject: " + strings.Repeat("=?utf-8?B?!", n/11) + "?=\n\nhello\n"
	}), 1, 4, 40},
	{"words that end at once", "a.eml", growing(func(n int) string {
		return "From: a@b.example\nSubject: " + strings.Repeat("=?utf-8?Q?x?=", n/13) + "\n\nhello\n"
	}), 1, 4, 200},
	{"comments in an address", "a.eml", growing(func(n int) string { return "From: " + strings.Repeat("(", n) + "\nSubject: x\n\nhello\n" }), 1, 4, 40},
	{"comments in a date", "a.eml", growing(func(n int) string {
		return "From: a@b.example\nDate: " + strings.Repeat("(", n) + "\n\nhello\n"
	}), 1, 4, 40},
	{"parts in parts", "a.eml", growing(func(n int) string {
		var open, shut string
		for i := range 18 {
			open += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%02d\n\n--b%02d\n", i, i)
			shut = fmt.Sprintf("\n--b%02d--", i) + shut
		}
		return "From: a@b.example\n" + open + "\n" + strings.Repeat("hello\n", n/6) + shut
	}), 1, 60, 40},
	{"messages in messages", "a.eml", growing(func(n int) string {
		return strings.Repeat("From: a@b.example\nContent-Type: message/rfc822\n\n", 18) + "From: a@b.example\n\n" + strings.Repeat("hello\n", n/6)
	}), 1, 90, 40},
	{"delimiters that begin alike", "a.eml", growing(func(n int) string {
		return "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--xy\n", n/5) + "--x--\n"
	}), 1, 8, 20},
	{"delimiters in a line", "a.eml", growing(func(n int) string {
		return "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x ", n/4) + "\n--x--\n"
	}), 1, 8, 20},
	{"parts without end", "a.eml", growing(func(n int) string {
		return "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x\n\n", n/5)
	}), 1, 8, 20},
	{"boundaries to guess", "a.eml", growing(func(n int) string { return "From: a@b.example\n\n" + strings.Repeat("--x\n\n", n/5) }), 1, 8, 20},
	{"beginnings of uuencoded files", "a.eml", growing(func(n int) string { return "From: a@b.example\n\n" + strings.Repeat("begin 644 a\n!!!!!\n", n/18) }), 1, 8, 200},
	{"a mailbox of beginnings", "a.mbox", growing(func(n int) string { return strings.Repeat("From a@b 10:00\n\n", n/16) }), 1, 8, 200},
	{"a mailbox of one message", "a.mbox", growing(func(n int) string {
		return "From a@b 10:00\nFrom: a@b.example\n\n" + strings.Repeat("hello\n", n/6)
	}), 1, 8, 40},
	{"an archive of nothing", "a.zip", func(t testing.TB, n int) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for i := range n / 100 {
			if _, err := w.Create(fmt.Sprintf("%06d/", i)); err != nil {
				t.Fatal(err)
			}
		}
		w.Close()
		return b.Bytes()
	}, 1, 4, 40},
	{"attributes without end", "winmail.dat", func(_ testing.TB, n int) []byte {
		w := newTNEF()
		for w.Len() < n {
			w.attribute(2, 0x00069002, nil)
		}
		return w.Bytes()
	}, 1, 4, 80},
	{"values without end", "winmail.dat", func(_ testing.TB, n int) []byte {
		w := newTNEF()
		w.attribute(2, 0x00069002, nil)
		p := append([]byte{1, 0, 0, 0, 0x1f, 0x10, 0x07, 0x37}, 0xff, 0xff, 0xff, 0xff)
		w.attribute(2, 0x00069005, append(p, make([]byte, n)...))
		return w.Bytes()
	}, 1, 4, 40},
	{"a signed message in pieces", "smime.p7m", func(_ testing.TB, n int) []byte {
		head := []byte{0x30, 0x80, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2, 0xa0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1, 0xa0, 0x80, 0x24, 0x80}
		return append(append(head, bytes.Repeat([]byte{4, 1, 'x'}, n/3)...), make([]byte, 12)...)
	}, 2, 8, 20},
	{"a signed message nested", "smime.p7m", func(_ testing.TB, n int) []byte { return bytes.Repeat([]byte{0x30, 0x80}, n/2) }, 1, 8, 20},
}

func growing(f func(n int) string) func(testing.TB, int) []byte {
	return func(_ testing.TB, n int) []byte { return []byte(f(n)) }
}

// TestNothingCostsMoreThanItsSize counts what reading costs, and holds that twice the input costs twice as much.
func TestNothingCostsMoreThanItsSize(t *testing.T) {
	for _, c := range costly {
		t.Run(c.name, func(t *testing.T) {
			var before float64
			for _, n := range []int{400_000, 800_000} {
				input := c.input(t, n)
				_, made, looked, memory := costOf(c.file, input)
				size := float64(len(input))
				t.Logf("%d bytes: made %.1f, looked at %.1f, allocated %.1f for each", len(input), float64(made)/size, float64(looked)/size, memory/size)
				if float64(made) > c.made*size || float64(looked) > c.looked*size || memory > c.memory*size {
					t.Errorf("%d bytes: made %.1f (at most %.0f), looked at %.1f (%.0f), allocated %.1f (%.0f) for each",
						len(input), float64(made)/size, c.made, float64(looked)/size, c.looked, memory/size, c.memory)
				}
				if before > 0 && memory > 2.6*before+1e6 {
					t.Errorf("twice the input takes %.1f times the memory", memory/before)
				}
				before = memory
			}
		})
	}
}

func costOf(file string, input []byte) (items []mail.Item, made, looked int64, memory float64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	items, made, looked = mail.ReadCost(file, input, mail.Limits{})
	runtime.ReadMemStats(&after)
	return items, made, looked, float64(after.TotalAlloc - before.TotalAlloc)
}

// TestArchivesCostWhatTheirLimitsSay holds that bytes are charged when they are unpacked, whether or not what they make
// is taken then.
func TestArchivesCostWhatTheirLimitsSay(t *testing.T) {
	zeros := strings.Repeat("\x00", 60<<20)
	bomb := string(zipOf(t, "a.bin", zeros))
	var many []string
	for i := range 12 {
		many = append(many, fmt.Sprintf("%d.zip", i), bomb)
	}
	nest := zipOf(t, many...)
	// Members beyond the limit for a file, one after the other, and members that turn out damaged at their end.
	over := string(zipOf(t, "a.bin", zeros+strings.Repeat("\x00", 5<<20)))
	damaged := []byte(bomb)
	damaged[14] ^= 1 // the sum in the local header and, below, in the directory
	if i := bytes.LastIndex(damaged, []byte("PK\x01\x02")); i > 0 {
		damaged[i+16] ^= 1
	}
	if i := bytes.LastIndex(damaged, []byte("PK\x07\x08")); i > 0 {
		damaged[i+4] ^= 1
	}
	var rejected, broken []string
	for i := range 12 {
		rejected = append(rejected, fmt.Sprintf("%d.zip", i), over)
		broken = append(broken, fmt.Sprintf("%d.zip", i), string(damaged))
	}
	for _, test := range []struct {
		name  string
		input []byte
	}{{"a nest", nest}, {"members too large", zipOf(t, rejected...)}, {"members damaged at their end", zipOf(t, broken...)},
		{"a mailbox of nests", bytes.Repeat(append([]byte("From a@b 10:00\n"), append([]byte(letter+"Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n"+base64Of(string(nest))), '\n')...), 50)},
		{"a nest in a message", crlf(letter + "Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n" + base64Of(string(nest)))}} {
		file := "a.zip"
		if strings.HasPrefix(string(test.input), "From: ") {
			file = "a.eml"
		} else if strings.HasPrefix(string(test.input), "From ") {
			file = "a.mbox"
		}
		items, made, _, memory := costOf(file, test.input)
		most := min(mail.DefaultLimits().Total, 8<<20+100*int64(len(test.input))) + 1<<20
		t.Logf("%s: %d bytes unpack to %d (at most %d), %.0f allocated", test.name, len(test.input), made, most, memory)
		if made > most {
			t.Errorf("%s: %d bytes were made of %d, want at most %d", test.name, made, len(test.input), most)
		}
		if memory > 500e6 {
			t.Errorf("%s: %.0f bytes were allocated", test.name, memory)
		}
		told := false
		for _, it := range items {
			told = told || it.Finding != nil
		}
		if !told {
			t.Errorf("%s: nothing is said", test.name)
		}
	}
}

// TestReadingEndsInTime holds the last resort: by a clock that goes on by a second whenever it is looked at, a message of
// many parts ends early, which is said once, and what came before counts.
func TestReadingEndsInTime(t *testing.T) {
	now := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	clock := func() time.Time { now = now.Add(time.Second); return now }
	message := letter + "Content-Type: multipart/mixed; boundary=x\n\n"
	for range 100 {
		message += part("Content-Type: application/x; name=a.xlsx\n", "one")
	}
	var found, told int
	for _, it := range mail.ReadAt(clock, "a.eml", crlf(message+"--x--\n"), mail.Limits{Time: 20 * time.Second}) {
		switch {
		case it.Found != nil:
			found++
		case it.Finding != nil && strings.Contains(it.Finding.Message, "more than 20 seconds"):
			told++
		default:
			t.Errorf("got %+v", it)
		}
	}
	if found != 10 || told != 1 { // the clock is looked at twice for each part: as a part, and with what is in it
		t.Errorf("%d files and %d findings", found, told)
	}
}
