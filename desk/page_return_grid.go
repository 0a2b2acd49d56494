package desk

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office/opened"
)

// fillGrid lays the answers out by topic.
func (c *call) fillGrid(p *returnPage, x *opened.Return, open map[string]string, decided []decidedAbout) {
	t := c.view.Folder.Template
	answers := x.Return.LaidOut()
	found := map[string][]models.Finding{}
	for _, f := range x.Return.Findings {
		if f.Ref != "" {
			found[f.Ref] = append(found[f.Ref], f)
		}
	}
	sheets := map[string]bool{}
	for _, topic := range t.Topics {
		part := gridPart{Title: topic.ID + " " + topic.Name}
		for i := range t.Criteria {
			cr := &t.Criteria[i]
			a := answers.Answer(cr.Ref)
			if cr.Topic != topic.ID || a == nil {
				continue
			}
			row := c.gridRow(x, cr, a, found[cr.Ref])
			if row.DecideTo = open[cr.Ref]; row.DecideTo != "" {
				row.Look = true
			}
			for _, d := range decided {
				if d.Kind == decisions.Answer && d.Ref == cr.Ref {
					row.Decided = d.line
				}
			}
			if s := a.Level.Origin.Sheet; s != "" && !sheets[s] {
				sheets[s] = true
				p.Sheets = strings.TrimPrefix(p.Sheets+", "+s, ", ")
			}
			part.Rows = append(part.Rows, row)
		}
		if p.Criteria += len(part.Rows); len(part.Rows) > 0 {
			part.Score = c.topicScore(x, topic.ID, part.Rows)
			p.Parts = append(p.Parts, part)
		}
	}
	for _, q := range x.Return.Questions {
		if asked := t.Question(q.ID); asked != nil {
			p.Asked = append(p.Asked, questionRow{q.Answer.Origin.Cell, asked.Text, q.Answer.Value})
		}
	}
}

func (c *call) gridRow(x *opened.Return, cr *models.Criterion, a *models.Answer, found []models.Finding) gridRow {
	t := c.view.Folder.Template
	row := gridRow{ID: a.Level.Origin.Cell, Cell: a.Level.Origin.Cell, Ref: cr.Ref, Subject: cr.Subject, In: x.Cells[cr.Ref].Answer,
		Read: t.Label(cr, a.Level.Value), Evidence: a.Evidence.Value, Comment: a.Comment.Value}
	if row.ID == "" {
		row.ID = "ref-" + cr.Ref
	}
	row.Same = row.In == row.Read
	if n, ok := a.Target.Value.Number(); ok {
		row.Target = c.number(n)
	}
	if shown := x.Cells[cr.Ref].Target; row.Target == "" && shown != "" {
		row.Target = "“" + shown + "”"
	}
	for _, f := range found {
		row.Found = row.Found || f.Code != models.TextLink
		if f.Origin.Cell == row.Cell && row.Note == "" && !row.Same {
			row.Note = f.Message
		}
		row.Look = row.Look || f.Severity == models.Error
	}
	for i, o := range x.Objects {
		if o.Ref == cr.Ref {
			row.Pictures = append(row.Pictures, c.evidenceIn(x.Line.File, o.Name, o.Origin.Cell, o.Part, o.Picture, i))
			row.Found = true
		}
	}
	return row
}

// topicScore says what the answers of a topic make, where the file counts; else how many there are.
func (c *call) topicScore(x *opened.Return, topic string, rows []gridRow) string {
	answered, blank := 0, 0
	for _, r := range rows {
		switch r.Read {
		case "":
			blank++
		case c.view.Folder.Template.NotApplicable(): // it leaves the score
		default:
			answered++
		}
	}
	said := c.N(answered, "%d answer", "%d answers")
	if blank > 0 {
		said += ", " + c.T("%d blank", blank)
	}
	i := slices.IndexFunc(c.view.Intake.Members, func(m models.Member) bool {
		return m.Return != nil && m.Recipient.ID == x.Line.Recipient && m.Return.File == x.Line.File
	})
	if i < 0 || x.Line.Status != models.Counted {
		return said
	}
	for _, g := range c.view.Intake.Scorecard(i).Topics {
		if n, ok := g.Mean.Get(); g.Topic == topic && ok {
			return c.T("mean %s of", c.Number(n, 2)) + " " + said
		}
	}
	return said
}
