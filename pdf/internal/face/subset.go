package face

import (
	"bytes"
	"math/bits"
	"slices"
)

// Flags of a component of a composite glyph (ISO/IEC 14496-22, 5.3.4.2).
const (
	argsAreWords    = 0x0001
	haveScale       = 0x0008
	moreComponents  = 0x0020
	haveXYScale     = 0x0040
	haveTwoByTwo    = 0x0080
	haveInstruction = 0x0100
)

// subset is a font file with only the glyphs of the given codes, without hinting. Each code c leads to its
// glyph by the cmap for symbol fonts (3,0) at U+F000+c, and by a plain table (1,0): ISO 14289-1, 7.21.6,
// asks for the first in symbolic fonts.
func (f *sfnt) subset(codes map[byte]uint16) []byte {
	keep := []uint16{0}
	at := map[uint16]uint16{0: 0}
	add := func(g uint16) uint16 {
		if n, ok := at[g]; ok {
			return n
		}
		at[g] = uint16(len(keep))
		keep = append(keep, g)
		return at[g]
	}
	var order []byte
	for c := range codes {
		order = append(order, c)
	}
	slices.Sort(order)
	for _, c := range order {
		add(codes[c])
	}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(keep); i++ { // keep grows by the components of composite glyphs
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, plain(f.outline(keep[i]), add)...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = be.AppendUint16(hmtx, f.advances[keep[i]])
		hmtx = be.AppendUint16(hmtx, uint16(f.leftSideBearings[keep[i]]))
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))

	head := bytes.Clone(f.tables["head"])
	be.PutUint32(head[8:], 0)
	be.PutUint16(head[50:], 1)
	hhea := bytes.Clone(f.tables["hhea"])
	be.PutUint16(hhea[34:], uint16(len(keep)))
	maxp := bytes.Clone(f.tables["maxp"])
	be.PutUint16(maxp[4:], uint16(len(keep)))
	for i := 14; i < 28 && i+2 <= len(maxp); i += 2 { // zones to sizeOfInstructions: nothing is hinted
		be.PutUint16(maxp[i:], 0)
	}
	be.PutUint16(maxp[14:], 1)
	post := make([]byte, 32)
	be.PutUint32(post, 0x00030000)
	return pack([]table{
		{"cmap", symbolMap(order, codes, at)}, {"glyf", glyf}, {"head", head}, {"hhea", hhea},
		{"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}, {"post", post},
	})
}

// plain is a glyph's outline without instructions, its components renumbered by add.
func plain(g []byte, add func(uint16) uint16) []byte {
	if len(g) == 0 {
		return nil
	}
	contours := int(int16(be.Uint16(g)))
	if contours >= 0 {
		end := 10 + 2*contours
		skip := int(be.Uint16(g[end:]))
		out := append(bytes.Clone(g[:end]), 0, 0)
		return append(out, g[end+2+skip:]...)
	}
	out := bytes.Clone(g)
	i := 10
	for {
		flags := be.Uint16(out[i:])
		be.PutUint16(out[i:], flags&^haveInstruction)
		be.PutUint16(out[i+2:], add(be.Uint16(out[i+2:])))
		i += 6
		if flags&argsAreWords != 0 {
			i += 2
		}
		switch {
		case flags&haveScale != 0:
			i += 2
		case flags&haveXYScale != 0:
			i += 4
		case flags&haveTwoByTwo != 0:
			i += 8
		}
		if flags&moreComponents == 0 {
			return out[:i]
		}
	}
}

// symbolMap is a cmap with a table of 256 bytes for (1,0) where the glyph numbers allow, and (3,0).
func symbolMap(order []byte, codes map[byte]uint16, at map[uint16]uint16) []byte {
	var small [256]byte
	var sub []byte // format 4, one segment for each code and the closing one
	segs := len(order) + 1
	sub = be.AppendUint16(sub, 4)
	sub = be.AppendUint16(sub, uint16(16+8*segs))
	sub = be.AppendUint16(sub, 0)
	sub = be.AppendUint16(sub, uint16(2*segs))
	log := bits.Len(uint(segs)) - 1
	sub = be.AppendUint16(sub, uint16(2<<log))
	sub = be.AppendUint16(sub, uint16(log))
	sub = be.AppendUint16(sub, uint16(2*segs-2<<log))
	column := func(value func(c byte) uint16, last uint16) {
		for _, c := range order {
			sub = be.AppendUint16(sub, value(c))
		}
		sub = be.AppendUint16(sub, last)
	}
	code := func(c byte) uint16 { return 0xF000 + uint16(c) }
	column(code, 0xFFFF)
	sub = be.AppendUint16(sub, 0)
	column(code, 0xFFFF)
	column(func(c byte) uint16 { return at[codes[c]] - code(c) }, 1)
	column(func(byte) uint16 { return 0 }, 0)
	for _, c := range order {
		if g := at[codes[c]]; g < 256 {
			small[c] = byte(g)
		}
	}
	var out []byte
	for _, v := range []uint16{0, 2, 1, 0} {
		out = be.AppendUint16(out, v)
	}
	out = be.AppendUint32(out, 20)
	out = be.AppendUint16(out, 3)
	out = be.AppendUint16(out, 0)
	out = be.AppendUint32(out, 20+262)
	for _, v := range []uint16{0, 262, 0} {
		out = be.AppendUint16(out, v)
	}
	out = append(out, small[:]...)
	return append(out, sub...)
}

type table struct {
	tag  string
	data []byte
}

// pack writes a font file; the tables come sorted by tag.
func pack(tables []table) []byte {
	log := bits.Len(uint(len(tables))) - 1
	var out []byte
	out = be.AppendUint32(out, 0x00010000)
	out = be.AppendUint16(out, uint16(len(tables)))
	out = be.AppendUint16(out, uint16(16<<log))
	out = be.AppendUint16(out, uint16(log))
	out = be.AppendUint16(out, uint16(16*len(tables)-16<<log))
	off := 12 + 16*len(tables)
	headAt := 0
	for _, t := range tables {
		if t.tag == "head" {
			headAt = off
		}
		out = append(out, t.tag...)
		out = be.AppendUint32(out, checksum(t.data))
		out = be.AppendUint32(out, uint32(off))
		out = be.AppendUint32(out, uint32(len(t.data)))
		off += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	be.PutUint32(out[headAt+8:], 0xB1B0AFBA-checksum(out))
	return out
}

func checksum(b []byte) uint32 {
	var sum uint32
	for len(b) >= 4 {
		sum += be.Uint32(b)
		b = b[4:]
	}
	if len(b) > 0 {
		var last [4]byte
		copy(last[:], b)
		sum += be.Uint32(last[:])
	}
	return sum
}
