package pdf

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// headline says in words what was reached.
func (s *sheet) headline() {
	w := s.words
	s.heading(tagpdf.H2, w.Get("summary.headline"), 60)
	var big string
	var rest []string
	overall := s.card.Overall
	switch {
	case overall.Answered == 0:
		big = w.Get("summary.nothing_answered")
	case s.card.Staged != nil:
		big, rest = s.stagedHeadline()
	case overall.Score.Value.Known() && s.methodInfo().Overall.Whole():
		level := int(overall.Score.Value.Or(0))
		big = w.Say("summary.overall_lowest", "level", s.levelName(level))
	case overall.Score.Value.Known():
		highest := s.template.LevelScale().Highest()
		big = w.Say("summary.overall_mean", "score", s.score(overall.Score.Value), "highest", highest)
	default:
		big = w.Get("summary.no_single_score")
		rest = append(rest, w.Get("summary.profile_note"))
	}
	if s.card.Staged == nil && overall.Answered > 0 {
		rest = append(rest, s.extremes()...)
		if overall.Blank > 0 && overall.Score.Value.Known() {
			rest = append(rest, w.Say("summary.range_score", "low", s.score(overall.Score.Low), "high", s.score(overall.Score.High)))
		}
	}
	s.panel(big, rest)
}

// meaning says below the story what the level attained means.
func (s *sheet) meaning() {
	if s.card.Staged == nil {
		return
	}
	if l, ok := s.template.Level(s.card.Staged.Level); ok && l.Meaning != "" {
		s.advance(6)
		s.block(tagpdf.P, s.levelName(l.Number)+": "+l.Meaning, s.look.caption, s.left, s.width(), s.templateLang())
	}
}

// extremes names the topics with the highest and the lowest score, and the median level.
func (s *sheet) extremes() []string {
	w := s.words
	var best, worst *models.GroupScore
	for i := range s.card.Topics {
		t := &s.card.Topics[i]
		v, ok := t.Score.Value.Get()
		if !ok {
			continue
		}
		if best == nil || v > best.Score.Value.Or(0) {
			best = t
		}
		if worst == nil || v < worst.Score.Value.Or(0) {
			worst = t
		}
	}
	var out []string
	if best != nil && best.Score.Value.Or(0) > worst.Score.Value.Or(0) {
		out = append(out,
			w.Say("summary.strongest", "topic", s.plainTopic(best.Topic), "score", s.score(best.Score.Value)),
			w.Say("summary.weakest", "topic", s.plainTopic(worst.Topic), "score", s.score(worst.Score.Value)))
	} else if best != nil {
		out = append(out, w.Say("summary.all_topics", "score", s.score(best.Score.Value)))
	}
	if m := s.card.Overall.Median; m.Known() {
		out = append(out, w.Say("summary.half_at", "level", number(w, m, 1)))
	}
	return out
}

// levelName is "2 – Developing (Aware)".
func (p *Printer) levelName(number int) string {
	l, _ := p.template.Level(number)
	name := fmt.Sprintf("%d – %s", number, l.Name)
	if l.AltName != "" {
		name += " (" + l.AltName + ")"
	}
	return name
}

func (s *sheet) stagedHeadline() (big string, rest []string) {
	w, st := s.words, s.card.Staged
	big = w.Say("summary.level_attained", "level", s.levelName(st.Level))
	if l, ok := s.template.Level(st.Level); ok {
		rest = append(rest, l.Meaning)
	}
	lowest := s.template.LevelScale().Lowest()
	if st.Level == lowest {
		rest = append(rest, w.Get("summary.entry"))
	}
	switch {
	case !st.HasNext:
		rest = append(rest, w.Get("summary.top"))
	case len(st.Blockers) > 0:
		rest = append(rest, w.Count("summary.keeps_away", len(st.Blockers), "level", st.Next))
	default:
		rest = append(rest, w.Get("summary.nothing_keeps"))
	}
	if st.Low != st.High {
		rest = append(rest, w.Say("summary.range_levels", "low", st.Low, "high", st.High))
	}
	return big, rest
}
