package models

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
)

// returnFormat is the first byte of an encoded return. Another one is needed when a field is added, or means
// something else.
const returnFormat = 3

// ErrEncoding says that bytes are not what AppendReturn or AppendFindings wrote.
var ErrEncoding = errors.New("models: this is not an encoded return")

// AppendReturn appends a return in a form that ReturnDecoder reads back exactly: nil stays nil, an empty list empty,
// and a time keeps its zone's name and distance from UTC. Whether the answers are packed makes no difference. One
// return has one encoding.
//
// Numbers are varints, lists and texts have their length in front, and the answers stand as they are packed: first
// what is the same in all workbooks of a round, then the files, then values and texts.
func AppendReturn(b []byte, r *Return) []byte {
	w := encoder{append(b, returnFormat)}
	w.text(r.File)
	w.text(r.Digest)
	w.b = binary.AppendVarint(w.b, r.Size)
	w.text(r.Format)
	w.text(r.Application)
	w.time(r.Saved)
	w.time(r.Received)
	w.list(len(r.Senders), r.Senders == nil)
	for _, s := range r.Senders {
		w.text(s)
	}
	w.text(r.Container)
	w.truth(r.Beside)
	w.list(len(r.Claims), r.Claims == nil)
	for i := range r.Claims {
		w.claim(&r.Claims[i])
	}
	for _, s := range respondentOf(&r.Respondent) {
		w.text(s.Value)
		w.origin(s.Origin)
	}
	w.list(len(r.Questions), r.Questions == nil)
	for _, q := range r.Questions {
		w.text(q.ID)
		w.text(string(q.Type))
		w.text(q.Answer.Value)
		w.origin(q.Answer.Origin)
	}
	w.findings(r.Findings)
	w.answers(r)
	return w.b
}

// AppendFindings appends findings, for ReturnDecoder.Findings to read back exactly.
func AppendFindings(b []byte, list []Finding) []byte {
	w := encoder{append(b, returnFormat)}
	w.findings(list)
	return w.b
}

// respondentOf lists the entries of a respondent in the order of their encoding.
func respondentOf(r *Respondent) [5]*Sourced[string] {
	return [5]*Sourced[string]{&r.Name, &r.Role, &r.Date, &r.SignedBy, &r.Checked}
}

// manifestOf lists the fields of a manifest in the order of their encoding.
func manifestOf(m *Manifest) [9]*string {
	return [9]*string{&m.Round, &m.Template, &m.TemplateVersion, &m.TemplateDigest, &m.Recipient, &m.Name, &m.Part, &m.Topics, &m.Seal}
}

type encoder struct{ b []byte }

func (w *encoder) number(n int) { w.b = binary.AppendUvarint(w.b, uint64(n)) }

func (w *encoder) text(s string) {
	w.number(len(s))
	w.b = append(w.b, s...)
}

func (w *encoder) truth(b bool) {
	n := 0
	if b {
		n = 1
	}
	w.number(n)
}

// list writes 0 for nil and otherwise one more than the length.
func (w *encoder) list(n int, none bool) {
	if none {
		n = -1
	}
	w.number(n + 1)
}

// time writes seconds and nanoseconds since 1970, and the zone: 0 for UTC, or 1 with its name and seconds east of it.
func (w *encoder) time(t time.Time) {
	w.b = binary.AppendVarint(w.b, t.Unix())
	w.number(t.Nanosecond())
	if t.Location() == time.UTC {
		w.b = append(w.b, 0)
		return
	}
	name, offset := t.Zone()
	w.b = append(w.b, 1)
	w.text(name)
	w.b = binary.AppendVarint(w.b, int64(offset))
}

func (w *encoder) origin(o Origin) {
	w.text(o.File)
	w.text(o.Sheet)
	w.text(o.Cell)
}

func (w *encoder) claim(c *Claim) {
	w.text(string(c.Place))
	for _, s := range manifestOf(&c.Manifest) {
		w.text(*s)
	}
	w.text(c.Reference)
	w.text(c.Name)
	w.origin(c.Origin)
}

func (w *encoder) findings(list []Finding) {
	w.list(len(list), list == nil)
	for i := range list {
		f := &list[i]
		w.text(string(f.Code))
		w.text(string(f.Severity))
		w.origin(f.Origin)
		w.text(f.Recipient)
		w.text(f.Ref)
		w.text(f.Message)
		w.text(f.Remedy)
		w.text(string(f.Action.Name))
		w.list(len(f.Action.On), f.Action.On == nil)
		for _, s := range f.Action.On {
			w.text(s)
		}
	}
}

func (w *encoder) answers(r *Return) {
	p := r.packed
	if p == nil {
		p = new(Packer).pack(r.answers)
	}
	if p.none {
		w.b = append(w.b, 0)
		return
	}
	w.b = append(w.b, 1)
	w.text(p.shape.key)
	w.number(len(p.files))
	for _, f := range p.files {
		w.text(f)
	}
	w.number(p.texts)
	w.text(p.content)
}

// ReturnDecoder decodes what AppendReturn and AppendFindings wrote. It takes no more memory than a small multiple of
// the bytes that it is given, whatever they say. What is the same from return to return, such as the names of sheets,
// it keeps once. It is not for concurrent use, but several may share a Packer.
type ReturnDecoder struct {
	// Packer packs the answers of what is decoded; it must not be nil.
	Packer *Packer
	texts  map[string]string
}

// Return decodes a return. Nothing of it refers to b. The error is ErrEncoding.
func (d *ReturnDecoder) Return(b []byte) (Return, error) {
	r := decoder{b: b, by: d}
	out := r.ret()
	if r.bad || len(r.b) > 0 {
		return Return{}, ErrEncoding
	}
	return out, nil
}

// Findings decodes findings. Nothing of them refers to b. The error is ErrEncoding.
func (d *ReturnDecoder) Findings(b []byte) ([]Finding, error) {
	r := decoder{b: b, by: d}
	r.format()
	out := r.findings()
	if r.bad || len(r.b) > 0 {
		return nil, ErrEncoding
	}
	return out, nil
}

// decoder is what is still to be decoded. Once something is bad, all that follows is zero.
type decoder struct {
	b   []byte
	by  *ReturnDecoder
	bad bool
}

func (r *decoder) fail() { r.bad, r.b = true, nil }

func (r *decoder) format() {
	if r.byte() != returnFormat {
		r.fail()
	}
}

func (r *decoder) byte() byte {
	if len(r.b) == 0 {
		r.fail()
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

// unsigned reads a varint in its shortest form: one value has one encoding.
func (r *decoder) unsigned() uint64 {
	x, n := binary.Uvarint(r.b)
	if n <= 0 || n > 1 && r.b[n-1] == 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return x
}

func (r *decoder) signed() int64 {
	x := r.unsigned()
	return int64(x>>1) ^ -int64(x&1)
}

// number reads a number of at most most.
func (r *decoder) number(most int) int {
	x := r.unsigned()
	if x > uint64(most) {
		r.fail()
		return 0
	}
	return int(x)
}

// bytes reads a length and as many bytes, which are part of what is decoded.
func (r *decoder) bytes() []byte {
	n := r.number(len(r.b))
	if r.bad || n > len(r.b) {
		r.fail()
		return nil
	}
	out := r.b[:n:n]
	r.b = r.b[n:]
	return out
}

func (r *decoder) text() string { return string(r.bytes()) }

// known reads a text that many returns have alike.
func (r *decoder) known() string {
	b := r.bytes()
	if s, ok := r.by.texts[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(r.by.texts) < mostKnown && len(s) <= longestKnown {
		if r.by.texts == nil {
			r.by.texts = map[string]string{}
		}
		r.by.texts[s] = s
	}
	return s
}

// What a ReturnDecoder keeps of texts is small however many returns it decodes.
const mostKnown, longestKnown = 4096, 400

// list reads the length of a list whose items take at least the given number of bytes each.
func (r *decoder) list(least int) (n int, none bool) {
	n = r.number(len(r.b)/least+1) - 1
	if r.bad || n > len(r.b)/least {
		r.fail()
		return 0, true
	}
	return max(n, 0), n < 0
}

func (r *decoder) time() time.Time {
	t := time.Unix(r.signed(), int64(r.number(999_999_999)))
	switch r.byte() {
	case 0:
		return t.UTC()
	case 1:
		name, offset := r.known(), r.signed()
		if offset >= math.MinInt32 && offset <= math.MaxInt32 {
			return t.In(time.FixedZone(name, int(offset)))
		}
	}
	r.fail()
	return time.Time{}
}

func (r *decoder) ret() Return {
	r.format()
	out := Return{File: r.text(), Digest: r.text(), Size: r.signed(), Format: r.known(), Application: r.known(), Saved: r.time(), Received: r.time()}
	if n, none := r.list(1); !none {
		out.Senders = make([]string, n)
		for i := range out.Senders {
			out.Senders[i] = r.text()
		}
	}
	out.Container, out.Beside = r.text(), r.number(1) == 1
	if n, none := r.list(15); !none {
		out.Claims = make([]Claim, n)
		for i := range out.Claims {
			r.claim(&out.Claims[i])
		}
	}
	for _, s := range respondentOf(&out.Respondent) {
		s.Value, s.Origin = r.text(), r.origin()
	}
	if n, none := r.list(6); !none {
		out.Questions = make([]QuestionAnswer, n)
		for i := range out.Questions {
			q := &out.Questions[i]
			q.ID, q.Type = r.known(), QuestionType(r.known())
			q.Answer.Value, q.Answer.Origin = r.text(), r.origin()
		}
	}
	out.Findings = r.findings()
	r.answers(&out)
	return out
}

func (r *decoder) origin() Origin { return Origin{File: r.known(), Sheet: r.known(), Cell: r.known()} }

func (r *decoder) claim(c *Claim) {
	c.Place = Place(r.known())
	for i, s := range manifestOf(&c.Manifest) {
		if i < 4 { // the round and the template, which all workbooks have alike
			*s = r.known()
		} else {
			*s = r.text()
		}
	}
	c.Reference, c.Name, c.Origin = r.text(), r.text(), r.origin()
}

func (r *decoder) findings() []Finding {
	n, none := r.list(11)
	if none {
		return nil
	}
	out := make([]Finding, n)
	for i := range out {
		f := &out[i]
		f.Code, f.Severity, f.Origin = Code(r.known()), Severity(r.known()), r.origin()
		f.Recipient, f.Ref, f.Message, f.Remedy = r.text(), r.known(), r.text(), r.known()
		f.Action.Name = fault.ActionName(r.known())
		if n, none := r.list(1); !none {
			f.Action.On = make([]string, n)
			for k := range f.Action.On {
				f.Action.On[k] = r.text()
			}
		}
	}
	return out
}

// answers reads the answers, which stay packed.
func (r *decoder) answers(out *Return) {
	p := &packed{by: r.by.Packer}
	switch r.byte() {
	case 0:
		out.SetAnswers(nil)
		return
	case 1:
	default:
		r.fail()
		return
	}
	key := r.bytes()
	n, _ := r.number(len(r.b)), 0
	for range n {
		if r.bad {
			return
		}
		p.files = append(p.files, r.known())
	}
	p.texts = r.number(len(r.b))
	content := r.bytes()
	if r.bad || p.texts > len(content) {
		r.fail()
		return
	}
	if p.shape = p.by.shapeFor(key); p.shape == nil || !differentFiles(p.files, p.shape.files) || !p.check(content) {
		r.fail()
		return
	}
	p.content = string(content)
	out.packed = p
}

// differentFiles says that the files are those that a shape numbers, each named once.
func differentFiles(files []string, want int) bool {
	seen := make(map[string]bool, len(files))
	for _, f := range files {
		if f == "" || seen[f] {
			return false
		}
		seen[f] = true
	}
	return len(files) == want
}

// check sees that content is the values and texts of the answers that the shape has, and counts those that are given.
func (p *packed) check(content []byte) bool {
	r := decoder{b: content[:p.texts]}
	total := 0
	left := make([]int, 0, 8) // how many more answers follow at each depth
	left = append(left, p.shape.answers)
	for _, s := range p.shape.slots {
		for left[len(left)-1] == 0 {
			left = left[:len(left)-1]
		}
		left[len(left)-1]--
		if given := r.choice(); given && len(left) == 1 {
			p.answered++
		}
		r.choice()
		for range 2 {
			n := r.number(len(content) - p.texts - total)
			total += n
		}
		if r.bad {
			return false
		}
		if s.also > 0 {
			left = append(left, s.also)
		}
	}
	return len(r.b) == 0 && total == len(content)-p.texts
}

// choice passes over a choice, and says whether it is one that is not blank.
func (r *decoder) choice() bool {
	switch choiceKind(r.byte()) {
	case blank:
		return false
	case notApplicable:
	case chosen:
		if x := r.signed(); x != int64(int(x)) {
			r.fail()
		}
	default:
		r.fail()
	}
	return true
}
