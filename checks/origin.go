package checks

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/words"
)

// otherRound refuses a workbook that belongs to another round.
func (x *identifier) otherRound(f *file, manifests, visible []say) bool {
	ours, theirs := 0, []say(nil)
	for _, s := range manifests {
		switch s.m.Round {
		case x.in.Round.ID:
			ours++
		case "":
		default:
			theirs = append(theirs, s)
		}
	}
	if len(theirs) == 0 {
		return false
	}
	if ours > 0 || anyNamed(visible) {
		x.refuse(f, models.ManifestContradictory, "The %s says that the workbook belongs to the round '%s', and another place that it belongs to this one.", placeName(theirs[0].place), theirs[0].m.Round)
		return true
	}
	s := theirs[0]
	for _, other := range theirs[1:] {
		if other.m.Round != s.m.Round {
			x.refuse(f, models.ManifestContradictory, "The %s says that the workbook belongs to the round '%s', the %s to '%s'.", placeName(s.place), s.m.Round, placeName(other.place), other.m.Round)
			return true
		}
	}
	named := words.Said{}
	if s.id != "" {
		named = words.Sayf("It was made for '%s'%s.", s.id, called(theirs))
	}
	finding := x.refuseSaid(f, models.OtherRound, words.Joined(" ", words.Sayf("The workbook belongs to the round '%s'; this round is '%s'.", s.m.Round, x.in.Round.ID), named))
	if s.confirmed {
		// Only this folder's key can have sealed it.
		*finding = finding.Advising(words.Sayf("The workbook was sealed with this round's key: if 'id' in round.yaml was changed, set it back to '%s'.", s.m.Round))
		finding.Action = actions.Action{}
	}
	return true
}

// otherTemplate refuses a workbook of this round that is for another template, or another version of it:
// its questions may not be the ones that its answers would be read for.
func (x *identifier) otherTemplate(f *file, manifests []say) bool {
	for _, s := range manifests {
		m := s.m
		switch {
		case m.Template != "" && m.Template != x.in.Template.ID:
			x.refuse(f, models.OtherTemplate, "The workbook is for the template '%s'; this round uses '%s'.", m.Template, x.in.Template.ID)
		case m.TemplateVersion != "" && m.TemplateVersion != x.in.Template.Version:
			x.refuse(f, models.OtherTemplateVersion, "The workbook was made from version %s of the template '%s'; this round uses version %s.", m.TemplateVersion, m.Template, x.in.Template.Version)
		case m.TemplateDigest != "" && m.TemplateDigest != x.in.TemplateDigest:
			x.refuse(f, models.OtherTemplateVersion, "The workbook was made before template.yaml was changed: its version is called %s too, but the texts differ.", m.TemplateVersion)
		default:
			continue
		}
		if s.confirmed && x.byID[s.id] != nil {
			// The seal says beyond doubt whose it is, though its answers cannot count.
			f.recipient, f.part, f.topics = s.id, s.part, models.TopicIDs(s.topics)
		}
		return true
	}
	return false
}
