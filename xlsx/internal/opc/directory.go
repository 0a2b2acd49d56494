package opc

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

var le = binary.LittleEndian

// Signatures and sizes of the records (APPNOTE 4.3).
const (
	sigLocal      = "PK\x03\x04"
	sigEntry      = "PK\x01\x02"
	sigEnd        = "PK\x05\x06"
	sigEnd64      = "PK\x06\x06"
	sigLocator64  = "PK\x06\x07"
	sigDescriptor = "PK\x07\x08"

	endSize       = 22
	end64Size     = 56
	locator64Size = 20
	entrySize     = 46
	localSize     = 30

	maxComment = 1<<16 - 1
	maxTail    = 4096
)

// ending is what the end of the central directory says.
type ending struct {
	count     uint64
	length    int64
	directory int64 // offset of the first entry
}

var tails = sync.Pool{New: func() any { b := make([]byte, endSize+maxComment+maxTail); return &b }}

// findEnd finds the end of central directory record. Exactly one place in the file may pass for it.
func (p *Package) findEnd() (ending, error) {
	n := min(p.size, endSize+maxComment+maxTail)
	tail, ok := p.inMemory(p.size-n, int(n))
	if !ok {
		buf := tails.Get().(*[]byte)
		defer tails.Put(buf)
		tail = (*buf)[:n]
		if err := p.readAt(tail, p.size-n); err != nil {
			return ending{}, err
		}
	}
	var found []ending
	var foundErr error
	any := false
	var room [8]int
	all := room[:0]
	for i := 0; i <= len(tail)-endSize; i++ {
		k := bytes.Index(tail[i:len(tail)-endSize+4], []byte(sigEnd))
		if k < 0 {
			break
		}
		i += k
		all = append(all, i)
	}
	for _, i := range slices.Backward(all) {
		any = true
		at := p.size - n + int64(i)
		e, err := p.readEnd(tail[i:], at)
		if err != nil {
			// What comes before the end that fits is inside a part: a workbook in a workbook has one too.
			if len(found) == 0 {
				foundErr = err
			}
			continue
		}
		rest := tail[i+endSize+int(le.Uint16(tail[i+20:])):]
		if len(bytes.Trim(rest, "\x00\r\n\t \x1a")) > 0 || len(rest) > maxTail {
			if len(found) == 0 {
				foundErr = refuse.Damaged("there are %d bytes after the end of the workbook", len(rest))
			}
			continue
		}
		if len(rest) > 0 {
			p.Notes = append(p.Notes, words.Sayf("The file has blank bytes after its end."))
		}
		found = append(found, e)
	}
	switch {
	case len(found) == 1 && foundErr == nil:
		return found[0], nil
	case len(found) > 0:
		return ending{}, refuse.New(models.FileContradictory, "the file has more than one table of contents")
	case any:
		return ending{}, foundErr
	}
	return ending{}, refuse.New(models.FileCutOff, "the file's end is missing")
}

// readEnd reads the record at the start of b, which stands at the given offset, and its zip64 form.
func (p *Package) readEnd(b []byte, at int64) (ending, error) {
	if int(le.Uint16(b[20:])) > len(b)-endSize {
		return ending{}, refuse.New(models.FileCutOff, "the file's end is missing")
	}
	disk, start, here, count := le.Uint16(b[4:]), le.Uint16(b[6:]), le.Uint16(b[8:]), le.Uint16(b[10:])
	e := ending{uint64(count), int64(le.Uint32(b[12:])), int64(le.Uint32(b[16:]))}
	if loc, err := p.view(at-locator64Size, locator64Size); err == nil && string(loc[:4]) == sigLocator64 {
		at64 := at - locator64Size - end64Size
		if at64 < 0 || le.Uint64(loc[8:]) != uint64(at64) || le.Uint32(loc[4:]) != 0 || le.Uint32(loc[16:]) > 1 {
			return ending{}, refuse.Damaged("the file's table of contents is not where it should be")
		}
		rec, err := p.view(at64, end64Size)
		if err != nil {
			return ending{}, err
		}
		e64 := ending{le.Uint64(rec[32:]), int64(le.Uint64(rec[40:])), int64(le.Uint64(rec[48:]))}
		if string(rec[:4]) != sigEnd64 || le.Uint64(rec[4:]) != end64Size-12 || le.Uint32(rec[16:]) != 0 || le.Uint32(rec[20:]) != 0 ||
			le.Uint64(rec[24:]) != e64.count || e64.length < 0 || e64.directory < 0 {
			return ending{}, refuse.Damaged("the file's table of contents is not where it should be")
		}
		if count != 0xFFFF && uint64(count) != e64.count || e.length != 0xFFFFFFFF && e.length != e64.length ||
			e.directory != 0xFFFFFFFF && e.directory != e64.directory {
			return ending{}, refuse.New(models.FileContradictory, "the file has more than one table of contents")
		}
		e, at = e64, at64
	} else if disk != 0 || start != 0 || here != count {
		return ending{}, refuse.Damaged("the file is one of several pieces")
	}
	if e.length > at || e.directory != at-e.length {
		return ending{}, refuse.Damaged("the file's table of contents is not where it should be")
	}
	if e.count > uint64(p.limits.Parts) {
		return ending{}, refuse.New(models.FileOverLimit, "the file has %d parts; the limit is %d", e.count, p.limits.Parts)
	}
	return e, nil
}

// readDirectory reads the central directory.
func (p *Package) readDirectory(e ending) error {
	if e.length > int64(e.count)*(entrySize+2048) {
		return refuse.Damaged("the file's table of contents is larger than its entries need")
	}
	b, err := p.view(e.directory, int(e.length))
	if err != nil {
		return err
	}
	p.entries = make([]entry, 0, e.count)
	p.byName = make(map[string]int, e.count)
	var total int64
	backslashes := false
	for text := string(b); len(b) > 0; { // the names are pieces of it
		en, rest, err := readEntry(b, text[len(text)-len(b):])
		if err != nil {
			return err
		}
		b = rest
		if strings.Contains(en.name, `\`) {
			en.name = slashed(en.name)
			backslashes = true
		}
		if err := checkName(en.name); err != nil {
			return err
		}
		key := fold(en.name)
		if j, ok := p.byName[key]; ok {
			return refuse.New(models.FileContradictory, "the file has two parts of one name (%q, %q)", p.entries[j].name, en.name)
		}
		if total += en.unpacked; en.unpacked > p.limits.Unpacked || total > p.limits.Unpacked {
			return refuse.New(models.FileOverLimit, "the file says that it unpacks to more than %d MB", p.limits.Unpacked>>20)
		}
		p.byName[key] = len(p.entries)
		p.entries = append(p.entries, en)
	}
	if backslashes {
		p.Notes = append(p.Notes, words.Sayf("The names of the file's parts are written with backslashes, as some programs on Windows do."))
	}
	if uint64(len(p.entries)) != e.count {
		return refuse.New(models.FileContradictory, "the file's table of contents has %d entries and says it has %d", len(p.entries), e.count)
	}
	return nil
}

// readEntry reads the entry at the start of b, of which text is a copy.
func readEntry(b []byte, text string) (entry, []byte, error) {
	if len(b) < entrySize || string(b[:4]) != sigEntry {
		return entry{}, nil, damagedDirectory()
	}
	n, x, c := int(le.Uint16(b[28:])), int(le.Uint16(b[30:])), int(le.Uint16(b[32:]))
	if len(b) < entrySize+n+x+c {
		return entry{}, nil, damagedDirectory()
	}
	e := entry{
		flags: le.Uint16(b[8:]), method: le.Uint16(b[10:]), crc: le.Uint32(b[16:]),
		packed: int64(le.Uint32(b[20:])), unpacked: int64(le.Uint32(b[24:])), header: int64(le.Uint32(b[42:])),
	}
	name, extra := b[entrySize:entrySize+n], b[entrySize+n:entrySize+n+x]
	if !utf8.Valid(name) {
		return entry{}, nil, refuse.Damaged("an entry of the file has a name that cannot be read")
	}
	e.name = text[entrySize : entrySize+n]
	if err := zip64(extra, &e.unpacked, &e.packed, &e.header); err != nil {
		return entry{}, nil, err
	}
	made, unix := b[5], le.Uint32(b[38:])>>16
	switch {
	case le.Uint16(b[34:]) != 0:
		return entry{}, nil, refuse.Damaged("the file is one of several pieces")
	case e.flags&(flagEncrypted|flagStrong|flagMasked) != 0:
		return entry{}, nil, refuse.New(models.FilePassword, "the file was packed with a password")
	case e.flags&flagPatched != 0 || e.method != stored && e.method != deflated:
		return entry{}, nil, refuse.New(models.FileSheetUnsupported, "the file is packed in a way that is not read (method %d)", e.method)
	case e.method == stored && e.packed != e.unpacked:
		return entry{}, nil, refuse.New(models.FileContradictory, "%s is not packed, and yet has two sizes", e.name)
	case made == 3 && unix&0o170000 == 0o120000:
		return entry{}, nil, refuse.New(models.FileHostile, "an entry of the file is a link to another file")
	}
	return e, b[entrySize+n+x+c:], nil
}

func damagedDirectory() error { return refuse.Damaged("the file's table of contents is damaged") }

// zip64 fills those of the fields that the extra field "zip64 extended information" (APPNOTE 4.5.3) holds in their place.
func zip64(extra []byte, all ...*int64) error {
	var room [3]*int64
	n := 0
	for _, f := range all {
		if *f == 0xFFFFFFFF {
			room[n] = f
			n++
		}
	}
	fields, seen := room[:n], false
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if len(extra) < 4+n {
			return damagedDirectory()
		}
		if id == 1 {
			if seen {
				return refuse.New(models.FileContradictory, "an entry of the file has two sizes")
			}
			seen = true
			v := extra[4 : 4+n]
			for _, f := range fields {
				if len(v) < 8 {
					return damagedDirectory()
				}
				*f = int64(le.Uint64(v))
				if *f < 0 {
					return damagedDirectory()
				}
				v = v[8:]
			}
		}
		extra = extra[4+n:]
	}
	if len(fields) > 0 && !seen {
		return damagedDirectory()
	}
	return nil
}
