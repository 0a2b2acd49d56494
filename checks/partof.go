package checks

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// samePart finds which part of its recipient's answers a file is, from the places that are confirmed, and refuses it
// where they contradict each other.
func (x *identifier) samePart(f *file, manifests, visible []say) bool {
	var first *say
	for _, s := range slices.Concat(manifests, visible) {
		switch {
		case !s.confirmed:
		case first == nil:
			first = &s
			f.part, f.topics = s.part, models.TopicIDs(s.topics)
		case s.part != first.part || s.topics != first.topics:
			f.part, f.topics = "", nil
			x.refuse(f, models.ManifestContradictory, "The places that say which part of the answers the workbook is contradict each other: the %s says %s, the %s %s.",
				placeName(first.place), saidPart(*first), placeName(s.place), saidPart(s))
			return false
		}
	}
	return true
}

func saidPart(s say) words.Said {
	if s.part == "" {
		return words.Sayf("that it is whole")
	}
	_, name, _ := strings.Cut(s.part, ":")
	if name == "" {
		name = s.part
	}
	return words.Sayf("'%s' with the topics %s", name, s.topics)
}

// partByHand finds which part a file is that a person credited: the one that all its manifests name, or else, where
// it has rows of some topics only, the part that was made with these topics; where there is none, one of its own.
func (x *identifier) partByHand(f *file, manifests, visible []say) {
	named := map[[2]string]bool{}
	for _, s := range slices.Concat(manifests, visible) {
		if s.id != "" {
			named[[2]string{s.part, s.topics}] = true
		}
	}
	if len(named) == 1 {
		for k := range named {
			f.part, f.topics = k[0], models.TopicIDs(k[1])
		}
		return
	}
	f.part, f.topics = "", nil
	if f.ret.Plan != nil {
		return // settlePlans says what it is
	}
	var topics []string
	answers := f.ret.Answers()
	for _, t := range x.in.asked(f).Topics {
		if slices.ContainsFunc(answers, func(a models.Answer) bool {
			c := x.in.Template.Criterion(a.Ref)
			return c != nil && c.Topic == t.ID
		}) {
			topics = append(topics, t.ID)
		}
	}
	if len(topics) == 0 || len(topics) == len(x.in.asked(f).Topics) || len(x.in.MadeParts[f.recipient]) == 0 {
		return
	}
	f.part, f.topics = "file:"+f.ret.File, topics
	for _, p := range x.in.Parts[f.recipient] {
		if slices.Equal(p.Topics, topics) {
			f.part = p.ID
		}
	}
}
