package pdf

import (
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/words"
)

// planned says what the recipient planned in the earlier round, what came of it, and whether the levels that it planned for
// moved. What a level was then is said only for criteria that can be compared and were answered both times.
func (s *sheet) planned() {
	w, p := s.words, s.of.planned
	if p == nil {
		return
	}
	tally := plans.Count(time.Time{}, p.Actions)
	if tally.Actions == 0 {
		return
	}
	said := w.Count("plan.summary_said", tally.Actions, "done", tally.By[plans.Done], "open", tally.Open())
	t := table{flows: true, columns: s.widths([]column{{head: w.Get("plan.summary_action")}, {head: w.Get("plan.summary_status"), width: 76},
		{head: w.Get("plan.summary_then"), width: 92}, {head: w.Get("plan.summary_now"), width: 92}})}
	moved := map[string]int{}
	for i := range p.Actions {
		a := &p.Actions[i]
		if !a.Planned() {
			continue
		}
		then, now, way, ok := s.movedSince(a.Ref)
		if ok {
			moved[a.Ref] = way
		}
		t.rows = append(t.rows, []cell{{text: s.own(a.Action.Value, words.Sayf("an action")), small: s.plannedFor(a), head: true},
			{text: w.Get(a.Status.Key())}, {text: then, lang: s.templateLang()}, {text: now, lang: s.templateLang()}})
	}
	if n := len(moved); n > 0 {
		count := map[int]int{}
		for _, way := range moved {
			count[way]++
		}
		said += " " + w.Count("plan.summary_moved", n, "up", count[1], "same", count[0], "down", count[-1])
	}
	s.titled(w.Get("plan.summary_heading"), w.Say("plan.summary_note", "round", s.own(s.of.since, words.Sayf("the title of the earlier round")))+" "+said, t)
}

// plannedFor is what an action was about, by whom and by when.
func (s *sheet) plannedFor(a *plans.Action) string {
	out := ""
	if c := s.template.Criterion(a.Ref); c != nil {
		out = c.Ref + "  " + c.Text()
	}
	who := a.Owner.Value
	if !a.On.IsZero() {
		if day := s.words.Date(a.On); who != "" {
			who = s.words.Say("plan.summary_by", "owner", who, "day", day)
		} else {
			who = day
		}
	}
	if who != "" && out != "" {
		out += " – "
	}
	return s.own(out+who, words.Sayf("an action"))
}

// movedSince is the answer to a criterion then and now, and which way it moved: 1 up, 0 as then, -1 down. ok is false where
// that is not known.
func (s *sheet) movedSince(ref string) (then, now string, way int, ok bool) {
	c := s.template.Criterion(ref)
	a := s.of.answers.Answer(ref)
	if c == nil || a == nil {
		return "", "", 0, false
	}
	now = s.template.Label(c, a.Level.Value)
	level, answered := a.Level.Value.Number()
	if s.of.change == nil || !s.of.compared[ref] || !answered {
		return "", now, 0, false
	}
	was := level
	for _, m := range s.of.change.Moves {
		if k := int(m.Criterion); k < len(s.of.criteria) && s.of.criteria[k] == ref {
			was = int(m.Then)
		}
	}
	if was == headlines.MovedBlank || was == headlines.MovedNotApplicable {
		return "", now, 0, false
	}
	then = s.template.Label(c, models.At(was))
	switch {
	case level > was:
		return then, now + " (" + s.words.Get("plan.summary_up") + ")", 1, true
	case level < was:
		return then, now + " (" + s.words.Get("plan.summary_down") + ")", -1, true
	}
	return then, now + " (" + s.words.Get("plan.summary_same") + ")", 0, true
}
