package models

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/words"
)

// ReturnDecoder decodes what Return.AppendTo and AppendFindings wrote. It takes no more memory than a small multiple of
// the bytes that it is given, whatever they say. What is the same from return to return, such as the names of sheets,
// it keeps once. It is not for concurrent use, but several may share a Packer.
type ReturnDecoder struct {
	// Packer packs the answers of what is decoded; it must not be nil.
	Packer *Packer
	texts  map[string]string
}

// Return decodes a return. Nothing of it refers to b. The error is errEncoding.
func (d *ReturnDecoder) Return(b []byte) (Return, error) {
	r := decoder{b: b, by: d}
	out := r.ret()
	if r.bad || len(r.b) > 0 {
		return Return{}, errEncoding
	}
	return out, nil
}

// Findings decodes findings. Nothing of them refers to b. The error is errEncoding.
func (d *ReturnDecoder) Findings(b []byte) ([]Finding, error) {
	r := decoder{b: b, by: d}
	r.format()
	out := r.findings()
	if r.bad || len(r.b) > 0 {
		return nil, errEncoding
	}
	return out, nil
}

// decoder is what is still to be decoded. Once something is bad, all that follows is zero.
type decoder struct {
	b   []byte
	by  *ReturnDecoder
	bad bool
	// file is the return's own, and claimed are texts of its claims: a return names them several times.
	file    string
	claimed []string
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
	if len(b) > 0 && string(b) == r.file {
		return r.file
	}
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

// repeated reads a text that stands in several claims of the return.
func (r *decoder) repeated() string {
	b := r.bytes()
	for _, s := range r.claimed {
		if s == string(b) {
			return s
		}
	}
	s := string(b)
	r.claimed = append(r.claimed, s)
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
	r.file = r.text()
	out := Return{File: r.file, Digest: r.text(), Size: r.signed(), Format: r.known(), Application: r.known(), Saved: r.time(), Received: r.time()}
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
	if n, none := r.list(1); !none {
		out.Confirmed = make([]string, n)
		for i := range out.Confirmed {
			out.Confirmed[i] = r.known()
		}
	}
	out.Plan = r.plan()
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
			*s = r.repeated()
		}
	}
	c.Reference, c.Name, c.Origin = r.repeated(), r.repeated(), r.origin()
}

func (r *decoder) findings() []Finding {
	n, none := r.list(15)
	if none {
		return nil
	}
	out := make([]Finding, n)
	for i := range out {
		f := &out[i]
		f.Code, f.Severity, f.Origin = Code(r.known()), Severity(r.known()), r.origin()
		f.Recipient, f.Ref = r.text(), r.known()
		f.Message, f.said = kept(r.said(0))
		f.Remedy, f.todo = kept(r.said(0))
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

// mostNested is how deep texts lie in texts at most; the program goes three deep.
const mostNested = 8

func (r *decoder) said(depth int) words.Said {
	form := r.known
	if depth > 0 {
		form = r.text // names, mostly, of which there are many
	}
	s := words.Said{Form: form(), Kind: words.SaidKind(r.number(int(words.SaidDay)))}
	n := r.number(len(r.b) / 3) // a value takes three bytes at least
	if r.bad || depth > mostNested || depth == 0 && s.Form == "" && (n > 0 || s.Kind != words.SaidText) {
		r.fail()
		return words.Said{}
	}
	if n > 0 {
		s.Values = make([]words.Said, n)
	}
	for i := range s.Values {
		s.Values[i] = r.said(depth + 1)
	}
	return s
}
