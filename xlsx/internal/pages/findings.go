package pages

import (
	"errors"
	"net/url"
	"slices"
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

// severityWords says each severity as people would.
var severityWords = map[models.Severity]string{models.Error: "Error", models.Warning: "Warning", models.Repair: "Repair"}

// WriteFindings writes a row for each finding, sorted as SortFindings does. names are the recipients', calling the
// template's in the language of the round; see models.Template.NamesIn.
func WriteFindings(p *Page, findings []models.Finding, names, calling map[string]string) {
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
	p.Mark("A2:A"+sheetdata.Ref(1, last)[1:], "$A2="+QuotedText(fr.Tell("Error")), MarkStyle)
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
			x.Text(text, fr.Tell(FirstOf(severityWords[f.Severity], string(f.Severity))))
			x.Text(wrapped, f.Origin.File)
			x.Text(text, f.Origin.Sheet)
			x.Text(text, f.Origin.Cell)
			x.Text(text, f.Recipient)
			x.Text(wrapped, names[f.Recipient])
			x.Text(text, f.Ref)
			x.Text(wrapped, f.Message)
			x.Text(wrapped, f.Remedy)
			x.Text(text, string(f.Code))
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
		if f.Origin.File == "" || f.Origin.File == last || links == mostLinks {
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

// mostLinks is well below the 65,530 links that a sheet can have.
const mostLinks = 3000

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
