package models

// Contradiction is two answers that cannot both be right: a symptom that is still true beside the statement that
// removes it in place, or a higher statement in place whose ground is not.
type Contradiction struct {
	If  Condition `yaml:"if" json:"if"`
	And Condition `yaml:"and" json:"and"`
}

// Condition holds for some answers to a criterion: for a number on its scale from From up to To, both included. One of
// the two bounds may be missing. It never holds for a blank or for "not applicable".
type Condition struct {
	Ref  string `yaml:"ref" json:"ref" validate:"required,ident,max=40"`
	From *int   `yaml:"from,omitempty" json:"from,omitempty" validate:"omitempty,min=0,max=10"`
	To   *int   `yaml:"to,omitempty" json:"to,omitempty" validate:"omitempty,min=0,max=10"`
}

// Holds says whether the condition holds for the answer c.
func (x Condition) Holds(c Choice) bool {
	n, ok := c.Number()
	return ok && (x.From == nil || n >= *x.From) && (x.To == nil || n <= *x.To)
}
