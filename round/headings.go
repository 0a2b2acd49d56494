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
		"organisation id", "organization id", "organisation code", "organization code", "cds code", "cds", "urn", "uprn", "ukprn", "nces id", "nces school id",
		"ncessch", "leaid", "state id", "establishment number", "dfe number", "site code", "centre number", "number", "no", "key", "ref", "reference",
		"laestab", "establishment code", "provider code", "school number", "district number", "state school id",
		"código", "codigo", "identificador", "clave", "código de centro", "código del centro", "codigo de centro", "codigo del centro", "cod ysgol", "rhif ysgol", "cod"},
	"name": {"school name", "organisation name", "organization name", "lea name", "district name", "recipient name", "establishment name", "site name",
		"provider name", "agency name", "institution name", "organisation", "organization", "school", "lea", "district", "establishment", "institution",
		"agency", "department", "college", "title", "name of school", "name of organisation", "name of organization", "school district",
		"nombre", "nombre de la escuela", "nombre del centro", "nombre de la organización", "centro educativo", "centro", "organización", "entidad", "escuela", "distrito",
		"ysgol", "enw", "enw’r ysgol", "enw'r ysgol", "sefydliad"},
	"email": {"email address", "emails", "email addresses", "mail", "mail address", "contact email", "contact email address", "school email",
		"head email", "principal email", "address", "correo", "correo electrónico", "correo electronico", "correo-e",
		"e-bost", "cyfeiriad e-bost"},
	"contact": {"contact name", "contact person", "contact full name", "head of data", "data lead", "attention", "attn", "addressee", "head teacher", "headteacher",
		"principal", "superintendent", "contacto", "persona de contacto", "cyswllt"},
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

// None in the place of a heading says that a list has no such column.
const None = "none"

// headings reads the row with the headings. It returns false where the list cannot be read at all.
func (p *listParser) headings(row []Cell) (columns, bool) {
	cols := columns{cells: map[string]Cell{}}
	byFold := map[string]Cell{}
	keys := keysOf(row, p.mapped)
	for i, cell := range row {
		text, key := tidy(cell.Text), keys[i]
		if cell.NoResult {
			p.addKind(ProblemNoResult, cell, "the heading is a formula whose result is not stored in the file", "type the heading")
		}
		if text != "" {
			if first, twice := byFold[foldName(key)]; twice {
				p.addKind(ProblemHeading, cell, fmt.Sprintf("the heading %s stands twice, first in %s", quote(text), placeOf(first)), "rename or delete one of the two columns")
				key = ""
			} else {
				byFold[foldName(key)] = cell
				cols.cells[key] = cell
			}
		}
		cols.order = append(cols.order, column{key})
	}
	for _, name := range columnNames {
		if _, there := cols.cells[name]; there || p.mapped[name] == None {
			continue
		}
		cell, found := nearHeading(name, row, cols.cells)
		required := name == "id" || name == "name"
		switch {
		case found:
			p.addKind(ProblemHeading, cell, fmt.Sprintf("there is no column %s, and %s looks as if it were meant", quote(name), quote(tidy(cell.Text))),
				fmt.Sprintf("change the heading to %s%s", name, otherwise(required)))
		case required:
			p.addKind(ProblemHeading, row[0], fmt.Sprintf("there is no column %s among the headings (%s)", quote(name), listed(row)),
				"name the headings id, name, email, contact, or say which columns are meant; any further columns are groups")
			p.problems[len(p.problems)-1].Option = "map"
		}
	}
	return cols, cols.cells["id"] != (Cell{}) && cols.cells["name"] != (Cell{})
}

// keysOf says what each column of a row of headings is: a known name, by its own heading or by the one that is mapped to
// it, or else the heading, or "". A column that would be a known one, if another were not mapped to that, is called other.
func keysOf(row []Cell, mapped map[string]string) []string {
	taken := map[string]int{} // known names that a mapped heading has, by column
	for key, heading := range mapped {
		if heading == None {
			continue
		}
		for i, cell := range row {
			if _, twice := taken[key]; !twice && plain(cell.Text) == plain(heading) {
				taken[key] = i
			}
		}
	}
	keys := make([]string, len(row))
	for i, cell := range row {
		keys[i] = tidy(cell.Text)
		if known := plain(keys[i]); knownColumns[known] != nil {
			if at, other := taken[known]; other && at != i || mapped[known] == None {
				keys[i] += " (other)"
			} else {
				keys[i] = known
			}
		}
	}
	for key, i := range taken {
		keys[i] = key
	}
	return keys
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

// longestHeading is how many bytes of a text are looked at where headings are compared.
const longestHeading = 500

// plain is a heading without regard to case, spaces, hyphens and dots: "E-mail" is "email".
func plain(s string) string {
	s = text.HeadBytes(s, longestHeading)
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
