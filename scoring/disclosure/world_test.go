package disclosure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

// world is one way in which a round can have been answered: of each member the level of each criterion, 0 for no return.
// The test plays with it what an attacker does in his head: he looks for worlds that would have led to the same figures.
type world struct {
	template *models.Template
	columns  []string
	groups   []map[string]string // of each member
	levels   [][]int
	topics   [][]int // criteria of each topic
}

const worldLevels = 5

// invent makes a round of n members in up to three groupings, with two topics of two criteria.
func invent(r *rand.Rand, n int) *world {
	w := &world{topics: [][]int{{0, 1}, {2, 3}}}
	w.template = &models.Template{ID: "w", Scoring: models.Scoring{Method: methods.Mean}, Topics: []models.Topic{{ID: "A"}, {ID: "B"}},
		Criteria: []models.Criterion{{Ref: "1", Topic: "A"}, {Ref: "2", Topic: "A"}, {Ref: "3", Topic: "B"}, {Ref: "4", Topic: "B"}}}
	for k := 1; k <= worldLevels; k++ {
		w.template.Levels = append(w.template.Levels, models.Level{Number: k, Name: strconv.Itoa(k)})
	}
	for c := range 1 + r.IntN(3) {
		w.columns = append(w.columns, fmt.Sprint("column ", c+1))
	}
	values := make([]int, len(w.columns))
	for c := range values {
		values[c] = 1 + r.IntN(4)
	}
	middle, narrow := 1+r.IntN(worldLevels), 1+r.IntN(4) // some rounds are nearly alike
	for range n {
		groups := map[string]string{}
		for c, name := range w.columns {
			groups[name] = string(rune('A' + min(r.IntN(values[c]), r.IntN(values[c]))))
		}
		w.groups = append(w.groups, groups)
		own := make([]int, len(w.template.Criteria))
		for k := range own {
			own[k] = min(max(middle+r.IntN(narrow+1)-narrow/2, 1), worldLevels)
		}
		if r.IntN(8) == 0 {
			own = make([]int, len(own))
		}
		w.levels = append(w.levels, own)
	}
	return w
}

// members are the round's, as the package takes them.
func (w *world) members() []models.Member {
	out := make([]models.Member, len(w.levels))
	for i, own := range w.levels {
		out[i].Recipient = models.Recipient{ID: fmt.Sprint(i), Groups: w.groups[i]}
		if own[0] == 0 {
			continue
		}
		var list []models.Answer
		for k := range own {
			a := models.Answer{Ref: w.template.Criteria[k].Ref}
			a.Level.Value = models.At(own[k])
			list = append(list, a)
		}
		out[i].Return = new(models.Return{}.With(list))
	}
	return out
}

// score is a member's mean of the topic's criteria; topic −1 is the mean of the topics.
func (w *world) score(member, topic int) float64 {
	if topic < 0 {
		switch { // a topic without a criterion has no score
		case len(w.topics[0]) == 0:
			return w.score(member, 1)
		case len(w.topics[1]) == 0:
			return w.score(member, 0)
		}
		return (w.score(member, 0) + w.score(member, 1)) / 2
	}
	if len(w.topics[topic]) == 0 {
		return 0
	}
	sum := 0
	for _, k := range w.topics[topic] {
		sum += w.levels[member][k]
	}
	return float64(sum) / float64(len(w.topics[topic]))
}

// shown is what leaves the office about one set of members.
type shown struct {
	members []int // with a return
	in      []bool
	counts  []bool
	// mean, median and quartiles are of the overall score, then of the topics; where a criterion is left out, topics has
	// the criteria that scores are of.
	mean, median, quartiles [3]bool
}

// sameFigures says whether another world, which differs from w in the members of changed, has the same figures.
func (s *shown) sameFigures(w, other *world, changed []int) bool {
	if s.in == nil {
		s.in = make([]bool, len(w.levels))
		for _, i := range s.members {
			s.in[i] = true
		}
	}
	if !slices.ContainsFunc(changed, func(i int) bool { return s.in[i] }) {
		return true
	}
	for k, yes := range s.counts {
		if !yes {
			continue
		}
		sum := [worldLevels + 1]int{}
		for _, i := range changed {
			if s.in[i] {
				sum[w.levels[i][k]]++
				sum[other.levels[i][k]]--
			}
		}
		if sum != [worldLevels + 1]int{} {
			return false
		}
	}
	for m := range 3 {
		if !s.mean[m] && !s.median[m] && !s.quartiles[m] {
			continue
		}
		a, b := s.figures(w, m), s.figures(other, m)
		if s.mean[m] && a[0] != b[0] || s.median[m] && a[1] != b[1] || s.quartiles[m] && (a[2] != b[2] || a[3] != b[3]) {
			return false
		}
	}
	return true
}

// figures are mean, median and quartiles of a score, rounded as they are shown: to a tenth.
func (s *shown) figures(w *world, m int) (out [4]float64) {
	list := make([]float64, len(s.members))
	sum := 0.0
	for k, i := range s.members {
		list[k] = w.score(i, m-1)
		sum += list[k]
	}
	slices.Sort(list)
	at := func(p float64) float64 {
		h := float64(len(list)-1) * p
		low := math.Floor(h)
		x := list[int(low)]
		if h > low {
			x += (h - low) * (list[int(low)+1] - x)
		}
		return x
	}
	for k, x := range []float64{sum / float64(len(list)), at(0.5), at(0.25), at(0.75)} {
		out[k] = math.Round(x*10+1e-7) / 10
	}
	return out
}

// published lists what leaves the office by a plan: over all everything that the plan lets be shown, of groups the medians
// and quartiles of scores. Nothing that leaves the office has counts by group.
func (w *world) published(d *models.Disclosure) []shown {
	left := d.LeftOutRefs()
	parts := append([]scoring.Part{{Members: everyone(len(w.levels))}}, scoring.Partition(w.columns, w.members())...)
	out := make([]shown, len(parts))
	for g, part := range parts {
		view, why := &d.Consolidation.All, &d.All
		if g > 0 {
			view, why = d.Group(part.Column, part.Value)
		}
		s := &out[g]
		s.members = w.returned(part.Members)
		s.counts = make([]bool, len(w.template.Criteria))
		at := 0
		for k, c := range w.template.Criteria {
			if left[c.Ref] {
				continue
			}
			s.counts[k] = g == 0 && why.Criteria[at].Counts == "" && len(s.members) > 0
			at++
		}
		for m, spread := range []models.Spread{view.Overall, view.Topics[0], view.Topics[1]} {
			s.mean[m], s.median[m], s.quartiles[m] = spread.Mean.Known(), spread.Median.Known(), spread.Q1.Known()
		}
	}
	return out
}

func (w *world) returned(members []int) []int {
	var out []int
	for _, i := range members {
		if w.levels[i][0] > 0 {
			out = append(out, i)
		}
	}
	return out
}

func everyone(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// without is the world as figures are made of it where criteria are left out.
func (w *world) without(left map[string]bool) *world {
	out := *w
	out.topics = make([][]int, len(w.topics))
	for t := range w.topics {
		for _, k := range w.topics[t] {
			if !left[w.template.Criteria[k].Ref] {
				out.topics[t] = append(out.topics[t], k)
			}
		}
	}
	return &out
}

// clone is the same world, of which members can be changed.
func (w *world) clone(members ...int) *world {
	out := *w
	out.levels = slices.Clone(w.levels)
	for _, i := range members {
		out.levels[i] = slices.Clone(w.levels[i])
	}
	return &out
}
