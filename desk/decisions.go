package desk

import (
	"context"

	"github.com/rubric-project/rubric/models/decisions"
)

// toDecide is what a person must settle, in its order.
func (c *call) toDecide() ([]decisions.Item, error) {
	return once(c.view, "to decide", func() ([]decisions.Item, error) {
		return c.office().ToDecide(context.Background(), c.view.Folder)
	})
}

// decided are all decisions, by number.
func (c *call) decided() ([]decisions.Decision, error) {
	return once(c.view, "decided", func() ([]decisions.Decision, error) {
		return c.office().Decisions(context.Background(), c.view.Folder)
	})
}
