package checks

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/words"
)

// isView says that a file is one respondent's view of the whole: it is no return, and credited to nobody but its respondent.
func (f *file) isView() bool { return models.Part{ID: f.part}.IsView() }

// opinions are the views of one recipient.
type opinions struct {
	// files are those that count as the respondents' views, one of each, and all every file that is a view, by path.
	files, all []*file
}

// settleViews decides by the rules of returns which view of each respondent counts, and finds what is wrong with each as
// with a return. It refuses consensus workbooks in which nothing was chosen.
func settleViews(in RegisterInput, files []*file) map[string]*opinions {
	out := map[string]*opinions{}
	of := func(id string) *opinions {
		if out[id] == nil {
			out[id] = &opinions{}
		}
		return out[id]
	}
	for _, rc := range in.Recipients {
		if slices.ContainsFunc(in.Parts[rc.ID], models.Part.IsView) {
			of(rc.ID)
		}
	}
	for _, f := range files {
		if f.recipient != "" && f.isView() {
			o := of(f.recipient)
			o.all = append(o.all, f)
		}
	}
	for _, rc := range in.Recipients {
		if o := out[rc.ID]; o != nil {
			o.choose(in, rc)
		}
	}
	for _, f := range files {
		if f.part == views.ConsensusID && f.status == "" {
			out[f.recipient].untouched(in, f)
		}
	}
	return out
}

// choose chooses the file of each respondent, in the order of the list.
func (o *opinions) choose(in RegisterInput, rc models.Recipient) {
	byPart := map[string][]*file{}
	var order []string
	for _, p := range in.Parts[rc.ID] {
		order = append(order, p.ID)
	}
	for _, f := range o.all {
		if f.status != "" {
			continue
		}
		if !slices.Contains(order, f.part) {
			order = append(order, f.part)
		}
		byPart[f.part] = append(byPart[f.part], f)
	}
	for _, part := range order {
		group := slices.DeleteFunc(withoutWaiting(in, byPart[part]), func(f *file) bool {
			f.open()
			defer f.close()
			return in.Round.Completeness > 0 && rejectIncomplete(in, in.asked(f), f.ret, []*file{f})
		})
		if len(group) == 0 {
			continue
		}
		for _, f := range group {
			f.open()
			defer f.close()
		}
		winner := choose(in, group)
		winner.status = models.ViewCounts
		beyondPart(in, winner)
		o.files = append(o.files, winner)
	}
}

// views are some files as views.
func (o *opinions) views(in RegisterInput, list []*file) []views.View {
	out := make([]views.View, len(list))
	for i, f := range list {
		out[i] = views.View{Part: in.made(f), Answers: f.kept.Answers(), Digest: f.kept.Digest}
	}
	return out
}

// proposed are the criteria with the level that a consensus workbook proposed: those in which the views agree that it was
// made of, as far as their files are still there.
func (o *opinions) proposed(in RegisterInput, f *file) map[string]models.Choice {
	out := map[string]models.Choice{}
	if o == nil {
		return out
	}
	list := slices.DeleteFunc(o.views(in, o.all), func(v views.View) bool {
		asItIs, _ := views.In(f.sources, v)
		return !asItIs
	})
	for _, c := range views.Side(in.applying(f.recipient), list) {
		if x, ok := c.Agrees(); ok {
			out[c.Ref] = x
		}
	}
	return out
}

// untouched refuses a consensus workbook in which nothing stands but what was proposed, with nobody's word that the meeting
// confirms it, unless a person lets it count.
func (o *opinions) untouched(in RegisterInput, f *file) {
	if !empty(f.kept.Respondent.Checked.Value) || !unsigned(f.kept) || in.known.preferred[f.kept.File] > 0 {
		return
	}
	proposed, n := o.proposed(in, f), 0
	answers := f.kept.Answers()
	for i := range answers {
		a := &answers[i]
		switch {
		case a.Level.Value.IsBlank() && a.Target.Value.IsBlank() && empty(a.Evidence.Value) && empty(a.Comment.Value):
		case a.Level.Value == proposed[a.Ref] && !a.Level.Value.IsBlank():
			n++
		default:
			return
		}
	}
	f.add(models.ConsensusUntouched, "Nothing stands in the consensus workbook but %s on which all views agree, and nobody says that the meeting confirms them.",
		words.Counted(n, "proposed level", "proposed levels"))
	f.status, f.original = models.Rejected, true
}

// credit is what counts for the recipient. c is what its other files give: a consensus workbook or a whole one counts.
// Without one a view counts only where the office says so, or where all that were asked for are back and say the same.
func (o *opinions) credit(in RegisterInput, rc models.Recipient, c *credit) *credit {
	if c != nil {
		for _, f := range c.files {
			if f.part == views.ConsensusID {
				o.behind(in, f)
				o.unconfirmed(in, f)
			}
		}
		return c
	}
	if len(o.files) == 0 {
		return nil
	}
	chosen := in.known.settled[rc.ID][""]
	for _, f := range o.files {
		if f.kept.File == chosen {
			f.add(models.ViewChosen, "The office decided that the view of %s counts as the return of the recipient.", partName(in.made(f)))
			return creditOf(in, rc, []*file{f})
		}
	}
	list := o.views(in, o.files)
	if o.allBack(in, rc) && views.SameInAll(views.Side(in.applying(rc.ID), list)) {
		c := creditOf(in, rc, slices.Clone(o.files))
		c.files[0].add(models.ViewsAgree, "%s back and say the same. Together they count as the return of the recipient.", words.Counted(len(o.files), "view is", "views are"))
		return c
	}
	asked := max(len(in.Parts[rc.ID]), len(o.files))
	f := o.files[0].add(models.ConsensusMissing, "%d of %d views of the recipient are back, and no consensus workbook that counts. Nothing of the recipient counts yet.", len(o.files), asked)
	f.Recipient, f.Action.On = rc.ID, []string{rc.ID}
	return nil
}

// allBack says that every view that is asked for is back.
func (o *opinions) allBack(in RegisterInput, rc models.Recipient) bool {
	return !slices.ContainsFunc(in.Parts[rc.ID], func(p models.Part) bool {
		return !slices.ContainsFunc(o.files, func(f *file) bool { return f.part == p.ID })
	})
}

// creditOf lets views count as the return.
func creditOf(in RegisterInput, rc models.Recipient, files []*file) *credit {
	slices.SortFunc(files, byPath)
	c := &credit{files: files}
	for _, f := range files {
		f.status = models.Counted
		f.open()
		defer f.close()
	}
	c.print()
	if c.ret = files[0].kept; len(files) > 1 {
		m := &merging{in: in, rc: rc, files: files, settled: in.known.settled[rc.ID]}
		c.ret = m.merged()
		c.ret.PackLike(files[0].kept)
	}
	return c
}

// behind notes a consensus workbook that was made before a view came, or before a respondent sent another.
func (o *opinions) behind(in RegisterInput, f *file) {
	if len(f.sources) == 0 { // it is not known which views it was made of
		return
	}
	var missed, changed []words.Said
	for _, v := range o.views(in, o.files) {
		switch asItIs, earlier := views.In(f.sources, v); {
		case asItIs:
		case earlier:
			changed = append(changed, partName(v.Part))
		default:
			missed = append(missed, partName(v.Part))
		}
	}
	var said []words.Said
	if len(missed) > 0 {
		said = append(said, words.Sayf("The consensus workbook was made before these views came: %s.", words.Joined(", ", missed...)))
	}
	if len(changed) > 0 {
		said = append(said, words.Sayf("The consensus workbook was made before these respondents sent another view: %s.", words.Joined(", ", changed...)))
	}
	if len(said) > 0 {
		x := f.addSaid(models.ConsensusBehind, words.Joined(" ", said...))
		x.Action.On = []string{f.recipient}
	}
}

// unconfirmed notes levels that stand as they were proposed, where nobody says that the meeting confirms them.
func (o *opinions) unconfirmed(in RegisterInput, f *file) {
	if !empty(f.kept.Respondent.Checked.Value) {
		return
	}
	proposed, n := o.proposed(in, f), 0
	answers := f.kept.Answers()
	for i := range answers {
		if x, ok := proposed[answers[i].Ref]; ok && answers[i].Level.Value == x {
			n++
		}
	}
	if n > 0 {
		f.add(models.ConsensusUnconfirmed, "%s as proposed, since all views agree, and the sheet Start does not say that the meeting confirms them.",
			words.Counted(n, "level stands", "levels stand"))
	}
}

// lines says of each view that is asked for where it stands, and then of others that came.
func (o *opinions) lines(in RegisterInput, rc models.Recipient, outstanding models.Status) []models.PartLine {
	t := in.applying(rc.ID)
	var out []models.PartLine
	line := func(p models.Part, f *file) {
		l := models.PartLine{Part: p, Status: outstanding, Criteria: len(t.Criteria)}
		if len(p.Topics) > 0 {
			l.Criteria = len(t.OfTopics(p.Topics).Criteria)
		}
		switch {
		case f != nil:
			l.Status, l.File, l.View, l.Answered = models.Returned, f.kept.File, f.kept, f.kept.Answered()
		case slices.ContainsFunc(o.all, func(f *file) bool { return f.part == p.ID }):
			l.Status = models.Corrections
		}
		out = append(out, l)
	}
	planned := in.Parts[rc.ID]
	for _, p := range planned {
		at := slices.IndexFunc(o.files, func(f *file) bool { return f.part == p.ID })
		if at < 0 {
			line(p, nil)
		} else {
			line(p, o.files[at])
		}
	}
	for _, f := range o.files {
		if !slices.ContainsFunc(planned, func(p models.Part) bool { return p.ID == f.part }) {
			p := in.made(f)
			line(p, f)
			f.add(models.PartNotPlanned, "This is the view of %s, who is not asked for one any more.", partName(p))
		}
	}
	return out
}

// linesOf says where each part or view of a recipient stands, and whether something is outstanding where it counts in
// parts.
func linesOf(in RegisterInput, rc models.Recipient, c *credit, o *opinions, files []*file, outstanding models.Status) ([]models.PartLine, bool) {
	switch {
	case o == nil:
		return partLines(in, rc, c, files, outstanding)
	case slices.ContainsFunc(in.Parts[rc.ID], models.Part.IsView) || len(in.Parts[rc.ID]) == 0:
		return o.lines(in, rc, outstanding), false
	}
	asked, open := partLines(in, rc, c, files, outstanding)
	in.Parts = nil
	return append(asked, o.lines(in, rc, outstanding)...), open
}
