package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
)

// listToDecide prints what is to be decided, and how.
func (app *App) listToDecide(ctx context.Context) error {
	f, err := app.office().Open(app.Dir)
	if err != nil {
		return err
	}
	items, err := app.office().ToDecide(ctx, f)
	if err != nil {
		return err
	}
	made, err := app.office().Decisions(ctx, f)
	if err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(struct {
			ToDecide  []decisions.Item     `json:"to_decide"`
			Decisions []decisions.Decision `json:"decisions"`
		}{append([]decisions.Item{}, items...), append([]decisions.Decision{}, made...)})
	}
	if len(items) == 0 {
		app.printf("Nothing is to be decided.\n")
	} else {
		app.printf("To decide: %s.\n", text.Count(len(items), "matter", "matters"))
	}
	for i := range items {
		app.printItem(&items[i])
	}
	app.printDecisions(f, made)
	return nil
}

// mostDecisions is how many decisions the register shows.
const mostDecisions = 20

// printInForce prints what the register shows of the decisions: the last that are in force, or ended by what came.
func (app *App) printInForce(f *office.Folder, made []decisions.Decision) {
	shown := slices.DeleteFunc(slices.Clone(made), func(d decisions.Decision) bool {
		return d.State == decisions.Undone || d.State == decisions.Replaced || d.Back
	})
	left := max(0, len(shown)-mostDecisions)
	app.printDecisions(f, shown[left:])
	if left > 0 {
		app.printf("%s more; 'rubric decide' lists all.\n", text.Count(left, "earlier one", "earlier ones"))
	}
}

// printItem prints what the file shows, what counts without a decision, the choices, and the command.
func (app *App) printItem(it *decisions.Item) {
	where := plain(it.File)
	if it.Cell != "" {
		where += fmt.Sprintf(", sheet '%s', cell %s", plain(it.Sheet), plain(it.Cell))
	}
	if it.Recipient != "" {
		where += fmt.Sprintf(" – %s %s", plain(it.Recipient), plain(it.Name))
	}
	app.printf("\n%s  %s\n", it.ID, where)
	if it.Ref != "" {
		app.printf("    %s %s\n", plain(it.Ref), plain(it.Subject))
	}
	app.printf("    %s\n    Without a decision: %s\n", plain(it.Shows), plain(it.Without))
	for _, c := range it.Choices {
		label := ""
		if c.Label != c.Value {
			label = "  " + c.Label
		}
		if c.Descriptor != "" {
			label += ": " + text.Cut(c.Descriptor, 90, "…")
		}
		app.printf("      --as %s%s\n", quoted(plain(c.Value)), plain(label))
	}
}

// printDecisions prints the decisions of a round.
func (app *App) printDecisions(f *office.Folder, made []decisions.Decision) {
	if len(made) == 0 {
		return
	}
	var rows [][]any
	for i := range made {
		d := &made[i]
		state := string(d.State)
		if d.Because != "" {
			state += ": " + d.Because
		}
		rows = append(rows, []any{d.Number, f.DecisionInWords(d), d.By, dayOf(d.At), d.Reason, state})
	}
	app.printf("\nDecisions ('rubric decide --undo N' takes one back):\n")
	app.tableIn(terminal, []int{1, 4, 5}, []string{"no.", "decision", "by", "time", "reason", "state"}, rows, 0)
}

// try prints what the scores would be.
func (app *App) try(ctx context.Context, f *office.Folder, opts decideOptions, args []string) error {
	said, err := opts.requests(ctx, app, f, args)
	if err != nil {
		return err
	}
	list, err := app.office().AsIf(ctx, f, decisions.Batch{Requests: said, Undo: opts.Undo})
	if err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(append([]office.AsIf{}, list...))
	}
	var rows [][]any
	for _, x := range list {
		rows = append(rows, scoreRow(x.Recipient, "", overall(x.Now), overall(x.Then))...)
		for _, topic := range f.Template.Topics {
			rows = append(rows, scoreRow(x.Recipient, topic.Name, topicOf(x.Now, topic.ID), topicOf(x.Then, topic.ID))...)
		}
	}
	if len(rows) == 0 {
		app.printf("No score would be another.\n")
		return nil
	}
	app.tableOf([]string{"id", "topic", "answered", "then answered", "score", "then"}, rows, 2, 3, 4, 5)
	return nil
}

// scoreRow is a line for what would change.
func scoreRow(id, topic string, now, then models.GroupScore) [][]any {
	if now.Answered == then.Answered && now.Score == then.Score && now.NotApplicable == then.NotApplicable {
		return nil
	}
	return [][]any{{id, strings.TrimSpace(topic), now.Answered, then.Answered, now.Score.Value.Format(2), then.Score.Value.Format(2)}}
}

func overall(card *models.Scorecard) models.GroupScore {
	if card == nil {
		return models.GroupScore{}
	}
	return card.Overall
}

func topicOf(card *models.Scorecard, id string) models.GroupScore {
	if card != nil {
		for _, g := range card.Topics {
			if g.Topic == id {
				return g
			}
		}
	}
	return models.GroupScore{}
}
