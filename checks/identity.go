package checks

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// identifier decides whose a return is from what its three places say. Two of them are sealed with the
// round's key, and the reference is a keyed digest itself: what they confirm, only this round can have
// written. A return is credited where at least one place confirms its recipient and none names another.
type identifier struct {
	in        RegisterInput
	byID      map[string]*models.Recipient
	reference map[string]models.Manifest // by reference, what the workbook says that has it
	names     nameIndex
	files     fileNames
}

func newIdentifier(in RegisterInput) *identifier {
	x := &identifier{in: in, byID: map[string]*models.Recipient{}, reference: map[string]models.Manifest{}, names: indexNames(in.Recipients), files: indexFileNames(in.Recipients)}
	for i := range in.Recipients {
		rc := &in.Recipients[i]
		x.byID[rc.ID] = rc
		whole := x.manifest(rc.ID)
		x.reference[whole.Reference(in.Key)] = whole
		for _, p := range slices.Concat(in.MadeParts[rc.ID], in.Parts[rc.ID], in.Plans[rc.ID], in.Consensus[rc.ID]) {
			m := whole
			m.Part, m.Topics = p.ID, models.TopicList(p.Topics)
			x.reference[m.Reference(in.Key)] = m
		}
	}
	return x
}

// manifest is what this round's workbook for a recipient says, without name and seal.
func (x *identifier) manifest(id string) models.Manifest {
	return models.Manifest{Round: x.in.Round.ID, Template: x.in.Template.ID, TemplateVersion: x.in.Template.Version,
		TemplateDigest: x.in.TemplateDigest, Recipient: id}
}

// manifestOf is what this round's workbook says that a file was made as.
func (x *identifier) manifestOf(f *file) models.Manifest {
	m := x.manifest(f.recipient)
	m.Part, m.Topics = f.part, models.TopicList(f.topics)
	return m
}

// identify sets the file's recipient and, where it cannot count, its status. What a person settled goes
// before what the workbook says.
func (x *identifier) identify(f *file) {
	if id, settled := x.in.Assigned[f.ret.File]; settled && id != "" {
		x.assigned(f, id)
		return
	}
	x.decide(f)
	if f.status == "" && unusable(f.ret) {
		f.status = models.Rejected
	}
	if f.status == models.Unidentified || f.status == models.Rejected && f.recipient == "" || hasCode(f.findings, models.FileNamedForOther) {
		f.candidates = x.candidates(f)
	}
}

// unusable says that the reader refused the file, or found no answers at all in it.
func unusable(ret *models.Return) bool {
	for _, f := range ret.Findings {
		if info, ok := f.Code.Info(); ok && f.Severity == models.Error && (info.Area == "file" || f.Code == models.NoAnswersFound) {
			return true
		}
	}
	return false
}

func (x *identifier) decide(f *file) {
	manifests, visible := x.says(f.ret)
	if slices.ContainsFunc(f.ret.Findings, func(f models.Finding) bool { return f.Code == models.ManifestContradictory }) {
		// The reader found one place to contradict itself, and has said so.
		f.status = models.Unidentified
		return
	}
	if _, shown := shownReference(visible); len(manifests) == 0 && !shown {
		if unusable(f.ret) {
			// It is not a workbook, or not one that could be read: that it names nobody goes without saying.
			f.status = models.Rejected
			return
		}
		x.refuseSaid(f, models.ManifestMissing, words.Joined(" ", words.Sayf("Nothing in the workbook says whose it is."), x.hint(f, visible)))
		return
	}
	if x.otherRound(f, manifests, visible) || x.otherTemplate(f, manifests) {
		return
	}
	id, ok := x.recipient(f, manifests, visible)
	if !ok || !x.sameName(f, id, manifests, visible) {
		return
	}
	if !x.samePart(f, manifests, visible) {
		return
	}
	f.recipient = id
	f.sealed = slices.ContainsFunc(manifests, func(s say) bool { return s.sealed })
	x.partlyLost(f, manifests, visible)
	x.seals(f, manifests, visible)
	x.fileName(f)
}

// refuse leaves a file without a recipient until a person settles whose it is.
func (x *identifier) refuse(f *file, code models.Code, message string, values ...any) *models.Finding {
	return x.refuseSaid(f, code, words.Sayf(message, values...))
}

func (x *identifier) refuseSaid(f *file, code models.Code, message words.Said) *models.Finding {
	f.status = models.Unidentified
	if code == models.OtherRound || code == models.OtherTemplate || code == models.OtherTemplateVersion {
		f.status = models.Rejected
	}
	return f.addSaid(code, message)
}

// recipient finds whom the places name, or refuses the file.
func (x *identifier) recipient(f *file, manifests, visible []say) (string, bool) {
	all := slices.Concat(manifests, visible)
	named := map[string]bool{} // by id, whether a place confirms it
	for _, s := range all {
		if s.id != "" {
			named[s.id] = named[s.id] || s.confirmed
		}
	}
	if len(named) == 0 {
		message := words.Sayf("Nothing in the workbook names a recipient of this round.")
		if v, ok := shownReference(visible); ok {
			message = words.Sayf("The workbook's reference %s is not one of this round's.", v.reference)
		}
		x.refuseSaid(f, models.RecipientUnknown, words.Joined(" ", message, x.hint(f, visible)))
		return "", false
	}
	if len(named) > 1 {
		x.contradiction(f, all)
		return "", false
	}
	for id, confirmed := range named {
		rc := x.byID[id]
		if rc == nil {
			message := words.Sayf("The workbook was made for the recipient '%s'%s, who is not in the recipients list.", id, called(manifests))
			if confirmed {
				message = words.Sayf("The workbook was made in this round for the recipient '%s'%s, who is no longer in the recipients list.", id, called(manifests))
			}
			x.refuseSaid(f, models.RecipientUnknown, message)
			return "", false
		}
		if !confirmed {
			x.refuse(f, models.IdentityUnconfirmed, "The workbook says that it is %s's, but its seal does not fit and its reference does not confirm it.", x.who(id))
			return "", false
		}
		return id, true
	}
	return "", false
}

// contradiction words the case that the places name several recipients. Where all that this round wrote names
// one, and something else another, the workbook was made for the one and altered. The reference counts as
// written by hand then: it is the one of the three that people see and can type.
func (x *identifier) contradiction(f *file, all []say) {
	var parts []words.Said
	made := map[string]bool{} // by the seals
	for _, s := range all {
		if s.id != "" {
			form := "the %s names %s"
			if s.place == models.DocumentProperties {
				form = "the %s name %s"
			}
			parts = append(parts, words.Sayf(form, placeName(s.place), x.who(s.id)))
		}
		if s.confirmed && s.place != models.VisibleReference {
			made[s.id] = true
		}
	}
	if len(made) == 0 {
		for _, s := range all {
			if s.confirmed {
				made[s.id] = true
			}
		}
	}
	if len(made) == 1 {
		for id := range made {
			x.refuse(f, models.RecipientAltered, "The workbook was made for %s, and was altered: %s.", x.who(id), words.Joined(", ", parts...))
		}
		return
	}
	x.refuse(f, models.ManifestContradictory, "The places that say whose workbook it is contradict each other: %s.", words.Joined(", ", parts...))
}

// partlyLost notes the places that say nothing any more.
func (x *identifier) partlyLost(f *file, manifests, visible []say) {
	there := map[models.Place]bool{}
	for _, s := range manifests {
		there[s.place] = true
	}
	_, there[models.VisibleReference] = shownReference(visible)
	var lost []words.Said
	for _, p := range []models.Place{models.HiddenSheet, models.DocumentProperties, models.VisibleReference} {
		if !there[p] {
			lost = append(lost, words.Sayf("the %s", placeName(p)))
		}
	}
	if !slices.ContainsFunc(manifests, func(s say) bool { return s.m != models.Manifest{} }) {
		f.add(models.SealsLost, "Both seals are lost, that of the %s and that of the %s. Only the reference, which stands in the invitation too, says that the workbook is %s's.", placeName(models.HiddenSheet), placeName(models.DocumentProperties), x.who(f.recipient))
	} else if len(lost) > 0 {
		f.add(models.ManifestPartlyLost, "Lost on the way: %s. What is left says that the workbook is %s's.", words.Listed(lost), x.who(f.recipient))
	}
}

// seals notes seals that do not fit, and a reference that is not the recipient's, of a return that is
// credited nevertheless because another place confirms it.
func (x *identifier) seals(f *file, manifests, visible []say) {
	for _, s := range manifests {
		if !s.confirmed {
			f.add(models.SealBroken, "The seal in the %s does not fit what stands there. Another place confirms that the workbook is %s's.", placeName(s.place), x.who(f.recipient)).Origin = s.origin
		}
	}
	for _, v := range visible {
		made := x.manifestOf(f).Reference(x.in.Key)
		if shown := models.NormalReference(v.reference); v.id == "" && shown != "" && shown != made {
			f.add(models.SealBroken, "The reference %s on the Start sheet is not the one that the workbook was made with, %s.",
				v.reference, made).Origin = v.origin
		}
	}
}

// who writes a recipient for people: 007 (Example School 07).
func (x *identifier) who(id string) words.Said {
	if rc := x.byID[id]; rc != nil {
		return words.Sayf("%s (%s)", rc.ID, rc.Name)
	}
	return words.Sayf("'%s', who is not in the list", id)
}

// placeName is a place of a workbook, to be put into a message.
func placeName(p models.Place) words.Said {
	switch p {
	case models.HiddenSheet:
		return words.Sayf("hidden sheet")
	case models.DocumentProperties:
		return words.Sayf("document properties")
	}
	return words.Sayf("visible reference")
}

// hint names the recipient whose name stands on the Start sheet, or else whom the file's name names. It is only a hint:
// anyone can type a name.
func (x *identifier) hint(f *file, visible []say) words.Said {
	for _, v := range visible {
		if v.name == "" {
			continue
		}
		if ids := x.names.exact(v.name); len(ids) == 1 {
			return words.Sayf("The Start sheet shows the name of %s.", x.who(ids[0]))
		}
		return words.Sayf("The Start sheet shows the name '%s'.", v.name)
	}
	if ids := x.files.in(f.ret.File); len(ids) > 0 {
		return words.Sayf("The file's name, or its folder's, is that of %s.", x.whoAll(ids))
	}
	return words.Said{}
}
