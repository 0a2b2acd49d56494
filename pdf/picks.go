package pdf

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// pick is an answered criterion.
type pick struct {
	criterion *models.Criterion
	answer    *models.Answer
	level     int
	order     int // in the template
}

func (a pick) label(t *models.Template) string {
	return t.Label(a.criterion, a.answer.Level.Value)
}

// gap is how many levels lie between the answer and its target; 0 without a target above it.
func (a pick) gap() int {
	target, ok := a.answer.Target.Value.Number()
	if !ok {
		return 0
	}
	return max(target-a.level, 0)
}

// answered lists the scored criteria that were answered with a level or rating.
func (s *sheet) answered() []pick {
	byRef := make(map[string]*models.Answer, len(s.of.answers.Answers()))
	for i := range s.of.answers.Answers() {
		byRef[s.of.answers.Answers()[i].Ref] = &s.of.answers.Answers()[i]
	}
	var out []pick
	for i := range s.template.Criteria {
		c := &s.template.Criteria[i]
		a := byRef[c.Ref]
		if a == nil || !c.Scored() {
			continue
		}
		if n, ok := a.Level.Value.Number(); ok {
			out = append(out, pick{c, a, n, i})
		}
	}
	return out
}

// spreadOut takes up to n of a list in order of merit, at first one of each topic among those of equal
// merit, so that one topic does not crowd out the rest. merit is the same for picks that tie.
func spreadOut(list []pick, n int, merit func(pick) int) []pick {
	slices.SortStableFunc(list, func(a, b pick) int { return cmp.Compare(merit(b), merit(a)) })
	var out []pick
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
				if taken[group[i].criterion.Topic] < taken[group[best].criterion.Topic] {
					best = i
				}
			}
			taken[group[best].criterion.Topic]++
			out = append(out, group[best])
			group = slices.Delete(slices.Clone(group), best, best+1)
		}
	}
	return out
}

// highest lists up to n criteria with the highest answers, none at the foot of the scale.
func (s *sheet) highest(n int) []pick {
	var list []pick
	for _, a := range s.answered() {
		if a.level > s.template.Scale(a.criterion).Lowest() {
			list = append(list, a)
		}
	}
	return spreadOut(list, n, func(a pick) int { return a.level })
}

// lowest lists up to n criteria with a next level: those with the widest gap to their target first, then
// those with the lowest answers.
func (s *sheet) lowest(n int) []pick {
	var list []pick
	for _, a := range s.answered() {
		if a.level < s.template.Scale(a.criterion).Highest() {
			list = append(list, a)
		}
	}
	return spreadOut(list, n, func(a pick) int { return 100*a.gap() - a.level })
}
