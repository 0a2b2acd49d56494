package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

type scoreOptions struct {
	office.ScoreOptions
	CSV bool
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
	baselineFlags(c, &opts.Baseline)
	app.addOutput(c)
	return c
}

func runScore(ctx context.Context, app *App, opts scoreOptions) error {
	if opts.CSV && opts.Baseline.Dir != "" {
		return usagef("--baseline does not go with --csv; --json has the changes too")
	}
	f, err := app.office().Open(app.Dir)
	if err != nil {
		return err
	}
	scores, err := app.office().Score(ctx, f, opts.ScoreOptions)
	app.note(scores.Notes)
	if err != nil {
		return err
	}
	switch {
	case app.JSON:
		err = app.scoresJSON(scores)
	case opts.CSV:
		err = office.WriteScores(app.Out, f, scores.Members)
	case len(opts.IDs) > 0:
		for _, m := range scores.Members {
			app.printScorecard(f.Template, m)
		}
	default:
		app.printScores(f.Template, scores.Scoring, scores.Members)
	}
	if err != nil {
		return err
	}
	if scores.Since.Comparison != nil && !app.JSON {
		app.printChanges(f.Template, scores.Since, scores.Members)
	}
	return outcome(scores.Findings)
}

func (app *App) scoresJSON(scores office.ScoreResult) error {
	cards := []*models.Scorecard{}
	for _, m := range scores.Members {
		if m.Scorecard != nil {
			cards = append(cards, m.Scorecard)
		}
	}
	if scores.Since.Comparison != nil {
		return app.printJSON(changedScores{cards, scores.Since.Title, scores.Since.Comparison})
	}
	return app.printJSON(cards)
}
