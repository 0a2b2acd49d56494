package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/office/planning"
)

func newPlanCmd(app *App) *cobra.Command {
	var opts planning.Options
	c := &cobra.Command{
		Use:   "plan",
		Short: "Write results/plans/: an action plan workbook for each recipient that returned",
		Long: `plan writes for each recipient whose return counts a workbook with its priorities: where it is, what the next level looks
like, and for each, to be filled in, the root cause, what is done, by whom, by when, and where it stands. One of its
sheets is printed for the meeting. 'rubric send --plans' sends the plans.

What comes back is collected like a return and read as a plan: it changes nothing in the assessment, and a plan that was
sent stays right when an assessment is corrected later. 'rubric consolidate' puts all plans together in
results/plans.xlsx. A plan that somebody filled in in results/plans/ is never written over.

With --prefill the actions that are still open in the plans of an earlier round are carried over.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runPlan(cmd.Context(), app, opts)
		},
	}
	c.Flags().StringSliceVar(&opts.Only, "only", nil, "only these recipients, by id or exact name, separated by commas, also where their plan is back")
	c.Flags().StringVar(&opts.Prefill.Dir, "prefill", "", "an earlier round's folder: carry over the actions that are still open in its plans")
	c.Flags().StringVar(&opts.Prefill.Crosswalk, "crosswalk", "", "with --prefill: "+crosswalkHelp)
	return c
}

func runPlan(ctx context.Context, app *App, opts planning.Options) error {
	f, unlock, err := app.openToWrite("plan")
	if err != nil {
		return err
	}
	defer unlock()
	made, err := planning.Make(ctx, app.office(), f, opts)
	app.note(made.Notes)
	if err != nil {
		return err
	}
	if app.JSON {
		report := map[string]any{"plans": made.Plans, "carried_over": made.Carried, "folder": "results/plans"}
		if len(made.Touched) > 0 {
			report["touched"] = made.Touched
		}
		if err := app.printJSON(report); err != nil {
			return err
		}
		return leftAlone(made.Touched)
	}
	if made.Since != "" {
		app.printf("Carried over from %s: %s into the plans of %s.\n", made.Since, text.Count(made.Carried, "open action", "open actions"), text.Count(made.Recipients, "recipient", "recipients"))
	}
	app.printf("%s written to results/plans/. Send them with 'rubric send --plans'; each belongs to one recipient.\n", text.Count(made.Plans, "action plan", "action plans"))
	return leftAlone(made.Touched)
}

// printPlans says where the action plans stand that came back.
func (app *App) printPlans(reg models.Register) {
	back, returned := 0, 0
	var actions []plans.Action
	for _, e := range reg.Entries {
		if e.Return != nil {
			returned++
		}
		if e.PlanReturn != nil {
			back++
			actions = append(actions, e.PlanReturn.Plan.Actions...)
		}
	}
	if back == 0 {
		return
	}
	t := plans.Count(app.office().Time(), actions)
	app.printf("\nAction plans: %d of %d back; %s, %d open, %d overdue, %d done.\n", back, max(returned, back), text.Count(t.Actions, "action", "actions"), t.Open(), t.Overdue, t.By[plans.Done])
}
