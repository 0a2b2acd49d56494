package templates

import (
	"fmt"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// contradictions checks that what contradicts each other are answers that can be given, to two criteria.
func (c checker) contradictions() {
	if c.Wrong("criteria") || c.Wrong("levels") {
		return
	}
	var refs []string
	for _, cr := range c.t.Criteria {
		refs = append(refs, cr.Ref)
	}
	for i, x := range c.t.Contradictions {
		c.condition(x.If, refs, "contradictions", i, "if")
		c.condition(x.And, refs, "contradictions", i, "and")
		if x.If.Ref == x.And.Ref && !c.Wrong("contradictions", i) {
			c.Add(fmt.Sprintf("criterion %s is set against itself", x.If.Ref), "name the criterion whose answer it contradicts", "contradictions", i, "and", "ref")
		}
	}
}

// condition checks one side: a criterion that exists, and bounds between which its scale has a step.
func (c checker) condition(x models.Condition, refs []string, at ...any) {
	path := func(key string) []any { return append(append([]any{}, at...), key) }
	cr := c.t.Criterion(x.Ref)
	switch {
	case c.Wrong(at...):
	case cr == nil:
		c.Add(fmt.Sprintf("there is no criterion %q", x.Ref), text.DidYouMean(x.Ref, refs), path("ref")...)
	case x.From == nil && x.To == nil:
		c.Add("neither from nor to says which answers are meant", "add from, to, or both, with numbers of the criterion's scale", at...)
	default:
		for _, s := range c.t.Scale(cr) {
			if x.Holds(models.At(s.Number)) {
				return
			}
		}
		s := c.t.Scale(cr)
		c.Add(fmt.Sprintf("no answer to criterion %s lies within these bounds", x.Ref), fmt.Sprintf("its answers have the numbers %d to %d", s.Lowest(), s.Highest()), at...)
	}
}
