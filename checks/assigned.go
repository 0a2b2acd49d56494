package checks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// assigned credits a file to the recipient whom a person named. That settles whose it is and that it belongs
// to this round; it cannot make the answers to another template fit this one.
func (x *identifier) assigned(f *file, id string) {
	trial := &file{ret: f.ret}
	x.decide(trial)
	f.assigned = true
	if x.byID[id] == nil {
		x.refuse(f, models.RecipientUnknown, fmt.Sprintf("The file was credited by hand to '%s', who is not in the recipients list.", id))
		return
	}
	f.recipient = id
	manifests, visible := x.says(f.ret)
	x.partByHand(f, manifests, visible)
	if x.otherTemplate(f, manifests) {
		f.recipient = id
		return
	}
	var overruled []string
	for _, finding := range append(slices.Clone(f.ret.Findings), trial.findings...) {
		if info, ok := finding.Code.Info(); !ok || info.Area != "identity" {
			continue
		}
		if finding.Severity == models.Error {
			overruled = append(overruled, finding.Message)
		}
	}
	message := "The file was credited to " + x.who(id) + " by hand."
	switch {
	case len(overruled) > 0:
		message += " Otherwise: " + strings.Join(overruled, " ")
	case trial.recipient != "" && trial.recipient != id:
		message += " The workbook itself says that it is " + x.who(trial.recipient) + "'s."
	}
	f.add(models.AssignedByHand, message)
	if unusable(f.ret) {
		f.status = models.Rejected
	}
}
