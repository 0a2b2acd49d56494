package round

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/internal/text"
)

// Cell is one cell of a recipients list, from CSV or from a workbook.
type Cell struct {
	// Text is the content as text: for a number the digits as they are shown, so that zeros in front stay.
	Text string
	// Line and Column say where it stands, both from 1. In a text file Column counts characters.
	Line, Column int
	// Ref is the A1 reference in a workbook, given in place of line and column in messages; "" for CSV.
	Ref string
	// Sheet is the name of the sheet, where it is to be said.
	Sheet string
	// Date says that a cell of a workbook holds a date: as an id it is what became of a code such as 3-4.
	Date bool
	// Number says that it holds a number: an id that begins with zeros lost them.
	Number bool
	// NoResult says that it holds a formula whose result the file has not.
	NoResult bool
	// Struck says that the text is struck through.
	Struck bool
	// Merged is the range that the cell was made one of, where it is not the first of it: Text is that of the first cell
	// then, where that stands above, and nothing with Across, where it stands to the left.
	Merged string
	Across bool
}

// isBlank says that the cell holds nothing.
func (c Cell) isBlank() bool { return !c.NoResult && strings.TrimSpace(c.Text) == "" }

func (c Cell) place(file string) string {
	if c.Ref != "" && c.Sheet != "" {
		return file + ", sheet " + c.Sheet + ", cell " + c.Ref
	}
	if c.Ref != "" {
		return file + ", cell " + c.Ref
	}
	return at(file, c.Line, c.Column)
}

// mostCells is how many cells of a list are held at a time, whatever its size. A larger list has one for every bytesOfCell bytes: what
// is held is in proportion to what came, and a list of a million recipients has room.
const (
	mostCells   = 1_500_000
	bytesOfCell = 8
)

// ReadCSV splits a recipients list in CSV into cells: RFC 4180, separated by commas, semicolons or tabs, as
// UTF-8 (with or without a byte order mark) or UTF-16. A file in an older encoding is refused with a Problem
// that says where it shows, since accents would be read wrongly. Blank lines are left out.
func ReadCSV(file string, data []byte) ([][]Cell, error) {
	return ReadCSVUpTo(file, data, max(mostCells, len(data)/bytesOfCell))
}

// ReadCSVUpTo is ReadCSV for a file of which it is known how many cells there can be at most; one with more is refused.
func ReadCSVUpTo(file string, data []byte, most int) ([][]Cell, error) {
	var rows [][]Cell
	cells := 0
	err := eachRow(file, data, func(row []Cell) error {
		if cells += len(row); cells > most {
			return Problems{{Place: at(file, row[0].Line, 1), Message: fmt.Sprintf("there are more than %d cells up to this line", most),
				Remedy: "check that this is the right file, and delete what does not belong to the list"}}
		}
		rows = append(rows, slices.Clone(row))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// eachRow is ReadCSV for a list that need not be held as a whole: take is called for each row, which is good until it
// returns; its error ends the reading.
func eachRow(file string, data []byte, take func([]Cell) error) error {
	text, problem := decodeText(file, data)
	if problem != nil {
		return Problems{*problem}
	}
	separator, start := findSeparator(text)
	// Excel's "sep=;" is kept as a blank line, so that line numbers stay.
	text = text[start:]
	if problem := tooManyColumns(file, text, separator); problem != nil {
		return Problems{*problem}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator, -1, true
	plain := isASCII(text) // characters are bytes then
	walk := &columnCounter{text: text, line: 1, column: 1, characters: 1}
	var row []Cell
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return csvProblem(file, text, err)
		}
		row = row[:0]
		for i, field := range record {
			line, column := r.FieldPos(i)
			if !plain {
				column = walk.at(line, column)
			}
			row = append(row, Cell{Text: field, Line: line, Column: column})
		}
		if err := take(row); err != nil {
			return err
		}
	}
}

// mostColumns is how many columns a spreadsheet can have.
const mostColumns = 16_384

// tooManyColumns refuses a text with more separators than a list has, in a line or as a whole, before it is taken apart.
func tooManyColumns(file, text string, separator rune) *Problem {
	n, total := 0, 0
	for line := range strings.Lines(text) {
		n++
		columns := strings.Count(line, string(separator))
		if total += columns; columns > mostColumns || total > max(mostCells, len(text)/bytesOfCell) {
			return &Problem{Place: at(file, n, 1), Message: fmt.Sprintf("there are more separators than a list has: %d in this line, %d up to it", columns, total),
				Remedy: "check that this is the right file, and delete what does not belong to the list"}
		}
	}
	return nil
}

// columnCounter turns columns in bytes, from 1, into columns in characters. It goes through the text once, as long as it
// is asked about places one after the other.
type columnCounter struct {
	text                     string
	start                    int // where the line begins
	line, column, characters int
}

func (c *columnCounter) at(line, column int) int {
	if line < c.line || line == c.line && column < c.column {
		c.start, c.line, c.column, c.characters = 0, 1, 1, 1
	}
	for c.line < line {
		i := strings.IndexByte(c.text[c.start:], '\n')
		if i < 0 {
			return max(column, 1)
		}
		c.start, c.line, c.column, c.characters = c.start+i+1, c.line+1, 1, 1
	}
	from, to := min(c.start+c.column-1, len(c.text)), min(c.start+column-1, len(c.text))
	c.characters += utf8.RuneCountInString(c.text[from:to])
	c.column = column
	return c.characters
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func csvProblem(file, text string, err error) error {
	var e *csv.ParseError
	if !errors.As(err, &e) {
		return failure(file+" cannot be read", err)
	}
	walk := &columnCounter{text: text, line: 1, column: 1, characters: 1}
	p := Problem{Message: "the line cannot be split into columns", line: e.Line, column: walk.at(e.Line, e.Column)}
	switch {
	case errors.Is(e.Err, csv.ErrBareQuote):
		p.Message, p.Remedy = `there is a " inside a text that does not begin with one`, `put the text between " and write each " in it twice`
	case errors.Is(e.Err, csv.ErrQuote):
		p.Message, p.Remedy = `a text between " does not end, or goes on after its closing "`, `end the text with ", and write each " in it twice`
	}
	p.Place = at(file, p.line, p.column)
	return Problems{p}
}

// findSeparator looks at the first line that is not blank. Where Excel's "sep=;" stands first, that decides,
// and the text begins where that ends.
func findSeparator(text string) (separator rune, start int) {
	for line := range strings.Lines(text) {
		first := strings.TrimRight(line, "\r\n")
		if s, ok := strings.CutPrefix(strings.ToLower(strings.Trim(first, `"`)), "sep="); ok && len(s) == 1 && strings.Contains(",;\t", s) {
			return rune(s[0]), len(first)
		}
		break
	}
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		best, most := ',', 0
		for _, s := range ",;\t" {
			if n := countOutsideQuotes(line, s); n > most {
				best, most = s, n
			}
		}
		return best, 0
	}
	return ',', 0
}

func countOutsideQuotes(line string, separator rune) int {
	n, quoted := 0, false
	for _, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == separator && !quoted:
			n++
		}
	}
	return n
}

// quote shows a text from a file in a message: between quotation marks, shortened, control characters escaped.
func quote(s string) string {
	const most = 60
	if head := text.Head(s, most); head != s {
		s = head + "…"
	}
	return strconv.Quote(s)
}
