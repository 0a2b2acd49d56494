package mail_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/rubric-project/rubric/mail"
)

// node is a storage or a stream of a compound file.
type node struct {
	name     string
	data     []byte
	children []node
}

// text is a text property. Streams below 4096 bytes live in another structure of the file, which this writer
// leaves out: they are padded with zeros, which readers of text take off.
func text(property, s string) node {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return node{name: "__substg1.0_" + property + "001F", data: append(b, make([]byte, 4096)...)}
}

// compound writes a compound file ([MS-CFB]) with sectors of 512 bytes.
func compound(children ...node) []byte {
	type entry struct {
		node
		isStorage    bool
		child, right uint32
		start        uint32
		size         int
	}
	const none, end, fatMark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
	entries := []*entry{{node: node{name: "Root Entry", children: children}, isStorage: true}}
	for i := 0; i < len(entries); i++ {
		e := entries[i]
		e.child = none
		if i == 0 {
			e.right = none
		}
		previous := (*entry)(nil)
		for _, c := range e.children {
			n := &entry{node: c, isStorage: c.data == nil, right: none}
			entries = append(entries, n)
			if previous == nil {
				e.child = uint32(len(entries) - 1)
			} else {
				previous.right = uint32(len(entries) - 1)
			}
			previous = n
		}
	}
	var body []byte
	var fat []uint32
	put := func(b []byte) uint32 {
		start := uint32(len(fat))
		for i := 0; i < len(b); i += 512 {
			sector := make([]byte, 512)
			copy(sector, b[i:])
			body = append(body, sector...)
			fat = append(fat, uint32(len(fat)+1))
		}
		fat[len(fat)-1] = end
		return start
	}
	for _, e := range entries {
		e.start = end
		if !e.isStorage {
			e.start, e.size = put(e.data), len(e.data)
		}
	}
	var dir []byte
	for i, e := range entries {
		b := make([]byte, 128)
		units := utf16.Encode([]rune(e.name))
		for j, u := range units {
			binary.LittleEndian.PutUint16(b[2*j:], u)
		}
		binary.LittleEndian.PutUint16(b[64:], uint16(2*len(units)+2))
		b[66], b[67] = 2, 1
		if e.isStorage {
			b[66] = 1
		}
		if i == 0 {
			b[66] = 5
		}
		binary.LittleEndian.PutUint32(b[68:], none)
		binary.LittleEndian.PutUint32(b[72:], e.right)
		binary.LittleEndian.PutUint32(b[76:], e.child)
		binary.LittleEndian.PutUint32(b[116:], e.start)
		binary.LittleEndian.PutUint32(b[120:], uint32(e.size))
		dir = append(dir, b...)
	}
	dirStart := put(dir)
	sectors := 1
	for sectors*128 < len(fat)+sectors {
		sectors++
	}
	fatStart := len(fat)
	for range sectors {
		fat = append(fat, fatMark)
	}
	for len(fat) < sectors*128 {
		fat = append(fat, none)
	}
	for _, v := range fat {
		body = binary.LittleEndian.AppendUint32(body, v)
	}
	head := make([]byte, 512)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	binary.LittleEndian.PutUint16(head[24:], 0x3e)
	binary.LittleEndian.PutUint16(head[26:], 3)
	binary.LittleEndian.PutUint16(head[28:], 0xfffe)
	binary.LittleEndian.PutUint16(head[30:], 9)
	binary.LittleEndian.PutUint16(head[32:], 6)
	binary.LittleEndian.PutUint32(head[44:], uint32(sectors))
	binary.LittleEndian.PutUint32(head[48:], dirStart)
	binary.LittleEndian.PutUint32(head[56:], 4096)
	binary.LittleEndian.PutUint32(head[60:], end)
	binary.LittleEndian.PutUint32(head[68:], end)
	for i := range 109 {
		v := uint32(none)
		if i < sectors {
			v = uint32(fatStart + i)
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], v)
	}
	return append(head, body...)
}

// fixed is the stream of properties of fixed length, with the time of delivery.
func fixed(at time.Time) node {
	b := make([]byte, 4096)
	binary.LittleEndian.PutUint32(b[32:], 0x0E060040)
	binary.LittleEndian.PutUint64(b[40:], uint64(at.Unix())*1e7+116444736000000000)
	return node{name: "__properties_version1.0", data: b}
}

func outlookMessage() []byte {
	workbook := node{name: "__substg1.0_37010102", data: bytes.Repeat([]byte("workbook"), 1000)}
	return compound(
		fixed(time.Date(2026, 11, 16, 9, 20, 30, 0, time.UTC)),
		text("0037", "Our return"), text("5D01", "Contact@schools.example"), text("0C1A", "Example Contact"), text("1035", "<outlook@schools.example>"),
		node{name: "__attach_version1.0_#00000000", children: []node{text("3707", "Schule Müller.xlsx"), text("3704", "SCHULE~1.XLS"), workbook}},
		node{name: "__attach_version1.0_#00000001", children: []node{text("3001", "Forwarded"), {name: "__substg1.0_3701000D", children: []node{
			fixed(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)), text("007D", "From: author@schools.example\r\nSubject: inner\r\n"),
			{name: "__attach_version1.0_#00000000", children: []node{text("3704", "A.XLSX"), {name: "__substg1.0_37010102", data: bytes.Repeat([]byte("second"), 1000)}}},
		}}}},
		node{name: "__attach_version1.0_#00000002", children: []node{text("3707", "logo.png"), {name: "__substg1.0_37010102", data: make([]byte, 5000)}}},
	)
}

func TestReadOutlookMessage(t *testing.T) {
	items := mail.Read("return.msg", outlookMessage(), mail.Limits{})
	if len(items) != 3 || items[0].Found == nil || items[1].Found == nil || items[2].Beside == nil {
		t.Fatalf("%s", inShort(items))
	}
	if name := items[2].Beside.Name; name != "logo.png" { // no text shows it
		t.Errorf("beside the returns there is %s", name)
	}
	first, second := items[0].Found, items[1].Found
	if first.Name != "Schule Müller.xlsx" || len(first.Content) != 8000 || strings.Join(first.Senders, " ") != "Contact@schools.example" {
		t.Errorf("%s from %v, %d bytes", first.Name, first.Senders, len(first.Content))
	}
	want := mail.Letterhead{From: "Contact@schools.example", FromName: "Example Contact", Subject: "Our return", ID: "outlook@schools.example", Date: time.Date(2026, 11, 16, 9, 20, 30, 0, time.UTC)}
	if first.Letter != want {
		t.Errorf("%+v", first.Letter)
	}
	if second.Name != "A.XLSX" || strings.Join(second.Senders, " ") != "Contact@schools.example author@schools.example" || strings.Join(second.Path, "!") != "return.msg!Forwarded!A.XLSX" {
		t.Errorf("%s from %v at %v", second.Name, second.Senders, second.Path)
	}
	for cut := 0; cut < len(outlookMessage()); cut += 997 {
		for _, it := range mail.Read("cut.msg", outlookMessage()[:cut], mail.Limits{}) {
			if it.Found != nil && cut > 512 && len(it.Found.Content) != 8000 && len(it.Found.Content) != 6000 && it.Found.Name != "cut.msg" {
				t.Errorf("cut at %d: %s with %d bytes", cut, it.Found.Name, len(it.Found.Content))
			}
		}
	}
}

// TestReadRealOutlookMessage reads the message that comes with the library for compound files.
func TestReadRealOutlookMessage(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/richardlehane/mscfb").Output()
	if err != nil {
		t.Skip("the go command does not find the library")
	}
	raw, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "test", "test.msg"))
	if err != nil {
		t.Skip("the library comes without its example")
	}
	items := mail.Read("test.msg", raw, mail.Limits{})
	if len(items) == 0 || items[0].Finding != nil && items[0].Finding.Code == "mail-unreadable" {
		t.Errorf("%s", inShort(items))
	}
	t.Log(shortly(inShort(items)))
}

func shortly(s string) string { return s[:min(len(s), 500)] }
