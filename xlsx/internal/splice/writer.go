package splice

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"sync"

	"github.com/klauspost/compress/flate"
)

// Writer writes one copy of a Frame. Its methods must be called from one goroutine.
type Writer struct {
	frame   *Frame
	w       io.Writer
	at      uint64
	entries []entry
	stream  *stream
	pending []byte
	done    map[string]bool
	err     error
}

// NewWriter begins a copy with the shared parts and the parts with gaps. values are what stands in the gaps, in
// the order of the tokens given to Prepare: they are written as they are, so that the caller escapes them for XML.
func (f *Frame) NewWriter(w io.Writer, values ...string) *Writer {
	x := &Writer{frame: f, w: w, entries: slices.Clone(f.shared)}
	if len(values) != len(f.tokens) {
		x.err = fmt.Errorf("%d values for %d gaps", len(values), len(f.tokens))
		return x
	}
	x.write(f.block)
	for i := range f.gapped {
		x.fill(&f.gapped[i], values)
	}
	return x
}

// fill writes a part with gaps: its segments as they are, and between them the values in stored blocks.
func (x *Writer) fill(g *gapped, values []string) {
	e := entry{name: g.name, offset: x.position()}
	for i := range g.segments {
		s := &g.segments[i]
		e.crc = s.crc.of(e.crc)
		e.size += uint64(s.size)
		e.packed += uint64(len(s.deflated))
		if i < len(g.gaps) {
			v := values[g.gaps[i]]
			e.crc = crc32.Update(e.crc, crc32.IEEETable, []byte(v))
			e.size += uint64(len(v))
			e.packed += uint64(len(v)) + 5*uint64((len(v)+max16-1)/max16)
		}
	}
	b := e.local(x.pending)
	for i := range g.segments {
		b = append(b, g.segments[i].deflated...)
		if i < len(g.gaps) {
			b = stored(b, values[g.gaps[i]])
		}
	}
	x.pending = b
	x.entries = append(x.entries, e)
}

// stored appends v as stored blocks (RFC 1951, section 3.2.4), none of them the last.
func stored(b []byte, v string) []byte {
	for len(v) > 0 {
		n := min(len(v), max16)
		b = append(b, 0, byte(n), byte(n>>8), ^byte(n), ^byte(n>>8))
		b = append(b, v[:n]...)
		v = v[n:]
	}
	return b
}

// Part writes a part of this copy's own. Parts come in the order of the calls.
func (x *Writer) Part(name string, content []byte) error {
	w, err := x.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

// Create begins a part of this copy's own. What is written to the result is compressed at once; the part ends
// with the next call of Create, Part or Close.
func (x *Writer) Create(name string) (io.Writer, error) {
	x.finish()
	if x.err == nil && !slices.Contains(x.frame.own, name) {
		x.err = fmt.Errorf("part %s was not announced to Prepare", name)
	}
	if x.err == nil && x.done[name] {
		x.err = fmt.Errorf("part %s is written twice", name)
	}
	if x.err != nil {
		return nil, x.err
	}
	if x.done == nil {
		x.done = map[string]bool{}
	}
	x.done[name] = true
	e := entry{name: name, offset: x.position(), streamed: true}
	x.pending = e.local(x.pending)
	x.flush()
	s := &stream{x: x, e: e, c: compressors.Get().(*flate.Writer)}
	s.c.Reset((*counted)(s))
	x.stream = s
	return s, x.err
}

// Close ends the copy. It fails where a part that Prepare was told of was not written.
func (x *Writer) Close() error {
	x.finish()
	for _, name := range x.frame.own {
		if x.err == nil && !x.done[name] {
			x.err = fmt.Errorf("part %s is missing", name)
		}
	}
	start := x.position()
	n := len(x.pending)
	for i := range x.entries {
		x.pending = x.entries[i].directory(x.pending)
	}
	x.pending = end(x.pending, len(x.entries), start, uint64(len(x.pending)-n))
	x.flush()
	if x.err != nil {
		return x.err
	}
	x.err = errors.New("the package is closed")
	return nil
}

// position is the offset of what is written next.
func (x *Writer) position() uint64 { return x.at + uint64(len(x.pending)) }

func (x *Writer) flush() {
	x.write(x.pending)
	x.pending = x.pending[:0]
}

func (x *Writer) write(b []byte) {
	if x.err == nil && len(b) > 0 {
		var n int
		n, x.err = x.w.Write(b)
		x.at += uint64(n)
	}
}

// finish ends the part that is being streamed, if there is one.
func (x *Writer) finish() {
	s := x.stream
	if s == nil {
		return
	}
	x.stream = nil
	if err := s.c.Close(); err != nil && x.err == nil {
		x.err = err
	}
	compressors.Put(s.c)
	s.c = nil
	x.pending = s.e.descriptor(x.pending)
	x.entries = append(x.entries, s.e)
}

// compressors are kept from one part to the next: making one costs more than a small part does.
var compressors = sync.Pool{New: func() any {
	c, err := flate.NewWriter(io.Discard, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant that the library knows
	}
	return c
}}

// stream is a part while it is written.
type stream struct {
	x *Writer
	e entry
	c *flate.Writer
}

func (s *stream) Write(p []byte) (int, error) {
	if s.c == nil {
		return 0, errors.New("the part has ended")
	}
	s.e.crc = crc32.Update(s.e.crc, crc32.IEEETable, p)
	s.e.size += uint64(len(p))
	return s.c.Write(p)
}

// counted is the stream's other end: what the compressor gives out.
type counted stream

func (s *counted) Write(p []byte) (int, error) {
	s.e.packed += uint64(len(p))
	s.x.write(p)
	return len(p), s.x.err
}
