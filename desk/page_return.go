package desk

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office/opened"
	"github.com/rubric-project/rubric/office/post"
)

// returnPage is one return, opened.
type returnPage struct {
	File, Name, Original string
	Sheets               string
	Parts                []gridPart
	Criteria             int
	// Open are what is to be decided about the file, Findings its findings by what they do to it.
	Open     int
	DecideTo string
	Groups   []findingGroup
	Findings int
	Trust    []string
	Evidence []evidenceFile
	Also     []fileRow
	Changes  int
	Decided  []decidedLine
	Message  *messageView
	Asked    []questionRow
}

// gridPart is the answers of one topic.
type gridPart struct {
	Title, Score string
	Rows         []gridRow
}

// gridRow is a criterion's row in the grid. Same says that the answer was read as it stands there.
type gridRow struct {
	ID, Cell, Ref, Subject string
	In, Read, Note         string
	Same, Found, Look      bool
	DecideTo               string
	Target                 string
	Evidence, Comment      string
	Pictures               []evidenceFile
	Decided                *decidedLine
}

// evidenceFile is a picture or a file in or beside a return. To shows it where it is a picture, Save saves it.
type evidenceFile struct {
	Name, Where, To, Save string
	Picture               bool
}

// findingGroup is findings of one severity.
type findingGroup struct {
	St   shaped
	List []findingLine
	Rest int
}

type findingLine struct{ At, To, Text, Remedy string }

// decidedLine is a decision that holds for the file.
type decidedLine struct {
	Number     int
	Text       string
	By, Reason string
	When       string
}

// messageView is the message to the sender of a file.
type messageView struct{ To, Subject, Text, Save string }

type questionRow struct{ Cell, Text, Answer string }

// mostFindings is how many findings of a severity the page lists beside the grid.
const mostFindings = 40

func (d *Desk) oneReturn(c *call) (answer, error) {
	v, file := c.view, c.query("file")
	x, err := opened.Look(c.r.Context(), c.office(), v.Folder, v.Intake, file)
	if err != nil {
		return answer{}, err
	}
	p := returnPage{File: file, Name: baseName(file), Original: c.to("return/original", "file", file)}
	if err := c.fillReturn(&p, x); err != nil {
		return answer{}, err
	}
	return c.show("return", c.returnHead(x, &p), p), nil
}

// baseName is a file's own name, without the folders and containers that it lies in.
func baseName(file string) string {
	return file[strings.LastIndexAny(file, "!/")+1:]
}

func (c *call) returnHead(x *opened.Return, p *returnPage) head {
	name := c.names()[x.Line.Recipient]
	if name == "" {
		name = p.Name
	}
	h := head{Title: name, Kicker: c.T("Returns"), KickerTo: c.to("returns"), Question: c.T("What was read in this return, and can I trust it?"), Here: "returns"}
	saved := c.T("received %s", c.Date(x.Line.Received.Local()))
	if !x.Line.Saved.IsZero() {
		saved = c.T("saved %s", c.Date(x.Line.Saved.Local()))
	}
	h.Facts = []fact{{c.T("Status"), "", c.statusOf(x.Line.Status).Text}, {c.T("File"), "", p.Name + ", " + saved}}
	if x.Line.Recipient != "" {
		h.Facts = append(h.Facts, fact{c.T("Reference"), "", x.Line.Recipient})
	}
	if n := len(x.Return.Answers()); n > 0 {
		levels, na, blank := 0, 0, 0
		for _, a := range x.Return.Answers() {
			switch {
			case a.Level.Value.IsBlank():
				blank++
			case a.Level.Value.IsNotApplicable():
				na++
			default:
				levels++
			}
		}
		h.Facts = append(h.Facts, fact{c.T("Answers"), c.number(levels), c.T("levels, %d not applicable, %d blank", na, blank)})
	}
	errors, warnings, repairs := models.Count(x.Line.Findings)
	h.Facts = append(h.Facts, fact{c.T("Findings"), "", c.counted(errors, warnings, repairs)})
	return h
}

// counted says how many findings there are of each severity.
func (c *call) counted(errors, warnings, repairs int) string {
	var out []string
	if errors > 0 {
		out = append(out, c.N(errors, "%d error", "%d errors"))
	}
	if warnings > 0 {
		out = append(out, c.N(warnings, "%d to look at", "%d to look at"))
	}
	if repairs > 0 {
		out = append(out, c.N(repairs, "%d to know of", "%d to know of"))
	}
	if len(out) == 0 {
		return c.T("none")
	}
	return strings.Join(out, ", ")
}

func (c *call) fillReturn(p *returnPage, x *opened.Return) error {
	items, err := c.toDecide()
	if err != nil {
		return err
	}
	open := map[string]string{} // by ref
	for _, it := range items {
		if it.File != p.File {
			continue
		}
		if p.Open++; p.Open == 1 {
			p.DecideTo = c.to("decide", "item", it.ID)
		}
		open[it.Ref] = c.to("decide", "item", it.ID)
	}
	decided, err := c.decidedOf(x.Line.Digest)
	if err != nil {
		return err
	}
	for _, d := range decided {
		p.Decided = append(p.Decided, *d.line)
	}
	c.fillGrid(p, x, open, decided)
	c.fillFindings(p, x)
	c.fillEvidence(p, x)
	p.Trust = c.trust(x)
	p.Changes = len(x.Line.Changes)
	c.fillOthers(p, x)
	if x.Line.Status == models.Rejected {
		m := post.ToSender(c.view.Folder, c.view.Intake, p.File)
		p.Message = &messageView{m.To, m.Subject, m.Text, ""}
		if m.To != "" {
			p.Message.Save = c.to("return/message.eml", "file", p.File)
		}
	}
	return nil
}

// decidedAbout is a decision with how it is shown.
type decidedAbout struct {
	decisions.Decision
	line *decidedLine
}

// decidedOf are the decisions in force about the file with this content.
func (c *call) decidedOf(digest string) ([]decidedAbout, error) {
	all, err := c.decided()
	var out []decidedAbout
	for _, d := range all {
		if d.Digest == digest && d.State == decisions.InForce && !d.Back {
			out = append(out, decidedAbout{d, c.decidedLine(&d)})
		}
	}
	return out, err
}

func (c *call) decidedLine(d *decisions.Decision) *decidedLine {
	return &decidedLine{Number: d.Number, Text: c.view.Folder.DecisionInWords(d), By: d.By, Reason: d.Reason, When: c.When(d.At)}
}

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
