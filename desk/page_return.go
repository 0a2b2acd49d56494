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
	Whose    *whoseForm
	Little   bool
	// IsPlan says that the file is an action plan: PlanRows are its rows, PlanEmpty counts those with nothing in them.
	IsPlan    bool
	PlanRows  []planRowView
	PlanEmpty int
	PlanSheet string
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

type findingLine struct {
	At, To, Text string
	Code         models.Code
}

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
	c.fillWhose(&p, &x.Line)
	h := c.returnHead(x, &p)
	if h.Errors = c.whoseErrors; len(h.Errors) > 0 && p.Whose != nil {
		p.Whose.Recipient = c.field("recipient")
		for _, e := range h.Errors {
			if e.Field == "by" {
				p.Whose.ByWhy = e.Text
			} else {
				p.Whose.Why = e.Text
			}
		}
		return c.wrong("return", h, p), nil
	}
	return c.show("return", h, p), nil
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
	c.fillPlan(p, x)
	c.fillEvidence(p, x)
	p.Trust = c.trust(x)
	p.Changes = len(x.Line.Changes)
	c.fillOthers(p, x)
	p.Little = slices.ContainsFunc(c.view.Intake.LittleFilled(c.view.Folder), func(e models.Entry) bool { return slices.Contains(e.Counts(), p.File) })
	if x.Line.Status == models.Rejected || p.Little {
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
