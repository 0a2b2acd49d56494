package templates

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// perStep checks what a criterion says about the steps of its scale: the wording of choices and next steps.
func (c checker) perStep() {
	for i := range c.t.Criteria {
		cr := &c.t.Criteria[i]
		if c.Wrong("criteria", i, "kind") || cr.Kind == models.KindLevels && c.Wrong("levels") {
			continue
		}
		c.onSteps(cr, i, "options", cr.Options)
		c.onSteps(cr, i, "next_steps", cr.NextSteps)
		if len(cr.Options) == 0 || c.Wrong("criteria", i, "options") {
			continue
		}
		names := newSeen()
		for _, s := range c.t.Scale(cr) {
			if _, again := names.add(s.Name); again {
				c.Add(fmt.Sprintf("two choices of criterion %s are worded %q", cr.Ref, s.Name), "word each choice differently, also from the names of the levels that keep theirs",
					"criteria", i, fmt.Sprintf("options[%d]", s.Number))
			}
			if strings.ContainsAny(s.Name, "\n\r\t") {
				c.Add("an option holds a line break or a tab", "write it in one line", "criteria", i, fmt.Sprintf("options[%d]", s.Number))
			}
		}
	}
}

// onSteps checks that texts by number stand for steps of the criterion's scale.
func (c checker) onSteps(cr *models.Criterion, i int, key string, texts map[int]string) {
	if c.Wrong("criteria", i, key) {
		return
	}
	scale := c.t.Scale(cr)
	for _, n := range sortedKeys(texts) {
		if _, ok := scale.Step(n); ok {
			continue
		}
		what, remedy := fmt.Sprintf("there is no level %d", n), "the levels are "+levelRange(c.t.Levels)
		if cr.Kind != models.KindLevels {
			what = fmt.Sprintf("a %s has no choice with the number %d", cr.Kind, n)
			remedy = "its choices are"
			for j, s := range scale {
				remedy += strings.Repeat(",", min(j, 1)) + fmt.Sprintf(" %d (%s)", s.Number, s.Name)
			}
		}
		c.AddKey(what, remedy, "criteria", i, fmt.Sprintf("%s[%d]", key, n))
	}
}

// targets checks that the targets set for everyone are on the scale of what they are set for.
func (c checker) targets() {
	if c.Wrong("criteria") || c.Wrong("levels") || c.Wrong("topics") {
		return
	}
	check := func(target *int, criteria []*models.Criterion, path ...any) {
		if target == nil || c.Wrong(path...) {
			return
		}
		for _, cr := range criteria {
			if _, ok := c.t.Scale(cr).Step(*target); !ok && cr.Scored() {
				s := c.t.Scale(cr)
				c.Add(fmt.Sprintf("target is %d, which criterion %s cannot be answered with", *target, cr.Ref),
					fmt.Sprintf("write a number from %d to %d", s.Lowest(), s.Highest()), path...)
				return
			}
		}
	}
	var general []*models.Criterion
	for i, tp := range c.t.Topics {
		own := c.t.CriteriaOf(tp.ID, "")
		if tp.Target == nil {
			general = append(general, own...)
		}
		check(tp.Target, own, "topics", i, "target")
	}
	check(c.t.Answers.Target, general, "answers", "target")
}
