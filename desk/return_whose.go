package desk

import (
	"context"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
)

// whoseForm asks whose a file is that does not count: a scan, a photo, a damaged workbook.
type whoseForm struct {
	Recipient, Perhaps, Why, By, ByWhy string
	AsksName                           bool
	// Scan says that answers can be typed off it; Workbook is where its recipient's workbook is.
	Scan     bool
	Workbook string
}

// fillWhose asks whose a file is, where it does not count and no workbook says so.
func (c *call) fillWhose(p *returnPage, line *models.FileLine) {
	scan := slices.ContainsFunc(line.Findings, func(f models.Finding) bool { return f.Code == models.FilePDF || f.Code == models.FileImage })
	if line.Status != models.Rejected || line.Recipient != "" && !scan {
		return
	}
	names := c.names()
	w := whoseForm{Scan: scan, Recipient: line.Recipient, AsksName: c.settings.by() == ""}
	if w.Recipient == "" && len(line.Candidates) > 0 {
		w.Perhaps = names[line.Candidates[0]]
	}
	for _, e := range c.view.Events {
		if e.Kind == "generated" && e.Recipient == line.Recipient && e.Recipient != "" {
			w.Workbook = c.to("file", "name", e.File)
		}
	}
	p.Whose = &w
}

// sayWhose records whose a file is.
func (d *Desk) sayWhose(c *call) (answer, error) {
	file, who := c.query("file"), strings.TrimSpace(c.field("recipient"))
	wrong := func(field, text string) (answer, error) {
		c.whoseErrors = []formError{{field, text}}
		return d.oneReturn(c)
	}
	if who == "" {
		return wrong("recipient", c.T("Give the reference or the exact name of a recipient"))
	}
	if c.settings.by() == "" && strings.TrimSpace(c.field("by")) == "" {
		return wrong("by", c.T("Say who decides: your name is kept with the decision"))
	}
	d.keepName(c)
	var result office.DecideResult
	err := c.live.change("deciding", func(o *office.Office, f *office.Folder) (err error) {
		result, err = o.Decide(context.Background(), f, decisions.Batch{Requests: []decisions.Request{{Kind: decisions.Recipient, File: file, Recipient: who}}, Reason: c.field("reason"), By: d.settings.by()})
		return err
	})
	if office.IsMisuse(err) {
		return wrong("recipient", c.upper(office.AsNote(err).Text))
	}
	if err != nil {
		return answer{}, err
	}
	return redirect(c.to("return", "file", file, "done", c.live.say(c.decidedSaying(result)))), nil
}
