package compound_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/compound"
)

// line is a line of a directory: kind 1 a folder, 2 a stream, 5 the root; 0 for left, right and child is none, since line
// 0 is the root.
type line struct {
	name               string
	kind               byte
	left, right, child uint32
}

// fileOf writes a compound file with a directory and no content: the header, one sector of the table of sectors, and the
// directory after it.
func fileOf(lines []line) []byte {
	const sector = 512
	le := binary.LittleEndian
	per := sector / 128
	dirSectors := (len(lines) + per - 1) / per
	fatSectors := 1
	for fatSectors*128 < fatSectors+dirSectors {
		fatSectors++
	}
	b := make([]byte, sector*(1+fatSectors+dirSectors))
	copy(b, compound.Magic)
	le.PutUint16(b[26:], 3)
	le.PutUint16(b[28:], 0xFFFE)
	le.PutUint16(b[30:], 9)
	le.PutUint16(b[32:], 6)
	le.PutUint32(b[44:], uint32(fatSectors))
	le.PutUint32(b[48:], uint32(fatSectors)) // the directory comes after the table of sectors
	le.PutUint32(b[56:], 4096)
	le.PutUint32(b[60:], 0xFFFFFFFE)
	le.PutUint32(b[68:], 0xFFFFFFFE)
	for i := range 109 {
		le.PutUint32(b[76+4*i:], 0xFFFFFFFF)
		if i < fatSectors {
			le.PutUint32(b[76+4*i:], uint32(i))
		}
	}
	for i := range fatSectors * 128 {
		next := uint32(0xFFFFFFFF)
		switch {
		case i < fatSectors:
			next = 0xFFFFFFFD
		case i < fatSectors+dirSectors-1:
			next = uint32(i + 1)
		case i == fatSectors+dirSectors-1:
			next = 0xFFFFFFFE
		}
		le.PutUint32(b[sector+4*i:], next)
	}
	for i, l := range lines {
		e := b[sector*(1+fatSectors)+128*i:][:128]
		for k, r := range l.name {
			le.PutUint16(e[2*k:], uint16(r))
		}
		le.PutUint16(e[64:], uint16(2*len(l.name)+2))
		e[66] = l.kind
		for k, to := range []uint32{l.left, l.right, l.child} {
			if to == 0 {
				to = 0xFFFFFFFF
			}
			le.PutUint32(e[68+4*k:], to)
		}
	}
	return b
}

func entriesOf(t *testing.T, lines []line) ([]compound.Entry, error) {
	t.Helper()
	b := fileOf(lines)
	f, err := compound.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f.Entries()
}

func TestEntries(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []line
		want  string // "" for a tree that is none
	}{
		{"none", []line{{name: "Root", kind: 5}}, "-"},
		{"a tree", []line{{name: "Root", kind: 5, child: 1}, {name: "m", kind: 1, left: 2, right: 3, child: 4}, {name: "a", kind: 2}, {name: "z", kind: 2}, {name: "in", kind: 2}},
			"0a 0m/ 1in 0z"},
		{"a line that is its own neighbour", []line{{name: "Root", kind: 5, child: 1}, {name: "a", kind: 2, right: 1}}, ""},
		{"a ring of folders", []line{{name: "Root", kind: 5, child: 1}, {name: "a", kind: 1, child: 2}, {name: "b", kind: 1, child: 1}}, ""},
		{"two that refer to one", []line{{name: "Root", kind: 5, child: 1}, {name: "a", kind: 1, left: 2, right: 2}, {name: "b", kind: 2}}, ""},
		{"a line that is not there", []line{{name: "Root", kind: 5, child: 1}, {name: "a", kind: 2, left: 77}}, ""},
		{"an empty line", []line{{name: "Root", kind: 5, child: 1}, {name: "a", kind: 2, left: 2}, {}}, ""},
		{"a root in the tree", []line{{name: "Root", kind: 5, child: 1}, {name: "a", kind: 5}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := entriesOf(t, c.lines)
			if c.want == "" {
				if !errors.Is(err, compound.ErrDamaged) || list != nil {
					t.Errorf("%v, %v", list, err)
				}
				return
			}
			var got []string
			for _, e := range list {
				s := fmt.Sprint(e.Depth, e.Name)
				if e.Folder {
					s += "/"
				}
				got = append(got, strings.ReplaceAll(s, " ", ""))
			}
			if s := strings.Join(got, " "); err != nil || s != strings.TrimPrefix(c.want, "-") {
				t.Errorf("%q, %v", s, err)
			}
		})
	}
}

// Folders in folders, or neighbours of neighbours, as many as a file can have, take no stack and no time to speak of.
func TestEntriesOfALongChain(t *testing.T) {
	const n = 13000 // what the table of sectors in the header alone has room for
	for _, folders := range []bool{true, false} {
		lines := []line{{name: "Root", kind: 5, child: 1}}
		for i := 1; i <= n; i++ {
			l := line{name: "x", kind: 1}
			switch {
			case i == n:
			case folders:
				l.child = uint32(i + 1)
			default:
				l.left = uint32(i + 1)
			}
			lines = append(lines, l)
		}
		list, err := entriesOf(t, lines)
		if err != nil || len(list) != n {
			t.Fatalf("%d entries, %v", len(list), err)
		}
		if last := list[n-1]; folders && last.Depth != n-1 {
			t.Errorf("the innermost lies in %d", last.Depth)
		}
	}
}
