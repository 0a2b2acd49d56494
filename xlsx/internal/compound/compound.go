// Package compound reads the streams of compound files ([MS-CFB]): documents of Office 97-2003, and workbooks
// that are protected with a password. Chains of sectors are followed no further than the file is long.
package compound

import (
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// Magic is how every compound file begins.
const Magic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

const (
	freeSector = 0xFFFFFFFF
	endOfChain = 0xFFFFFFFE
	maxRegular = 0xFFFFFFFA

	entrySize   = 128
	maxEntries  = 10000
	miniSector  = 64
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
}

type entry struct {
	name  string
	start uint32
	size  int64
}

func damaged() error {
	return refuse.New(models.FileCutOff, "the file is a document of an older kind, and is damaged or not complete")
}

// Open reads the tables of a compound file.
func Open(r io.ReaderAt, size int64) (*File, error) {
	h := make([]byte, 512)
	if n, err := r.ReadAt(h, 0); n < len(h) {
		if err == io.EOF {
			err = damaged()
		}
		return nil, err
	}
	shift := le.Uint16(h[30:])
	if string(h[:8]) != Magic || shift != 9 && shift != 12 || le.Uint16(h[32:]) != 6 || le.Uint16(h[28:]) != 0xFFFE {
		return nil, damaged()
	}
	f := &File{in: r, size: size, sector: 1 << shift, cutoff: int64(le.Uint32(h[56:]))}
	if err := f.readFAT(h); err != nil {
		return nil, err
	}
	dir, err := f.chain(le.Uint32(h[48:]), maxEntries*entrySize, false)
	if err != nil {
		return nil, err
	}
	var root *entry
	for ; len(dir) >= entrySize; dir = dir[entrySize:] {
		n := int(le.Uint16(dir[64:]))
		kind := dir[66]
		if kind != typeStream && kind != typeRoot || n < 2 || n > 64 {
			continue
		}
		units := make([]uint16, n/2-1)
		for i := range units {
			units[i] = le.Uint16(dir[2*i:])
		}
		e := entry{string(utf16.Decode(units)), le.Uint32(dir[116:]), int64(le.Uint64(dir[120:]))}
		if shift == 9 {
			e.size &= 0xFFFFFFFF
		}
		if e.size < 0 || e.size > size {
			return nil, damaged()
		}
		if kind == typeRoot && root == nil {
			root = &e
			continue
		}
		f.entries = append(f.entries, e)
	}
	if root == nil {
		return nil, damaged()
	}
	if root.size > 0 {
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
			return damaged()
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
		return nil, damaged()
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
			return nil, damaged()
		}
		b, err := f.readSector(s)
		if err != nil {
			return nil, err
		}
		out = append(out, b...)
	}
	if exact && int64(len(out)) < size {
		return nil, damaged()
	}
	return out[:min(int64(len(out)), size)], nil
}

// Has says whether there is a stream or storage of that name, anywhere in the file. Names are equal without regard to case
// ([MS-CFB] 2.6.4).
func (f *File) Has(name string) bool {
	for _, e := range f.entries {
		if strings.EqualFold(e.name, name) {
			return true
		}
	}
	return false
}

// Read reads a stream.
func (f *File) Read(name string) ([]byte, error) {
	var found *entry
	for i := range f.entries {
		if strings.EqualFold(f.entries[i].name, name) {
			if found != nil {
				return nil, refuse.New(models.FileContradictory, "the file has two streams of the name %s", name)
			}
			found = &f.entries[i]
		}
	}
	if found == nil {
		return nil, damaged()
	}
	if found.size >= f.cutoff {
		return f.chain(found.start, found.size, true)
	}
	var out []byte
	for s := found.start; s < maxRegular && int64(len(out)) < found.size; s = f.miniFAT[s] {
		at := int64(s) * miniSector
		if int64(s) >= int64(len(f.miniFAT)) || at >= int64(len(f.mini)) || int64(len(out)) > f.size {
			return nil, damaged()
		}
		out = append(out, f.mini[at:min(at+miniSector, int64(len(f.mini)))]...)
	}
	if int64(len(out)) < found.size {
		return nil, damaged()
	}
	return out[:found.size], nil
}
