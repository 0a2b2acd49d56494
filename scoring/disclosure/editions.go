package disclosure

import "github.com/rubric-project/rubric/scoring"

// earlier lays out what the members chose in the set that was compared with before, in the order of the members now; those
// who are no members any more come after. It is nil where there was no other set.
func (p *planning) earlier() *scoring.Table {
	if p.Before == nil {
		return nil
	}
	table := scoring.Tabulate(p.Template, p.Scoring, p.Before)
	at := map[string]int{}
	for i := range p.Members {
		at[p.Members[i].Recipient.ID] = i
	}
	out := &scoring.Table{Levels: make([][]int8, len(p.Members)), Targets: make([][]int8, len(p.Members))}
	for i := range p.Before {
		if k, ok := at[p.Before[i].Recipient.ID]; ok {
			out.Levels[k], out.Targets[k] = table.Levels[i], table.Targets[i]
		} else {
			out.Levels, out.Targets = append(out.Levels, table.Levels[i]), append(out.Targets, table.Targets[i])
		}
	}
	return out
}

// differenceTells says whether the counts of a criterion before and now, set side by side, tell too much: the members whose
// answers differ are fewer than the minimum, or nearly all of them came to have one level, or had it.
// A nil in stands for all members.
func (p *planning) differenceTells(now, before *scoring.Table, at int, in map[int]bool) bool {
	steps := p.steps[at][1]
	came, went, n := make([]int, steps), make([]int, steps), 0
	level := func(levels [][]int8, i int) int {
		if i >= len(levels) || levels[i] == nil || levels[i][at] < 0 {
			return -1
		}
		return int(levels[i][at]) - p.steps[at][0]
	}
	for i := range before.Levels {
		is, was := level(now.Levels, i), level(before.Levels, i)
		if is == was || in != nil && !in[i] {
			continue
		}
		n++
		if is >= 0 {
			came[is]++
		}
		if was >= 0 {
			went[was]++
		}
	}
	return n > 0 && (n < p.Minimum || oneLevel(came) || oneLevel(went))
}
