package scoring

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// method computes what is a method's own. Counts, distributions, medians and means are the same for all.
type method interface {
	// suits says why the template cannot be scored this way, in words for the person who chose it, or returns nil.
	suits(sc *Scorer) error
	// score is the score of a group of criteria.
	score(s *sums) models.Range
	// overall is the score over all criteria. A method that attains levels sets card.Staged as well.
	overall(sc *Scorer, w *whole, card *models.Scorecard) models.Range
}

// whole is what an overall score is made of.
type whole struct {
	choices []models.Choice
	// all is the sums over all criteria, topics has the mean of each topic.
	all    sums
	topics []interval
}

// known is a method with its line in the table of methods.
type known struct {
	methods.Info
	method
}

// implemented lists the methods, in the order of the table.
var implemented = []known{
	{methods.Profile.Info(), profile{}},
	{methods.Mean.Info(), mean{}},
	{methods.Weakest.Info(), weakest{}},
	{methods.Staged.Info(), staged{}},
	{methods.Cumulative.Info(), cumulative{}},
}

// find finds a method by name; under another name there is none, and the profile in its place.
func find(name methods.Name) (known, bool) {
	for _, m := range implemented {
		if m.Method == name {
			return m, true
		}
	}
	return known{name.Info(), profile{}}, false
}

// Suits says why the template cannot be scored by s, in words for the person who chose it, or returns nil.
// The method profile always suits.
func Suits(t *models.Template, s models.Scoring) error {
	m, ok := find(s.Method)
	if !ok {
		var names []string
		for _, info := range methods.All() {
			names = append(names, string(info.Method))
		}
		return fmt.Errorf("the scoring method is not one of %s", strings.Join(names, ", "))
	}
	return m.suits(NewScorer(t, s))
}

// oneScale says why a method that compares the numbers of steps does not suit, or returns nil.
func oneScale(sc *Scorer) error {
	if sc.overall.scale == nil {
		return fmt.Errorf("the method %s needs criteria that share one scale, and this template has some with levels and some with statements", sc.scoring.Method)
	}
	return nil
}

// gatedLevels says why a method that attains levels does not suit, or returns nil.
func gatedLevels(sc *Scorer) error {
	if !slices.ContainsFunc(sc.sections, func(s section) bool { return s.gates }) {
		return fmt.Errorf("the method %s needs topics that say which level they are for, and no topic of this template does", sc.scoring.Method)
	}
	return nil
}
