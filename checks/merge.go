package checks

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// merging puts the files that count for one recipient together: one of each part, and perhaps a whole workbook.
type merging struct {
	in    RegisterInput
	rc    models.Recipient
	files []*file // by path
	// settled is the file that a person let decide, by criterion or question; under "" for all.
	settled map[string]string
}

// said is what one file says about a criterion.
type said struct {
	by *file
	a  *models.Answer
}

// merged is the return made of all files. An answer that all who gave one gave alike counts, with the origin of the
// first; one that differs is blank until a person settles it.
func (m *merging) merged() *models.Return {
	first := m.files[0].ret
	out := &models.Return{Format: first.Format, Application: first.Application, Respondent: m.respondent()}
	var names []string
	for _, f := range m.files {
		names = append(names, f.ret.File)
		out.Size += f.ret.Size
		out.Findings = append(out.Findings, f.ret.Findings...)
		if f.ret.Saved.After(out.Saved) {
			out.Saved = f.ret.Saved
		}
		if f.ret.Received.After(out.Received) {
			out.Received = f.ret.Received
		}
	}
	out.File = strings.Join(names, "; ")
	asked := m.in.applying(m.rc.ID)
	var answers []models.Answer
	for i := range asked.Criteria {
		c := &asked.Criteria[i]
		var list []said
		for _, f := range m.files {
			if a := f.ret.Answer(c.Ref); a != nil {
				list = append(list, said{f, a})
			}
		}
		if len(list) > 0 {
			answers = append(answers, m.answer(c, list))
		}
	}
	out.SetAnswers(answers)
	for i := range m.in.Template.Questions {
		m.question(out, m.in.Template.Questions[i].ID)
	}
	m.contradictions(asked, out)
	models.SortFindings(out.Findings)
	return out
}

// answer merges what the files say about one criterion.
func (m *merging) answer(c *models.Criterion, list []said) models.Answer {
	if len(list) == 1 {
		return *list[0].a
	}
	scale := m.in.Template.Scale(c)
	level, target := fieldOf(list, func(a *models.Answer) models.Sourced[models.Choice] { return a.Level }),
		fieldOf(list, func(a *models.Answer) models.Sourced[models.Choice] { return a.Target })
	out := models.Answer{Ref: c.Ref}
	out.Level = m.choice(c, models.PartsDisagree, words.Sayf("answer"), scale, level)
	out.Target = m.choice(c, models.TargetsDisagree, words.Sayf("target"), scale, target)
	out.Evidence = texts(list, func(a *models.Answer) models.Sourced[string] { return a.Evidence })
	out.Comment = texts(list, func(a *models.Answer) models.Sourced[string] { return a.Comment })
	for _, s := range list {
		if s.a.Level.Origin != out.Level.Origin && saysSomething(s.a) || s.a.Level.Value != out.Level.Value && !s.a.Level.Value.IsBlank() {
			out.Also = append(out.Also, *s.a)
		}
	}
	return out
}

func saysSomething(a *models.Answer) bool {
	return !a.Level.Value.IsBlank() || !a.Target.Value.IsBlank() || !empty(a.Evidence.Value) || !empty(a.Comment.Value)
}

// opinion is one file's choice.
type opinion struct {
	by *file
	models.Sourced[models.Choice]
}

func fieldOf(list []said, get func(*models.Answer) models.Sourced[models.Choice]) []opinion {
	out := make([]opinion, len(list))
	for i, s := range list {
		out[i] = opinion{s.by, get(s.a)}
	}
	return out
}

// choice merges choices: the common one of those who chose, the one that a person settled, or blank and a finding.
func (m *merging) choice(c *models.Criterion, code models.Code, what words.Said, scale models.Scale, list []opinion) models.Sourced[models.Choice] {
	var given []opinion
	differ := false
	for _, o := range list {
		if !o.Value.IsBlank() {
			given = append(given, o)
			differ = differ || o.Value != given[0].Value
		}
	}
	switch {
	case len(given) == 0:
		return list[0].Sourced
	case !differ:
		return given[0].Sourced
	}
	var sayings []words.Said
	for _, o := range given {
		sayings = append(sayings, words.Sayf("%s says %s (%s)", whoSaid(o.by), scale.Label(o.Value), at(o.Origin, o.by.ret).Said()))
	}
	text := words.Joined(", ", sayings...)
	if file := cmp.Or(m.settled[c.Ref], m.settled[""]); file != "" {
		for _, o := range given {
			if o.by.ret.File == file {
				m.note(o.by, models.PartsSettled, o.Origin, c.Ref, words.Sayf("The %s to %s (%s) differs between workbooks: %s. It was settled by hand that this file decides.", what, c.Ref, c.Subject, text))
				return o.Sourced
			}
		}
	}
	f := m.note(given[0].by, code, given[0].Origin, c.Ref, words.Sayf("The %s to %s (%s) differs between workbooks of one recipient: %s.", what, c.Ref, c.Subject, text))
	f.Action.On = []string{m.rc.ID + "/" + c.Ref, given[0].by.ret.File}
	return models.Sourced[models.Choice]{Origin: given[0].Origin}
}

// note adds a finding to a file that counts.
func (m *merging) note(f *file, code models.Code, origin models.Origin, ref string, message words.Said) *models.Finding {
	x := f.addSaid(code, message)
	x.Origin, x.Ref, x.Recipient = at(origin, f.ret), ref, m.rc.ID
	return x
}

// texts keeps all texts. Where several files have the criterion each says whose text it is.
func texts(list []said, get func(*models.Answer) models.Sourced[string]) models.Sourced[string] {
	var given []said
	same := true
	for _, s := range list {
		if t := get(s.a); !empty(t.Value) {
			given = append(given, s)
			same = same && t.Value == get(given[0].a).Value
		}
	}
	switch {
	case len(given) == 0:
		return get(list[0].a)
	case same && len(given) == len(list):
		return get(given[0].a)
	}
	out := models.Sourced[string]{Origin: get(given[0].a).Origin}
	for i, s := range given {
		if i > 0 {
			out.Value += "\n"
		}
		out.Value += whoSaid(s.by) + ": " + get(s.a).Value
	}
	return out
}

// whoSaid is who completed a workbook: as its Start sheet says, or else whose part it is.
func whoSaid(f *file) string {
	if name := strings.TrimSpace(f.ret.Respondent.Name.Value); name != "" {
		return name
	}
	if kind, name, ok := strings.Cut(f.part, ":"); ok && (kind == "respondent" || kind == "view") {
		return name
	}
	return f.ret.File
}

// respondent puts the respondents together: the different entries of each field, in the order of the files.
func (m *merging) respondent() models.Respondent {
	join := func(get func(*models.Respondent) *models.Sourced[string]) models.Sourced[string] {
		var out models.Sourced[string]
		var seen []string
		for _, f := range m.files {
			x := get(&f.ret.Respondent)
			if v := strings.TrimSpace(x.Value); v != "" && !slices.Contains(seen, v) {
				if len(seen) == 0 {
					out.Origin = x.Origin
				}
				seen = append(seen, v)
			}
		}
		out.Value = strings.Join(seen, "; ")
		return out
	}
	return models.Respondent{
		Name:     join(func(r *models.Respondent) *models.Sourced[string] { return &r.Name }),
		Role:     join(func(r *models.Respondent) *models.Sourced[string] { return &r.Role }),
		Date:     join(func(r *models.Respondent) *models.Sourced[string] { return &r.Date }),
		SignedBy: join(func(r *models.Respondent) *models.Sourced[string] { return &r.SignedBy }),
	}
}

// question merges the answers to a question of the Start sheet, which every part has.
func (m *merging) question(out *models.Return, id string) {
	var rows, given []models.QuestionAnswer
	var by []*file
	differ := false
	for _, f := range m.files {
		q := f.ret.Question(id)
		if q == nil {
			continue
		}
		rows = append(rows, *q)
		if q.Answer.Value != "" {
			given, by = append(given, *q), append(by, f)
			differ = differ || q.Answer.Value != given[0].Answer.Value
		}
	}
	switch {
	case len(rows) == 0:
		return
	case len(given) == 0:
		out.Questions = append(out.Questions, rows[0])
		return
	case !differ:
		out.Questions = append(out.Questions, given[0])
		return
	}
	var sayings []words.Said
	for i, q := range given {
		sayings = append(sayings, words.Sayf("%s says '%s' (%s)", whoSaid(by[i]), q.Answer.Value, at(q.Answer.Origin, by[i].ret).Said()))
	}
	text := words.Joined(", ", sayings...)
	if file := cmp.Or(m.settled[id], m.settled[""]); file != "" {
		for i, q := range given {
			if by[i].ret.File == file {
				m.note(by[i], models.PartsSettled, q.Answer.Origin, "", words.Sayf("The answer to the question %s differs between workbooks: %s. It was settled by hand that this file decides.", id, text))
				out.Questions = append(out.Questions, q)
				return
			}
		}
	}
	f := m.note(by[0], models.QuestionsDisagree, given[0].Answer.Origin, "", words.Sayf("The answer to the question %s differs between workbooks of one recipient: %s.", id, text))
	f.Action.On = []string{m.rc.ID + "/" + id, by[0].ret.File}
	blank := given[0]
	blank.Answer.Value = ""
	out.Questions = append(out.Questions, blank)
}
