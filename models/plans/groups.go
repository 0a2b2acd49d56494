package plans

import (
	"cmp"
	"slices"
	"time"
)

// Owned is an action of a plan that counts, and the place of the recipient whose it is.
type Owned struct {
	Recipient int
	Action    *Action
}

// Group is what is planned about one thing, a topic or a criterion.
type Group struct {
	// Number is the place of the thing in its list, from 1; 0 stands for actions that are about none.
	Number int
	// Recipients counts those who plan something about it.
	Recipients int
	Tally
}

// Grouped sums up actions on a day by what they are about: most recipients first, then most actions, then in the order of the
// list; what is about nothing comes last. Rows of a plan that say nothing of what is to be done are left out.
func Grouped(day time.Time, list []Owned, number func(*Action) int) []Group {
	of, who := map[int][]Action{}, map[int]map[int]bool{}
	for _, x := range list {
		if !x.Action.Planned() {
			continue
		}
		n := number(x.Action)
		if of[n] = append(of[n], *x.Action); who[n] == nil {
			who[n] = map[int]bool{}
		}
		who[n][x.Recipient] = true
	}
	out := make([]Group, 0, len(of))
	for n, actions := range of {
		out = append(out, Group{Number: n, Recipients: len(who[n]), Tally: Count(day, actions)})
	}
	slices.SortFunc(out, func(a, b Group) int {
		if (a.Number == 0) != (b.Number == 0) {
			return cmp.Compare(b.Number, a.Number)
		}
		return cmp.Or(cmp.Compare(b.Recipients, a.Recipients), cmp.Compare(b.Actions, a.Actions), cmp.Compare(a.Number, b.Number))
	})
	return out
}
