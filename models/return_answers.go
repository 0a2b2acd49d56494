package models

// With is the return with these answers, one for each criterion whose row was found, in the template's order:
//
//	ret := models.Return{File: "a.xlsx"}.With(answers)
func (r Return) With(answers []Answer) Return {
	r.SetAnswers(answers)
	return r
}

// SetAnswers gives the return these answers in place of its own.
func (r *Return) SetAnswers(answers []Answer) { r.answers, r.packed = answers, nil }

// Answers is what was answered: an entry for each criterion whose row was found, in the template's order. Of a return
// that is packed, see Packer, the list is made anew at each call; who looks at a return often lays it out first.
func (r Return) Answers() []Answer {
	if r.packed != nil {
		return r.packed.unpack()
	}
	return r.answers
}

// Answer finds the answer to a criterion, or returns nil where its row was not found.
func (r *Return) Answer(ref string) *Answer {
	answers := r.Answers()
	for i := range answers {
		if answers[i].Ref == ref {
			return &answers[i]
		}
	}
	return nil
}

// Rows counts the answers, blank ones too: the criteria whose row was found.
func (r *Return) Rows() int {
	if r.packed != nil {
		return r.packed.shape.answers
	}
	return len(r.answers)
}

// Answered counts the answers that are not blank.
func (r *Return) Answered() int {
	if r.packed != nil {
		return int(r.packed.answered)
	}
	n := 0
	for i := range r.answers {
		if !r.answers[i].Level.Value.IsBlank() {
			n++
		}
	}
	return n
}

// LaidOut is the return with its answers at hand: itself, or where they are packed a copy to be looked at and let go.
// It says the same; many calls of Answer and Answers are quicker on it.
func (r *Return) LaidOut() *Return {
	if r.packed == nil {
		return r
	}
	out := *r
	out.packed, out.answers = nil, r.packed.unpack()
	return &out
}

// Pack keeps the return's answers in little room. What the methods of Return say stays the same.
func (r *Return) Pack(p *Packer) {
	if r.packed == nil {
		r.packed, r.answers = p.pack(r.answers), nil
	}
}

// PackLike keeps the return's answers as those of another return are kept: packed with the same Packer, or not at all.
func (r *Return) PackLike(other *Return) {
	if other.packed != nil {
		r.Pack(other.packed.by)
	}
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
	values := r.number(len(r.b))
	content := r.bytes()
	if r.bad || values > len(content) {
		r.fail()
		return
	}
	if p.shape = p.by.shapeFor(key); p.shape == nil || !differentFiles(p.files, p.shape.files) || !p.check(content[:values], content[values:]) {
		r.fail()
		return
	}
	p.values = string(content[:values])
	p.keep(string(content[values:]))
	out.packed = p
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
