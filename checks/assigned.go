package checks

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// assigned credits a file to the recipient whom a person named. That settles whose it is and that it belongs
// to this round; it cannot make the answers to another template fit this one.
func (x *identifier) assigned(f *file, id string) {
	trial := &file{ret: f.ret}
	x.decide(trial)
	f.assigned = true
	if x.byID[id] == nil {
		x.refuse(f, models.RecipientUnknown, "The file was credited by hand to '%s', who is not in the recipients list.", id)
		return
	}
	f.recipient = id
	manifests, visible := x.says(f.ret)
	x.partByHand(f, manifests, visible)
	if x.otherTemplate(f, manifests) {
		f.recipient = id
		return
	}
	var overruled []words.Said
	for _, finding := range append(slices.Clone(f.ret.Findings), trial.findings...) {
		if info, ok := finding.Code.Info(); !ok || info.Area != "identity" {
			continue
		}
		if finding.Severity == models.Error {
			overruled = append(overruled, finding.Said())
		}
	}
	message := words.Sayf("The file was credited to %s by hand.", x.who(id))
	switch {
	case len(overruled) > 0:
		message = words.Joined(" ", message, words.Sayf("Otherwise: %s", words.Joined(" ", overruled...)))
	case trial.recipient != "" && trial.recipient != id:
		message = words.Joined(" ", message, words.Sayf("The workbook itself says that it is %s's.", x.who(trial.recipient)))
	}
	f.addSaid(models.AssignedByHand, message)
	if unusable(f.ret) {
		f.status = models.Rejected
	}
}
