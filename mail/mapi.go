package mail

import "encoding/binary"

// The types of properties that need telling apart ([MS-OXCDATA], 2.11.1).
const (
	mapiObject   = 0x000d
	mapiString   = 0x001e
	mapiUnicode  = 0x001f
	mapiBinary   = 0x0102
	mapiMultiple = 0x1000
)

// mapiWidth is how many bytes a value of a fixed length takes in Outlook's packing, where everything is a multiple of four
// ([MS-OXTNEF], 2.1.3.4). It is 0 for a type that is not known.
func mapiWidth(kind uint16) int {
	switch kind {
	case 0x0002, 0x0003, 0x0004, 0x000a, 0x000b:
		return 4
	case 0x0005, 0x0006, 0x0007, 0x0014, 0x0040:
		return 8
	case 0x0048:
		return 16
	}
	return 0
}

// reader4 reads little-endian numbers and padded bytes; after the end everything is empty and bad is set.
type reader4 struct {
	b   []byte
	bad bool
}

func (r *reader4) take(n uint64) []byte {
	padded := (n + 3) / 4 * 4
	if r.bad || n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	out := r.b[:n]
	r.b = r.b[min(padded, uint64(len(r.b))):]
	return out
}

func (r *reader4) number() uint32 {
	b := r.take(4)
	if len(b) < 4 {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

// mapiProperties calls f with each property; of several values with the first. It stops at the first thing that it does
// not know, since nothing says how long that is.
func mapiProperties(b []byte, f func(id, kind uint16, value []byte)) {
	r := &reader4{b: b}
	for count := r.number(); count > 0 && !r.bad && len(r.b) > 0; count-- {
		tag := r.number()
		kind, id := uint16(tag), uint16(tag>>16)
		if id >= 0x8000 { // named: an identifier of 16 bytes, then a number or a name
			r.take(16)
			if r.number() == 0 {
				r.number()
			} else {
				r.take(uint64(r.number()))
			}
		}
		value := r.value(kind)
		if r.bad {
			return
		}
		f(id, kind, value)
	}
}

func (r *reader4) value(kind uint16) (first []byte) {
	several := kind&mapiMultiple != 0
	kind &^= mapiMultiple
	counted := kind == mapiString || kind == mapiUnicode || kind == mapiBinary || kind == mapiObject
	width := mapiWidth(kind)
	if !counted && width == 0 {
		r.bad = true
		return nil
	}
	n := uint32(1)
	if several || counted {
		n = r.number()
	}
	for i := uint32(0); i < n && !r.bad; i++ {
		size := uint64(width)
		if counted {
			size = uint64(r.number())
		}
		if v := r.take(size); i == 0 {
			first = v
		}
		if len(r.b) == 0 && i+1 < n {
			r.bad = true
		}
	}
	return first
}
