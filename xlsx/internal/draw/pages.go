package draw

// Paper in points, upright, and what is not printed on.
const (
	sideMargin = 0.45 * 72
	topMargin  = 0.65 * 72
)

// paperSize is width and height of the round's paper in points.
func (b *Book) paperSize(landscape bool) (width, height float64) {
	width, height = 595.3, 841.9
	if b.Round.Paper == "letter" {
		width, height = 612, 792
	}
	if landscape {
		return height, width
	}
	return width, height
}

// headingRows is how many rows stay with the heading of a block that is longer than a page.
const headingRows = 5

func sum(list []float64) float64 {
	total := 0.0
	for _, x := range list {
		total += x
	}
	return total
}

// BreakPages puts a page break wherever a page is full, before a block that would otherwise stand on two pages, and
// before each of the rows in always. Where pages end is not left to the programs, since they differ in how wide
// they take a column to be, and so in how far they shrink the sheet to fit. width is of all columns
// together, in units of column width; titles is the height of the rows that are repeated on each page. Blocks are in
// ascending order.
func (b *Book) BreakPages(sheet string, last int, width float64, landscape bool, titles float64, blocks []Span, always map[int]bool) {
	wide, high := b.paperSize(landscape)
	scale := min(1, (wide-2*sideMargin)/(width*CharWidth))
	page := (high - 2*topMargin) / scale * 0.97
	heights := make([]float64, last+2)
	for row := 1; row <= last; row++ {
		heights[row] = b.RowHeightOf(sheet, row)
	}
	begins := map[int]Span{}
	for _, s := range blocks {
		begins[s.From] = s
	}
	at := 0.0
	for row := 1; row <= last; row++ {
		block := heights[row]
		if s, ok := begins[row]; ok {
			block = sum(heights[s.From : min(s.To, last)+1])
			if block > page-titles {
				// Too long for any page: its heading stays with what comes first.
				block = sum(heights[s.From : min(s.From+headingRows, s.To, last)+1])
			}
		}
		fits := at+block <= page || block > page-titles && at+heights[row] <= page
		if at > titles && (always[row] || !fits) {
			b.Check(b.File.InsertPageBreak(sheet, Cell(1, row)))
			at = titles
		}
		at += heights[row]
	}
}
