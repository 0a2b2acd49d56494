package crosswalk

import (
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// Crosswalk says how the criteria of one template go on in another, so that answers can be carried over and
// changes over time shown. Values come from package templates, which checks them against both templates: each
// criterion of either stands in one entry.
type Crosswalk struct {
	From models.Edition `yaml:"from" json:"from"`
	To   models.Edition `yaml:"to" json:"to"`
	// Levels gives each level of the earlier template its counterpart, where the two scales have other numbers.
	Levels  []Level `yaml:"levels,omitempty" json:"levels,omitempty" validate:"max=11,dive"`
	Entries []Entry `yaml:"entries" json:"entries" validate:"min=1,max=2000,dive"`
}

// Level is a level of the earlier scale and what it is on the later one.
type Level struct {
	From int `yaml:"from" json:"from" validate:"min=0,max=10"`
	To   int `yaml:"to" json:"to" validate:"min=0,max=10"`
	// Check says that a person has not confirmed it yet.
	Check bool `yaml:"check,omitempty" json:"check,omitempty"`
}

// Kind says how criteria go on.
type Kind string

// The kinds of entries.
const (
	Same    Kind = "same"    // one criterion under the same ref, its wording perhaps changed
	Renamed Kind = "renamed" // one criterion under another ref
	Split   Kind = "split"   // one became several
	Merged  Kind = "merged"  // several became one
	New     Kind = "new"     // was not there before
	Retired Kind = "retired" // is not there any more
)

// Entry is one entry of a crosswalk.
type Entry struct {
	Kind Kind `yaml:"kind" json:"kind" validate:"required,oneof=same renamed split merged new retired"`
	// From are refs of the earlier template, To of the later.
	From []string `yaml:"from,omitempty" json:"from,omitempty" validate:"max=100,dive,required,max=40"`
	To   []string `yaml:"to,omitempty" json:"to,omitempty" validate:"max=100,dive,required,max=40"`
	// Weights are the shares that the parts of a split have of the earlier criterion, in the order of To; they
	// add up to 1. Without them the parts are not compared with it.
	Weights []float64 `yaml:"weights,omitempty" json:"weights,omitempty" validate:"dive,gt=0,max=1"`
	Note    string    `yaml:"note,omitempty" json:"note,omitempty" validate:"max=500"`
	// Check says that a person has not confirmed the entry yet: it is not used until they have.
	Check bool `yaml:"check,omitempty" json:"check,omitempty"`
}

// Route is where the answer to a criterion of the later template comes from.
type Route struct {
	Kind Kind
	// From are refs of the earlier template: several for Merged.
	From []string
	// Share is the part that it has of the earlier criterion, for a Split with weights, or else 0.
	Share float64
}

// Routes gives by ref of the later template where its answers come from. Entries that nobody has confirmed are
// left out, and so is what is new.
func (x *Crosswalk) Routes() map[string]Route {
	out := map[string]Route{}
	for _, e := range x.Entries {
		if e.Check || len(e.From) == 0 {
			continue
		}
		for i, to := range e.To {
			r := Route{Kind: e.Kind, From: e.From}
			if e.Kind == Split && len(e.Weights) == len(e.To) {
				r.Share = e.Weights[i]
			}
			out[to] = r
		}
	}
	return out
}

// Unconfirmed lists what nobody has confirmed yet: criteria by their refs, and levels.
func (x *Crosswalk) Unconfirmed() []string {
	var out []string
	for _, l := range x.Levels {
		if l.Check {
			out = append(out, fmt.Sprintf("level %d", l.From))
		}
	}
	for _, e := range x.Entries {
		if !e.Check {
			continue
		}
		if len(e.From) > 0 {
			out = append(out, e.From...)
		} else {
			out = append(out, e.To...)
		}
	}
	return out
}

// LevelsFrom says what the steps of an earlier scale are on a later one, by number. Scales of the same numbers
// need no crosswalk; for others its levels are taken, and ok is false where they do not say it, or nobody has
// confirmed them. x may be nil.
func (x *Crosswalk) LevelsFrom(earlier, later models.Scale) (steps map[int]int, ok bool) {
	steps = map[int]int{}
	if x != nil && len(x.Levels) > 0 && !slices.Equal(earlier, models.Ratings) && !slices.Equal(earlier, models.Symptoms) {
		for _, l := range x.Levels {
			if l.Check {
				return nil, false
			}
			steps[l.From] = l.To
		}
	} else if slices.EqualFunc(earlier, later, func(a, b models.Step) bool { return a.Number == b.Number }) {
		for _, s := range earlier {
			steps[s.Number] = s.Number
		}
	}
	for _, s := range earlier {
		to, there := steps[s.Number]
		if _, onScale := later.Step(to); !there || !onScale {
			return nil, false
		}
	}
	return steps, true
}

// Agreed is what several earlier answers say as one: their common choice, or false where they differ or one is
// blank.
func Agreed(choices []models.Choice) (models.Choice, bool) {
	if len(choices) == 0 {
		return models.Blank(), false
	}
	for _, c := range choices {
		if c != choices[0] || c.IsBlank() {
			return models.Blank(), false
		}
	}
	return choices[0], true
}
