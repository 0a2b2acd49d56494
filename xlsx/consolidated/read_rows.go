package consolidated

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// matrixRows reads the sheet Matrix.
type matrixRows struct {
	*kept
	e        *figures
	at       map[string]int // by id
	rowOf    []int32
	headings []string
}

// col is the column of the first criterion, from 1.
func (m *matrixRows) col() int { return 4 + m.groups }

func (m *matrixRows) take(w *sheet.Workbook, cells []sheet.Cell) error {
	if m.headings == nil {
		if cells[0].Col != 1 || w.Text(&cells[0]) != m.words.TextOf("ID") {
			return nil // title, note, topics, names and weights of the criteria
		}
		return m.head(w, cells)
	}
	id, row := "", blanks(len(m.refs))
	for i := range cells {
		c := &cells[i]
		k := int(c.Col) - m.col()
		switch {
		case c.Col == 1:
			if c.Kind != sheet.Text || c.Formula {
				return refused("the id in %s of the sheet %s was changed", sheet.Ref(c.Row, c.Col), m.words.TextOf(matrixSheet))
			}
			id = w.Text(c)
		case k >= 0 && k < len(row):
			v, ok := storedLevel(w, c)
			if !ok {
				return refused("%s of the sheet %s holds '%s', which consolidate does not write", sheet.Ref(c.Row, c.Col), m.words.TextOf(matrixSheet), clipped(w.Text(c)))
			}
			row[k] = v
		}
	}
	if id == "" {
		if slices.ContainsFunc(row, func(v int16) bool { return v != blankAnswer }) {
			return refused("row %d of the sheet %s has answers and no recipient", cells[0].Row, m.words.TextOf(matrixSheet))
		}
		return nil
	}
	if _, twice := m.at[id]; twice {
		return refused("the recipient %s stands twice on the sheet %s", clipped(id), m.words.TextOf(matrixSheet))
	}
	m.at[id] = len(m.e.ids)
	m.e.ids, m.rowOf = append(m.e.ids, id), append(m.rowOf, cells[0].Row)
	m.e.levels = append(m.e.levels, row...)
	return nil
}

// head sees that the columns are the criteria's.
func (m *matrixRows) head(w *sheet.Workbook, cells []sheet.Cell) error {
	text := byColumn(w, cells, m.col()+len(m.refs))
	m.headings = slices.Clone(text[1:m.col()])
	for i, ref := range m.refs {
		want := pages.Distinct(ref, m.headings)
		if got := text[m.col()+i]; got != want {
			return refused("the columns of the sheet %s were changed: %s is headed '%s', not '%s'", m.words.TextOf(matrixSheet), sheet.Ref(cells[0].Row, int32(m.col()+i)), clipped(got), want)
		}
		m.headings = append(m.headings, want)
	}
	return nil
}

// check sees that all recipients are there.
func (m *matrixRows) check() error {
	if got := len(m.e.ids); got != m.returns {
		return refused("the sheet %s has %d recipients, of %d that consolidate wrote", m.words.TextOf(matrixSheet), got, m.returns)
	}
	return nil
}

// digestAgrees says whether the answers are the ones that were written.
func (m *matrixRows) digestAgrees() bool {
	order := slices.Clone(m.e.ids)
	slices.Sort(order)
	h, n := sha256.New(), len(m.refs)
	for _, id := range order {
		digestRow(h, id, m.e.levels[m.at[id]*n:][:n])
	}
	return hex.EncodeToString(h.Sum(nil)) == m.pairs[keptFigures]
}

// answerRows holds the sheets Answers against the Matrix.
type answerRows struct {
	*matrixRows
	sheet    string
	headed   bool
	ref      int // its column
	position map[string]int
	seen     []bool
	count    int
	first    string // the first contradiction
	differ   int
}

func newAnswerRows(m *matrixRows) *answerRows {
	a := &answerRows{matrixRows: m, position: map[string]int{}, seen: make([]bool, len(m.e.levels))}
	for i, ref := range m.refs {
		a.position[ref] = i
	}
	return a
}

func (a *answerRows) begin(name string) { a.sheet, a.headed = name, false }

func (a *answerRows) take(w *sheet.Workbook, cells []sheet.Cell) error {
	if !a.headed {
		return a.head(w, cells)
	}
	var id, ref *sheet.Cell
	level, levelCol, own := blankAnswer, int32(a.ref+4), true
	for i := range cells {
		switch c := &cells[i]; c.Col {
		case 1:
			id = c
		case int32(a.ref):
			ref = c
		case levelCol:
			level, own = storedLevel(w, c)
		}
	}
	if id == nil && ref == nil {
		return nil
	}
	r := cells[0].Row
	if id == nil || ref == nil {
		return refused("row %d of the sheet %s does not say whose answer to what it is", r, a.sheet)
	}
	i, ok := a.at[string(w.Bytes(id))]
	c, ok2 := a.position[string(w.Bytes(ref))]
	if !ok || !ok2 {
		return refused("row %d of the sheet %s is of '%s' and criterion '%s', which the sheet %s does not have", r, a.sheet, clipped(w.Text(id)), clipped(w.Text(ref)), a.words.TextOf(matrixSheet))
	}
	k := i*len(a.refs) + c
	if a.seen[k] {
		return refused("row %d of the sheet %s has criterion %s of %s a second time", r, a.sheet, a.refs[c], a.e.ids[i])
	}
	a.seen[k] = true
	a.count++
	if own && level == a.e.levels[k] {
		return nil
	}
	if a.differ++; a.differ == 1 {
		cell, holds := sheet.Ref(r, levelCol), "nothing"
		for j := range cells {
			if cells[j].Col == levelCol {
				holds = "'" + clipped(w.Text(&cells[j])) + "'"
			}
		}
		a.first = fmt.Sprintf("criterion %s of %s is %s in %s of the sheet %s, and %s in %s of the sheet %s", a.refs[c], a.e.ids[i],
			holds, cell, a.sheet, spoken(a.e.levels[k]), sheet.Ref(a.rowOf[i], int32(a.col()+c)), a.words.TextOf(matrixSheet))
	}
	return nil
}

func (a *answerRows) head(w *sheet.Workbook, cells []sheet.Cell) error {
	a.ref, a.headed = 3+a.groups, true
	text := byColumn(w, cells, a.ref+5)
	taken := slices.Clone(text[1:a.ref])
	for i, c := range answerColumns[:5] {
		want := pages.Distinct(a.words.TextOf(c.heading), taken)
		if got := text[a.ref+i]; got != want || text[1] != a.words.TextOf("ID") || cells[0].Row != 1 {
			return refused("the columns of the sheet %s were changed: %s is headed '%s', not '%s'", a.sheet, sheet.Ref(cells[0].Row, int32(a.ref+i)), clipped(got), want)
		}
		taken = append(taken, want)
	}
	return nil
}

// check says what does not fit together.
func (a *answerRows) check() error {
	if a.differ > 0 {
		more := ""
		if a.differ > 1 {
			more = fmt.Sprintf("; %d more answers differ", a.differ-1)
		}
		return refused("it contradicts itself, as if figures had been changed by hand: %s%s", a.first, more)
	}
	if a.count != a.answers {
		return refused("the sheet %s has %d answers, of %d that consolidate wrote", a.words.TextOf(answersSheet), a.count, a.answers)
	}
	if !a.digestAgrees() {
		return refused("the answers on the sheets %s and %s are not the ones that consolidate wrote: figures or ids were changed by hand", a.words.TextOf(matrixSheet), a.words.TextOf(answersSheet))
	}
	return nil
}

// storedLevel is what a cell of Matrix or Answers says of a level.
func storedLevel(w *sheet.Workbook, c *sheet.Cell) (int16, bool) {
	switch text := string(w.Bytes(c)); {
	case c.Formula || c.NoValue:
	case c.Kind == sheet.Number:
		n, err := strconv.ParseFloat(text, 64)
		if err == nil && n >= 0 && n <= 1000 && n == float64(int16(n)) {
			return int16(n), true
		}
	case c.Kind == sheet.Text && text == "n/a":
		return notApplicable, true
	case c.Kind == sheet.Text && text == notAskedMark:
		return notAsked, true
	}
	return blankAnswer, false
}

func spoken(v int16) string {
	switch v {
	case blankAnswer:
		return "nothing"
	case notApplicable:
		return "'n/a'"
	case notAsked:
		return "'" + notAskedMark + "'"
	}
	return "'" + strconv.Itoa(int(v)) + "'"
}

// byColumn is the texts of a row's cells by column up to last, from 1.
func byColumn(w *sheet.Workbook, cells []sheet.Cell, last int) []string {
	out := make([]string, last+1)
	for i := range cells {
		if c := &cells[i]; int(c.Col) <= last {
			out[c.Col] = w.Text(c)
		}
	}
	return out
}

func blanks(n int) []int16 {
	out := make([]int16, n)
	for i := range out {
		out[i] = blankAnswer
	}
	return out
}

// clipped makes a text of the workbook fit for a message.
func clipped(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || !strconv.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
