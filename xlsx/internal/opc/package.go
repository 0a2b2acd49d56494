// Package opc opens the zip packages of office documents (ECMA-376 Part 2; APPNOTE.TXT of PKWARE) strictly. A
// package is taken only if it can be read in one way: every byte belongs to exactly one entry or to the
// directory, the directory and the entries' own headers agree, no two names collide, and each part inflates to
// what was declared for it. Nothing is unpacked before it is asked for. All errors are *refuse.Error, apart
// from those of the underlying reader and of the context.
package opc

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// Limits bound what a package may hold.
type Limits struct {
	// Parts is the largest number of entries.
	Parts int
	// Unpacked is the largest sum of the entries' sizes, as declared and as read, in bytes.
	Unpacked int64
}

// Package is an opened package.
type Package struct {
	// Notes lists what is not as the standard says and yet without doubt.
	Notes []words.Said

	ctx     context.Context
	in      io.ReaderAt
	size    int64
	limits  Limits
	entries []entry
	byName  map[string]int // by the folded name
	spent   int64          // bytes inflated so far
	types   *contentTypes
	// own are the relationships of the package, once they have been read.
	own []Relation
}

type entry struct {
	name     string
	method   uint16
	flags    uint16
	crc      uint32
	packed   int64
	unpacked int64
	header   int64 // offset of the local header
	data     int64 // offset of the data
}

// Flags of an entry (APPNOTE 4.4.4).
const (
	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3
	flagPatched    = 1 << 5
	flagStrong     = 1 << 6
	flagMasked     = 1 << 13
)

// Compression methods (APPNOTE 4.4.5) that ECMA-376 Part 2 allows.
const (
	stored   = 0
	deflated = 8
)

// Open reads the directory of the package and checks it against the entries' headers. ctx bounds this and all
// later reading.
func Open(ctx context.Context, r io.ReaderAt, size int64, limits Limits) (*Package, error) {
	p := &Package{ctx: ctx, in: r, size: size, limits: limits}
	end, err := p.findEnd()
	if err != nil {
		return nil, err
	}
	if err := p.readDirectory(end); err != nil {
		return nil, err
	}
	if err := p.checkEntries(end.directory); err != nil {
		return nil, err
	}
	return p, nil
}

// Names lists the parts in the order of the directory.
func (p *Package) Names() []string {
	names := make([]string, len(p.entries))
	for i := range p.entries {
		names[i] = p.entries[i].name
	}
	return names
}

// Has says whether there is a part of that name. Names of parts are equal without regard to case
// (ECMA-376 Part 2, 6.2.2.3).
func (p *Package) Has(name string) bool { return p.find(name) != nil }

// find is the entry of that name, nil for none.
func (p *Package) find(name string) *entry {
	var room [64]byte
	key := room[:0]
	for i := range len(name) {
		c := name[i]
		if c >= utf8.RuneSelf {
			key = append(room[:0], fold(name)...)
			break
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		key = append(key, c)
	}
	if i, ok := p.byName[string(key)]; ok {
		return &p.entries[i]
	}
	return nil
}

// Size is the declared size of a part, 0 for none.
func (p *Package) Size(name string) int64 {
	if e := p.find(name); e != nil {
		return e.unpacked
	}
	return 0
}

func fold(name string) string { return strings.ToLower(name) }

// readAt reads exactly len(b) bytes.
func (p *Package) readAt(b []byte, at int64) error {
	if at < 0 || at+int64(len(b)) > p.size {
		return refuse.New(models.FileCutOff, "the file refers to bytes beyond its end")
	}
	n, err := p.in.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == io.EOF {
		return refuse.New(models.FileCutOff, "the file is shorter than it was said to be")
	}
	return err
}

// view gives n bytes of the file, which must not be changed.
func (p *Package) view(at int64, n int) ([]byte, error) {
	if b, ok := p.inMemory(at, n); ok {
		return b, nil
	}
	b := make([]byte, n)
	return b, p.readAt(b, at)
}

// inMemory gives n bytes of a file that lies in memory.
func (p *Package) inMemory(at int64, n int) ([]byte, bool) {
	file, ok := p.in.(Bytes)
	if end := at + int64(n); !ok || at < 0 || end < at || end > p.size || end > int64(len(file)) {
		return nil, false
	}
	return file[at : at+int64(n)], true
}

// checkName refuses names that are no names of parts, or that mean something else to another program.
func checkName(name string) error {
	bad := func(why string) error {
		return refuse.New(models.FileHostile, "an entry of the file has a name that %s (%q)", words.Sayf(why), name)
	}
	switch {
	case name == "":
		return bad("is empty")
	case len(name) > 512:
		return bad("is too long")
	case strings.HasPrefix(name, "/"), len(name) > 1 && name[1] == ':':
		return bad("leads out of the file")
	}
	for _, r := range name {
		if r < 0x20 || r == 0x7F || r == '\uFFFD' {
			return bad("has characters that names do not have")
		}
	}
	for segment := range strings.SplitSeq(strings.TrimSuffix(name, "/"), "/") {
		switch strings.ToLower(segment) {
		case "", ".", "..", "%2e", "%2e%2e", ".%2e", "%2e.":
			return bad("leads out of the file")
		}
	}
	return nil
}
