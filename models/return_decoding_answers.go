package models

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
