package scoring

import (
	"maps"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/models/headlines"
)

// Side is one of the two rounds that Compare looks at.
type Side struct {
	Template *models.Template
	Members  []models.Member
}

// Compare says how scores moved from the earlier round to the later, by the scoring s.
//
// It compares the members that have a return in both rounds. A member is found by its id, or by the id that it had
// before. It compares the criteria that are the same in both: those with the same wording, kind and scale, or those
// that the crosswalk connects, which also translates earlier levels to the later scale. Entries of the crosswalk that
// nobody has confirmed are left out. crosswalk may be nil.
//
// Scores are by the later template's topics, themes and weights. Where one criterion was split into several, these
// share the weight that they have together. A topic's change rests on the criteria that the recipient answered both
// times, so that filling a gap is no progress. A level attained rests on all answers to the criteria compared.
func Compare(s models.Scoring, earlier, later Side, crosswalk *crosswalk.Crosswalk) models.Comparison {
	var out models.Comparison
	m := match(earlier.Template, later.Template, crosswalk)
	out.Added, out.Dropped, out.Altered = m.added, m.dropped, m.altered

	common := *later.Template
	common.Criteria = m.criteria
	sc := NewScorer(&common, s)
	places := map[string]uint16{}
	for i := range later.Template.Criteria {
		places[later.Template.Criteria[i].Ref] = uint16(i)
	}

	before := map[string]*models.Return{}
	for _, member := range earlier.Members {
		if member.Return != nil {
			before[member.Recipient.ID] = member.Return
		}
	}
	tallies := make([]criterionTally, len(m.criteria))
	for _, member := range later.Members {
		if member.Return == nil {
			continue
		}
		id := member.Recipient.ID
		if member.Recipient.PreviousID != "" {
			id = member.Recipient.PreviousID
		}
		old, ok := before[id]
		if !ok {
			out.Joined = append(out.Joined, member.Recipient.ID)
			continue
		}
		delete(before, id)
		was, is := m.translate(old.Answers()), member.Return.Answers()
		then, now := sc.choices(was), sc.choices(is)
		for i := range tallies {
			if sc.items[i].kind != models.KindSymptom && common.Criteria[i].Applies(member.Recipient.Groups) {
				tallies[i].add(then[i], now[i])
			}
		}
		own := sc.of(member.Recipient)
		if own != sc { // what it is not asked is no blank, and keeps no level away
			then, now = own.choices(was), own.choices(is)
		}
		change := own.recipientChange(member.Recipient.ID, then, now)
		change.Moves = own.moves(places, then, now)
		out.Recipients = append(out.Recipients, change)
	}
	out.Left = slices.Sorted(maps.Keys(before))
	slices.Sort(out.Joined)

	var overall []float64
	topics := make([][]float64, len(sc.topics))
	for _, r := range out.Recipients {
		overall = appendKnown(overall, r.Overall.Change)
		for i, c := range r.Topics {
			topics[i] = appendKnown(topics[i], c.Change)
		}
	}
	out.Overall = SpreadOf(overall)
	for _, list := range topics {
		out.Topics = append(out.Topics, SpreadOf(list))
	}
	for i := range tallies {
		if sc.items[i].kind != models.KindSymptom {
			out.Criteria = append(out.Criteria, tallies[i].change(m.criteria[i].Ref, m.sources[i]))
		}
	}
	return out
}

func appendKnown(list []float64, f models.Figure) []float64 {
	if x, ok := f.Get(); ok {
		return append(list, x)
	}
	return list
}

// recipientChange scores one recipient then and now.
func (sc *Scorer) recipientChange(id string, then, now []models.Choice) models.RecipientChange {
	out := models.RecipientChange{Recipient: id}
	wholeThen, wholeNow := sc.card(then).Overall, sc.card(now).Overall
	then, now = slices.Clone(then), slices.Clone(now)
	for i := range then {
		_, a := then[i].Number()
		_, b := now[i].Number()
		if !a || !b {
			then[i], now[i] = models.NotApplicable(), models.NotApplicable()
		}
	}
	a, b := sc.card(then), sc.card(now)
	out.Overall = difference(&a.Overall, &b.Overall)
	if sc.method.AttainsLevels() {
		out.Overall = difference(&wholeThen, &wholeNow)
		was, is := wholeThen.Score, wholeNow.Score
		out.Certain = is.Low.Or(0) > was.High.Or(0) || is.High.Or(0) < was.Low.Or(0)
	}
	for i := range a.Topics {
		out.Topics = append(out.Topics, difference(&a.Topics[i], &b.Topics[i]))
	}
	return out
}

// moves are the choices that differ; places are those of the criteria in the later template.
func (sc *Scorer) moves(places map[string]uint16, then, now []models.Choice) []headlines.Move {
	var out []headlines.Move
	for i := range then {
		if then[i] != now[i] {
			out = append(out, headlines.Move{Criterion: places[sc.items[i].ref], Then: mark(then[i]), Now: mark(now[i])})
		}
	}
	return out
}

func difference(a, b *models.GroupScore) models.ScoreChange {
	c := models.ScoreChange{Criteria: b.Answered, Earlier: a.Score.Value, Later: b.Score.Value}
	x, ok := c.Earlier.Get()
	y, ok2 := c.Later.Get()
	if ok && ok2 {
		c.Change = models.Some(y - x)
	}
	return c
}

// criterionTally adds up how recipients moved on one criterion.
type criterionTally struct{ n, up, down, then, now int }

func (t *criterionTally) add(then, now models.Choice) {
	a, ok := then.Number()
	b, ok2 := now.Number()
	if !ok || !ok2 {
		return
	}
	t.n++
	t.then += a
	t.now += b
	if b > a {
		t.up++
	}
	if b < a {
		t.down++
	}
}

func (t *criterionTally) change(ref string, from source) models.CriterionChange {
	n := int64(t.n)
	return models.CriterionChange{
		Ref: ref, EarlierRef: from.String(), Kind: string(from.kind), Recipients: t.n, Up: t.up, Same: t.n - t.up - t.down, Down: t.down,
		Earlier: ratio{int64(t.then), n}.figure(), Later: ratio{int64(t.now), n}.figure(),
		Change: ratio{int64(t.now - t.then), n}.figure(),
	}
}
