// Package compound reads compound files ([MS-CFB]): documents of Office 97-2003, workbooks that are protected with a
// password, and messages of Outlook.
//
// Open reads the tables; Read gives a stream by its name, wherever it lies, and Entries and Content give the tree of
// folders and streams. Whatever the file says, the work is linear in its size: chains of sectors are followed no further
// than the file is long, each entry of the tree is visited once, and nothing recurses. What cannot be trusted is an
// error, never a guess.
package compound

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
)

// Magic is how every compound file begins.
const Magic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

const (
	freeSector = 0xFFFFFFFF
	endOfChain = 0xFFFFFFFE
	maxRegular = 0xFFFFFFFA

	entrySize   = 128
	maxEntries  = 1 << 16
	miniSector  = 64
	typeStorage = 1
	typeStream  = 2
	typeRoot    = 5
	headerDIFAT = 109
)

var le = binary.LittleEndian

// File is an open compound file.
type File struct {
	in      io.ReaderAt
	size    int64
	sector  int64 // size of a sector
	cutoff  int64 // streams below this size are in the mini stream
	fat     []uint32
	miniFAT []uint32
	mini    []byte // the mini stream
	entries []entry
	root    int // the entry of the root, which is the first of its kind
}

// entry is a line of the directory ([MS-CFB], 2.6).
type entry struct {
	kind               byte
	name               string
	left, right, child uint32
	start              uint32
	size               int64
}

// ErrDamaged says that the file is damaged or was cut off. What reading the file itself ran into is passed on as it is.
var ErrDamaged = errors.New("the file is a document of an older kind, and is damaged or not complete")

// TwiceError says that the file has two streams of one name.
type TwiceError struct{ Name string }

// Error says which name.
func (e *TwiceError) Error() string {
	return fmt.Sprintf("the file has two streams of the name %s", e.Name)
}

// Open reads the tables of a compound file.
func Open(r io.ReaderAt, size int64) (*File, error) {
	h := make([]byte, 512)
	if n, err := r.ReadAt(h, 0); n < len(h) {
		if err == io.EOF {
			err = ErrDamaged
		}
		return nil, err
	}
	shift := le.Uint16(h[30:])
	if string(h[:8]) != Magic || shift != 9 && shift != 12 || le.Uint16(h[32:]) != 6 || le.Uint16(h[28:]) != 0xFFFE {
		return nil, ErrDamaged
	}
	f := &File{in: r, size: size, sector: 1 << shift, cutoff: int64(le.Uint32(h[56:]))}
	if err := f.readFAT(h); err != nil {
		return nil, err
	}
	dir, err := f.chain(le.Uint32(h[48:]), maxEntries*entrySize, false)
	if err != nil {
		return nil, err
	}
	f.readDirectory(dir, shift == 9)
	if f.root < 0 {
		return nil, ErrDamaged
	}
	for _, e := range f.entries {
		if e.size < 0 || e.size > size {
			return nil, ErrDamaged
		}
	}
	if root := f.entries[f.root]; root.size > 0 {
		if f.mini, err = f.chain(root.start, root.size, true); err != nil {
			return nil, err
		}
		mini, err := f.chain(le.Uint32(h[60:]), size, false)
		if err != nil {
			return nil, err
		}
		f.miniFAT = words(mini)
	}
	return f, nil
}

// readDirectory reads the lines of the directory. Those that are empty or have no name keep their place, by which others
// refer to them. In files of small sectors the upper half of a size may hold anything ([MS-CFB], 2.6.1).
func (f *File) readDirectory(dir []byte, small bool) {
	f.root = -1
	for ; len(dir) >= entrySize; dir = dir[entrySize:] {
		e := entry{kind: dir[66], left: le.Uint32(dir[68:]), right: le.Uint32(dir[72:]), child: le.Uint32(dir[76:])}
		n := int(le.Uint16(dir[64:]))
		if e.kind != typeStorage && e.kind != typeStream && e.kind != typeRoot || n < 2 || n > 64 {
			f.entries = append(f.entries, entry{})
			continue
		}
		units := make([]uint16, n/2-1)
		for i := range units {
			units[i] = le.Uint16(dir[2*i:])
		}
		e.name = string(utf16.Decode(units))
		if e.kind != typeStorage { // the size of a storage means nothing
			e.start, e.size = le.Uint32(dir[116:]), int64(le.Uint64(dir[120:]))
			if small {
				e.size &= 0xFFFFFFFF
			}
		}
		if e.kind == typeRoot && f.root < 0 {
			f.root = len(f.entries)
		}
		f.entries = append(f.entries, e)
	}
}

// readFAT reads the table of sectors: its own sectors are listed in the header and in chained lists.
func (f *File) readFAT(h []byte) error {
	limit := f.size/f.sector + 1
	list := words(h[76 : 76+4*headerDIFAT])
	next := le.Uint32(h[68:])
	for n := int64(0); next < maxRegular; n++ {
		b, err := f.readSector(next)
		if err != nil {
			return err
		}
		w := words(b)
		list = append(list, w[:len(w)-1]...)
		next = w[len(w)-1]
		if n > limit {
			return ErrDamaged
		}
	}
	for _, s := range list {
		if s == freeSector {
			continue
		}
		b, err := f.readSector(s)
		if err != nil {
			return err
		}
		f.fat = append(f.fat, words(b)...)
		if int64(len(f.fat)) > 2*limit+f.sector {
			break // the rest of the table is about sectors beyond the end of the file
		}
	}
	return nil
}

func (f *File) readSector(n uint32) ([]byte, error) {
	b := make([]byte, f.sector)
	if got, err := f.in.ReadAt(b, (int64(n)+1)*f.sector); got < len(b) && (err != io.EOF || got == 0) {
		return nil, ErrDamaged
	}
	return b, nil
}

func words(b []byte) []uint32 {
	w := make([]uint32, len(b)/4)
	for i := range w {
		w[i] = le.Uint32(b[4*i:])
	}
	return w
}

// chain reads the sectors of a chain: up to size bytes, which must all be there if exact.
func (f *File) chain(start uint32, size int64, exact bool) ([]byte, error) {
	var out []byte
	if exact {
		out = make([]byte, 0, size+f.sector)
	}
	steps := int64(0)
	for s := start; s < maxRegular && int64(len(out)) < size; s = f.fat[s] {
		if steps++; steps > f.size/f.sector+1 || int64(s) >= int64(len(f.fat)) {
			return nil, ErrDamaged
		}
		b, err := f.readSector(s)
		if err != nil {
			return nil, err
		}
		out = append(out, b...)
	}
	if exact && int64(len(out)) < size {
		return nil, ErrDamaged
	}
	return out[:min(int64(len(out)), size)], nil
}

// streams calls each for the streams, wherever they lie, until it says false.
func (f *File) streams(each func(e *entry) bool) {
	for i := range f.entries {
		if k := f.entries[i].kind; i != f.root && (k == typeStream || k == typeRoot) && !each(&f.entries[i]) {
			return
		}
	}
}

// Has says whether there is a stream of that name, anywhere in the file. Names are equal without regard to case
// ([MS-CFB] 2.6.4).
func (f *File) Has(name string) bool {
	found := false
	f.streams(func(e *entry) bool {
		found = strings.EqualFold(e.name, name)
		return !found
	})
	return found
}

// Read reads the stream of that name, wherever it lies. The error is ErrDamaged, also where there is none, or a
// *TwiceError.
func (f *File) Read(name string) ([]byte, error) {
	var found *entry
	twice := false
	f.streams(func(e *entry) bool {
		if strings.EqualFold(e.name, name) {
			twice = found != nil
			found = e
		}
		return !twice
	})
	switch {
	case twice:
		return nil, &TwiceError{name}
	case found == nil:
		return nil, ErrDamaged
	}
	return f.content(found)
}

func (f *File) content(e *entry) ([]byte, error) {
	if e.size >= f.cutoff {
		return f.chain(e.start, e.size, true)
	}
	var out []byte
	for s := e.start; s < maxRegular && int64(len(out)) < e.size; s = f.miniFAT[s] {
		at := int64(s) * miniSector
		if int64(s) >= int64(len(f.miniFAT)) || at >= int64(len(f.mini)) || int64(len(out)) > f.size {
			return nil, ErrDamaged
		}
		out = append(out, f.mini[at:min(at+miniSector, int64(len(f.mini)))]...)
	}
	if int64(len(out)) < e.size {
		return nil, ErrDamaged
	}
	return out[:e.size], nil
}
