package round

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// knownColumns are the columns with a meaning of their own, and words that people use for them. A word of
// the second kind is only suggested: "school" may as well be a group.
var knownColumns = map[string][]string{
	"id": {"code", "identifier", "recipient id", "recipient", "school code", "school id", "lea id", "lea code", "district code", "district id",
		"organisation id", "organization id", "organisation code", "organization code", "urn", "uprn", "nces id", "ncessch", "leaid", "number", "no", "key", "ref", "reference"},
	"name": {"organisation", "organization", "organisation name", "organization name", "school", "school name", "lea", "lea name", "district",
		"district name", "recipient name", "institution", "title", "agency", "department", "establishment name"},
	"email":    {"email address", "emails", "email addresses", "mail", "mail address", "contact email", "address"},
	"contact":  {"contact name", "contact person", "head of data", "attention", "attn", "addressee"},
	previousID: {},
	"language": {},
}

// columnNames is the keys of knownColumns in the order in which they are written.
var columnNames = []string{"id", "name", "email", "contact"}

// columns says which column of the list holds what.
type columns struct {
	order []column
	cells map[string]Cell
}

// column is one column: a known name, the heading of a group, or "" for none.
type column struct{ key string }

// headings reads the first row. It returns false where the list cannot be read at all.
func (p *listParser) headings(row []Cell) (columns, bool) {
	cols := columns{cells: map[string]Cell{}}
	byFold := map[string]Cell{}
	for _, cell := range row {
		text := tidy(cell.Text)
		key := text
		if known := plain(text); knownColumns[known] != nil {
			key = known
		}
		if text != "" {
			if first, twice := byFold[foldName(key)]; twice {
				p.add(cell, fmt.Sprintf("the heading %s stands twice, first in %s", quote(text), placeOf(first)), "rename or delete one of the two columns")
				key = ""
			} else {
				byFold[foldName(key)] = cell
				cols.cells[key] = cell
			}
		}
		cols.order = append(cols.order, column{key})
	}
	for _, name := range columnNames {
		if _, there := cols.cells[name]; there {
			continue
		}
		cell, found := nearHeading(name, row, cols.cells)
		required := name == "id" || name == "name"
		switch {
		case found:
			p.add(cell, fmt.Sprintf("there is no column %s, and %s looks as if it were meant", quote(name), quote(tidy(cell.Text))),
				fmt.Sprintf("change the heading to %s%s", name, otherwise(required)))
		case required:
			p.add(row[0], fmt.Sprintf("there is no column %s among the headings (%s)", quote(name), listed(row)),
				"name the headings id, name, email, contact; any further columns are groups")
		}
	}
	return cols, cols.cells["id"] != (Cell{}) && cols.cells["name"] != (Cell{})
}

func otherwise(required bool) string {
	if required {
		return ""
	}
	return ", or choose a more different one if it is a group"
}

func placeOf(c Cell) string {
	if c.Ref != "" {
		return "cell " + c.Ref
	}
	return fmt.Sprintf("column %d of line %d", c.Column, c.Line)
}

func listed(row []Cell) string {
	var names []string
	for _, c := range row {
		if t := tidy(c.Text); t != "" {
			names = append(names, t)
		}
	}
	s := strings.Join(names, ", ")
	if head := text.HeadBytes(s, 80); head != s {
		s = head[:strings.LastIndexByte(head, ',')+1] + " …"
	}
	return s
}

// nearHeading finds the heading that was probably meant to be the named column: by a word that people use for
// it, best first, or by a slip of the keyboard. Headings that are known columns themselves are left alone.
func nearHeading(name string, row []Cell, taken map[string]Cell) (Cell, bool) {
	free := slices.DeleteFunc(slices.Clone(row), func(c Cell) bool {
		return plain(c.Text) == "" || knownColumns[plain(c.Text)] != nil
	})
	for _, word := range knownColumns[name] {
		for _, c := range free {
			if plain(c.Text) == plain(word) {
				return c, true
			}
		}
	}
	for _, c := range free {
		if text.Nearest(plain(c.Text), []string{name}) != "" {
			return c, true
		}
	}
	return Cell{}, false
}

// plain is a heading without regard to case, spaces, hyphens and dots: "E-mail" is "email".
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.\u00a0\u2010\u2011*:", r) {
			return -1
		}
		return r
	}, foldName(tidy(s)))
}

// foldName makes two texts equal that differ by case only, or by how accents are stored (macOS stores them
// apart): Windows and macOS take such names for the same file.
func foldName(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(s)))
}
