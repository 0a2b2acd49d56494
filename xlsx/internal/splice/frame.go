package splice

import (
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"slices"
	"sync"
)

// Frame is a package made ready for writing many copies of it.
type Frame struct {
	// block holds the local headers and data of all parts that are the same in every copy.
	block []byte
	// shared are the directory entries of the block, gapped the parts with gaps, own the names of the parts
	// that each copy brings itself.
	shared []entry
	gapped []gapped
	own    []string
	tokens []string
}

// gapped is a part as segments that stay the same, with a gap after each but the last.
type gapped struct {
	name     string
	segments []segment
	gaps     []int // the token that stands after segment i
}

// segment is a piece of a part, compressed so that it begins and ends on a byte boundary.
type segment struct {
	deflated []byte
	size     int
	// crc is what the segment does to a CRC-32: the map is affine, so that 33 values describe it.
	crc affine
}

// affine is the map x → at0 XOR the sum of col[i] over the bits i of x.
type affine struct {
	at0 uint32
	col [32]uint32
}

func affineOf(p []byte) affine {
	a := affine{at0: crc32.Update(0, crc32.IEEETable, p)}
	for i := range a.col {
		a.col[i] = crc32.Update(1<<i, crc32.IEEETable, p) ^ a.at0
	}
	return a
}

func (a *affine) of(x uint32) uint32 {
	y := a.at0
	for i := 0; x != 0; i, x = i+1, x>>1 {
		if x&1 != 0 {
			y ^= a.col[i]
		}
	}
	return y
}

// Prepare compresses what all copies share. tokens are the texts that stand for gaps, wherever they occur in a
// part; own names the parts that each copy writes itself, whether the base has them or not. It fails where two
// tokens are the same or a part cannot be compressed.
func (b *Base) Prepare(tokens []string, own ...string) (*Frame, error) {
	f := &Frame{tokens: slices.Clone(tokens), own: slices.Clone(own)}
	for i, t := range tokens {
		if t == "" || slices.Contains(tokens[:i], t) {
			return nil, fmt.Errorf("token %q is empty or given twice", t)
		}
	}
	for _, name := range b.names {
		if slices.Contains(own, name) {
			continue
		}
		g, err := cut(name, b.parts[name], tokens)
		if err != nil {
			return nil, err
		}
		if len(g.gaps) > 0 {
			f.gapped = append(f.gapped, g)
			continue
		}
		s := g.segments[0]
		e := entry{
			name: name, crc: s.crc.at0, offset: uint64(len(f.block)),
			size: uint64(s.size), packed: uint64(len(s.deflated)),
		}
		f.block = append(e.local(f.block), s.deflated...)
		f.shared = append(f.shared, e)
	}
	return f, nil
}

// cut splits a part at its tokens, and compresses the pieces.
func cut(name string, content []byte, tokens []string) (gapped, error) {
	g := gapped{name: name}
	for {
		at, which := -1, -1
		for k, t := range tokens {
			if i := bytes.Index(content, []byte(t)); i >= 0 && (at < 0 || i < at) {
				at, which = i, k
			}
		}
		piece := content
		if at >= 0 {
			piece = content[:at]
		}
		s, err := deflate(piece, at < 0)
		if err != nil {
			return g, fmt.Errorf("compressing part %s: %w", name, err)
		}
		g.segments = append(g.segments, s)
		if at < 0 {
			return g, nil
		}
		g.gaps = append(g.gaps, which)
		content = content[at+len(tokens[which]):]
	}
}

// tight are compressors that take their time: what they make is made once.
var tight = sync.Pool{New: func() any {
	c, err := flate.NewWriter(nil, flate.BestCompression)
	if err != nil {
		panic(err) // the level is a constant that the library knows
	}
	return c
}}

func deflate(p []byte, last bool) (segment, error) {
	var buf bytes.Buffer
	w := tight.Get().(*flate.Writer)
	defer tight.Put(w)
	w.Reset(&buf)
	if _, err := w.Write(p); err != nil {
		return segment{}, err
	}
	// Flush ends on a byte boundary and leaves the stream open; Close ends the stream.
	end := w.Flush
	if last {
		end = w.Close
	}
	if err := end(); err != nil {
		return segment{}, err
	}
	return segment{deflated: buf.Bytes(), size: len(p), crc: affineOf(p)}, nil
}
