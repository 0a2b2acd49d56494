package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
)

// prefillOptions is the earlier round whose answers are written into the workbooks, and how its criteria go on.
type prefillOptions struct{ Dir, Crosswalk string }

func (o *prefillOptions) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.Dir, "prefill", "", "an earlier round's folder: write each recipient's answers of then into the workbooks, marked until they are touched")
	c.Flags().StringVar(&o.Crosswalk, "crosswalk", "", "with --prefill: "+crosswalkHelp)
}

// prefilled is what is carried over from an earlier round: nothing, where since is "".
type prefilled struct {
	// since names the earlier round for people.
	since string
	// sets are what each recipient's workbook gets, by id.
	sets map[string]models.CarriedSet
	// answers counts what is carried over, left the answers of then that no criterion of now takes.
	answers, left int
}

// prefill reads the earlier round, which is not changed, and works out what goes into each recipient's workbook: by
// the recipient's id, or the one that it had then, and by nothing else.
func (app *App) prefill(ctx context.Context, f *folder, opts prefillOptions, recipients []models.Recipient) (prefilled, error) {
	if opts.Dir == "" {
		if opts.Crosswalk != "" {
			return prefilled{}, usagef("--crosswalk goes with --prefill")
		}
		return prefilled{}, nil
	}
	other := *app
	other.Dir = opts.Dir
	earlier, err := other.open()
	if err != nil {
		return prefilled{}, err
	}
	if earlier.Config.ID == f.Config.ID {
		return prefilled{}, usagef("--prefill %s: this is the round itself; give the folder of an earlier one", opts.Dir)
	}
	x, err := app.crosswalk(f, earlier.Template, opts.Crosswalk)
	if err != nil {
		return prefilled{}, err
	}
	then, err := other.takeIn(ctx, earlier)
	if err != nil {
		return prefilled{}, err
	}
	answers := map[string]*models.Return{}
	for _, m := range then.Members {
		if m.Return != nil {
			answers[m.Recipient.ID] = m.Return
		}
	}
	out := prefilled{since: earlier.Config.Called(), sets: map[string]models.CarriedSet{}}
	for _, rc := range recipients {
		id := rc.ID
		if rc.PreviousID != "" {
			id = rc.PreviousID
		}
		ret := answers[id]
		if ret == nil {
			continue
		}
		ret = ret.LaidOut()
		carried := models.CarryOver(x, earlier.Template, f.Template.For(rc), ret.Answers())
		if len(carried) == 0 {
			continue
		}
		out.sets[rc.ID] = models.CarriedSet{From: earlier.Config.ID, Title: out.since, Answers: carried}
		taken := map[string]bool{}
		for _, c := range carried {
			if !c.Level.IsBlank() {
				out.answers++
				for _, ref := range c.From {
					taken[ref] = true
				}
			}
		}
		for i := range ret.Answers() {
			if a := &ret.Answers()[i]; !a.Level.Value.IsBlank() && !taken[a.Ref] {
				out.left++
			}
		}
	}
	return out, nil
}

// sayPrefilled says how much was carried over.
func (app *App) sayPrefilled(p prefilled) {
	if p.since == "" {
		return
	}
	app.printf("Carried over from %s: %s into the workbooks of %s", p.since, count(p.answers, "answer"), count(len(p.sets), "recipient"))
	if p.left > 0 {
		app.printf("; %s of then have no place, or could not be carried over", count(p.left, "answer"))
	}
	app.printf(".\n")
}
