package returns_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// grid is the sheet of answers as rows of cells, each the XML of a cell without its reference, or "".
type grid struct {
	head, tail string
	rows       [][]string
	refCol     int
	answerCol  int
	hidden     map[int]bool // rows, from 0
	// ods says that the cells are OpenDocument's; twice are rows that are written once and stand several times more.
	ods   bool
	twice map[int]int
}

var (
	oneRow   = regexp.MustCompile(`(?s)<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)`)
	oneCell  = regexp.MustCompile(`(?s)<c r="([A-Z]+)\d+"([^>]*?(?:/>|>.*?</c>))`)
	mergesOf = regexp.MustCompile(`(?s)<mergeCells.*?</mergeCells>`)
)

func gridOf(b *base) *grid {
	if b.plain.Format == "ods" {
		return gridOfODS(b)
	}
	parts := b.parts()
	s := string(parts[trybook.Find(parts, sheet2)].Body)
	g := &grid{}
	i, j := strings.Index(s, "<sheetData>")+len("<sheetData>"), strings.Index(s, "</sheetData>")
	g.head, g.tail = s[:i], mergesOf.ReplaceAllString(s[j:], "")
	for _, r := range oneRow.FindAllStringSubmatch(s[i:j], -1) {
		n := 0
		fmt.Sscan(r[1], &n)
		for len(g.rows) < n {
			g.rows = append(g.rows, nil)
		}
		for _, c := range oneCell.FindAllStringSubmatch(r[2], -1) {
			col := 0
			for _, l := range c[1] {
				col = col*26 + int(l-'A') + 1
			}
			for len(g.rows[n-1]) < col {
				g.rows[n-1] = append(g.rows[n-1], "")
			}
			g.rows[n-1][col-1] = c[2]
		}
	}
	g.placeColumns(b)
	return g
}

// placeColumns finds the columns by the heading, which is in the third row.
func (g *grid) placeColumns(b *base) {
	for col := range g.rows[2] {
		switch at := b.plain.Answers()[0].Level.Origin.Cell; {
		case col == 0:
			g.refCol = col
		case strings.HasPrefix(at, trybook.ColumnLetters(col+1)) && len(strings.TrimLeft(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == len(at)-len(trybook.ColumnLetters(col+1)):
			g.answerCol = col
		}
	}
}

func (g *grid) clone() *grid {
	h := *g
	h.rows = make([][]string, len(g.rows))
	for i := range g.rows {
		h.rows[i] = slices.Clone(g.rows[i])
	}
	return &h
}

func (g *grid) xml() []byte {
	var out strings.Builder
	out.WriteString(g.head)
	for i, r := range g.rows {
		if len(r) == 0 {
			continue
		}
		hidden := ""
		if g.hidden[i] {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&out, `<row r="%d"%s>`, i+1, hidden)
		for j, c := range r {
			if c != "" {
				fmt.Fprintf(&out, `<c r="%s%d"%s`, trybook.ColumnLetters(j+1), i+1, c)
			}
		}
		out.WriteString("</row>")
	}
	out.WriteString(g.tail)
	return []byte(out.String())
}

// rowOf finds the row of a criterion by the order of the template: the grid has its rows in that order.
func (g *grid) row(b *base, ref string) int {
	cell := b.plain.Answer(ref).Level.Origin.Cell
	n := 0
	fmt.Sscan(strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), &n)
	return n - 1
}

func inlineCell(text string) string {
	return ` t="inlineStr"><is><t xml:space="preserve">` + escape(text) + `</t></is></c>`
}

// writings are ways in which people write a step; "" in the result stands for doubt.
func writings(r *rand.Rand, scale models.Scale, s models.Step) (cell string, sure bool) {
	label := s.Label()
	digits := strings.Trim(s.Code, "0123456789") == ""
	other := scale[(slices.Index(scale, s)+1)%len(scale)]
	sureWays := []string{label, s.Code, s.Name, strings.ToUpper(label), strings.ToLower(s.Name), " " + label + " ", s.Code + " - " + s.Name, s.Code + "—" + s.Name,
		s.Code + "\u00a0–\u00a0" + s.Name, "\u200b" + label, `"` + label + `"`, "“" + s.Code + "”", s.Code + ": " + s.Name, s.Name + " (" + s.Code + ")", label + "\n", "Level " + s.Code}
	doubtWays := []string{s.Code + "?", s.Code + "/" + other.Code, s.Code + "-" + other.Code, s.Name + " or " + other.Name, s.Code + " – " + other.Name, label + ", " + other.Label(), label + "\n" + other.Label(),
		"not " + s.Name, label + "?", s.Code + "+", "between " + s.Code + " and " + other.Code, s.Name + "/" + other.Name, "x", "see comment", "99", "yes and no", "partly?", "-"}
	switch n := r.IntN(10); {
	case n < 6:
		return inlineCell(sureWays[r.IntN(len(sureWays))]), true
	case n < 8:
		return inlineCell(doubtWays[r.IntN(len(doubtWays))]), false
	case n == 8 && digits:
		ways := []string{`><v>` + s.Code + `</v></c>`, `><v>` + s.Code + `.0</v></c>`, ` t="str"><f>1</f><v>` + s.Code + `</v></c>`}
		return ways[r.IntN(len(ways))], true
	}
	ways := []string{`><v>2.5</v></c>`, `><v>46085</v></c>`, ` t="e"><v>#N/A</v></c>`, `><f>1</f></c>`, ` t="b"><v>1</v></c>`, ` t="d"><v>2026-04-03</v></c>`, `><v>-1</v></c>`}
	return ways[r.IntN(len(ways))], false
}

var grids = map[*base]*grid{}

// mutateByHand does what a person does in a spreadsheet program, a few things at once.
func mutateByHand(r *rand.Rand, b *base) mutation {
	if grids[b] == nil {
		grids[b] = gridOf(b)
	}
	g := grids[b].clone()
	m := mutation{want: maps.Clone(b.want), doubt: map[string]bool{}, any: map[string]bool{}, loose: map[string]bool{}, texts: true}
	say := func(format string, args ...any) { m.what += fmt.Sprintf(format, args...) + "; " }
	pick := func() *models.Criterion { return &b.tm.Criteria[r.IntN(len(b.tm.Criteria))] }
	set := func(row, col int, cell string) {
		for len(g.rows[row]) <= col {
			g.rows[row] = append(g.rows[row], "")
		}
		g.rows[row][col] = cell
	}
	// First the answers, while rows and columns are where they were.
	for range r.IntN(5) {
		c := pick()
		scale := b.tm.Scale(c)
		s := scale[r.IntN(len(scale))]
		cell, sure := writings(r, scale, s)
		row := g.row(b, c.Ref)
		set(row, g.answerCol, cell)
		delete(m.doubt, c.Ref)
		m.want[c.Ref] = models.At(s.Number)
		if !sure {
			m.want[c.Ref], m.doubt[c.Ref] = models.Blank(), true
		}
		say("%s is %q", c.Ref, cell)
	}
	if r.IntN(3) == 0 {
		c := pick()
		set(g.row(b, c.Ref), g.answerCol, "")
		m.want[c.Ref] = models.Blank()
		delete(m.doubt, c.Ref)
		say("%s cleared", c.Ref)
	}
	parts := b.parts()
	body := 3 // rows above are title and heading
	kinds := 10 + len(edits)
	if g.ods {
		kinds += len(odsEdits)
	}
	switch n := r.IntN(kinds); n {
	case 0:
		at := body + r.IntN(len(g.rows)-body)
		g.rows = slices.Insert(g.rows, at, make([][]string, 1+r.IntN(5))...)
		say("rows inserted at %d", at+1)
	case 1:
		at := r.IntN(14)
		for i := range g.rows {
			if len(g.rows[i]) > at {
				g.rows[i] = slices.Insert(g.rows[i], at, "", "")
			}
		}
		say("columns inserted at %d", at+1)
	case 2:
		r.Shuffle(len(g.rows)-body, func(i, j int) { g.rows[body+i], g.rows[body+j] = g.rows[body+j], g.rows[body+i] })
		say("sorted")
	case 3:
		c := pick()
		row := g.row(b, c.Ref)
		g.rows = slices.Delete(g.rows, row, row+1)
		m.want[c.Ref], m.doubt[c.Ref] = models.Blank(), true
		say("the row of %s deleted", c.Ref)
	case 4:
		c := pick()
		row := g.row(b, c.Ref)
		g.rows = append(g.rows, slices.Clone(g.rows[row]))
		say("the row of %s copied to the end", c.Ref)
	case 5:
		c, d := pick(), pick()
		x, y := g.row(b, c.Ref), g.row(b, d.Ref)
		g.rows[x][g.refCol], g.rows[y][g.refCol] = g.rows[y][g.refCol], g.rows[x][g.refCol]
		if c != d {
			for _, ref := range []string{c.Ref, d.Ref} {
				m.want[ref], m.doubt[ref] = models.Blank(), true
			}
		}
		say("the references of %s and %s swapped", c.Ref, d.Ref)
	case 6:
		c := pick()
		row := g.row(b, c.Ref)
		g.rows[row][g.refCol] = [...]string{inlineCell(" " + c.Ref + " "), inlineCell(strings.ToLower(c.Ref)), inlineCell(c.Ref + "\u200b")}[r.IntN(3)]
		say("the reference of %s written differently", c.Ref)
	case 7:
		end := 0
		for _, cells := range g.rows { // the heading's row is not always the longest
			end = max(end, len(cells))
		}
		for i := range g.rows {
			if len(g.rows[i]) > g.answerCol {
				cell := g.rows[i][g.answerCol]
				g.rows[i][g.answerCol] = ""
				for len(g.rows[i]) < end {
					g.rows[i] = append(g.rows[i], "")
				}
				g.rows[i] = append(g.rows[i], cell)
			}
		}
		say("the column of answers moved to the end")
	default:
		switch e := (&editing{r, b, g, &m, &parts}); {
		case n >= 10+len(edits):
			say("%s", odsEdits[n-10-len(edits)](e))
		case n >= 10:
			say("%s", edits[n-10](e))
		}
	}
	names := book
	if g.ods {
		names = content
		parts[trybook.Find(parts, content)].Body = g.odsXML(r)
	} else {
		parts[trybook.Find(parts, sheet2)].Body = g.xml()
	}
	if r.IntN(8) == 0 {
		trybook.Edit(parts, names, `name="Assessment"`, `name="Our answers"`)
		say("sheet renamed")
	}
	m.data = trybook.Pack(parts, trybook.Packing{})
	return m
}
