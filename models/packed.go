package models

import (
	"encoding/binary"
	"sync"
)

// Packer packs the answers of many returns. What is the same from return to return, refs, sheets and cells, is kept
// once. The zero value is ready; it is safe for concurrent use. See Return.Pack.
type Packer struct {
	// Texts, if given before the first return is packed, keeps evidence and comments elsewhere than in memory.
	Texts TextStore

	mu     sync.Mutex
	shapes map[string]*shape
	failed error
}

// packed is the answers of a return in about a thirtieth of the room that []Answer takes, besides their texts. It does
// not change, and is safe for concurrent use.
type packed struct {
	by    *Packer
	shape *shape
	// files are the different files that the origins name.
	files []string
	// values has for each answer the level, the target, and the lengths of evidence and comment; texts has all of these, unless
	// the packer's TextStore has them: size bytes at at.
	values, texts string
	at            int64
	size          int32
	// answered is how many answers are not blank.
	answered int32
	none     bool // there was no list at all
	// decisions are the numbers of decisions in the origins of levels, by slot. They are no part of the encoding: what is
	// stored is what was read.
	decisions map[int]int
}

// shape is answers without their values and files.
type shape struct {
	// key is the shape in bytes, by which it is found: how many answers there are at the top, and each slot. It is
	// part of the encoding of a return.
	key     string
	answers int // at the top; the others are in the lists Also
	files   int // that the origins name
	slots   []slot
}

// slot is one answer, those of its list Also following it.
type slot struct {
	ref     string
	origins [4]place // of level, target, evidence, comment
	also    int      // how many, or −1 for no list
}

// place is an origin whose file is counted in packed.files, from 1; 0 is no file.
type place struct {
	file        int
	sheet, cell string
}

// pack packs answers; unpack gives them back as they were.
func (p *Packer) pack(answers []Answer) *packed {
	w := packing{out: &packed{by: p, none: answers == nil}, key: binary.AppendUvarint(nil, uint64(len(answers)))}
	for i := range answers {
		if !answers[i].Level.Value.IsBlank() {
			w.out.answered++
		}
	}
	w.add(answers)
	w.out.shape = p.shapeFor(w.key)
	w.out.values = string(w.values)
	w.out.keep(string(w.texts))
	return w.out
}

// packing is the state of packing one list.
type packing struct {
	out                *packed
	key, values, texts []byte
	slots              int
}

func (w *packing) add(answers []Answer) {
	for i := range answers {
		a := &answers[i]
		if n := a.Level.Origin.Decision; n > 0 {
			if w.out.decisions == nil {
				w.out.decisions = map[int]int{}
			}
			w.out.decisions[w.slots] = n
		}
		w.slots++
		w.keyText(a.Ref)
		for _, o := range originsOf(a) {
			w.key = binary.AppendUvarint(w.key, uint64(w.file(o.File)))
			w.keyText(o.Sheet)
			w.keyText(o.Cell)
		}
		w.key = binary.AppendVarint(w.key, int64(alsoOf(a)))
		w.values = appendChoice(appendChoice(w.values, a.Level.Value), a.Target.Value)
		for _, text := range []string{a.Evidence.Value, a.Comment.Value} {
			w.values = binary.AppendUvarint(w.values, uint64(len(text)))
			w.texts = append(w.texts, text...)
		}
		w.add(a.Also)
	}
}

func (w *packing) keyText(s string) {
	w.key = append(binary.AppendUvarint(w.key, uint64(len(s))), s...)
}

// file is a file's number.
func (w *packing) file(name string) int {
	if name == "" {
		return 0
	}
	for i, known := range w.out.files {
		if known == name {
			return i + 1
		}
	}
	w.out.files = append(w.out.files, name)
	return len(w.out.files)
}

func originsOf(a *Answer) [4]*Origin {
	return [4]*Origin{&a.Level.Origin, &a.Target.Origin, &a.Evidence.Origin, &a.Comment.Origin}
}

func alsoOf(a *Answer) int {
	if a.Also == nil {
		return -1
	}
	return len(a.Also)
}

// shapeFor is the shape with a key, made at its first use; nil where the bytes are no key. Nothing of it refers to them,
// so that nothing else of a return is held by it.
func (p *Packer) shapeFor(key []byte) *shape {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := p.shapes[string(key)]; s != nil {
		return s
	}
	s := parseShape(key)
	if s == nil {
		return nil
	}
	if p.shapes == nil {
		p.shapes = map[string]*shape{}
	}
	p.shapes[s.key] = s
	return s
}

// slotBytes is the least that a slot takes in a key: the length of the ref, four origins, and the length of Also.
const slotBytes = 1 + 4*3 + 1

// deepest is how deep lists Also may lie in one another; they lie one deep.
const deepest = 50

// parseShape reads a key. It returns nil where it is none, and takes no more memory than a small multiple of it.
func parseShape(key []byte) *shape {
	out := &shape{key: string(key)}
	r := decoder{b: key, by: &ReturnDecoder{}}
	out.answers = r.number(len(key) / slotBytes)
	left := []int{out.answers} // how many more slots follow at each depth
	for len(left) > 0 && !r.bad {
		if left[len(left)-1] == 0 {
			left = left[:len(left)-1]
			continue
		}
		left[len(left)-1]--
		s := slot{ref: r.text()}
		for k := range s.origins {
			f := r.number(out.files + 1) // files are numbered in the order in which they are named
			out.files = max(out.files, f)
			s.origins[k] = place{f, r.known(), r.text()}
		}
		s.also = int(r.signed())
		if s.also < -1 || s.also > len(r.b)/slotBytes || len(left) > deepest {
			return nil
		}
		out.slots = append(out.slots, s)
		if s.also > 0 {
			left = append(left, s.also)
		}
	}
	if r.bad || len(r.b) > 0 {
		return nil
	}
	return out
}

// appendChoice writes 0 for blank, 1 for not applicable, and otherwise 2 and the number.
func appendChoice(b []byte, c Choice) []byte {
	switch c.kind {
	case chosen:
		return binary.AppendVarint(append(b, byte(chosen)), int64(c.number))
	default:
		return append(b, byte(c.kind))
	}
}

// unpack lists the answers. Their texts are parts of what is packed and take no further room.
func (p *packed) unpack() []Answer {
	if p.none {
		return nil
	}
	r := unpacking{p: p, slots: p.shape.slots, values: p.values, texts: p.allTexts()}
	return r.list(p.shape.answers)
}

// unpacking is what is still to be unpacked.
type unpacking struct {
	p             *packed
	slots         []slot
	values, texts string
	at            int // of the slot among all
}

func (r *unpacking) list(n int) []Answer {
	out := make([]Answer, n)
	for i := range out {
		a, s := &out[i], &r.slots[0]
		r.slots = r.slots[1:]
		a.Ref = s.ref
		for k, o := range originsOf(a) {
			*o = Origin{Sheet: s.origins[k].sheet, Cell: s.origins[k].cell}
			if f := s.origins[k].file; f > 0 {
				o.File = r.p.files[f-1]
			}
		}
		a.Level.Origin.Decision = r.p.decisions[r.at]
		r.at++
		a.Level.Value, a.Target.Value = r.choice(), r.choice()
		a.Evidence.Value, a.Comment.Value = r.text(), r.text()
		if s.also >= 0 {
			a.Also = r.list(s.also)
		}
	}
	return out
}

func (r *unpacking) choice() Choice {
	c := Choice{kind: choiceKind(r.values[0])}
	r.values = r.values[1:]
	if c.kind == chosen {
		x := r.number()
		c.number = int(x>>1) ^ -int(x&1) // as binary.Varint
	}
	return c
}

func (r *unpacking) text() string {
	n := int(r.number())
	s := r.texts[:n]
	r.texts = r.texts[n:]
	return s
}

// number reads an unsigned varint from a string.
func (r *unpacking) number() uint64 {
	var x uint64
	for i := 0; ; i++ {
		b := r.values[i]
		x |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.values = r.values[i+1:]
			return x
		}
	}
}
