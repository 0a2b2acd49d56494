package pages

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// FindingsSheet is the name of the page.
const FindingsSheet = "Findings"

var findingColumns = []struct {
	heading string
	width   float64
}{
	{"Severity", 11}, {"File", 42}, {"Sheet", 14}, {"Cell", 8}, {"Recipient ID", 13}, {"Recipient", 32},
	{"Ref", 11}, {"What is wrong", 60}, {"What to do", 52}, {"Code", 24},
}

// Help is where codes of findings are explained.
type Help struct {
	Page  *Page
	Cells map[models.Code]string
}

// Severity says a severity in the language of the round.
func (fr *Frame) Severity(s models.Severity) string {
	return fr.Words.TextOf(s.Name())
}

// MarkErrors marks errors among the severities in the first column.
func (p *Page) MarkErrors(first, last int) {
	p.Mark(sheetdata.Ref(1, first)+":"+sheetdata.Ref(1, last), "$A"+strconv.Itoa(first)+"="+QuotedText(p.Frame.Severity(models.Error)), MarkStyle)
}

// WriteFindings writes a row for each finding, sorted as SortFindings does. names are the recipients', calling the
// template's in the language of the round; see models.Template.NamesIn. help is where codes are
// explained; nil for nowhere.
func WriteFindings(p *Page, findings []models.Finding, names, calling map[string]string, help *Help) {
	findings = sortedFindings(findings)
	w := p.Frame.Words.Calling(calling)
	for i := range findings {
		findings[i] = findings[i].In(w)
	}
	if most := sheetdata.LastRow - 1; len(findings) > most {
		p.Frame.Note(errTooManyFindings)
		findings = findings[:most]
	}
	fr := p.Frame
	var headings []string
	for i, c := range findingColumns {
		headings = append(headings, fr.Tell(c.heading))
		if c.heading == "Recipient" {
			c.width = nameWidth(findings, names)
		}
		p.Widths(i+1, c.width)
	}
	last := 1 + max(1, len(findings))
	p.Freeze(1, 2)
	p.Print(true, false, 1, 1)
	p.Table(fr.Free("FindingsTable"), 1, 1, last, headings)
	p.Dimension(len(headings), last)
	p.MarkErrors(2, last)
	code := fr.Style(Look{Lined: true, Top: true})
	if help != nil {
		code = fr.Style(Look{Lined: true, Top: true, Link: true})
		tip := fr.Tell("What this means")
		for i := range findings {
			if cell := help.Cells[findings[i].Code]; cell != "" {
				p.Link(sheetdata.Ref(len(headings), 2+i), help.Page, cell, tip)
			}
		}
	}
	head, text, wrapped := fr.Head(), fr.Style(Look{Lined: true, Top: true}), fr.Wrapped()
	high := p.HeadHeight(22, 1, headings...)
	p.Write = func(x *sheetdata.Writer) {
		x.Row(1, high)
		for _, h := range headings {
			x.Text(head, h)
		}
		if len(findings) == 0 {
			x.Row(2, 0)
			x.Text(text, fr.Tell("None"))
		}
		for i := range findings {
			f := &findings[i]
			x.Row(2+i, findingHeight(f, names[f.Recipient]))
			x.Text(text, fr.Severity(f.Severity))
			x.Text(wrapped, f.Origin.File)
			x.Text(text, f.Origin.Sheet)
			x.Text(text, f.Origin.Cell)
			x.Text(text, f.Recipient)
			x.Text(wrapped, names[f.Recipient])
			x.Text(text, f.Ref)
			x.Text(wrapped, f.Message)
			x.Text(wrapped, f.Remedy)
			x.Text(code, string(f.Code))
		}
	}
}

func sortedFindings(findings []models.Finding) []models.Finding {
	findings = slices.Clone(findings)
	models.SortFindings(findings)
	return findings
}

// nameWidth is the width of the column with the names of the recipients that have findings.
func nameWidth(findings []models.Finding, names map[string]string) float64 {
	longest := 0
	for i := range findings {
		longest = max(longest, utf8.RuneCountInString(names[findings[i].Recipient]))
	}
	return Fitting(longest, LeastName, MostName)
}

// LinkFiles makes the first mention of each file a link to it, as seen from results/. link says where the file of a
// finding lies inside returns/, and is "" for one that nobody should open by a click. The path is escaped, so that a
// file's name cannot make it lead elsewhere than into returns/.
func LinkFiles(p *Page, findings []models.Finding, link func(file string) string) {
	last, links := "", 0
	for i, f := range sortedFindings(findings) {
		if f.Origin.File == "" || f.Origin.File == last || links == mostFileLinks {
			continue
		}
		last = f.Origin.File
		path := link(last)
		if path == "" {
			continue
		}
		links++
		parts := strings.Split(path, "/")
		for k := range parts {
			parts[k] = url.PathEscape(parts[k])
			if parts[k] == ".." {
				parts[k] = "%2E%2E"
			}
		}
		target := "../returns/" + strings.Join(parts, "/")
		if len(target) > 2000 {
			continue // Excel takes up to 2,079 characters
		}
		tip := p.Frame.Tell("Open the file")
		p.Frame.Note(p.Frame.File.SetCellHyperLink(p.Name, sheetdata.Ref(2, 2+i), target, "External", excelize.HyperlinkOpts{Tooltip: &tip}))
	}
}

// findingHeight is the height of a finding's row.
func findingHeight(f *models.Finding, name string) float64 {
	texts := map[string]string{"File": f.Origin.File, "Recipient": name, "What is wrong": f.Message, "What to do": f.Remedy}
	lines := 1
	for _, c := range findingColumns {
		width := c.width
		if c.heading == "Recipient" {
			width = MostName // a narrower column is as wide as its longest name
		}
		lines = max(lines, LinesIn(texts[c.heading], width))
	}
	return HeightOf(min(lines, 20))
}

var errTooManyFindings = errors.New("there are more findings than one sheet has rows; take fewer files at a time")
