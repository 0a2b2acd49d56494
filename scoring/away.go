package scoring

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// Away is how far a section, or for a method that gates by criterion a criterion, is from what the next level asks of it.
type Away struct {
	Topic, Theme, Ref string
	// Steps is the fewest answers to be rated one step higher, heaviest first, until it does; 0 where it does already.
	// Lowest is the same were every blank the lowest.
	Steps, Lowest int
	// Certain says that it keeps the next level away whatever the blanks say.
	Certain bool
	// Lacks are the criteria that are answered below the top of their scale.
	Lacks []Lack
	// Blank is how many of its criteria are not answered.
	Blank int
}

// Lack is a criterion that is answered below the top of its scale, and which share of the scale is missing.
type Lack struct {
	Ref   string
	Share float64
}

// Away lists, for a return that attains st, the sections or criteria on which the next level depends and that do not do
// for it, or would not were every blank the lowest; in the order of Staged.Sections. There is none at the top.
func (sc *Scorer) Away(rc models.Recipient, answers []models.Answer, st *models.Staged) []Away {
	if st == nil || !st.HasNext || !sc.method.AttainsLevels() {
		return nil
	}
	sc = sc.of(rc)
	choices := sc.choices(answers)
	var out []Away
	for i := range sc.sections {
		s := &sc.sections[i]
		if !s.gates || s.countsFor > st.Next {
			continue
		}
		bound := int64(methods.RatingBounds[sc.needs(&gate{level: s.countsFor}, st.Next)-1])
		if sc.method.Gate == methods.SectionGate {
			out = sc.appendAway(out, s, "", s.members, choices, bound)
			continue
		}
		for _, at := range s.members {
			out = sc.appendAway(out, s, sc.items[at].ref, []int{at}, choices, bound)
		}
	}
	return out
}

func (sc *Scorer) appendAway(out []Away, s *section, ref string, members []int, choices []models.Choice, bound int64) []Away {
	a := Away{Topic: s.topic, Theme: s.theme, Ref: ref}
	var now, low []climbing
	high := ratio{}
	for _, at := range members {
		it := &sc.items[at]
		n, ok := choices[at].Number()
		switch {
		case ok:
			now = append(now, climbing{it, n})
			low = append(low, climbing{it, n})
			high.plus(it.weight*it.worth(n, sc.unit), it.weight*sc.unit)
			if n < it.high {
				a.Lacks = append(a.Lacks, Lack{it.ref, float64(it.high-n) / float64(it.high-it.low)})
			}
		case !choices[at].IsNotApplicable():
			a.Blank++
			low = append(low, climbing{it, it.low})
			high.plus(it.weight*sc.unit, it.weight*sc.unit)
		}
	}
	if len(low) == 0 {
		return out // nothing of it applies
	}
	if len(now) == 0 {
		now = low // not rated at all: it is to be answered first
	}
	a.Steps, a.Lowest = sc.steps(now, bound), sc.steps(low, bound)
	a.Certain = a.Steps > 0 && 100*high.num <= bound*high.den
	if a.Steps == 0 && a.Lowest == 0 {
		return out
	}
	return append(out, a)
}

// climbing is a criterion at a step of its scale.
type climbing struct {
	*item
	at int
}

// steps is the fewest rises by one step after which the criteria achieve more than the bound, in per cent.
func (sc *Scorer) steps(list []climbing, bound int64) int {
	var sum ratio
	for _, c := range list {
		sum.plus(c.weight*c.worth(c.at, sc.unit), c.weight*sc.unit)
	}
	rise := func(c climbing) int64 { return c.weight * c.worth(c.low+1, sc.unit) }
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b climbing) int { return cmp.Compare(rise(b), rise(a)) })
	n := 0
	for _, c := range list {
		for at := c.at; at < c.high; at++ {
			if 100*sum.num > bound*sum.den {
				return n
			}
			sum.num += rise(c)
			n++
		}
	}
	return n
}

// Choices are what a recipient's answers chose, in the order of the criteria that it is asked (Template.For): what is not
// there, not on the scale or contradictory is blank.
func (sc *Scorer) Choices(rc models.Recipient, answers []models.Answer) []models.Choice {
	return sc.of(rc).choices(answers)
}
