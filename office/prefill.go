package office

import (
	"cmp"
	"context"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
)

// prefill reads the earlier round, which is not changed, and works out what goes into each recipient's workbook: by
// the recipient's id, or the one that it had then, and by nothing else.
func (o *Office) prefill(ctx context.Context, f *Folder, from Earlier, recipients []models.Recipient) (Prefilled, []Note, error) {
	if from.Dir == "" {
		if from.Crosswalk != "" {
			return Prefilled{}, nil, Bad(Option("crosswalk"), " goes with ", Option("prefill"))
		}
		return Prefilled{}, nil, nil
	}
	earlier, err := o.Open(from.Dir)
	if err != nil {
		return Prefilled{}, nil, err
	}
	if earlier.Config.ID == f.Config.ID {
		return Prefilled{}, nil, Bad(Option("prefill"), " ", from.Dir, ": this is the round itself; give the folder of an earlier one")
	}
	x, notes, err := crosswalkFrom(f, earlier.Template, from.Crosswalk)
	if err != nil {
		return Prefilled{}, notes, err
	}
	then, err := o.TakeIn(ctx, earlier)
	if err != nil {
		return Prefilled{}, notes, err
	}
	answers := map[string]*models.Return{}
	for _, m := range then.Members {
		if m.Return != nil {
			answers[m.Recipient.ID] = m.Return
		}
	}
	out := Prefilled{Since: nameOf(earlier.Config), sets: map[string]crosswalk.CarriedSet{}}
	for _, rc := range recipients {
		id := cmp.Or(rc.PreviousID, rc.ID)
		ret := answers[id]
		if ret == nil {
			continue
		}
		given := ret.Answers()
		if carried := crosswalk.CarryOver(x, earlier.Template, f.Template.For(rc), given); len(carried) > 0 {
			out.sets[rc.ID] = crosswalk.CarriedSet{From: earlier.Config.ID, Title: out.Since, Answers: carried}
			out.count(carried, given)
		}
	}
	out.Recipients = len(out.sets)
	return out, append(notes, then.Notes...), nil
}

// count adds what is carried over of the answers that a recipient gave then, and what is left.
func (p *Prefilled) count(carried []crosswalk.Carried, given []models.Answer) {
	taken := map[string]bool{}
	for _, c := range carried {
		if !c.Level.IsBlank() {
			p.Answers++
			for _, ref := range c.From {
				taken[ref] = true
			}
		}
	}
	for i := range given {
		if a := &given[i]; !a.Level.Value.IsBlank() && !taken[a.Ref] {
			p.Left++
		}
	}
}
