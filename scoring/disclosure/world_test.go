package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// world is one way in which a round can have been answered: of each member the level of each criterion, nil for no return.
// The test plays with it what an attacker does in his head: he looks for worlds that would have led to the same figures.
type world struct {
	template *models.Template
	columns  []string
	groups   []map[string]string // of each member
	levels   [][]int
}

// low and steps are the lowest step of the template's criteria, and how many there are.
func (w *world) low() int   { return w.template.Scale(&w.template.Criteria[0]).Lowest() }
func (w *world) steps() int { return len(w.template.Scale(&w.template.Criteria[0])) }

// templateOf has two topics of two criteria; with themes, each criterion is a cell of its own.
func templateOf(method methods.Name, themes bool) *models.Template {
	t := &models.Template{ID: "w", Scoring: models.Scoring{Method: method}, Topics: []models.Topic{{ID: "A"}, {ID: "B"}}}
	levels := 5
	if method.Info().AttainsLevels() {
		levels = 3
		for k := range t.Topics {
			t.Topics[k].Level = new(k + 2)
		}
	}
	for k := 1; k <= levels; k++ {
		t.Levels = append(t.Levels, models.Level{Number: k, Name: strconv.Itoa(k)})
	}
	for k := range 4 {
		c := models.Criterion{Ref: strconv.Itoa(k + 1), Topic: t.Topics[k/2].ID}
		if method.Info().AttainsLevels() {
			c.Kind = models.KindStatement
		}
		if themes {
			c.Theme = []string{"X", "Y"}[k%2]
		}
		t.Criteria = append(t.Criteria, c)
	}
	if themes {
		t.Themes = []models.Theme{{ID: "X"}, {ID: "Y"}}
	}
	return t
}

// oneByOne gives each criterion a topic of its own.
func oneByOne(t *models.Template) {
	t.Topics = nil
	for k := range t.Criteria {
		t.Topics = append(t.Topics, models.Topic{ID: string(rune('A' + k))})
		t.Criteria[k].Topic = t.Topics[k].ID
	}
}

// invent makes a round of n members in up to three groupings.
func invent(r *rand.Rand, n int, template *models.Template) *world {
	w := &world{template: template}
	low, steps := w.low(), w.steps()
	for c := range 1 + r.IntN(3) {
		w.columns = append(w.columns, fmt.Sprint("column ", c+1))
	}
	values := make([]int, len(w.columns))
	for c := range values {
		values[c] = 1 + r.IntN(4)
	}
	middle, narrow := r.IntN(steps), 1+r.IntN(4) // some rounds are nearly alike
	for range n {
		groups := map[string]string{}
		for c, name := range w.columns {
			groups[name] = string(rune('A' + min(r.IntN(values[c]), r.IntN(values[c]))))
		}
		w.groups = append(w.groups, groups)
		own := make([]int, len(w.template.Criteria))
		for k := range own {
			own[k] = low + min(max(middle+r.IntN(narrow+1)-narrow/2, 0), steps-1)
		}
		if r.IntN(8) == 0 {
			own = nil
		}
		w.levels = append(w.levels, own)
	}
	return w
}

// later is the world some time after: of some members a return has come, or another, or has been withdrawn.
func (w *world) later(r *rand.Rand) *world {
	out := *w
	out.levels = slices.Clone(w.levels)
	often := 1 + r.IntN(6)
	for i, own := range w.levels {
		switch {
		case r.IntN(often) > 0 && !(own == nil && r.IntN(2) == 0):
		case own != nil && r.IntN(6) == 0:
			out.levels[i] = nil
		default:
			fresh := make([]int, len(w.template.Criteria))
			for k := range fresh {
				fresh[k] = w.low() + r.IntN(w.steps())
				if own != nil && r.IntN(2) == 0 {
					fresh[k] = own[k]
				}
			}
			out.levels[i] = fresh
		}
	}
	return &out
}

// members are the round's, as the package takes them.
func (w *world) members() []models.Member {
	out := make([]models.Member, len(w.levels))
	for i, own := range w.levels {
		out[i].Recipient = models.Recipient{ID: fmt.Sprint(i), Groups: w.groups[i]}
		if own != nil {
			out[i].Return = new(models.Return{}.With(w.answers(own)))
		}
	}
	return out
}

func (w *world) answers(levels []int) []models.Answer {
	var list []models.Answer
	for k, level := range levels {
		a := models.Answer{Ref: w.template.Criteria[k].Ref}
		a.Level.Value = models.At(level)
		list = append(list, a)
	}
	return list
}

func (w *world) returned(members []int) []int {
	var out []int
	for _, i := range members {
		if w.levels[i] != nil {
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
