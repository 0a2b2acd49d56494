package round

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"golang.org/x/text/language"
)

// The longest texts of a recipient, as in the tags of models.Recipient.
const (
	maxID    = 80
	maxText  = 200
	maxGroup = 200
)

// ParseRecipients reads a recipients list from its rows, the first of which holds the headings: id and name,
// optionally email and contact, and any further columns, which are groups. file is named in messages. The
// result is in the order of the list. The error is a Problems with every mistake: missing or doubtful
// headings, empty or repeated ids (also by case), empty names, addresses that cannot be right, ids that a
// spreadsheet program changed.
func ParseRecipients(file string, rows [][]Cell) ([]models.Recipient, error) {
	list, problems := parseList(file, rows, nil)
	return list.recipients, problems.orNil()
}

// list is a recipients list with the headings of its group columns in order.
type list struct {
	recipients []models.Recipient
	groups     []string
	heading    map[string]Cell // of the group columns
}

func parseList(file string, rows [][]Cell, mapped map[string]string) (list, Problems) {
	p := newListParser(file, mapped)
	for _, row := range rows {
		p.row(row)
	}
	return p.end()
}

// listParser reads a recipients list row by row: see row and end.
type listParser struct {
	file     string
	problems Problems
	// further counts those that are not kept.
	further int
	// mapped are headings that stand for known columns, by those; as in round.yaml.
	mapped map[string]string
	// above are rows at the beginning, until the headings are found.
	above [][]Cell
	// first is the first cell of the row with the headings, columns what they are; useless says that nothing can be read
	// below them.
	first   *Cell
	columns columns
	useless bool
	out     list

	seen     map[string]seenID // ids so far, folded
	previous map[string]Cell   // where previous ids stand
	// groups are the entries of the group columns, once for all recipients that have the same.
	groups map[string]map[string]string
	key    []byte
	spare  map[string]string
}

// seenID is an id with the place where it stands.
type seenID struct {
	id, ref string
	line    int
}

func newListParser(file string, mapped map[string]string) *listParser {
	return &listParser{file: file, mapped: mapped, seen: map[string]seenID{}, previous: map[string]Cell{}, groups: map[string]map[string]string{}}
}

// row takes the next row, which it does not keep. Rows above the headings, such as a title, are passed over.
func (p *listParser) row(row []Cell) {
	switch {
	case p.useless || blankRow(row):
	case p.first != nil && p.isSection(row):
	case p.first != nil:
		p.out.recipients = append(p.out.recipients, p.recipient(p.columns, row))
	case hasHeadings(row, p.mapped):
		p.above = nil
		p.begin(row)
	default:
		if p.above = append(p.above, slices.Clone(row)); len(p.above) == maxAbove {
			p.withoutHeadings()
		}
	}
}

// maxAbove is how many rows with content may stand above the headings.
const maxAbove = 40

// hasHeadings says whether a row has the headings of a list, id and name at least.
func hasHeadings(row []Cell, mapped map[string]string) bool {
	keys := keysOf(row, mapped)
	return slices.Contains(keys, "id") && slices.Contains(keys, "name")
}

// withoutHeadings takes the first row for the headings, where none has them.
func (p *listParser) withoutHeadings() {
	rows := p.above
	p.above = nil
	for i, row := range rows {
		if i == 0 {
			p.begin(row)
		} else {
			p.row(row)
		}
	}
}

// begin takes the row with the headings.
func (p *listParser) begin(row []Cell) {
	first := row[0]
	p.first = &first
	columns, ok := p.headings(row)
	if p.columns, p.useless = columns, !ok; p.useless {
		return
	}
	p.out.heading = columns.cells
	for _, c := range columns.order {
		if _, known := knownColumns[c.key]; !known {
			p.out.groups = append(p.out.groups, c.key)
		}
	}
}

// end is the list, when all rows were taken.
func (p *listParser) end() (list, Problems) {
	p.withoutHeadings()
	switch {
	case p.first == nil:
		return list{}, Problems{{Place: p.file, Kind: ProblemNoList, Message: "the recipients list is empty",
			Remedy: "give it a first line with the headings id, name, email, and a line for each recipient"}}
	case p.useless:
		return list{}, p.all()
	}
	if len(p.previous) > 0 {
		p.checkPrevious(p.out.recipients, p.previous)
	}
	if len(p.out.recipients) == 0 && len(p.problems) == 0 {
		p.addKind(ProblemNoList, *p.first, "the list has headings but no recipient below them", "add a line for each recipient")
	}
	return p.out, p.all()
}

func (p *listParser) add(c Cell, message, remedy string) { p.addKind("", c, message, remedy) }

func (p *listParser) recipient(columns columns, row []Cell) models.Recipient {
	rc := models.Recipient{}
	for i, cell := range row {
		if i >= len(columns.order) || columns.order[i].key == "" {
			if strings.TrimSpace(cell.Text) != "" {
				p.addKind(ProblemHeading, cell, fmt.Sprintf("%s stands in a column without a heading", quote(cell.Text)),
					"give the column a heading, or check whether a separator inside a text needs quotation marks around it")
			}
			continue
		}
		p.set(&rc, columns.order[i].key, cell)
	}
	// Columns that the row is too short for are empty; id and name must not be.
	for i := len(row); i < len(columns.order); i++ {
		if columns.order[i].key != "" {
			p.set(&rc, columns.order[i].key, Cell{Line: row[0].Line, Column: row[0].Column, Ref: row[0].Ref, Sheet: row[0].Sheet})
		}
	}
	rc.Groups = p.shared(rc.Groups)
	return rc
}

// shared is a map with these entries that is the same for all recipients who have them: nothing of it is ever changed.
func (p *listParser) shared(groups map[string]string) map[string]string {
	if groups == nil {
		return nil
	}
	p.key = p.key[:0]
	for _, column := range p.out.groups {
		text, there := groups[column]
		if !there {
			p.key = append(p.key, 0xff) // no text begins so
		}
		p.key = append(append(p.key, text...), 0)
	}
	if m := p.groups[string(p.key)]; m != nil {
		clear(groups)
		p.spare = groups
		return m
	}
	m := make(map[string]string, len(groups))
	for column, text := range groups {
		m[column] = strings.Clone(text) // and not the whole row with it
	}
	p.groups[string(p.key)] = m
	return m
}

func (p *listParser) set(rc *models.Recipient, key string, cell Cell) {
	text := tidy(cell.Text)
	if cell.NoResult {
		p.addKind(ProblemNoResult, cell, "the cell holds a formula whose result is not stored in the file",
			"open the list in a spreadsheet program and save it there, or put the values in the formulas' place")
		return
	}
	if !p.mayBeMerged(cell, key) {
		return
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unseen) {
		p.addKind(ProblemText, cell, "there is a character that cannot be seen or read in "+quote(text), "type the text anew")
		return
	}
	if isExcelError(text) {
		p.addKind(ProblemError, cell, quote(text)+" is an error of the spreadsheet program, not a text", "mend the formula in the list, or type the text")
		return
	}
	switch key {
	case "id":
		rc.ID = text
		p.checkID(cell, text)
	case "name":
		rc.Name = text
		if text == "" {
			p.addKind(ProblemText, cell, "the name is empty", "fill in the organisation's name")
		}
		p.checkLength(cell, "name", text, maxText)
	case previousID:
		rc.PreviousID = text
		p.previous[text] = cell
		p.checkLength(cell, "previous id", text, maxID)
	case "email":
		rc.Email = p.addresses(cell, text)
	case "language":
		rc.Language = text
		if _, err := language.Parse(text); text != "" && err != nil {
			p.addKind(ProblemText, cell, quote(text)+" is not the tag of a language", "write one such as en-GB, cy or es-US; or give the column another heading if it is a group")
		}
	case "contact":
		rc.Contact = text
		p.checkLength(cell, "contact", text, maxText)
	default:
		if rc.Groups == nil {
			if rc.Groups, p.spare = p.spare, nil; rc.Groups == nil {
				rc.Groups = map[string]string{}
			}
		}
		rc.Groups[key] = text
		p.checkLength(cell, "entry", text, maxGroup)
	}
}

// mayBeMerged says whether a cell may be one with others. What stands beside several recipients is for each of them, but
// for what each has of its own.
func (p *listParser) mayBeMerged(cell Cell, key string) bool {
	switch {
	case cell.Merged == "":
		return true
	case cell.Across:
		p.addKind(ProblemMerged, cell, "the cell is one with others to its left ("+cell.Merged+"), so that its own content is not known",
			"take the merged cells apart and fill each in")
		return false
	case key == "id" || key == "name" || key == previousID:
		p.addKind(ProblemMerged, cell, "the cell is one with others above it ("+cell.Merged+"), and each recipient has "+map[string]string{"id": "an id", "name": "a name", previousID: "a previous id"}[key]+" of its own",
			"take the merged cells apart and fill each in")
		return false
	}
	return true
}

func (p *listParser) checkLength(cell Cell, what, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		p.addKind(ProblemText, cell, fmt.Sprintf("the %s is %d characters long, and at most %d are possible", what, n, most), "shorten it")
	}
}

func (s seenID) where() string {
	if s.ref != "" {
		return "cell " + s.ref
	}
	return fmt.Sprintf("line %d", s.line)
}
