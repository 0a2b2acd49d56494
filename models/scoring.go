package models

import (
	"slices"

	"github.com/rubric-project/rubric/models/methods"
)

// Scoring says how answers become scores.
type Scoring struct {
	Method methods.Name `yaml:"method" json:"method" validate:"required,oneof=profile mean weakest staged cumulative"`
	// Mean is for the method mean: average-of-averages (the default: topics count alike) or all-criteria.
	Mean string `yaml:"mean,omitempty" json:"mean,omitempty" validate:"omitempty,oneof=average-of-averages all-criteria"`
	// Also lists further methods, whose scores are shown beside those of the first.
	Also []methods.Name `yaml:"also,omitempty" json:"also,omitempty" validate:"max=4,unique,dive,oneof=profile mean weakest staged cumulative"`
	// Gates is for a method by which sections gate: all-levels (the default) or above-lowest. See Template.CountsFor.
	Gates string `yaml:"gates,omitempty" json:"gates,omitempty" validate:"omitempty,oneof=all-levels above-lowest"`
}

// Info is the line of the method in the table of methods.
func (s Scoring) Info() methods.Info { return s.Method.Info() }

// Using finds the first method of the table, among Method and Also, that a condition holds for.
func (s Scoring) Using(holds func(methods.Info) bool) (methods.Info, bool) {
	for _, info := range methods.All() {
		if (s.Method == info.Method || slices.Contains(s.Also, info.Method)) && holds(info) {
			return info, true
		}
	}
	return methods.Info{}, false
}

// MeanOfTopics says whether the overall score is the mean of the topics' scores.
func (s Scoring) MeanOfTopics() bool { return s.Info().ChoosesMean && s.Mean != methods.AllCriteria }
