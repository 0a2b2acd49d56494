package demo

import (
	"hash/fnv"
	"math"
	"math/rand/v2"

	"github.com/rubric-project/rubric/models"
)

// Cell is what one recipient fills in for one criterion: labels and texts as typed into the input cells.
type Cell struct {
	Ref                               string
	Answer, Target, Evidence, Comment string
}

// person is how one organisation answers: a general ability, strengths by topic, and habits.
type person struct {
	rng     *rand.Rand
	ability float64
	topics  map[string]float64
	blanks  float64
}

func newPerson(t *models.Template, rng *rand.Rand) *person {
	p := &person{rng: rng, ability: 0.50 + 0.20*rng.NormFloat64(), topics: map[string]float64{}}
	for i, topic := range t.Topics {
		// Every round has stronger and weaker topics: without that all heat maps would be grey.
		p.topics[topic.ID] = 0.09*math.Sin(float64(3*i+1)) + 0.07*rng.NormFloat64()
	}
	if rng.Float64() < 0.25 {
		p.blanks = 0.04
	}
	return p
}

// fill answers every criterion of the template.
func (p *person) fill(t *models.Template) []Cell {
	out := make([]Cell, 0, len(t.Criteria))
	for i := range t.Criteria {
		out = append(out, p.answer(t, &t.Criteria[i]))
	}
	return out
}

func (p *person) answer(t *models.Template, c *models.Criterion) Cell {
	cell, says := Cell{Ref: c.Ref}, saysIn(t.Language)
	if p.rng.Float64() < p.blanks {
		return cell
	}
	if t.Answers.NotApplicable && c.Scored() && p.rng.Float64() < 0.015 {
		cell.Answer, cell.Comment = t.NotApplicable(), says.shared
		return cell
	}
	scale := t.Scale(c)
	step := scale[p.step(t, c, len(scale))]
	cell.Answer = step.Label()
	// Of statements, few get a target: those to grow in.
	if t.Answers.Targets && (c.Kind == models.KindLevels || c.Scored() && p.rng.Float64() < 0.15) {
		aim := min(step.Number+1+p.rng.IntN(2), scale.Highest())
		if s, ok := scale.Step(aim); ok {
			cell.Target = s.Label()
		}
	}
	if p.rng.Float64() < 0.22 {
		cell.Evidence = says.evidence[p.rng.IntN(len(says.evidence))]
	}
	if p.rng.Float64() < 8/float64(len(t.Criteria)) { // some eight comments: as many as people write
		cell.Comment = says.comments[p.rng.IntN(len(says.comments))]
	}
	return cell
}

// step is the index of the step chosen on a scale of n steps.
func (p *person) step(t *models.Template, c *models.Criterion, n int) int {
	x := p.ability + p.topics[c.Topic] + 0.10*p.rng.NormFloat64()
	topic, _ := t.Topic(c.Topic)
	if topic.Level != nil {
		// What belongs to a higher level is less often in place; the foundations nearly always are. A symptom of a level goes
		// only where what the next level asks for is there, and what readies for the next level is as hard as it. Within a level
		// some things come easier than others.
		lowest, highest := t.Levels[0].Number, t.Levels[len(t.Levels)-1].Number
		level := *topic.Level
		if theme, ok := t.Theme(c.Theme); c.Kind == models.KindSymptom || ok && theme.GatesNextLevel {
			level++
		}
		place := float64(level-lowest) / float64(max(highest-lowest, 1))
		x = 1.02 + 0.9*(x-0.5) - 0.95*place + ease(c.Ref)
		if c.Kind == models.KindSymptom {
			x = 1.1 - x
		}
	}
	return max(0, min(n-1, int(x*float64(n))))
}

// ease is how much easier than others of its level a criterion comes, between −0.15 and 0.15: the same for everybody.
func ease(ref string) float64 {
	h := fnv.New32a()
	h.Write([]byte(ref))
	return 0.3*float64(h.Sum32()%1000)/999 - 0.15
}
