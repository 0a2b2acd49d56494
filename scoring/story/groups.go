package story

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

func inGroup(rc *models.Recipient, column, value string) bool {
	own := groupOf(rc, column)
	return own == value
}

func groupOf(rc *models.Recipient, column string) string {
	if own := strings.TrimSpace(rc.Groups[column]); own != "" {
		return own
	}
	return scoring.NoValue
}

// contrast is a group beside the others on one figure.
type contrast struct {
	column, value string
	topic         int // -1 for the level attained
	share, p      float64
}

// group says which group stands apart: on a group's page its own, else the clearest.
func (t *telling) group() {
	if t.reader == Outside {
		return // the figures of single groups that it rests on may be withheld
	}
	all, looked := t.contrasts()
	best := -1
	for i, c := range all {
		if t.column != "" && (c.column != t.column || c.value != t.value) || c.p*float64(looked) > unlikely || !t.holds(c, looked) {
			continue
		}
		if best < 0 || c.p < all[best].p {
			best = i
		}
	}
	if best < 0 {
		return
	}
	t.add(t.contrasted(all[best]))
}

// contrasts compares each group with the rest on each figure, where both sides have enough returns. looked is how many
// comparisons there are; those that are not far apart have no p and are left out.
func (t *telling) contrasts() (out []contrast, looked int) {
	topics := []int{-1}
	if !t.attains() {
		topics = nil
		for i := range t.results.Template.Topics {
			topics = append(topics, i)
		}
	}
	for _, column := range t.results.Round.Groups {
		for _, value := range t.valuesOf(column) {
			for _, topic := range topics {
				a, b := t.sides(column, value, topic, asIs, false)
				if min(len(a), len(b)) < t.minimum() {
					continue
				}
				looked++
				if share := pairs(a, b); far(share) {
					out = append(out, contrast{column, value, topic, share, dealt(a, b)})
				}
			}
		}
	}
	return out, looked
}

// holds says that a difference holds at both ends of the blanks and without the doubtful returns.
func (t *telling) holds(c contrast, looked int) bool {
	test := func(end int, sure bool) bool {
		a, b := t.sides(c.column, c.value, c.topic, end, sure)
		if len(a) == 0 || len(b) == 0 {
			return false
		}
		share := pairs(a, b)
		return far(share) && share > 0.5 == (c.share > 0.5) && dealt(a, b)*float64(looked) <= unlikely
	}
	return test(lowest, false) && test(highest, false) && test(asIs, true)
}

// sides are the figures of a group and of all others.
func (t *telling) sides(column, value string, topic, end int, sure bool) (a, b []float64) {
	for i := range t.returns {
		x := &t.returns[i]
		v := x.overall[end]
		if topic >= 0 {
			v = x.topics[end][topic]
		}
		n, ok := v.Get()
		if !ok || sure && x.doubtful {
			continue
		}
		if inGroup(&x.recipient, column, value) {
			a = append(a, n)
		} else {
			b = append(b, n)
		}
	}
	return a, b
}

func (t *telling) valuesOf(column string) []string {
	var out []string
	for i := range t.results.Members {
		if v := groupOf(&t.results.Members[i].Recipient, column); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return out
}
