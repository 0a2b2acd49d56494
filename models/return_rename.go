package models

// Renamed is a copy of the return in which rename gives the file's path, in every place that it names. Different paths
// must stay different, and "" must stay "". The copy shares nothing with the return that can change.
func (r Return) Renamed(rename func(string) string) Return {
	r.File, r.Container = rename(r.File), rename(r.Container)
	at := func(o *Origin) { o.File = rename(o.File) }
	for _, s := range respondentOf(&r.Respondent) {
		at(&s.Origin)
	}
	r.Senders = append(r.Senders[:0:0], r.Senders...)
	r.Claims = append(r.Claims[:0:0], r.Claims...)
	for i := range r.Claims {
		at(&r.Claims[i].Origin)
	}
	r.Questions = append(r.Questions[:0:0], r.Questions...)
	for i := range r.Questions {
		at(&r.Questions[i].Answer.Origin)
	}
	r.Findings = append(r.Findings[:0:0], r.Findings...)
	for i, f := range r.Findings {
		r.Findings[i] = f.Renamed(rename)
	}
	if r.packed != nil {
		p := *r.packed
		p.files = append(p.files[:0:0], p.files...)
		for i := range p.files {
			p.files[i] = rename(p.files[i])
		}
		r.packed = &p
		return r
	}
	r.answers = renamedAnswers(r.answers, at)
	return r
}

func renamedAnswers(list []Answer, at func(*Origin)) []Answer {
	list = append(list[:0:0], list...)
	for i := range list {
		for _, o := range originsOf(&list[i]) {
			at(o)
		}
		list[i].Also = renamedAnswers(list[i].Also, at)
	}
	return list
}

// Renamed is a copy of the finding with another path; see Return.Renamed.
func (f Finding) Renamed(rename func(string) string) Finding {
	was := f.Origin.File
	f.Origin.File = rename(was)
	f.Action.On = append(f.Action.On[:0:0], f.Action.On...)
	for k, on := range f.Action.On {
		if on == was {
			f.Action.On[k] = f.Origin.File
		}
	}
	return f
}
