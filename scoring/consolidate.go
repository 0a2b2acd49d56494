package scoring

import (
	"maps"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// NoValue is the value of a group for recipients whose column is empty or missing.
const NoValue = "(none)"

// Consolidate describes how the scores of the members are spread, over all members and in each group, and counts how
// they answered each criterion. There is a group for each value of each column of groups, sorted by column in the order
// given, then by value, with NoValue last. Every group has its figures, however small it is: the consolidation is for the
// office that runs the round, and package scoring/disclosure says what others may see of it. A member with a return and
// no scorecard is scored here.
func Consolidate(t *models.Template, s models.Scoring, groups []string, members []models.Member) models.Consolidation {
	sc := NewScorer(t, s)
	return sc.Consolidation(groups, sc.Tally(groups, members))
}

// standing is what a consolidation needs of a scorecard besides its scores: the level attained, if there is one.
type standing struct {
	level    int
	attained bool
}

func (sc *Scorer) standingOf(card *models.Scorecard) *standing {
	if st := card.Staged; st != nil && sc.method.AttainsLevels() && card.Overall.Score.Value.Known() {
		return &standing{st.Level, true}
	}
	return &standing{}
}

// Part is the members that have one value in one group column.
type Part struct {
	Column, Value string
	// Members are positions in the list of members, ascending.
	Members []int
}

// Partition sorts the members into groups: a part for each value of each column, by column in the order given, then by
// value, with NoValue last.
func Partition(columns []string, members []models.Member) []Part {
	var out []Part
	for _, column := range columns {
		by := map[string][]int{}
		for i := range members {
			value := valueOf(&members[i], column)
			by[value] = append(by[value], i)
		}
		for _, value := range slices.SortedFunc(maps.Keys(by), byValue) {
			out = append(out, Part{column, value, by[value]})
		}
	}
	return out
}

// scoresOf lists a scorecard's scores: overall, topics, themes, cells.
func scoresOf(card *models.Scorecard) []models.Figure {
	out := make([]models.Figure, 0, 1+len(card.Topics)+len(card.Themes)+len(card.Cells))
	out = append(out, card.Overall.Score.Value)
	for _, list := range [][]models.GroupScore{card.Topics, card.Themes, card.Cells} {
		for i := range list {
			out = append(out, list[i].Score.Value)
		}
	}
	return out
}

// spreads lists a view's spreads in the order of scoresOf.
func (sc *Scorer) spreads(v *models.GroupView) []*models.Spread {
	out := []*models.Spread{&v.Overall}
	for _, list := range [][]models.Spread{v.Topics, v.Themes, v.Cells} {
		for i := range list {
			out = append(out, &list[i])
		}
	}
	return out
}

// view is how the scores of some members are spread.
func (sc *Scorer) view(t *Tally) models.GroupView {
	v := models.GroupView{
		Recipients: t.Recipients, Returned: t.Returned,
		Topics: make([]models.Spread, len(sc.topics)),
		Themes: make([]models.Spread, len(sc.themes)),
		Cells:  make([]models.Spread, len(sc.cells)),
	}
	if sc.method.AttainsLevels() {
		for _, level := range sc.template.Levels {
			v.Attained = append(v.Attained, models.StepCount{Number: level.Number, Count: t.Attained[level.Number]})
		}
	}
	for i, spread := range sc.spreads(&v) {
		if i < len(t.Scores) {
			*spread = spreadOfCounts(t.Scores[i])
		}
	}
	return v
}
