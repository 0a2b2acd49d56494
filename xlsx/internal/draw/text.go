package draw

import "strings"

// Text is a sheet that is written from top to bottom.
type Text struct {
	Book   *Book
	Sheet  string
	Row    int
	Label  int
	Last   int
	Widths []float64
	// Blocks are the rows that should stay on one page.
	Blocks []Span
	// opened is the row of the last heading.
	opened int
	// First is the first cell to fill in, which is selected when the workbook is opened.
	First string
}

// Span is a range of rows, both ends included.
type Span struct{ From, To int }

// Len is the number of rows.
func (s Span) Len() int { return s.To - s.From + 1 }

// Across is the width of the columns from one to another, both included.
func (s *Text) Across(from, to int) float64 {
	w := 0.0
	for _, x := range s.Widths[from-1 : to] {
		w += x
	}
	return w
}

// Heading begins a section. The section before it is kept on one page where it fits.
func (s *Text) Heading(text string) {
	s.Close()
	s.opened = s.Row
	s.Row++
	s.Book.Height(s.Sheet, s.Row, 10)
	s.Row++
	l := Look{Size: 13, Bold: true, Ink: s.Book.Palette.AccentInk, Lines: AccentBelow, Down: "center"}
	s.Book.Dress(s.Sheet, s.Label, s.Row, s.Last, s.Row, l)
	s.Book.Put(s.Sheet, s.Label, s.Row, text, l)
	s.Book.Height(s.Sheet, s.Row, 24)
	s.Row++
	s.Book.Height(s.Sheet, s.Row, 5)
	s.Row++
}

// Close ends the section that was begun last.
func (s *Text) Close() {
	if s.opened > 0 {
		s.Keep(s.opened, s.Row-1)
	}
	s.opened = 0
}

// Keep says that the rows of a range should stay on one page.
func (s *Text) Keep(from, to int) { s.Blocks = append(s.Blocks, Span{from, to}) }

// Paragraph writes a text over the whole width.
func (s *Text) Paragraph(text string, l Look) {
	l.Wrap = true
	s.Book.Merge(s.Sheet, s.Label, s.Row, s.Last, s.Row, l)
	s.Book.Put(s.Sheet, s.Label, s.Row, text, l)
	size := l.Size
	if size == 0 {
		size = FontSize
	}
	s.Book.Height(s.Sheet, s.Row, RowHeight(TextHeight(text, size, l.Bold, s.Across(s.Label, s.Last)-2*float64(l.Indent)), 5))
	s.Row++
}

const (
	TitleHeight = 34.0
	bandSize    = 16.0
)

// Band is the coloured band with the title at the top of a sheet.
func (b *Book) Band(sheet string, last int, title string) {
	b.Dress(sheet, 1, 1, last, 1, Look{Fill: b.Palette.Accent})
	b.Put(sheet, 1, 1, title, Look{
		Size: bandSize, Bold: true, Ink: b.Palette.OnAccent, Fill: b.Palette.Accent, Down: "center", Indent: 1,
	})
	b.Height(sheet, 1, TitleHeight)
}

// Contact is whom to ask, in one line; "" where the round names nobody.
func (b *Book) Contact() string {
	var parts []string
	for _, x := range []string{b.Round.Contact.Name, b.Round.Contact.Email, b.Round.Contact.Phone} {
		if x != "" {
			parts = append(parts, x)
		}
	}
	return strings.Join(parts, ", ")
}

// PageNumber is the number of a page in its footer, and of how many.
func (b *Book) PageNumber() string {
	text := strings.ReplaceAll(PageText(b.Words.Get("footer_page"), 60), "{page}", "&P")
	return strings.ReplaceAll(text, "{pages}", "&N")
}

// PageText writes a text for the header of a page, cut to a number of characters.
func PageText(s string, most int) string {
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
