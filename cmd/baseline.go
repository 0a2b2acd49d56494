package cmd

import (
	"context"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

const baselineHelp = "an earlier round's folder: show what changed since, for the same recipients and criteria"

// baseline is how scores moved since an earlier round.
type baseline struct {
	Title      string
	Comparison *models.Comparison
}

// since compares with the round in another folder, which is read and not changed. Without a folder there is
// nothing to compare with.
func (app *App) since(ctx context.Context, dir string, f *folder, in *intake) (baseline, error) {
	if dir == "" {
		return baseline{}, nil
	}
	other := *app
	other.Dir = dir
	earlier, err := other.open()
	if err != nil {
		return baseline{}, err
	}
	before, err := other.takeIn(ctx, earlier)
	if err != nil {
		return baseline{}, err
	}
	c := scoring.Compare(in.Scoring, scoring.Side{Template: earlier.Template, Members: before.Members},
		scoring.Side{Template: f.Template, Members: in.Members}, nil)
	return baseline{earlier.Config.Title + ", " + earlier.Config.Due.Long(), &c}, nil
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
