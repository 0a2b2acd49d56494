package desk

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office/opened"
)

// fillFindings groups the findings by what they do.
func (c *call) fillFindings(p *returnPage, x *opened.Return) {
	title := map[models.Severity]shaped{}
	for _, s := range []models.Severity{models.Error, models.Warning, models.Repair} {
		var list []findingLine
		for _, f := range x.Line.Findings {
			if f.Severity != s {
				continue
			}
			line := findingLine{Text: f.Message, Code: f.Code}
			if f.Origin.Cell != "" {
				line.At = f.Origin.Cell
				if f.Ref != "" {
					line.At += ", " + f.Ref
				}
				if a := x.Return.Answer(f.Ref); a != nil {
					line.To = "#" + a.Level.Origin.Cell
				}
			}
			list = append(list, line)
		}
		if len(list) == 0 {
			continue
		}
		p.Findings += len(list)
		switch s {
		case models.Error:
			title[s] = shaped{"look", c.N(len(list), "%d error: it does not count", "%d errors: they do not count")}
		case models.Warning:
			title[s] = shaped{"look", c.N(len(list), "%d to look at", "%d to look at")}
		default:
			title[s] = shaped{"past", c.N(len(list), "%d read in spite of its form", "%d read in spite of their form")}
		}
		rest := max(len(list)-mostFindings, 0)
		p.Groups = append(p.Groups, findingGroup{title[s], list[:len(list)-rest], rest})
	}
}

// evidenceIn is a picture or file on a sheet.
func (c *call) evidenceIn(file, name, cell, part string, picture bool, i int) evidenceFile {
	e := evidenceFile{Name: name, Where: cell, Picture: picture}
	if e.Name == "" {
		if e.Name = c.T("file %d", i+1); picture {
			e.Name = c.T("picture %d", i+1)
		}
	}
	if part != "" {
		if e.Save = c.to("return/inside", "file", file, "part", part, "save", "yes"); picture {
			e.To = c.to("return/inside", "file", file, "part", part)
		}
	}
	return e
}

// fillEvidence lists what came in and beside the file.
func (c *call) fillEvidence(p *returnPage, x *opened.Return) {
	for i, o := range x.Objects {
		p.Evidence = append(p.Evidence, c.evidenceIn(p.File, o.Name, o.Origin.Cell, o.Part, o.Picture, i))
	}
	for _, a := range x.Line.Attachments {
		p.Evidence = append(p.Evidence, evidenceFile{Name: a.Name, Where: c.T("came beside it"), Save: c.to("return/evidence", "file", p.File, "digest", a.Digest)})
	}
}

// trust says in sentences what speaks for and against the file.
func (c *call) trust(x *opened.Return) []string {
	var out []string
	codes := map[models.Code]*models.Finding{}
	for i := range x.Line.Findings {
		codes[x.Line.Findings[i].Code] = &x.Line.Findings[i]
	}
	key, sealed, broken := c.view.Folder.Key, 0, 0
	for _, claim := range x.Return.Claims {
		switch {
		case claim.Place == models.VisibleReference:
		case claim.Manifest.SealFits(key):
			sealed++
		default:
			broken++
		}
	}
	switch {
	case len(x.Return.Claims) == 0:
		out = append(out, c.T("It says nowhere whose it is."))
	case broken > 0:
		out = append(out, c.N(broken, "Of what it says about itself, %d place has no seal of this round.", "Of what it says about itself, %d places have no seal of this round."))
	case sealed > 0:
		out = append(out, c.N(len(x.Return.Claims), "Whose it is: said in %d place of the file, seal unbroken.", "Whose it is: said in %d places of the file, seal unbroken."))
	default:
		out = append(out, c.T("Whose it is: said by the reference on its first sheet alone."))
	}
	if f := codes[models.CopiedReturn]; f != nil {
		out = append(out, f.Message)
	} else if x.Return.Rows() > 0 {
		out = append(out, c.T("Not a copy of another return."))
	}
	if n := len(x.Objects); n == 0 && x.Return.Rows() > 0 {
		out = append(out, c.T("No pictures or embedded files on its sheets."))
	}
	switch {
	case x.Line.Saved.IsZero():
		out = append(out, c.T("It does not say when it was saved."))
	case x.Line.Saved.After(c.view.Folder.Config.Due.AddDate(0, 0, 1)):
		out = append(out, c.T("Saved on %s, after the due date.", c.Date(x.Line.Saved.Local())))
	default:
		out = append(out, c.T("Saved on %s, before the due date was over.", c.Date(x.Line.Saved.Local())))
	}
	if x.Return.Application != "" {
		out = append(out, c.T("Last saved by %s.", x.Return.Application))
	}
	if senders := x.Return.Senders; len(senders) > 0 {
		out = append(out, c.T("It came by mail from %s.", strings.Join(senders, ", ")))
	}
	return out
}

// fillOthers lists further files of the same recipient.
func (c *call) fillOthers(p *returnPage, x *opened.Return) {
	if x.Line.Recipient == "" {
		return
	}
	i := slices.IndexFunc(c.view.Intake.Register.Entries, func(e models.Entry) bool { return e.Recipient.ID == x.Line.Recipient })
	if i < 0 {
		return
	}
	e := c.view.Intake.Register.Entries[i]
	for _, file := range append(e.Counts(), e.Others...) {
		if line, ok := c.view.Intake.FileLine(file); ok && file != p.File {
			p.Also = append(p.Also, c.fileRow(&line, c.names()))
		}
	}
}
