// Package priorities chooses what a recipient should do next, from its own answers: the one rule for its summary and for
// its action plan.
//
// Of is where to begin. Where a method attains levels, it is what keeps the next level away, the lowest answers of each
// section first; elsewhere it is the criteria furthest below their targets, then those answered lowest. Nothing here knows
// of other recipients.
package priorities

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// Pick is a criterion that was answered with a level or rating; of one that was not, Answer is nil.
type Pick struct {
	Criterion *models.Criterion
	Answer    *models.Answer
	// Level is the number chosen, meaningless without an answer.
	Level int
}

// Gap is how many levels lie between the answer and its target; 0 without a target above it.
func (p Pick) Gap() int {
	if p.Answer == nil {
		return 0
	}
	target, ok := p.Answer.Target.Value.Number()
	if !ok {
		return 0
	}
	return max(target-p.Level, 0)
}

// Label is what was chosen, in the template's language.
func (p Pick) Label(t *models.Template) string {
	if p.Answer == nil {
		return ""
	}
	return t.Label(p.Criterion, p.Answer.Level.Value)
}

// Most is how many priorities there are by gap, MostStatements how many statements where sections keep a level away.
const (
	Most           = 5
	MostStatements = 12
)

// PerSection is how many statements of each of n sections that keep the next level away are priorities.
func PerSection(n int) int { return min(max(MostStatements/max(n, 1), 2), 4) }

// Of lists the priorities of a recipient. t is the template as the recipient is asked it; st is what its scorecard attains,
// nil where the method attains no levels.
func Of(t *models.Template, answers []models.Answer, st *models.Staged) []Pick {
	all := Answered(t, answers)
	if st == nil {
		return Lowest(t, all, Most)
	}
	var out []Pick
	for _, b := range st.Blockers {
		if len(out) < MostStatements {
			out = append(out, OfBlocker(t, b, all, PerSection(len(st.Blockers)))...)
		}
	}
	return out
}

// Answered lists the scored criteria that were answered with a level or rating, in the template's order.
func Answered(t *models.Template, answers []models.Answer) []Pick {
	byRef := make(map[string]*models.Answer, len(answers))
	for i := range answers {
		byRef[answers[i].Ref] = &answers[i]
	}
	var out []Pick
	for i := range t.Criteria {
		c := &t.Criteria[i]
		a := byRef[c.Ref]
		if a == nil || !c.Scored() {
			continue
		}
		if n, ok := a.Level.Value.Number(); ok {
			out = append(out, Pick{c, a, n})
		}
	}
	return out
}

// Highest lists up to n criteria with the highest answers, none at the foot of the scale.
func Highest(t *models.Template, all []Pick, n int) []Pick {
	list := slices.DeleteFunc(slices.Clone(all), func(p Pick) bool { return p.Level <= t.Scale(p.Criterion).Lowest() })
	return spread(list, n, func(p Pick) int { return p.Level })
}

// Lowest lists up to n criteria with a next level: those with the widest gap to their target first, then those with the
// lowest answers.
func Lowest(t *models.Template, all []Pick, n int) []Pick {
	list := slices.DeleteFunc(slices.Clone(all), func(p Pick) bool { return p.Level >= t.Scale(p.Criterion).Highest() })
	return spread(list, n, func(p Pick) int { return 100*p.Gap() - p.Level })
}

// OfBlocker lists the lowest-rated statements of a section that keeps the next level away, or of a criterion that does; up
// to most. Where nothing of it is answered, it lists what has to be.
func OfBlocker(t *models.Template, b models.Blocker, all []Pick, most int) []Pick {
	var list []Pick
	for _, p := range all {
		c := p.Criterion
		if (b.Ref != "" && c.Ref == b.Ref || b.Ref == "" && c.Topic == b.Topic && c.Theme == b.Theme) && p.Level < t.Scale(c).Highest() {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b Pick) int { return a.Level - b.Level })
	if len(list) > 0 {
		return list[:min(most, len(list))]
	}
	if b.Ref != "" {
		if c := t.Criterion(b.Ref); c != nil {
			list = append(list, Pick{Criterion: c})
		}
		return list
	}
	for _, c := range t.CriteriaOf(b.Topic, b.Theme) {
		if c.Scored() && len(list) < most {
			list = append(list, Pick{Criterion: c})
		}
	}
	return list
}

// spread takes up to n of a list in order of merit, at first one of each topic among those of equal merit, so that one topic
// does not crowd out the rest. merit is the same for picks that tie.
func spread(list []Pick, n int, merit func(Pick) int) []Pick {
	slices.SortStableFunc(list, func(a, b Pick) int { return cmp.Compare(merit(b), merit(a)) })
	var out []Pick
	taken := map[string]int{}
	for len(list) > 0 && len(out) < n {
		tie := 1
		for tie < len(list) && merit(list[tie]) == merit(list[0]) {
			tie++
		}
		group := list[:tie]
		list = list[tie:]
		for len(group) > 0 && len(out) < n {
			best := 0
			for i := range group {
				if taken[group[i].Criterion.Topic] < taken[group[best].Criterion.Topic] {
					best = i
				}
			}
			taken[group[best].Criterion.Topic]++
			out = append(out, group[best])
			group = slices.Delete(slices.Clone(group), best, best+1)
		}
	}
	return out
}
