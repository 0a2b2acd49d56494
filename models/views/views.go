// Package views is the vocabulary of several views of one recipient: what each respondent says about a criterion, how far
// they lie apart, and what a consensus workbook was made of.
//
// Side is where to begin: it sets the views side by side, criterion by criterion (Criterion), in the template's order.
// ByDifference sorts them by how far they lie apart, Agreed lists those in which all agree, and Sources writes and
// reads the list of views by which a consensus workbook is known. A view is never an answer: what counts for the
// recipient is what it chooses, and nothing here chooses. It knows nothing of files.
package views

import (
	"cmp"
	"math"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// ConsensusID is the id of the part of a recipient's workbooks that its consensus workbook is; see models.Part.
const ConsensusID = "consensus"

// PartOf is the part that a respondent's view is; with topics it is of these only, without of everything.
func PartOf(name, email, role string, topics []string) models.Part {
	return models.Part{ID: models.ViewPrefix + name, Name: name, Email: email, Role: role, Topics: topics}
}

// View is what one respondent says.
type View struct {
	// Part is the part that it was asked as: the respondent's name and role.
	Part    models.Part
	Answers []models.Answer
	// Questions are its answers to the questions of the sheet Start.
	Questions []models.QuestionAnswer
	// Digest is that of the file that it stands in, in hex.
	Digest string
}

// Of lists the views of an entry of the register that are back, in the order of the list of respondents.
func Of(e *models.Entry) []View {
	var out []View
	for _, p := range e.Parts {
		if p.View != nil {
			out = append(out, View{p.Part, p.View.Answers(), p.View.Questions, p.View.Digest})
		}
	}
	return out
}

// Names are what the views are called in front of their organisation: by the role, or by the name where the list has no role;
// by both where two have one role. With withheld nobody is named: the names are "" then.
func Names(list []View, withheld bool) []string {
	out := make([]string, len(list))
	if withheld {
		return out
	}
	count := map[string]int{}
	for _, v := range list {
		count[v.Part.Role]++
	}
	for i, v := range list {
		switch p := v.Part; {
		case p.Role == "":
			out[i] = p.Name
		case count[p.Role] > 1:
			out[i] = p.Name + " (" + p.Role + ")"
		default:
			out[i] = p.Role
		}
	}
	return out
}

// Shown are views in the order in which their organisation sees them: that of the list, or with withheld one that nobody
// can know, by the content of their files.
func Shown(list []View, withheld bool) []View {
	if !withheld {
		return list
	}
	return slices.SortedFunc(slices.Values(list), func(a, b View) int { return cmp.Compare(a.Digest, b.Digest) })
}

// Given is what one view says about a criterion.
type Given struct {
	// View is the place of the view in the list.
	View   int
	Answer *models.Answer
}

// Criterion is what all views say about one criterion.
type Criterion struct {
	*models.Criterion
	// Given has an entry for each view that has the criterion and chose something, in the order of the views.
	Given []Given
	// Blank are the places of the views that were asked the criterion and left it blank.
	Blank []int
	// Lowest and Highest are the lowest and highest number that was chosen, and Median the middle one, or the mean of the two
	// in the middle; all are 0 where Levels is.
	Lowest, Highest int
	Median          float64
	// Levels counts the views that chose a level, and NotApplicable those that chose "not applicable".
	Levels, NotApplicable int
}

// Side sets views side by side. t is the template as the recipient is asked it; a criterion that no view has is left out.
func Side(t *models.Template, list []View) []Criterion {
	answers := make([]map[string]*models.Answer, len(list))
	for v := range list {
		answers[v] = map[string]*models.Answer{}
		for i := range list[v].Answers {
			a := &list[v].Answers[i]
			answers[v][a.Ref] = a
		}
	}
	var out []Criterion
	for i := range t.Criteria {
		c := Criterion{Criterion: &t.Criteria[i]}
		var levels []int
		for v := range list {
			a := answers[v][c.Ref]
			asked := len(list[v].Part.Topics) == 0 || slices.Contains(list[v].Part.Topics, c.Topic)
			switch {
			case a == nil || a.Level.Value.IsBlank():
				if asked {
					c.Blank = append(c.Blank, v)
				}
				continue
			case a.Level.Value.IsNotApplicable():
				c.NotApplicable++
			default:
				n, _ := a.Level.Value.Number()
				levels = append(levels, n)
			}
			c.Given = append(c.Given, Given{v, a})
		}
		if len(c.Given)+len(c.Blank) == 0 {
			continue
		}
		c.measure(levels)
		out = append(out, c)
	}
	return out
}

func (c *Criterion) measure(levels []int) {
	c.Levels = len(levels)
	if c.Levels == 0 {
		return
	}
	slices.Sort(levels)
	n := len(levels)
	c.Lowest, c.Highest = levels[0], levels[n-1]
	c.Median = float64(levels[(n-1)/2]+levels[n/2]) / 2
}

// Spread is how many levels lie between the lowest and the highest view.
func (c *Criterion) Spread() int { return c.Highest - c.Lowest }

// Ends are the codes of the lowest and the highest step that was chosen, as the template has them: 2 and 4, or P and F.
func (c *Criterion) Ends(t *models.Template) (low, high string) {
	return c.code(t, c.Lowest), c.code(t, c.Highest)
}

// Middle is the code of the median, or of the two steps that it lies between: 3, or 3–4.
func (c *Criterion) Middle(t *models.Template) string {
	if c.Levels == 0 {
		return ""
	}
	below, above := int(math.Floor(c.Median)), int(math.Ceil(c.Median))
	if below == above {
		return c.code(t, below)
	}
	return c.code(t, below) + "–" + c.code(t, above)
}

func (c *Criterion) code(t *models.Template, number int) string {
	step, _ := t.Scale(c.Criterion).Step(number)
	return step.Code
}

// Differs says that two views say different things: different levels, or a level beside "not applicable". A blank says
// nothing.
func (c *Criterion) Differs() bool {
	return c.Spread() > 0 || c.Levels > 0 && c.NotApplicable > 0
}

// Agrees says that every view that was asked the criterion says the same, and what.
func (c *Criterion) Agrees() (models.Choice, bool) {
	if len(c.Given) == 0 || len(c.Blank) > 0 || c.Differs() {
		return models.Blank(), false
	}
	return c.Given[0].Answer.Level.Value, true
}

// Who lists the places of the views that chose something.
func (c *Criterion) Who(x models.Choice) []int {
	var out []int
	for _, g := range c.Given {
		if g.Answer.Level.Value == x {
			out = append(out, g.View)
		}
	}
	return out
}

// ByDifference lists the criteria in which views differ, those furthest apart first; of the same spread those first in
// which more views differ from the median, then in the template's order.
func ByDifference(list []Criterion) []Criterion {
	out := slices.DeleteFunc(slices.Clone(list), func(c Criterion) bool { return !c.Differs() })
	slices.SortStableFunc(out, func(a, b Criterion) int {
		return cmp.Or(cmp.Compare(b.Spread(), a.Spread()), cmp.Compare(b.apart(), a.apart()))
	})
	return out
}

// apart counts the views that do not say the median.
func (c *Criterion) apart() int {
	n := c.NotApplicable
	for _, g := range c.Given {
		if x, ok := g.Answer.Level.Value.Number(); ok && float64(x) != c.Median {
			n++
		}
	}
	return n
}

// SameInAll says that all views say the same about every criterion, level and target, and were asked the same: then they
// are one answer, given several times.
func SameInAll(list []Criterion) bool {
	for i := range list {
		c := &list[i]
		if c.Differs() || len(c.Given) > 0 && len(c.Blank) > 0 {
			return false
		}
		for _, g := range c.Given {
			if g.Answer.Target.Value != c.Given[0].Answer.Target.Value {
				return false
			}
		}
	}
	return len(list) > 0
}
