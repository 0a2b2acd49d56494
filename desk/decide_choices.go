package desk

import (
	"github.com/rubric-project/rubric/models/decisions"
)

// whatCounts says the choices of whose answers or which file counts in the desk's words: what comes from office is English.
func (c *call) whatCounts(line *choiceLine, it *decisions.Item, ch decisions.Choice) {
	switch ch.Request.Kind {
	case decisions.Counts:
		line.Label, line.Own = c.T("%s counts.", ch.Request.File), true
	case decisions.Recipient:
		line.Label, line.Own = c.T("It is from %s.", ch.About), true
	case decisions.From:
		line.Own = true
		switch {
		case it.Matter == decisions.NoConsensus:
			line.Label = c.T("The view of %s counts (%s).", ch.About, ch.Request.File)
		case ch.About == "":
			line.Label = c.T("%s decides.", ch.Request.File)
		default:
			line.Label = c.T("%s decides: %s.", ch.Request.File, ch.About)
		}
	}
}

// without is what holds as long as nothing is decided: in the desk's words where it knows what office says.
func (c *call) without(it *decisions.Item) string {
	switch it.Without {
	case "Nothing of the recipient counts until its consensus workbook comes.":
		return c.T("Nothing of the recipient counts until its consensus workbook comes.")
	case "It is treated as blank.":
		return c.T("It is treated as blank.")
	case "It is treated as blank, and the cell goes back to its sender with the corrections.":
		return c.T("It is treated as blank, and the cell goes back to its sender with the corrections.")
	case "It is not read. What the cells say counts.":
		return c.T("It is not read. What the cells say counts.")
	}
	return it.Without
}
