package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

const baselineHelp = "an earlier round's folder, or its consolidated.xlsx: show what changed since, for the same recipients and criteria"

// baseline is how scores moved since an earlier round.
type baseline struct {
	Title      string
	Comparison *models.Comparison
}

// baselineOptions is the earlier round that is compared with, and how its criteria go on.
type baselineOptions struct{ Dir, Crosswalk string }

func (o *baselineOptions) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.Dir, "baseline", "", baselineHelp)
	c.Flags().StringVar(&o.Crosswalk, "crosswalk", "", "with --baseline: "+crosswalkHelp)
}

// since compares with the round in another folder or in a consolidated workbook, which is read and not changed.
// Without one there is nothing to compare with.
func (app *App) since(ctx context.Context, opts baselineOptions, f *folder, in *intake) (baseline, error) {
	if opts.Dir == "" {
		if opts.Crosswalk != "" {
			return baseline{}, usagef("--crosswalk goes with --baseline")
		}
		return baseline{}, nil
	}
	title, before, err := app.earlier(ctx, opts.Dir)
	if err != nil {
		return baseline{}, err
	}
	crosswalk, err := app.crosswalk(f, before.Template, opts.Crosswalk)
	if err != nil {
		return baseline{}, err
	}
	c := scoring.Compare(in.Scoring, before, scoring.Side{Template: f.Template, Members: in.Members}, crosswalk)
	return baseline{title, &c}, nil
}

// of finds a recipient's change, or nil.
func (b baseline) of(id string) *models.RecipientChange {
	if b.Comparison == nil {
		return nil
	}
	for i := range b.Comparison.Recipients {
		if b.Comparison.Recipients[i].Recipient == id {
			return &b.Comparison.Recipients[i]
		}
	}
	return nil
}
