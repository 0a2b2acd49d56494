package desk

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office/opened"
)

// sheetPart is some rows of a sheet around the one that a question is about.
type sheetPart struct {
	Sheet, From, To string
	Rows            []sheetRow
}

type sheetRow struct {
	Cell, Ref, Subject, Answer, Target, Comment string
	Hit                                         bool
}

// aroundIt is how many rows before and after an answer are shown with it.
const aroundIt = 2

// fillShown says what the file shows: the question, whose it is, and the part of the sheet.
func (c *call) fillShown(p *decidePage, it *decisions.Item) error {
	line, _ := c.view.Intake.FileLine(it.File)
	if it.Recipient != "" {
		p.Summary = append(p.Summary, askedLine{c.T("Recipient"), it.Recipient + " " + it.Name, "", p.ReturnTo})
	}
	if !line.Received.IsZero() {
		p.Summary = append(p.Summary, askedLine{c.T("File"), it.File, c.T("received %s", c.Date(line.Received.Local())), p.ReturnTo})
	}
	cr := c.view.Folder.Template.Criterion(it.Ref)
	switch {
	case cr != nil:
		topic, _ := c.view.Folder.Template.Topic(cr.Topic)
		p.Summary = append(p.Summary, askedLine{c.T("Criterion"), it.Ref + " " + it.Subject, c.T("topic %s", topic.ID+" "+topic.Name), ""})
	case it.Subject != "":
		p.Summary = append(p.Summary, askedLine{c.T("Question"), it.Subject, "", ""})
	}
	if it.Cell != "" {
		p.Summary = append(p.Summary, askedLine{c.T("Stands in"), c.T("sheet %s, cell %s", it.Sheet, it.Cell), "", p.ReturnTo + "#" + it.Cell})
	}
	x, err := once(c.view, "opened "+it.Digest, func() (*opened.Return, error) {
		return opened.Look(c.r.Context(), c.office(), c.view.Folder, c.view.Intake, it.File)
	})
	if err != nil {
		return err
	}
	if cr != nil {
		c.fillAround(p, it, cr, x)
	}
	for i, o := range x.Objects {
		if it.Matter == decisions.Picture && o.Ref == it.Ref || cr != nil && o.Ref == it.Ref {
			p.Pictures = append(p.Pictures, c.evidenceIn(it.File, o.Name, o.Origin.Cell, o.Part, o.Picture, i))
		}
	}
	p.Ask = c.question(it, x)
	return nil
}

// question is what is asked, in one sentence.
func (c *call) question(it *decisions.Item, x *opened.Return) string {
	name := baseName(it.File)
	switch it.Matter {
	case decisions.Whose:
		return c.T("Whose is “%s”?", name)
	case decisions.Unverified:
		return c.T("Does “%s” count, though no seal confirms whose it is?", name)
	case decisions.WhichCounts:
		if it.Code == string(models.CopiedReturn) {
			return c.T("Is “%s” the recipient's own work?", name)
		}
		return c.T("Which return of %s counts?", it.Name)
	case decisions.Incomplete:
		return c.T("Does “%s” count as it is?", name)
	case decisions.PartsDiffer:
		return c.T("Which workbook decides %s?", it.Ref)
	case decisions.NoConsensus:
		return c.T("What counts for %s, as long as there is no consensus workbook?", it.Name)
	case decisions.Picture:
		if it.Ref != "" {
			return c.T("Does what stands beside %s change the answer?", it.Ref)
		}
		return c.T("Does what stands on the sheet say something that the cells do not?")
	}
	if text := x.Cells[it.Ref].Answer; text != "" {
		return c.T("Which level does “%s” stand for?", text)
	}
	return c.T("Which level is meant for %s?", it.Ref)
}

// fillAround shows the rows around a criterion's, and what was written beside it.
func (c *call) fillAround(p *decidePage, it *decisions.Item, cr *models.Criterion, x *opened.Return) {
	ret := x.Return.LaidOut()
	all := ret.Answers()
	at := -1
	for i := range all {
		if all[i].Ref == it.Ref {
			at = i
		}
	}
	if at < 0 {
		return
	}
	a := all[at]
	said := func(name, text string) {
		if text != "" {
			p.Summary = append(p.Summary, askedLine{name, "“" + text + "”", "", ""})
		}
	}
	said(c.T("Their comment"), a.Comment.Value)
	said(c.T("Their evidence"), a.Evidence.Value)
	if t := x.Cells[it.Ref].Target; t != "" {
		p.Summary = append(p.Summary, askedLine{c.T("Their target"), t, "", ""})
	}
	s := &sheetPart{Sheet: a.Level.Origin.Sheet}
	for i := max(at-aroundIt, 0); i < min(at+aroundIt+1, len(all)); i++ {
		subject := ""
		if other := c.view.Folder.Template.Criterion(all[i].Ref); other != nil {
			subject = other.Subject
		}
		cells := x.Cells[all[i].Ref]
		s.Rows = append(s.Rows, sheetRow{all[i].Level.Origin.Cell, all[i].Ref, subject, cells.Answer, cells.Target, all[i].Comment.Value, i == at})
	}
	s.From, s.To = s.Rows[0].Cell, s.Rows[len(s.Rows)-1].Cell
	p.Sheet = s
}
