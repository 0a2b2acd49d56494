package models

import (
	"strconv"

	"github.com/rubric-project/rubric/models/decisions"
)

// Decided is the answer that a decision says, and its label: blank and "" where it says none, or asks the sender for it.
func (t *Template) Decided(d *decisions.Decision) (Choice, string) {
	choice := Blank()
	if d.Value == decisions.NotApplicable {
		choice = NotApplicable()
	} else if n, err := strconv.Atoi(d.Value); err == nil {
		choice = At(n)
	}
	c := t.Criterion(d.Ref)
	if c == nil {
		return choice, choice.String()
	}
	return choice, t.Label(c, choice)
}
