package story

import (
	"fmt"
	"math"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
)

// contrasted says of a group that stands apart how many of it, and how many of the others, reach the bound at which the two
// differ most. The share of pairs, by which it is judged, stands in the figures.
func (t *telling) contrasted(c contrast) headlines.Item {
	higher := c.share > 0.5
	a, b := t.sides(c.column, c.value, c.topic, asIs, false)
	bound := differMost(rounded(a, t.places(c)), rounded(b, t.places(c)), higher)
	reach := func(list []float64) int { return reaching(rounded(list, t.places(c)), bound, higher) }
	here, there := reach(a), reach(b)
	worst, best := lowest, highest // the ends of the blanks that speak against it
	if !higher {
		worst, best = highest, lowest
	}
	sure, _ := t.sides(c.column, c.value, c.topic, worst, false)
	_, perhaps := t.sides(c.column, c.value, c.topic, best, false)
	certain, most := min(reach(sure), here), max(reach(perhaps), there)
	x := headlines.Item{Rule: headlines.Group, Figures: figures(c.column+": "+c.value, c.share, "topic", c.topic, "bound", bound, "here", certain, "n", len(a), "there", most, "others", len(b))}
	key, topic := "story.group_lower", ""
	if higher {
		key = "story.group_higher"
	}
	if c.topic >= 0 {
		key, topic = map[bool]string{true: "story.group_topic_higher", false: "story.group_topic_lower"}[higher], t.topic(c.topic)
	}
	at := fmt.Sprint(most)
	if most > there {
		at = t.Words.Say("story.at_most_lower", "count", most)
	}
	x.Text = t.Words.Say(key, "group", t.quoted(c.value), "topic", topic, "bound", t.Words.Number(models.Some(bound).Format(t.places(c))),
		"count", t.least(certain, here, "story.at_least_lower"), "n", len(a), "others", at, "rest", len(b))
	return x
}

// differMost is the bound that a's share exceeds b's share by most in reaching: from above, or from below.
func differMost(a, b []float64, higher bool) float64 {
	best, most := 0.0, math.Inf(-1)
	for _, bound := range slices.Sorted(slices.Values(a)) {
		apart := float64(reaching(a, bound, higher))/float64(len(a)) - float64(reaching(b, bound, higher))/float64(len(b))
		if apart > most+1e-9 {
			best, most = bound, apart
		}
	}
	return best
}

// reaching counts the values at a bound or beyond it.
func reaching(list []float64, bound float64, higher bool) int {
	n := 0
	for _, v := range list {
		if higher && v >= bound-1e-9 || !higher && v <= bound+1e-9 {
			n++
		}
	}
	return n
}

// rounded are values as they are printed, so that a reader who looks a score up counts the same.
func rounded(list []float64, places int) []float64 {
	unit, out := math.Pow10(places), slices.Clone(list)
	for i := range out {
		out[i] = math.Round(out[i]*unit) / unit
	}
	return out
}

// places is how many decimals the bound of a contrast has.
func (t *telling) places(c contrast) int {
	if c.topic < 0 || t.results.Scoring.Info().Score.Whole() {
		return 0
	}
	return 2
}
