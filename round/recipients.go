package round

import (
	"fmt"
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
	list, problems := parseList(file, rows)
	return list.recipients, problems.orNil()
}

// list is a recipients list with the headings of its group columns in order.
type list struct {
	recipients []models.Recipient
	groups     []string
	heading    map[string]Cell // of the group columns
}

func parseList(file string, rows [][]Cell) (list, Problems) {
	p := newListParser(file)
	for _, row := range rows {
		p.row(row)
	}
	return p.end()
}

// listParser reads a recipients list row by row: see row and end.
type listParser struct {
	file     string
	problems Problems
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

func newListParser(file string) *listParser {
	return &listParser{file: file, seen: map[string]seenID{}, previous: map[string]Cell{}, groups: map[string]map[string]string{}}
}

// row takes the next row, which it does not keep.
func (p *listParser) row(row []Cell) {
	switch {
	case p.useless || blankRow(row):
	case p.first == nil:
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
	default:
		p.out.recipients = append(p.out.recipients, p.recipient(p.columns, row))
	}
}

// end is the list, when all rows were taken.
func (p *listParser) end() (list, Problems) {
	switch {
	case p.first == nil:
		return list{}, Problems{{Place: p.file, Message: "the recipients list is empty",
			Remedy: "give it a first line with the headings id, name, email, and a line for each recipient"}}
	case p.useless:
		return list{}, p.problems
	}
	if len(p.previous) > 0 {
		p.checkPrevious(p.out.recipients, p.previous)
	}
	if len(p.out.recipients) == 0 && len(p.problems) == 0 {
		p.add(*p.first, "the list has headings but no recipient below them", "add a line for each recipient")
	}
	return p.out, p.problems
}

func (p *listParser) add(c Cell, message, remedy string) {
	p.problems = append(p.problems, Problem{Place: c.place(p.file), Message: message, Remedy: remedy, line: c.Line, column: c.Column})
}

func (p *listParser) recipient(columns columns, row []Cell) models.Recipient {
	rc := models.Recipient{}
	for i, cell := range row {
		if i >= len(columns.order) || columns.order[i].key == "" {
			if strings.TrimSpace(cell.Text) != "" {
				p.add(cell, fmt.Sprintf("%s stands in a column without a heading", quote(cell.Text)),
					"give the column a heading, or check whether a separator inside a text needs quotation marks around it")
			}
			continue
		}
		p.set(&rc, columns.order[i].key, cell)
	}
	// Columns that the row is too short for are empty; id and name must not be.
	for i := len(row); i < len(columns.order); i++ {
		if columns.order[i].key != "" {
			p.set(&rc, columns.order[i].key, Cell{Line: row[0].Line, Column: row[0].Column, Ref: row[0].Ref})
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
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unseen) {
		p.add(cell, "there is a character that cannot be seen or read in "+quote(text), "type the text anew")
		return
	}
	if isExcelError(text) {
		p.add(cell, quote(text)+" is an error of the spreadsheet program, not a text", "mend the formula in the list, or type the text")
		return
	}
	switch key {
	case "id":
		rc.ID = text
		p.checkID(cell, text)
	case "name":
		rc.Name = text
		if text == "" {
			p.add(cell, "the name is empty", "fill in the organisation's name")
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
			p.add(cell, quote(text)+" is not the tag of a language", "write one such as en-GB, cy or es-US; or give the column another heading if it is a group")
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
