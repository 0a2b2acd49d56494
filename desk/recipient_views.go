package desk

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// viewsCard says of a recipient whose respondents are asked for a view each which are back, and where the consensus stands.
type viewsCard struct {
	Says  string
	To    string // where consensus workbooks are made and sent; "" where one counts
	Lines []viewLine
}

// viewLine is one respondent's view.
type viewLine struct {
	Who, File string
	State     shaped
}

// viewsOf is the card of an entry; nil where nobody is asked for a view.
func (c *call) viewsOf(e *models.Entry, events []office.Event) *viewsCard {
	if !e.HasViews() {
		return nil
	}
	back, all := e.PartsBack()
	card := &viewsCard{Says: c.T("%d of %d views are back.", back, all)}
	made, sent := false, false
	for i := range events {
		made = made || events[i].Kind == "consensus-made"
		sent = sent || events[i].Kind == "consensus-sent" || events[i].Kind == "drafted" && events[i].Note == "consensus"
	}
	says := c.T("No consensus workbook was made yet. It sets the views side by side for a meeting, which chooses.")
	switch {
	case e.Consensus:
		says = c.T("The consensus workbook is back and counts.")
	case e.Return != nil:
		says = c.T("Something else than a consensus workbook counts.")
	case sent:
		says = c.T("The consensus workbook is out. Nothing counts until it is back.")
	case made:
		says = c.T("The consensus workbook is made and was not sent. Nothing counts until it is back.")
	}
	card.Says += " " + says
	if meets(e) {
		card.To = c.to("send", "kind", "consensus")
	}
	for _, p := range e.Parts {
		who := p.Name
		if p.Role != "" {
			who += ", " + p.Role
		}
		card.Lines = append(card.Lines, viewLine{who, p.File, c.statusOf(p.Status)})
	}
	return card
}
