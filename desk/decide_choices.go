package desk

import (
	"strings"

	"github.com/rubric-project/rubric/models/decisions"
)

// whatCounts says the choices of whose answers or which file counts in the desk's words: what comes from office is English.
func (c *call) whatCounts(line *choiceLine, it *decisions.Item, ch decisions.Choice) {
	switch ch.Request.Kind {
	case decisions.Counts:
		line.Label, line.Own = c.T("%s counts.", ch.Request.File), true
	case decisions.Recipient:
		who := strings.TrimSuffix(strings.TrimPrefix(ch.Label, "It is from "), ".")
		line.Label, line.Own = c.T("It is from %s.", who), true
	case decisions.From:
		if it.Matter != decisions.NoConsensus {
			line.Label, line.Own = c.T("%s decides%s", ch.Request.File, strings.TrimPrefix(ch.Label, ch.Request.File+" decides")), true
			return
		}
		line.Label, line.Own = c.T("The view of %s counts (%s).", c.viewOf(it.Recipient, ch.Request.File), ch.Request.File), true
	}
}

// viewOf is whose view a file is.
func (c *call) viewOf(recipient, file string) string {
	for i := range c.view.Intake.Register.Entries {
		e := &c.view.Intake.Register.Entries[i]
		if e.Recipient.ID != recipient {
			continue
		}
		for _, p := range e.Parts {
			if p.File == file {
				return p.Name
			}
		}
	}
	return file
}

// without is what holds as long as nothing is decided, in the desk's words where they are always the same.
func (c *call) without(it *decisions.Item) string {
	switch it.Matter {
	case decisions.NoConsensus:
		return c.T("Nothing of the recipient counts until its consensus workbook comes.")
	case decisions.PartsDiffer:
		return c.T("It is treated as blank.")
	case decisions.Ambiguous:
		return c.T("It is treated as blank, and the cell goes back to its sender with the corrections.")
	case decisions.Picture:
		return c.T("It is not read. What the cells say counts.")
	}
	return it.Without
}
