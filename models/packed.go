package models

import (
	"encoding/binary"
	"strings"
	"sync"
)

// Packer packs the answers of many returns. What is the same from return to return, refs, sheets and cells, is kept
// once. The zero value is ready; it is safe for concurrent use. See Return.Pack.
type Packer struct {
	mu     sync.Mutex
	shapes map[string]*shape
}

// packed is the answers of a return in about a thirtieth of the room that []Answer takes, besides their texts. It does
// not change, and is safe for concurrent use.
type packed struct {
	by    *Packer
	shape *shape
	// files are the different files that the origins name.
	files []string
	// content has for each answer the level, the target, and the lengths of evidence and comment, and then all texts.
	content string
	texts   int // where in content they begin
	// answered is how many answers are not blank.
	answered int
	none     bool // there was no list at all
}

// shape is answers without their values and files.
type shape struct {
	answers int // at the top; the others are in the lists Also
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
	w := packing{out: &packed{by: p, none: answers == nil}}
	for i := range answers {
		if !answers[i].Level.Value.IsBlank() {
			w.out.answered++
		}
	}
	w.add(answers)
	p.mu.Lock()
	defer p.mu.Unlock()
	key := string(binary.AppendUvarint(w.key, uint64(len(answers))))
	if w.out.shape = p.shapes[key]; w.out.shape == nil {
		if p.shapes == nil {
			p.shapes = map[string]*shape{}
		}
		w.out.shape = shapeOf(answers, w.out.files)
		p.shapes[key] = w.out.shape
	}
	w.out.texts = len(w.values)
	w.out.content = string(append(w.values, w.texts...))
	return w.out
}

// packing is the state of packing one list.
type packing struct {
	out                *packed
	key, values, texts []byte
}

func (w *packing) add(answers []Answer) {
	for i := range answers {
		a := &answers[i]
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

// shapeOf copies what is kept of the answers for all returns alike, so that nothing else of a return is held by it.
func shapeOf(answers []Answer, files []string) *shape {
	out := &shape{answers: len(answers)}
	number := map[string]int{"": 0}
	for i, f := range files {
		number[f] = i + 1
	}
	sheets := map[string]string{}
	var add func([]Answer)
	add = func(list []Answer) {
		for i := range list {
			a := &list[i]
			s := slot{ref: strings.Clone(a.Ref), also: alsoOf(a)}
			for k, o := range originsOf(a) {
				name, ok := sheets[o.Sheet]
				if !ok {
					name = strings.Clone(o.Sheet)
					sheets[name] = name
				}
				s.origins[k] = place{number[o.File], name, strings.Clone(o.Cell)}
			}
			out.slots = append(out.slots, s)
			add(a.Also)
		}
	}
	add(answers)
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
	r := unpacking{p: p, slots: p.shape.slots, values: p.content[:p.texts], texts: p.content[p.texts:]}
	return r.list(p.shape.answers)
}

// unpacking is what is still to be unpacked.
type unpacking struct {
	p             *packed
	slots         []slot
	values, texts string
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
