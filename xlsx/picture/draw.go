package picture

import (
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
)

// worksheet is what is used of a sheet's part (ECMA-376 part 1, 18.3).
type worksheet struct {
	Format struct {
		Height float64 `xml:"defaultRowHeight,attr"`
		Width  float64 `xml:"defaultColWidth,attr"`
	} `xml:"sheetFormatPr"`
	Cols []struct {
		Min    int     `xml:"min,attr"`
		Max    int     `xml:"max,attr"`
		Width  float64 `xml:"width,attr"`
		Hidden string  `xml:"hidden,attr"`
	} `xml:"cols>col"`
	Rows []struct {
		N      int     `xml:"r,attr"`
		Height float64 `xml:"ht,attr"`
		Hidden string  `xml:"hidden,attr"`
		Cells  []struct {
			Ref    string   `xml:"r,attr"`
			Style  int      `xml:"s,attr"`
			Type   string   `xml:"t,attr"`
			Value  string   `xml:"v"`
			Inline richText `xml:"is"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
	Merged []struct {
		Ref string `xml:"ref,attr"`
	} `xml:"mergeCells>mergeCell"`
}

// mostColumns is how many columns of a sheet are drawn.
const mostColumns = 60

func on(s string) bool { return s == "1" || s == "true" }

// edges are where the columns and rows of a sheet begin, in points; index 1 is the first.
func (ws *worksheet) edges(height float64) (x, y []float64, cut bool) {
	width := ws.Format.Width
	if width == 0 {
		width = 9
	}
	widths := make([]float64, mostColumns+2)
	for i := range widths {
		widths[i] = width
	}
	for _, c := range ws.Cols {
		for i := c.Min; i <= min(c.Max, mostColumns); i++ {
			if widths[i] = c.Width; on(c.Hidden) {
				widths[i] = 0
			}
		}
	}
	x = make([]float64, mostColumns+2)
	for i := 1; i <= mostColumns; i++ {
		x[i+1] = x[i] + widths[i]*draw.CharWidth
	}
	row := ws.Format.Height
	if row == 0 {
		row = 15
	}
	y = []float64{0, 0}
	for _, r := range ws.Rows {
		for len(y) <= r.N && y[len(y)-1] < height {
			y = append(y, y[len(y)-1]+row)
		}
		if y[len(y)-1] >= height {
			return x, y, true
		}
		h := r.Height
		if h == 0 {
			h = row
		}
		if on(r.Hidden) {
			h = 0
		}
		y = append(y, y[r.N]+h)
	}
	return x, y, false
}

// draw lays a sheet out.
func (b *book) draw(name string, ws *worksheet, height float64) Sheet {
	x, y, cut := ws.edges(height)
	out := Sheet{Name: name, Height: y[len(y)-1], Cut: cut}
	end, inside := ws.merges()
	for _, r := range ws.Rows {
		if r.N+1 >= len(y) {
			break
		}
		for _, c := range r.Cells {
			col, row := place(c.Ref)
			if col < 1 || col > mostColumns || inside[[2]int{col, row}] || row+1 >= len(y) {
				continue
			}
			right, bottom := col, row
			if e, ok := end[[2]int{col, row}]; ok {
				right, bottom = min(e[0], mostColumns), min(e[1], len(y)-2)
			}
			box := Box{X: x[col], Y: y[row], Width: x[right+1] - x[col], Height: y[bottom+1] - y[row]}
			if box.Width <= 0 || box.Height <= 0 {
				continue
			}
			text := c.Value
			switch c.Type {
			case "s":
				if n, err := strconv.Atoi(c.Value); err == nil && n >= 0 && n < len(b.strings) {
					text = b.strings[n]
				}
			case "inlineStr":
				text = c.Inline.text()
			}
			b.dress(&box, c.Style, text)
			if box.Fill != "" || box.Line != "" || len(box.Texts) > 0 {
				out.Boxes = append(out.Boxes, box)
				out.Width = max(out.Width, box.X+box.Width)
			}
		}
	}
	return out
}

// dress gives a box the look of its format, and its text in lines.
func (b *book) dress(box *Box, style int, text string) {
	size, bold, ink, across, down := draw.FontSize, false, "", "", ""
	wrap, indent := false, 0.0
	if style >= 0 && style < len(b.styles.Formats) {
		f := b.styles.Formats[style]
		if f.Font < len(b.styles.Fonts) {
			font := b.styles.Fonts[f.Font]
			bold, ink = font.Bold != nil, font.Colour.String()
			if font.Size.Val > 0 {
				size = font.Size.Val
			}
		}
		if f.Fill < len(b.styles.Fills) && b.styles.Fills[f.Fill].Pattern.Type == "solid" {
			box.Fill = b.styles.Fills[f.Fill].Pattern.Colour.String()
		}
		if f.Border < len(b.styles.Borders) && b.styles.Borders[f.Border].Bottom.Style != "" {
			if box.Line = b.styles.Borders[f.Border].Bottom.Colour.String(); box.Line == "" {
				box.Line = "#000000"
			}
		}
		across, down, wrap, indent = f.Alignment.Across, f.Alignment.Down, on(f.Alignment.Wrap), float64(f.Alignment.Indent)*draw.CharWidth
	}
	if ink == "" {
		ink = "#000000"
	}
	room := box.Width - 2*draw.CellPadding - indent
	lines := []string{text}
	if wrap {
		lines = wrapped(text, size, bold, room)
	}
	step := size * draw.LineHeight
	for most := max(1, int(box.Height/step)); len(lines) > most; {
		lines = lines[:most]
	}
	top := box.Y + 2
	switch down {
	case "center":
		top = box.Y + (box.Height-float64(len(lines))*step)/2
	case "", "bottom":
		top = box.Y + box.Height - float64(len(lines))*step - 2
	}
	for i, line := range lines {
		if line = strings.TrimRight(fitting(line, size, bold, room), " "); line == "" {
			continue
		}
		t := Text{X: box.X + draw.CellPadding + indent, Y: top + float64(i)*step + size, Size: size, Bold: bold, Ink: ink, Text: line}
		if across == "center" {
			t.X, t.Centred = box.X+box.Width/2, true
		}
		box.Texts = append(box.Texts, t)
	}
}

// wrapped breaks a text into lines of a width, at spaces.
func wrapped(text string, size float64, bold bool, width float64) []string {
	var out []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			if line != "" && draw.TextWidth(line+" "+word, size, bold) > width {
				out = append(out, line)
				line = ""
			}
			line = strings.TrimSpace(line + " " + word)
		}
		out = append(out, line)
	}
	return out
}

// fitting cuts what does not fit into a width.
func fitting(line string, size float64, bold bool, width float64) string {
	r := []rune(line)
	for len(r) > 0 && draw.TextWidth(string(r), size, bold) > max(width, 0)+draw.CellPadding {
		r = r[:len(r)-1]
	}
	return string(r)
}

// merges says for the first cell of each range of merged cells where it ends, and which other cells are inside one.
func (ws *worksheet) merges() (end map[[2]int][2]int, inside map[[2]int]bool) {
	end, inside = map[[2]int][2]int{}, map[[2]int]bool{}
	for _, m := range ws.Merged {
		from, to, ok := strings.Cut(m.Ref, ":")
		if !ok {
			continue
		}
		c1, r1 := place(from)
		c2, r2 := place(to)
		end[[2]int{c1, r1}] = [2]int{c2, r2}
		for c := c1; c <= min(c2, mostColumns); c++ {
			for r := r1; r <= min(r2, r1+1000); r++ {
				if c != c1 || r != r1 {
					inside[[2]int{c, r}] = true
				}
			}
		}
	}
	return end, inside
}

// place is the column and row of a reference such as B7.
func place(ref string) (col, row int) {
	for i, r := range ref {
		if r < 'A' || r > 'Z' {
			row, _ = strconv.Atoi(ref[i:])
			return col, row
		}
		col = col*26 + int(r-'A') + 1
	}
	return col, 0
}
