package scoring

import (
	"slices"
	"strings"

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
	cards := make([]*standing, len(members))
	figures := make([][]models.Figure, len(members))
	c := models.Consolidation{Recipients: len(members)}
	for i, m := range members {
		card := m.Scorecard
		if card == nil && m.Return != nil {
			scored := sc.of(m.Recipient).Score(m.Return.Answers())
			card = &scored
		}
		if card != nil {
			c.Returned++
			cards[i], figures[i] = sc.standingOf(card), scoresOf(card)
		}
	}
	everyone := make([]int, len(members))
	for i := range everyone {
		everyone[i] = i
	}
	c.All = sc.view(cards, figures, everyone)
	ballots := sc.ballots(members)
	c.Criteria = sc.criteria(ballots, everyone)
	for _, part := range Partition(groups, members) {
		v := sc.view(cards, figures, part.Members)
		v.Column, v.Value = part.Column, part.Value
		v.Criteria = sc.criteria(ballots, part.Members)
		c.Groups = append(c.Groups, v)
	}
	return c
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
			value := strings.TrimSpace(members[i].Recipient.Groups[column])
			if value == "" {
				value = NoValue
			}
			by[value] = append(by[value], i)
		}
		values := make([]string, 0, len(by))
		for value := range by {
			values = append(values, value)
		}
		slices.SortFunc(values, func(a, b string) int {
			if (a == NoValue) != (b == NoValue) {
				if a == NoValue {
					return 1
				}
				return -1
			}
			return strings.Compare(a, b)
		})
		for _, value := range values {
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

// view is how the scores of the members at the given places are spread.
func (sc *Scorer) view(cards []*standing, figures [][]models.Figure, members []int) models.GroupView {
	v := models.GroupView{
		Recipients: len(members),
		Topics:     make([]models.Spread, len(sc.topics)),
		Themes:     make([]models.Spread, len(sc.themes)),
		Cells:      make([]models.Spread, len(sc.cells)),
	}
	first := sc.template.Levels[0].Number
	if sc.method.AttainsLevels() {
		for _, level := range sc.template.Levels {
			v.Attained = append(v.Attained, models.StepCount{Number: level.Number})
		}
	}
	for _, i := range members {
		if cards[i] == nil {
			continue
		}
		v.Returned++
		if cards[i].attained {
			v.Attained[cards[i].level-first].Count++
		}
	}
	values := make([]float64, 0, len(members))
	for m, spread := range sc.spreads(&v) {
		values = values[:0]
		for _, i := range members {
			if figures[i] == nil {
				continue
			}
			if x, ok := figures[i][m].Get(); ok {
				values = append(values, x)
			}
		}
		*spread = SpreadOf(values)
	}
	return v
}
