package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
)

type scoreOptions struct {
	IDs      []string
	CSV      bool
	Baseline baselineOptions
}

func newScoreCmd(app *App) *cobra.Command {
	var opts scoreOptions
	c := &cobra.Command{
		Use:   "score [ID…]",
		Short: "Show the scorecards of the returns that count",
		Long: `score shows what each counted return scores, by the round's method, a line for each. ID chooses
recipients and shows the scorecard of each in full. With --json or --csv every figure is there unrounded, with
the number of answers it rests on and its range.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.IDs = args
			return runScore(cmd.Context(), app, opts)
		},
	}
	c.Flags().BoolVar(&opts.CSV, "csv", false, "write one line for each recipient and group of criteria, as CSV")
	opts.Baseline.flags(c)
	return c
}

func runScore(ctx context.Context, app *App, opts scoreOptions) error {
	f, err := app.open()
	if err != nil {
		return err
	}
	chosen, err := f.Select(opts.IDs)
	if err != nil {
		return err
	}
	in, err := app.takeInWhole(ctx, f)
	if err != nil {
		return err
	}
	if opts.CSV && opts.Baseline.Dir != "" {
		return usagef("--baseline does not go with --csv; --json has the changes too")
	}
	earlier, err := app.since(ctx, opts.Baseline, f, in)
	if err != nil {
		return err
	}
	members := membersOf(in.Members, chosen)
	switch {
	case app.JSON:
		cards := []*models.Scorecard{}
		for _, m := range members {
			if m.Scorecard != nil {
				cards = append(cards, m.Scorecard)
			}
		}
		var out any = cards
		if earlier.Comparison != nil {
			out = changedScores{cards, earlier.Title, earlier.Comparison}
		}
		if err := app.printJSON(out); err != nil {
			return err
		}
	case opts.CSV:
		if err := app.scoresCSV(f, members); err != nil {
			return err
		}
	case len(opts.IDs) > 0:
		for _, m := range members {
			app.printScorecard(f.Template, m)
		}
	default:
		app.printScores(f.Template, in.Scoring, members)
	}
	if earlier.Comparison != nil && !app.JSON {
		app.printChanges(f.Template, earlier, members)
	}
	return outcome(in.Findings)
}

// idsOf is a set of recipients' ids.
func idsOf(list []models.Recipient) map[string]bool {
	out := make(map[string]bool, len(list))
	for _, rc := range list {
		out[rc.ID] = true
	}
	return out
}

// membersOf keeps the members that were chosen, in the order of the recipients list.
func membersOf(all []models.Member, chosen []models.Recipient) []models.Member {
	wanted := idsOf(chosen)
	var out []models.Member
	for _, m := range all {
		if wanted[m.Recipient.ID] {
			out = append(out, m)
		}
	}
	return out
}
