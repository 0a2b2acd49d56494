package pdf

import "strings"

// decidedMark stands behind an answer that the office decided.
const decidedMark = " *"

// decided lists the recipient's answers that the office decided, as ref and choice.
func (s *sheet) decided() []string {
	var out []string
	answers := s.of.answers.Answers()
	for i := range answers {
		a := &answers[i]
		c := s.template.Criterion(a.Ref)
		if a.Level.Origin.Decision == 0 || c == nil {
			continue
		}
		label := s.template.Label(c, a.Level.Value)
		if label == "" {
			label = s.words.Get("summary.not_answered")
		}
		out = append(out, a.Ref+" ("+label+")")
	}
	return out
}

// decidedText names them for the recipient, who may know better; "" where there are none.
func (s *sheet) decidedText() string {
	list := s.decided()
	if len(list) == 0 {
		return ""
	}
	return s.words.Say("summary.method_decided", "answers", strings.Join(list, ", "))
}
