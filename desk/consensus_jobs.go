package desk

import (
	"context"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/consensus"
)

// consensusStep says for how many recipients a consensus workbook can be made, since two of their views or more are back and no
// consensus is, and for how many one was made.
type consensusStep struct{ Ready, Made int }

// meets says that a consensus workbook can be made for a recipient.
func meets(e *models.Entry) bool {
	back, _ := e.PartsBack()
	return e.HasViews() && !e.Consensus && back >= 2
}

// hasViews says that some recipient's respondents are asked for a view each.
func (c *call) hasViews() bool {
	for i := range c.view.Intake.Register.Entries {
		if c.view.Intake.Register.Entries[i].HasViews() {
			return true
		}
	}
	return false
}

func (c *call) consensusStep() *consensusStep {
	made := map[string]bool{}
	for _, e := range c.view.Events {
		if e.Kind == "consensus-made" {
			made[e.Recipient] = true
		}
	}
	s := &consensusStep{}
	for i := range c.view.Intake.Register.Entries {
		if e := &c.view.Intake.Register.Entries[i]; meets(e) {
			s.Ready++
			if made[e.Recipient.ID] {
				s.Made++
			}
		}
	}
	return s
}

// makeConsensus makes the consensus workbooks of all of whom two views or more are back.
func (d *Desk) makeConsensus(c *call) (answer, error) {
	dir := c.live.dir
	err := c.live.begin(c.T("Making the consensus workbooks"), "send", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		f, unlock, notes, err := o.OpenToWrite(dir, "desk: make consensus workbooks")
		if err != nil {
			return "", "", err
		}
		defer unlock()
		made, err := consensus.Make(ctx, o, f, nil)
		noteLines(j, "look", append(notes, made.Notes...))
		if err != nil {
			return "", "", err
		}
		return c.N(made.Workbooks, "%d consensus workbook is made.", "%d consensus workbooks are made."), "", nil
	})
	if err != nil {
		return answer{}, err
	}
	return c.afterBegin(c.to("send", "kind", "consensus"))
}
