package pdf

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
)

// withheld says in words why a figure that needs some number of returns is not shown.
func (p *Printer) withheld(why withholding.Reason, least int) string {
	switch why {
	case withholding.Few:
		return p.words.Say("summary.withheld_few", "least", least)
	case withholding.Alike:
		return p.words.Get("summary.withheld_alike")
	case withholding.Derived, withholding.Chosen:
		return p.words.Get("summary.withheld_derived")
	}
	return "–"
}

// medianWithheld says why a median is not shown.
func (p *Printer) medianWithheld(why withholding.Reason) string {
	return p.withheld(why, 2*p.round.SmallestGroup())
}

// oneReason is why none of a group's medians is shown, where that is the same for all.
func oneReason(g *models.GroupView, why *withholding.Group) withholding.Reason {
	if hasMedian(*g) || why == nil || len(why.Topics) == 0 {
		return ""
	}
	for _, x := range why.Topics[1:] {
		if x.Median != why.Topics[0].Median {
			return ""
		}
	}
	return why.Topics[0].Median
}

// notShown lists the topics whose median is not shown, each reason once, after the topics that have it; "" where there is
// none. Reasons go by the order of topics.
func (f *flow) notShown(topics []models.Topic, why []withholding.Spread) string {
	var reasons []withholding.Reason
	names := map[withholding.Reason][]string{}
	for i := range topics {
		if i >= len(why) || why[i].Median == "" {
			continue
		}
		reason := why[i].Median
		if !slices.Contains(reasons, reason) {
			reasons = append(reasons, reason)
		}
		names[reason] = append(names[reason], f.shortNames[topics[i].ID])
	}
	var parts []string
	for _, reason := range reasons {
		text := f.medianWithheld(reason)
		if len(names[reason]) < len(topics) {
			text = strings.Join(names[reason], ", ") + ": " + text
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return ""
	}
	return f.words.Say("summary.withheld_list", "list", strings.Join(parts, "; "))
}
