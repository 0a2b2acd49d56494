package xlsx

import "strings"

// sheetText is a sheet that is written from top to bottom.
type sheetText struct {
	on     *drawing
	sheet  string
	row    int
	label  int
	last   int
	widths []float64
	// blocks are the rows that should stay on one page.
	blocks []span
	// opened is the row of the last heading.
	opened int
	// first is the first cell to fill in, which is selected when the workbook is opened.
	first string
}

// span is a range of rows, both ends included.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from + 1 }

func (s *sheetText) across(from, to int) float64 {
	w := 0.0
	for _, x := range s.widths[from-1 : to] {
		w += x
	}
	return w
}

// heading begins a section. The section before it is kept on one page where it fits.
func (s *sheetText) heading(text string) {
	s.close()
	s.opened = s.row
	s.row++
	s.on.height(s.sheet, s.row, 10)
	s.row++
	l := look{size: 13, bold: true, ink: s.on.pal.accentInk, lines: accentBelow, down: "center"}
	s.on.dress(s.sheet, s.label, s.row, s.last, s.row, l)
	s.on.put(s.sheet, s.label, s.row, text, l)
	s.on.height(s.sheet, s.row, 24)
	s.row++
	s.on.height(s.sheet, s.row, 5)
	s.row++
}

// close ends the section that was begun last.
func (s *sheetText) close() {
	if s.opened > 0 {
		s.keep(s.opened, s.row-1)
	}
	s.opened = 0
}

// keep says that the rows of a range should stay on one page.
func (s *sheetText) keep(from, to int) { s.blocks = append(s.blocks, span{from, to}) }

// paragraph writes a text over the whole width.
func (s *sheetText) paragraph(text string, l look) {
	l.wrap = true
	s.on.merge(s.sheet, s.label, s.row, s.last, s.row, l)
	s.on.put(s.sheet, s.label, s.row, text, l)
	size := l.size
	if size == 0 {
		size = fontSize
	}
	s.on.height(s.sheet, s.row, rowHeight(textHeight(text, size, l.bold, s.across(s.label, s.last)-2*float64(l.indent)), 5))
	s.row++
}

const (
	titleHeight = 34.0
	bandSize    = 16.0
)

// band is the coloured band with the title at the top of a sheet.
func (b *drawing) band(sheet string, last int, title string) {
	b.dress(sheet, 1, 1, last, 1, look{fill: b.pal.accent})
	b.put(sheet, 1, 1, title, look{
		size: bandSize, bold: true, ink: b.pal.onAccent, fill: b.pal.accent, down: "center", indent: 1,
	})
	b.height(sheet, 1, titleHeight)
}

func (b *drawing) contact() string {
	var parts []string
	for _, x := range []string{b.rd.Contact.Name, b.rd.Contact.Email, b.rd.Contact.Phone} {
		if x != "" {
			parts = append(parts, x)
		}
	}
	return strings.Join(parts, ", ")
}

// pageNumber is the number of a page in its footer, and of how many.
func (b *drawing) pageNumber() string {
	text := strings.ReplaceAll(pageText(b.w.Get("footer_page"), 60), "{page}", "&P")
	return strings.ReplaceAll(text, "{pages}", "&N")
}

// pageText writes a text for the header of a page, cut to a number of characters.
func pageText(s string, most int) string {
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) > most {
		runes = append(runes[:most-1], '…')
	}
	text := string(runes)
	if strings.HasPrefix(s, " ") {
		text = " " + text
	}
	return strings.ReplaceAll(text, "&", "&&")
}
