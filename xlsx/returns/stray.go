package returns

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// strayColumns reports typed text in columns that are none of the table's: it may be a comment.
func (rd *reading) strayColumns(t *table, all []*table) {
	count := map[int32]int{}
	first := map[int32]*sheet.Cell{}
	var cols []int32
	var spans []sheet.Range // headings that span columns
	for _, m := range t.sh.Merges {
		if t.header >= m.Top && t.header <= m.Bottom && m.Left < m.Right {
			spans = append(spans, m)
		}
	}
	beside := slices.DeleteFunc(slices.Clone(all), func(o *table) bool { return o == t || o.sh != t.sh })
	for i := range t.sh.Cells {
		c := &t.sh.Cells[i]
		if i%1024 == 0 && rd.ctx.Err() != nil {
			return
		}
		if c.Row <= t.header || c.Row > t.last || c.Formula || t.known.has(c.Col) || c.Kind == sheet.Empty {
			continue
		}
		ref := t.cell(c.Row, layout.Ref)
		if ref == nil || rd.lex.refs[rd.book.Text(ref)] == nil || !shows(rd.book.Bytes(c)) {
			continue
		}
		if slices.ContainsFunc(spans, func(m sheet.Range) bool { return c.Col > m.Left && c.Col <= m.Right }) {
			continue
		}
		if slices.ContainsFunc(beside, func(o *table) bool { return o.has(c.Row, c.Col) }) || rd.ownWord(c) {
			continue
		}
		if count[c.Col]++; count[c.Col] == 1 {
			first[c.Col] = c
			cols = append(cols, c.Col)
		}
	}
	slices.Sort(cols)
	levels := map[int32]bool{}
	if len(cols) > 0 {
		levels = rd.strayLevels(t)
	}
	for _, col := range cols {
		c := first[col]
		if levels[col] {
			continue
		}
		message := words.Sayf("'%s' stands outside the columns for answers.", printable(rd.book.Text(c)))
		if n := count[col] - 1; n > 0 {
			message = words.Joined(" ", message, words.Sayf("There are %d more in this column.", n))
		}
		rd.add(models.NewFinding(models.StrayText, rd.cellAt(t.sh, c.Row, c.Col), "").Saying(message))
	}
}

// shows says whether a text shows anything.
func shows(b []byte) bool {
	for _, r := range string(b) {
		if r = plainRune(r); r >= 0 && r != ' ' {
			return true
		}
	}
	return false
}

// ownWord says whether a cell holds a text that the assessment itself has.
func (rd *reading) ownWord(c *sheet.Cell) bool {
	if c.Kind != sheet.Text {
		return false
	}
	b := rd.book.Bytes(c)
	if rd.lex.own[string(b)] || rd.lex.exact[string(b)] != nil { // most are as they were sent out
		return true
	}
	key := rd.lex.key(b)
	_, text := rd.lex.byText[key]
	_, descriptor := rd.lex.byDescriptor[key]
	return text || descriptor || rd.lex.own[key]
}

// saysWhere says whether a text is what the column Status says where a long text stands elsewhere in full. Programs that keep
// values in place of formulas leave it so.
func (rd *reading) saysWhere(s string) bool {
	said, where, _ := strings.Cut(s, "\n")
	if where = clean(where); where == "" || !rd.lex.own[clean(said)] {
		return false
	}
	for _, in := range rd.lex.spoken {
		w := in.Words()
		before, _, _ := strings.Cut(w.Say("texts_where", "sheet", w.Get("sheet_texts"), "row", "\x00"), "\x00")
		for _, x := range []string{clean(before), clean(w.Get("texts_nowhere"))} {
			if x != "" && strings.HasPrefix(where, x) {
				return true
			}
		}
	}
	return false
}

// checkRow reports what a respondent wrote over the criterion's name, theme and status.
func (rd *reading) checkRow(h hit) {
	for _, col := range []layout.Column{layout.Theme, layout.Subject, layout.Status, layout.Chosen} {
		c := h.t.cell(h.row, col)
		if c == nil || c.Formula {
			continue
		}
		if b := rd.book.Bytes(c); string(b) == h.c.Subject || rd.lex.own[string(b)] || rd.lex.exact[string(b)] == h.c { // as nearly always
			continue
		}
		if c.Kind == sheet.Empty || !shows(rd.book.Bytes(c)) || rd.ownWord(c) || col == layout.Status && rd.saysWhere(rd.book.Text(c)) {
			continue
		}
		at := rd.cellAt(h.t.sh, c.Row, c.Col)
		held := printable(rd.book.Text(c))
		if col == layout.Status || col == layout.Chosen {
			rd.about(models.StrayText, at, h.c, "'%s' stands under '%s', outside the columns for answers.", held, col.Said())
			continue
		}
		rd.about(models.DescriptorEdited, at, h.c, "Under '%s' stands '%s', which is not what was sent out.", col.Said(), held)
	}
}

// notes reports the notes that are pinned to cells of the sheets with answers. Those that came with a workbook for
// correction say nothing new, apart from what was written below them.
func (rd *reading) notes(used []*table) {
	var done []*sheet.Sheet
	var ours []string
	for _, t := range used {
		if slices.Contains(done, t.sh) {
			continue
		}
		done = append(done, t.sh)
		for _, n := range t.sh.Notes {
			text := n.Text
			if ours == nil {
				ours = todos()
			}
			for _, todo := range ours {
				if i := strings.LastIndex(text, todo); i >= 0 {
					text = text[i+len(todo):]
				}
			}
			if shows([]byte(text)) {
				rd.find(models.StrayText, rd.cellAt(t.sh, n.Row, n.Col), "A note on the cell says '%s'. Notes are not read as comments.", printable(text))
			}
		}
	}
}
