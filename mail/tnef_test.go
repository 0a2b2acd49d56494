package mail_test

import (
	"bytes"
	"encoding/binary"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rubric-project/rubric/mail"
)

// tnefWriter packs attachments as Outlook does ([MS-OXTNEF]).
type tnefWriter struct{ bytes.Buffer }

func newTNEF() *tnefWriter {
	w := &tnefWriter{}
	w.Write([]byte{0x78, 0x9f, 0x3e, 0x22, 1, 0})
	w.attribute(1, 0x00089006, []byte{0, 0, 1, 0})                          // version
	w.attribute(1, 0x00069007, binary.LittleEndian.AppendUint64(nil, 1252)) // code page
	w.attribute(1, 0x00078008, []byte("IPM.Microsoft Mail.Note\x00"))
	w.attribute(1, 0x00018004, []byte("Return\x00")) // subject
	return w
}

func (w *tnefWriter) attribute(level byte, id uint32, data []byte) {
	w.WriteByte(level)
	_ = binary.Write(w, binary.LittleEndian, id)
	_ = binary.Write(w, binary.LittleEndian, uint32(len(data)))
	w.Write(data)
	sum := uint16(0)
	for _, c := range data {
		sum += uint16(c)
	}
	_ = binary.Write(w, binary.LittleEndian, sum)
}

// attach adds a file under a short name and, in the properties, a long one.
func (w *tnefWriter) attach(short, long string, content []byte) {
	w.attribute(2, 0x00069002, make([]byte, 14))
	if content != nil {
		w.attribute(2, 0x0006800f, content)
	}
	w.attribute(2, 0x00018010, append([]byte(short), 0))
	w.attribute(2, 0x00069005, longName(long))
}

// embed adds a message.
func (w *tnefWriter) embed(name string, inside []byte) {
	w.attribute(2, 0x00069002, make([]byte, 14))
	p := binary.LittleEndian.AppendUint32(nil, 1)
	p = binary.LittleEndian.AppendUint32(p, 0x3701000d)
	p = binary.LittleEndian.AppendUint32(p, 1)
	p = binary.LittleEndian.AppendUint32(p, uint32(16+len(inside)))
	p = append(append(p, make([]byte, 16)...), inside...)
	w.attribute(2, 0x00018010, append([]byte(name), 0))
	w.attribute(2, 0x00069005, p)
}

// longName is the properties of an attachment: a number, a named property, a time, and the name in Unicode.
func longName(name string) []byte {
	p := binary.LittleEndian.AppendUint32(nil, 4)
	p = binary.LittleEndian.AppendUint32(p, 0x37050003) // method
	p = binary.LittleEndian.AppendUint32(p, 1)
	p = binary.LittleEndian.AppendUint32(p, 0x8001001e) // a named property of text
	p = append(p, make([]byte, 16)...)
	p = binary.LittleEndian.AppendUint32(p, 0)
	p = binary.LittleEndian.AppendUint32(p, 7)
	p = binary.LittleEndian.AppendUint32(p, 1)
	p = binary.LittleEndian.AppendUint32(p, 3)
	p = append(p, 'a', 'b', 0, 0)
	p = binary.LittleEndian.AppendUint32(p, 0x30070040) // created
	p = append(p, make([]byte, 8)...)
	p = binary.LittleEndian.AppendUint32(p, 0x3707001f)
	p = binary.LittleEndian.AppendUint32(p, 1)
	units := append(utf16.Encode([]rune(name)), 0)
	p = binary.LittleEndian.AppendUint32(p, uint32(2*len(units)))
	for _, u := range units {
		p = binary.LittleEndian.AppendUint16(p, u)
	}
	for len(p)%4 != 0 {
		p = append(p, 0)
	}
	return p
}

func tnefMessage(packed []byte) []byte {
	return crlf(letter + "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nhello\n" + part("Content-Type: application/ms-tnef; name=winmail.dat\n", string(packed)) + "--x--\n")
}

func TestWinmailIsOpened(t *testing.T) {
	one := []byte(workbookBytes(t, "one"))
	w := newTNEF()
	w.attach("RETURN~1.XLS", "Return für Łódź.xlsx", one)
	w.attach("logo.png", "logo.png", []byte("\x89PNG"))
	inside := newTNEF()
	inside.attach("b.zip", "b.zip", zipOf(t, "c.xlsx", string(one)))
	w.embed("FW: Return", inside.Bytes())
	got := mail.Read("a.eml", tnefMessage(w.Bytes()), mail.Limits{})
	var lines []string
	for _, it := range got {
		if it.Beside != nil && it.Beside.Name == "logo.png" {
			continue
		}
		if it.Found == nil || !bytes.Equal(it.Found.Content, one) {
			t.Fatalf("got\n%s", inShort(got))
		}
		lines = append(lines, strings.Join(it.Found.Path, "!"))
	}
	want := "a.eml!winmail.dat!Return für Łódź.xlsx\na.eml!winmail.dat!FW: Return!b.zip!c.xlsx"
	if s := strings.Join(lines, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}

	// Cut off anywhere, it is said or what is there is found; nothing else happens.
	for n := range w.Len() {
		if s := inShort(mail.Read("winmail.dat", w.Bytes()[:n], mail.Limits{})); n > 4 && !strings.Contains(s, "mail-") && !strings.Contains(s, "found") {
			t.Errorf("cut off at %d: %q", n, s)
		}
	}
	if s := inShort(mail.Read("a.eml", tnefMessage(newTNEF().Bytes()), mail.Limits{})); s != "mail-no-attachment at a.eml" {
		t.Errorf("a letter in Outlook's format and nothing else: %s", s)
	}
}

// TestTNEFBySomebodyElse holds the input of these tests against a program that nobody here wrote.
func TestTNEFBySomebodyElse(t *testing.T) {
	if _, err := exec.LookPath("tnef"); err != nil {
		t.Skip("the program tnef is not installed")
	}
	one := []byte(workbookBytes(t, "one"))
	w := newTNEF()
	w.attach("RETURN~1.XLS", "Return.xlsx", one)
	cmd := exec.Command("tnef", "--list")
	cmd.Stdin = bytes.NewReader(w.Bytes())
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Return.xlsx") {
		t.Errorf("tnef lists %q, %v", out, err)
	}
}
