package models

import (
	"slices"
	"strconv"
)

const (
	// NotApplicableLabel is, in English, the choice by which a respondent leaves a criterion out of the scores.
	NotApplicableLabel = "Not applicable"
	// FullyInPlace is the number of the highest step of Ratings: a rating r is worth r/FullyInPlace.
	FullyInPlace = 3
)

// Step is one choice on a criterion's scale, beside "not applicable".
type Step struct {
	// Number orders the steps. For KindLevels it is the level's number; for statements 0 (not in place) to
	// 3 (fully), worth Number/3; for symptoms 1 (still true) or 0 (not true here).
	Number int `json:"number"`
	// Code is what stands before the dash of the label: "4", "L", "Yes".
	Code string `json:"code"`
	// Name is what stands after it: "Developing".
	Name string `json:"name"`
}

// Label is the step as the dropdown shows it: "4 – Developing".
func (s Step) Label() string { return s.Code + " – " + s.Name }

// Scale is the list of steps that a criterion is answered on, lowest number first.
type Scale []Step

var (
	// Ratings is the scale of statements in English: N-P-L-F of ISO/IEC 33020, worth 0, 1/3, 2/3 and 1.
	Ratings = Scale{{0, "N", "Not in place"}, {1, "P", "Partially in place"}, {2, "L", "Largely in place"}, {3, "F", "Fully in place"}}
	// Symptoms is the scale of symptoms in English, which are shown as risks and not scored.
	Symptoms = Scale{{0, "No", "Not true here"}, {1, "Yes", "Still true"}}
)

// LevelScale is the scale of the template's levels.
func (t *Template) LevelScale() Scale {
	s := make(Scale, 0, len(t.Levels))
	for _, l := range t.Levels {
		s = append(s, Step{l.Number, strconv.Itoa(l.Number), l.Name})
	}
	return s
}

// Scale is the scale that criterion c is answered on, with the criterion's own wording where it has one.
func (t *Template) Scale(c *Criterion) Scale {
	s := t.KindScale(c.Kind)
	if len(c.Options) == 0 {
		return s
	}
	s = slices.Clone(s)
	for i := range s {
		if wording, ok := c.Options[s[i].Number]; ok {
			s[i].Name = wording
		}
	}
	return s
}

// KindScale is the scale of all criteria of a kind, without wordings of their own.
func (t *Template) KindScale(k Kind) Scale {
	switch k {
	case KindStatement:
		return t.RatingScale()
	case KindSymptom:
		return t.SymptomScale()
	}
	return t.LevelScale()
}

// RatingScale is Ratings in the language of the template: English, unless the template comes from In.
func (t *Template) RatingScale() Scale {
	if t.ratings == nil {
		return Ratings
	}
	return t.ratings
}

// SymptomScale is Symptoms in the language of the template: English, unless the template comes from In.
func (t *Template) SymptomScale() Scale {
	if t.symptoms == nil {
		return Symptoms
	}
	return t.symptoms
}

// FormerSymptoms is SymptomScale with the names that earlier versions had for its steps: workbooks that are still out come
// back with them. A template's own labels were the same then.
func (t *Template) FormerSymptoms() Scale {
	s := slices.Clone(t.SymptomScale())
	for i := range s {
		if was := t.Words().Former("symptom_" + strconv.Itoa(s[i].Number)); was != "" {
			s[i].Name = was
		}
	}
	return s
}

// FormerNotApplicable is another way in which that choice is written in the language of the template, or "".
func (t *Template) FormerNotApplicable() string { return t.Words().Former("not_applicable") }

// NotApplicable is the choice "not applicable" in the language of the template.
func (t *Template) NotApplicable() string { return t.Words().Get("not_applicable") }

// Label is the text that the dropdown shows for a choice on criterion c, in the language of the template; "" for blank.
func (t *Template) Label(c *Criterion, x Choice) string {
	if x.IsNotApplicable() {
		return t.NotApplicable()
	}
	return t.Scale(c).Label(x)
}

// Lowest and Highest are the numbers at the ends of the scale.
func (s Scale) Lowest() int { return s[0].Number }

// Highest is the number at the upper end of the scale.
func (s Scale) Highest() int { return s[len(s)-1].Number }

// Step finds a step by number.
func (s Scale) Step(number int) (Step, bool) {
	for _, x := range s {
		if x.Number == number {
			return x, true
		}
	}
	return Step{}, false
}

// Label is the text that the dropdown shows for the choice: a step's label, NotApplicableLabel, or "" for blank.
func (s Scale) Label(c Choice) string {
	if c.IsNotApplicable() {
		return NotApplicableLabel
	}
	if n, ok := c.Number(); ok {
		if x, ok := s.Step(n); ok {
			return x.Label()
		}
	}
	return ""
}
