package round

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// Sheet is a sheet of a workbook, or a CSV file, before it is known which of its rows has the headings of a list.
type Sheet struct {
	// Name is "" for a CSV file.
	Name string
	Rows [][]Cell
	// Hidden are the indexes of rows that are not shown.
	Hidden map[int]bool
	// HiddenSheet says that the sheet itself is not shown.
	HiddenSheet bool
}

// ListSource is a recipients list as an office has it, with what was said about it.
type ListSource struct {
	// File is named in messages.
	File   string
	Sheets []Sheet
	// Sheet is the sheet that holds the list; "" for the first that shows and has its headings. A hidden one is never taken
	// unless it is named here.
	Sheet string
	// Columns says what the columns of id, name, email and contact are called here, by those; the word none for no such
	// column. Remembered is the same as it was said of an earlier list, and holds where the headings are there.
	Columns, Remembered map[string]string
	// HiddenRows says whether rows that are hidden or struck out are to be left out (leave) or not (take); "" stops at them.
	HiddenRows string
	// ShortIDs says whether numbers that have a digit less than the other ids are meant so (keep) or lost a zero (pad); ""
	// stops at them.
	ShortIDs string
}

// ListReading is what was understood of a list.
type ListReading struct {
	// Sheet is the sheet that was taken, and Sheets all of them; without names for a CSV file.
	Sheet  string   `json:"sheet,omitempty"`
	Sheets []string `json:"sheets,omitempty"`
	// HeaderRow is the row with the headings, from 1.
	HeaderRow int `json:"header_row"`
	// Columns says which heading was taken for id, name, email and contact, for those that are there.
	Columns map[string]string `json:"columns"`
	// Proposed are those among them that are called something else and that nobody named.
	Proposed []string `json:"proposed,omitempty"`
	// Groups are the headings of the further columns.
	Groups []string `json:"groups,omitempty"`
	// Compared are those among them by which recipients are compared where nothing else is said.
	Compared []string `json:"-"`
	// Rows are the headings and all rows below them that belong to the list.
	Rows [][]Cell `json:"-"`
	// Recipients are those that could be read. Where there are problems, not all may be right.
	Recipients []models.Recipient `json:"-"`
	// Left counts the rows that were left out, as was asked.
	Left int `json:"left,omitempty"`
	// Problems is everything that is wrong, in order of place.
	Problems Problems `json:"problems"`
	// Notes are what is to be known besides.
	Notes []string `json:"notes,omitempty"`

	// open says that among the problems are some that need an answer before there is a list.
	open bool
}

// Open says that questions about the list are open, such as which sheet holds it or what is to become of hidden rows.
func (l *ListReading) Open() bool { return l.open }

// Renamed is the headings that stand for known columns and are called something else, to remember them by; nil for none.
func (l *ListReading) Renamed() map[string]string { return renamed(l.Columns) }

// Mapping writes which column is what, as ParseColumns reads it.
func (l *ListReading) Mapping() string {
	var out []string
	for _, key := range columnNames {
		if heading := l.Columns[key]; heading != "" {
			out = append(out, fmt.Sprintf(`%s="%s"`, key, heading))
		}
	}
	return strings.Join(out, ",")
}

// ReadList finds the list in its file, says which column is what, and reads the recipients. Whatever is wrong or doubtful
// is among the problems, and nothing is guessed that is not said in the result.
func ReadList(src ListSource) ListReading {
	out := ListReading{Columns: map[string]string{}}
	for _, s := range src.Sheets {
		out.Sheets = append(out.Sheets, s.Name)
	}
	found, problem := src.find()
	if problem != nil {
		out.ask(*problem)
		return out
	}
	out.Sheet, out.Columns, out.Proposed = found.sheet.Name, found.columns, found.proposed
	out.Problems = append(out.Problems, found.problems...)
	out.open = len(found.problems) > 0
	if len(found.others) > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("The sheet %s was taken; the headings of a list stand on %s as well.", quote(out.Sheet), strings.Join(found.others, ", ")))
	}
	if found.row < len(found.sheet.Rows) && len(found.sheet.Rows[found.row]) > 0 {
		out.HeaderRow = found.sheet.Rows[found.row][0].Line
	}
	out.Rows = out.kept(src, found)
	out.lookAtLengths(src, found)
	l, problems := parseList(src.File, out.Rows, out.Renamed())
	out.Recipients, out.Groups, out.Compared = l.recipients, l.groups, comparedBy(l)
	for _, p := range problems {
		// What was asked already is not asked again as a mistake.
		if !slices.ContainsFunc(found.problems, func(q Problem) bool { return q.Kind == p.Kind && q.line == p.line }) {
			out.Problems = append(out.Problems, p)
		}
	}
	out.Problems.orNil()
	return out
}

func (l *ListReading) ask(p Problem) {
	l.Problems, l.open = append(l.Problems, p), true
}

// kept is the rows of the list without those that are to be left out.
func (l *ListReading) kept(src ListSource, f found) [][]Cell {
	rows := f.sheet.Rows
	out := [][]Cell{rows[f.row]}
	var hidden, struck []int
	first, isStruck := Cell{}, f.struck()
	for i := f.row + 1; i < len(rows); i++ {
		isHidden := f.sheet.Hidden[i]
		if blankRow(rows[i]) {
			continue
		}
		if !isHidden && !isStruck(rows[i]) || src.HiddenRows == "take" {
			out = append(out, rows[i])
			continue
		}
		if src.HiddenRows == "leave" {
			l.Left++
			continue
		}
		out = append(out, rows[i])
		if len(hidden)+len(struck) == 0 {
			first = rows[i][0]
		}
		if isHidden {
			hidden = append(hidden, rows[i][0].Line)
		} else {
			struck = append(struck, rows[i][0].Line)
		}
	}
	l.struckAddresses(src, f, out[1:])
	var said []string
	for _, x := range []struct {
		rows []int
		how  string
	}{{hidden, "hidden, by a filter or by hand"}, {struck, "struck out"}} {
		if len(x.rows) > 0 {
			said = append(said, fmt.Sprintf("%s %s (%s)", text.Count(len(x.rows), "row is", "rows are"), x.how, rowsInWords(x.rows)))
		}
	}
	if len(said) > 0 {
		p := problemAt(src.File, ProblemHidden, first, strings.Join(said, ", and "), "say whether they are to be left out or taken")
		p.Rows = append(hidden, struck...)
		slices.Sort(p.Rows)
		p.Option, p.Choices = "hidden-rows", "leave or take"
		l.ask(p)
	}
	return out
}

// struckAddresses asks about addresses that are struck out in rows that are not: who did that has another one, and a
// message must not go there. Where what is struck out is to be left out, it is.
func (l *ListReading) struckAddresses(src ListSource, f found, rows [][]Cell) {
	at := f.keyAt("email")
	for i, row := range rows {
		if at < 0 || at >= len(row) || !row[at].Struck || row[at].isBlank() || src.HiddenRows == "take" || f.struck()(row) {
			continue
		}
		if src.HiddenRows == "leave" {
			rows[i] = slices.Clone(row)
			rows[i][at].Text = ""
			continue
		}
		p := problemAt(src.File, ProblemHidden, row[at], "the address "+quote(tidy(row[at].Text))+" is struck out", "say whether it is to be left out or taken")
		p.Option, p.Choices = "hidden-rows", "leave or take"
		l.ask(p)
	}
}

// rowsInWords lists rows, those that follow one another as from-to.
func rowsInWords(rows []int) string {
	var out []string
	for i := 0; i < len(rows); {
		k := i
		for k+1 < len(rows) && rows[k+1] == rows[k]+1 {
			k++
		}
		if s := fmt.Sprint(rows[i]); k > i {
			out = append(out, fmt.Sprintf("%s-%d", s, rows[k]))
		} else {
			out = append(out, s)
		}
		i = k + 1
	}
	return "row " + text.FirstFew(out, 12, ", ", " and more")
}

// leastLong is the number of digits from which an id that is a number is taken for one of a fixed length.
const leastLong = 7

// lookAtLengths finds ids that have one digit less than the others, where all are numbers: most likely a zero at the
// beginning was lost. With pad it is put back.
func (l *ListReading) lookAtLengths(src ListSource, f found) {
	at := f.keyAt("id")
	lengths := map[int]int{}
	for _, row := range l.Rows[1:] {
		if at < 0 || at >= len(row) {
			continue
		}
		id := tidy(row[at].Text)
		if strings.Trim(id, "0123456789") != "" {
			return
		}
		lengths[len(id)]++
	}
	usual, total := 0, 0 // the longest is the usual one: in a list of the first counties most codes may have lost their zero
	for n, times := range lengths {
		total += times
		usual = max(usual, n)
	}
	if usual < leastLong || lengths[usual-1] == 0 || lengths[usual]+lengths[usual-1] != total {
		return
	}
	var short []int
	first := Cell{}
	for i, row := range l.Rows[1:] {
		id := tidy(row[at].Text)
		if len(id) != usual-1 || row[at].Ref != "" && !row[at].Number {
			continue
		}
		if src.ShortIDs == "pad" {
			row = slices.Clone(row)
			row[at].Text, l.Rows[i+1] = "0"+id, row
		}
		if short = append(short, row[at].Line); len(short) == 1 {
			first = row[at]
		}
	}
	if len(short) == 0 || src.ShortIDs != "" {
		return
	}
	p := problemAt(src.File, ProblemShort, first, fmt.Sprintf("%s %d digits where the others have %d, as %s: a spreadsheet program that took the code for a number dropped a zero at its beginning (%s)",
		text.Count(len(short), "id has", "ids have"), usual-1, usual, quote(tidy(first.Text)), rowsInWords(short)), "say whether a zero is to be put before them, or whether they are right as they are")
	p.Rows, p.Option, p.Choices = short, "short-ids", "pad or keep"
	l.ask(p)
}

// problemAt is a problem at a cell of a list.
func problemAt(file string, kind ProblemKind, c Cell, message, remedy string) Problem {
	p := listParser{file: file}
	p.addKind(kind, c, message, remedy)
	return p.problems[0]
}
