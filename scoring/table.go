package scoring

import "github.com/rubric-project/rubric/models"

// Table is what each member's return scored and chose: the figures that a consolidation describes, member by member.
// Entries of members without a return are nil.
type Table struct {
	// Scores are overall, then by topic, by theme and by cell (topics first), each in template order.
	Scores [][]models.Figure
	// Levels and Targets are the numbers chosen by criterion, in template order; negative where there is none.
	Levels, Targets [][]int8
	// Attained is the level attained; nil where the method attains none, or nothing is answered.
	Attained []*int
	// Blocked is what keeps the next level away; nil where the method attains none.
	Blocked [][]models.Blocker
}

// Tabulate scores the members and lays out what they chose. A member's own scorecard is taken where it has one.
func Tabulate(t *models.Template, s models.Scoring, members []models.Member) *Table {
	sc := NewScorer(t, s)
	n := len(members)
	out := &Table{Scores: make([][]models.Figure, n), Levels: make([][]int8, n), Targets: make([][]int8, n), Attained: make([]*int, n), Blocked: make([][]models.Blocker, n)}
	for i := range members {
		m := &members[i]
		card := m.Scorecard
		if card == nil && m.Return != nil {
			scored := sc.of(m.Recipient).Score(m.Return.Answers())
			card = &scored
		}
		if card == nil {
			continue
		}
		out.Scores[i] = scoresOf(card)
		if st := sc.standingOf(card); st.attained {
			out.Attained[i] = &st.level
			out.Blocked[i] = card.Staged.Blockers
		}
	}
	for i, b := range sc.ballots(members) {
		if b == nil {
			continue
		}
		out.Levels[i], out.Targets[i] = make([]int8, len(b)), make([]int8, len(b))
		for at, x := range b {
			out.Levels[i][at], out.Targets[i][at] = x.level, x.target
		}
	}
	return out
}
