package models

import (
	"encoding/binary"
	"errors"
	"time"

	"github.com/rubric-project/rubric/words"
)

// returnFormat is the first byte of an encoded return. Another one is needed when a field is added, or means
// something else.
const returnFormat = 7

// errEncoding says that bytes are not what Return.AppendTo or AppendFindings wrote.
var errEncoding = errors.New("models: this is not an encoded return")

// AppendTo appends the return in a form that ReturnDecoder reads back exactly: nil stays nil, an empty list empty,
// and a time keeps its zone's name and distance from UTC. Whether the answers are packed makes no difference. One
// return has one encoding.
//
// Numbers are varints, lists and texts have their length in front, and the answers stand as they are packed: first
// what is the same in all workbooks of a round, then the files, then values and texts.
func (r *Return) AppendTo(b []byte) []byte {
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
	w.list(len(r.Confirmed), r.Confirmed == nil)
	for _, ref := range r.Confirmed {
		w.text(ref)
	}
	w.plan(r.Plan)
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
func manifestOf(m *Manifest) [10]*string {
	return [10]*string{&m.Round, &m.Template, &m.TemplateVersion, &m.TemplateDigest, &m.Recipient, &m.Name, &m.Part, &m.Topics, &m.Role, &m.Seal}
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
		w.said(apart(f.Message, f.said))
		w.said(apart(f.Remedy, f.todo))
		w.text(string(f.Action.Name))
		w.list(len(f.Action.On), f.Action.On == nil)
		for _, s := range f.Action.On {
			w.text(s)
		}
	}
}

// said writes a text: its form, its kind, and its values, which are texts.
func (w *encoder) said(s words.Said) {
	w.text(s.Form)
	w.number(int(s.Kind))
	w.number(len(s.Values))
	for _, v := range s.Values {
		w.said(v)
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
	texts := p.allTexts()
	w.number(len(p.values))
	w.number(len(p.values) + len(texts))
	w.b = append(append(w.b, p.values...), texts...)
}
