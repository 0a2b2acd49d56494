package returns_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// editing is one change by hand: what a person does to the sheet, and what is then meant.
type editing struct {
	r     *rand.Rand
	b     *base
	g     *grid
	m     *mutation
	parts *[]trybook.Entry
}

func (e *editing) pick() *models.Criterion { return &e.b.tm.Criteria[e.r.IntN(len(e.b.tm.Criteria))] }

// meant is what the answers in the rows mean now, by row: the criterion, its answer, and whether it is in doubt.
func (e *editing) meant() map[int]*models.Criterion {
	rows := map[int]*models.Criterion{}
	for i := range e.b.tm.Criteria {
		rows[e.g.row(e.b, e.b.tm.Criteria[i].Ref)] = &e.b.tm.Criteria[i]
	}
	return rows
}

func (e *editing) cell(row, col int) string {
	if row < 0 || row >= len(e.g.rows) || col >= len(e.g.rows[row]) {
		return ""
	}
	return e.g.rows[row][col]
}

func (e *editing) set(row, col int, cell string) {
	for len(e.g.rows) <= row {
		e.g.rows = append(e.g.rows, nil)
	}
	for len(e.g.rows[row]) <= col {
		e.g.rows[row] = append(e.g.rows[row], "")
	}
	e.g.rows[row][col] = cell
}

// answersFrom gives each row in to the answer that stood in another, and says what is meant then: labels fit
// criteria of the same kind only.
func (e *editing) answersFrom(to map[int]int) {
	rows := e.meant()
	e.m.lost = models.AnswersSlipped // where levels come to stand beside headings
	want, doubt := e.m.want, e.m.doubt
	cells, newWant, newDoubt := map[int]string{}, map[string]models.Choice{}, map[string]bool{}
	for at, from := range to {
		cells[at] = e.cell(from, e.g.answerCol)
		c := rows[at]
		if c == nil {
			continue
		}
		switch src := rows[from]; {
		case src == nil:
			newWant[c.Ref] = models.Blank()
			if cells[at] != "" {
				e.m.any[c.Ref] = true
			}
		case src.Kind != c.Kind:
			e.m.any[c.Ref] = true
		default:
			newWant[c.Ref], newDoubt[c.Ref] = want[src.Ref], doubt[src.Ref]
		}
	}
	for at, cell := range cells {
		e.set(at, e.g.answerCol, cell)
	}
	for ref, w := range newWant {
		want[ref] = w
		delete(doubt, ref)
		if newDoubt[ref] {
			doubt[ref] = true
		}
	}
}

// shifted says that cells of a criterion's row moved to the side: nothing of it can be taken for an answer.
func (e *editing) shifted(c *models.Criterion) {
	e.m.want[c.Ref], e.m.texts = models.Blank(), false
	delete(e.m.doubt, c.Ref)
}

var protection = regexp.MustCompile(`<sheetProtection[^>]*?(/>|></sheetProtection>)`)

// edits are further changes that people make.
var edits = []func(e *editing) string{
	func(e *editing) string { // paste over
		from, to, n := e.g.row(e.b, e.pick().Ref), e.g.row(e.b, e.pick().Ref), 1+e.r.IntN(6)
		moves := map[int]int{}
		for k := range n {
			moves[to+k] = from + k
		}
		e.answersFrom(moves)
		return fmt.Sprintf("%d answers of row %d pasted over row %d", n, from+1, to+1)
	},
	func(e *editing) string { // fill down
		from, n := e.g.row(e.b, e.pick().Ref), 1+e.r.IntN(8)
		rows, moves := e.meant(), map[int]int{}
		for k := 1; k <= n; k++ {
			if rows[from+k] != nil {
				moves[from+k] = from
			}
		}
		e.answersFrom(moves)
		return fmt.Sprintf("row %d filled down %d rows", from+1, n)
	},
	func(e *editing) string { // delete a cell of the answers, shifting the others up
		at := e.g.row(e.b, e.pick().Ref)
		moves := map[int]int{}
		for row := at; row < len(e.g.rows); row++ {
			moves[row] = row + 1
		}
		e.answersFrom(moves)
		return fmt.Sprintf("the answer of row %d deleted, those below shifted up", at+1)
	},
	func(e *editing) string { // the same in the column of the references
		at := e.g.row(e.b, e.pick().Ref)
		for row, c := range e.meant() {
			if row >= at {
				e.m.loose[c.Ref] = true
			}
		}
		for row := at; row < len(e.g.rows); row++ {
			e.set(row, e.g.refCol, e.cell(row+1, e.g.refCol))
		}
		e.m.texts, e.m.lost = false, models.AnswersSlipped
		return fmt.Sprintf("the reference of row %d deleted, those below shifted up", at+1)
	},
	func(e *editing) string { // merge two answers
		rows, at := e.meant(), e.g.row(e.b, e.pick().Ref)
		if rows[at+1] == nil || e.g.ods { // OpenDocument has one of its own
			return "nothing"
		}
		e.set(at+1, e.g.answerCol, "")
		for _, row := range []int{at, at + 1} {
			e.m.want[rows[row].Ref] = models.Blank()
			e.m.loose[rows[row].Ref] = true
			delete(e.m.doubt, rows[row].Ref)
		}
		col := trybook.ColumnLetters(e.g.answerCol + 1)
		e.g.tail = strings.Replace(e.g.tail, "</sheetData>", fmt.Sprintf(`</sheetData><mergeCells count="1"><mergeCell ref="%s%d:%s%d"/></mergeCells>`, col, at+1, col, at+2), 1)
		return fmt.Sprintf("the answers of rows %d and %d merged", at+1, at+2)
	},
	func(e *editing) string { // find and replace
		to := []string{" - ", ": ", " — ", " "}[e.r.IntN(4)]
		e.g.replaceIn(" – ", to)
		for i := range *e.parts {
			if p := &(*e.parts)[i]; p.Name == strings1 {
				p.Body = []byte(strings.ReplaceAll(string(p.Body), " – ", to))
			}
		}
		e.m.texts = false
		return fmt.Sprintf("' – ' replaced by %q", to)
	},
	func(e *editing) string { // a copy of the sheet, filled in by somebody else
		g, said := e.g.clone(), map[string]models.Choice{}
		for range 1 + e.r.IntN(6) {
			c := e.pick()
			s := e.b.tm.Scale(c)
			step := s[e.r.IntN(len(s))]
			row := e.g.row(e.b, c.Ref)
			for len(g.rows[row]) <= g.answerCol {
				g.rows[row] = append(g.rows[row], "")
			}
			g.rows[row][g.answerCol] = inlineCell(step.Label())
			said[c.Ref] = models.At(step.Number)
		}
		for ref, x := range said {
			if e.m.want[ref] != x || e.m.doubt[ref] { // two answers: neither counts
				e.m.want[ref], e.m.loose[ref] = models.Blank(), true
				delete(e.m.doubt, ref)
			}
		}
		if e.g.ods {
			e.g.tail = strings.Replace(e.g.tail, "</table:table>", "</table:table>"+g.copyODS(e.r), 1)
			return "a copy of the sheet with other answers"
		}
		trybook.Edit(*e.parts, book, "</sheets>", `<sheet name="Copy" sheetId="99" r:id="rIdCopy"/></sheets>`)
		trybook.Edit(*e.parts, bookRels, "</Relationships>", `<Relationship Id="rIdCopy" Type="`+trybook.RelTypes+`worksheet" Target="/xl/worksheets/copy.xml"/></Relationships>`)
		trybook.Edit(*e.parts, types, "</Types>", `<Override PartName="/xl/worksheets/copy.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`)
		*e.parts = append(*e.parts, trybook.NewPart("xl/worksheets/copy.xml", g.xml()))
		return "a copy of the sheet with other answers"
	},
	func(e *editing) string { // a number format
		c := e.pick()
		s := e.b.tm.Scale(c)
		step := s[e.r.IntN(len(s))]
		if strings.Trim(step.Code, "0123456789") != "" || e.g.ods {
			return "nothing"
		}
		f := []struct {
			code string
			sure bool
		}{{"0", true}, {"0.0", true}, {"General", true}, {`"Level "0`, true}, {`"9"`, false}, {";;;", false}, {"0%", false}, {`0" or so"`, false}, {"yyyy", false}}[e.r.IntN(9)]
		i := trybook.Find(*e.parts, "xl/styles.xml")
		body := string((*e.parts)[i].Body)
		from := strings.Index(body, "<cellXfs")
		n := strings.Count(body[from:from+strings.Index(body[from:], "</cellXfs>")], "<xf ")
		code := `<numFmt numFmtId="199" formatCode="` + strings.ReplaceAll(f.code, `"`, "&quot;") + `"/>`
		if strings.Contains(body, "</numFmts>") {
			body = strings.Replace(body, "</numFmts>", code+"</numFmts>", 1)
		} else {
			body = strings.Replace(body, "<fonts", `<numFmts count="1">`+code+"</numFmts><fonts", 1)
		}
		body = strings.Replace(body, "</cellXfs>", `<xf numFmtId="199" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>`, 1)
		(*e.parts)[i].Body = []byte(body)
		e.set(e.g.row(e.b, c.Ref), e.g.answerCol, fmt.Sprintf(` s="%d"><v>%s</v></c>`, n, step.Code))
		delete(e.m.doubt, c.Ref)
		if e.m.want[c.Ref] = models.At(step.Number); !f.sure {
			e.m.want[c.Ref], e.m.doubt[c.Ref] = models.Blank(), true
		}
		return fmt.Sprintf("%s is the number %s shown by %s", c.Ref, step.Code, f.code)
	},
	func(e *editing) string { // a filter
		e.g.hidden = map[int]bool{}
		for range 1 + e.r.IntN(20) {
			e.g.hidden[e.g.row(e.b, e.pick().Ref)] = true
		}
		return "rows hidden"
	},
	func(e *editing) string { // another heading
		words := []string{"Current", "CURRENT LEVEL", " current  level ", "Current level:", "Our view", "", "Maturity", "2026"}
		w := words[e.r.IntN(len(words))]
		e.set(2, e.g.answerCol, inlineCell(w))
		e.m.lost = models.ColumnMissing
		return fmt.Sprintf("the heading of the answers is %q", w)
	},
	func(e *editing) string { // unlocking
		for i := range *e.parts {
			if p := &(*e.parts)[i]; strings.HasPrefix(p.Name, "xl/worksheets/") {
				p.Body = protection.ReplaceAll(p.Body, nil)
			}
		}
		e.g.tail = protection.ReplaceAllString(e.g.tail, "")
		e.g.head = strings.ReplaceAll(e.g.head, ` table:protected="true"`, "")
		return "all sheets unlocked"
	},
	func(e *editing) string { // insert a cell, shifting the others to the right
		c := e.pick()
		row, at := e.g.row(e.b, c.Ref), 1+e.r.IntN(e.g.answerCol)
		if len(e.g.rows[row]) > at {
			e.g.rows[row] = slices.Insert(e.g.rows[row], at, "")
		}
		e.shifted(c)
		return fmt.Sprintf("the row of %s shifted to the right from column %d", c.Ref, at+1)
	},
	func(e *editing) string { // delete a cell, shifting the others to the left
		c := e.pick()
		row, at := e.g.row(e.b, c.Ref), 1+e.r.IntN(e.g.answerCol)
		if len(e.g.rows[row]) > at {
			e.g.rows[row] = slices.Delete(e.g.rows[row], at, at+1)
		}
		e.shifted(c)
		e.m.loose[c.Ref] = at == e.g.answerCol // the target stands for the answer, and evidence that is no level for the target
		return fmt.Sprintf("the row of %s shifted to the left from column %d", c.Ref, at+1)
	},
	func(e *editing) string { // a row pasted over another
		c, d := e.pick(), e.pick()
		if c == d {
			return "nothing"
		}
		e.g.rows[e.g.row(e.b, d.Ref)] = slices.Clone(e.g.rows[e.g.row(e.b, c.Ref)])
		e.m.want[d.Ref], e.m.doubt[d.Ref] = models.Blank(), true
		return fmt.Sprintf("the row of %s pasted over that of %s", c.Ref, d.Ref)
	},
	func(e *editing) string { // only the answers sorted
		var rows []int
		for row := range e.meant() {
			rows = append(rows, row)
		}
		slices.Sort(rows)
		to := slices.Clone(rows)
		e.r.Shuffle(len(to), func(i, j int) { to[i], to[j] = to[j], to[i] })
		moves := map[int]int{}
		for i, row := range rows {
			moves[row] = to[i]
		}
		e.answersFrom(moves)
		return "the answers sorted without the rest"
	},
	func(e *editing) string { // rows above all
		n := 1 + e.r.IntN(4)
		e.g.rows = slices.Insert(e.g.rows, 0, make([][]string, n)...)
		return fmt.Sprintf("%d rows inserted above all", n)
	},
	func(e *editing) string { // the heading deleted
		e.g.rows = slices.Delete(e.g.rows, 2, 3)
		e.m.lost = models.ColumnMissing
		return "the row of headings deleted"
	},
	func(e *editing) string { // the subjects sorted without the rest
		var rows []int
		for row := range e.meant() {
			rows = append(rows, row)
		}
		slices.Sort(rows)
		col, shifted := e.g.refCol+1, []string{}
		for _, row := range rows {
			shifted = append(shifted, e.cell(row, col))
		}
		e.r.Shuffle(len(shifted), func(i, j int) { shifted[i], shifted[j] = shifted[j], shifted[i] })
		for i, row := range rows {
			if was := e.cell(row, col); was != shifted[i] {
				e.set(row, col, shifted[i])
			}
		}
		for _, c := range e.meant() { // where it is a theme, it belongs to many
			e.m.any[c.Ref] = true
		}
		return "the second column sorted without the rest"
	},
}
