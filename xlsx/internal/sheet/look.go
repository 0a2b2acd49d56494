package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	shared "github.com/rubric-project/rubric/internal/look"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// look is what a cell format does to a text that matters to who reads it.
type look struct {
	struck bool // it is struck through
	unseen bool // it has the colour of its background, or letters too small to be read
	// ground is the colour of the background, if it is a plain one that is known.
	ground colour
}

// colour is a colour, if it is known.
type colour struct {
	known   bool
	r, g, b uint8
}

var (
	white = colour{true, 255, 255, 255}
	black = colour{known: true}
)

// font is what is known of a font (ECMA-376 Part 1, 18.8.22).
type font struct {
	struck bool
	colour colour
	tiny   bool // its letters are too small to be read
}

// leastSize is the size of letters, in points, below which nobody reads them.
const leastSize = 4

// isTiny says whether a size of letters is too small to be read. The scanner stands at it.
func isTiny(s *xmlscan.Scanner) bool {
	v, _ := s.Raw("val")
	size, err := strconv.ParseFloat(string(v), 64)
	return err == nil && size < leastSize
}

// looks collects the fonts and fills of a list of styles, and which of them each cell format has.
type looks struct {
	fonts []font
	fills []colour
	of    [][2]int // font and fill by cell format
}

// readFonts reads the fonts. The scanner stands at their list.
func (l *looks) readFonts(s *xmlscan.Scanner) error {
	return children(s, func() error {
		if len(l.fonts) == maxFormats {
			return refuse.New(models.FileOverLimit, "it has more than %d fonts", maxFormats)
		}
		f := font{colour: black}
		err := children(s, func() error {
			switch {
			case s.Is(nsMain, "strike"):
				f.struck = isOn(s)
			case s.Is(nsMain, "color"):
				f.colour = readColour(s)
			case s.Is(nsMain, "sz"):
				f.tiny = isTiny(s)
			}
			return s.Skip()
		})
		l.fonts = append(l.fonts, f)
		return err
	})
}

// readFills reads the fills (18.8.21): what is no plain colour is not known.
func (l *looks) readFills(s *xmlscan.Scanner) error {
	return children(s, func() error {
		if len(l.fills) == maxFormats {
			return refuse.New(models.FileOverLimit, "it has more than %d fills", maxFormats)
		}
		fill := colour{}
		err := children(s, func() error {
			if !s.Is(nsMain, "patternFill") {
				return s.Skip()
			}
			switch kind, _ := s.Decoded(xmlscan.NoSpace, "patternType"); string(kind) {
			case "", "none":
				fill = white
			case "solid":
				return children(s, func() error {
					if s.Is(nsMain, "fgColor") {
						fill = readColour(s)
					}
					return s.Skip()
				})
			}
			return s.Skip()
		})
		l.fills = append(l.fills, fill)
		return err
	})
}

// note keeps which font and fill a cell format has. The scanner stands at it.
func (l *looks) note(s *xmlscan.Scanner) {
	number := func(local string) int {
		v, _ := s.Decoded(xmlscan.NoSpace, local)
		n, _ := strconv.Atoi(string(v)) // which makes no string of it
		return n
	}
	font, fill := number("fontId"), number("fillId")
	l.of = append(l.of, [2]int{font, fill})
}

// look is what the n-th cell format does.
func (l *looks) look(n int) look {
	f, back := font{colour: black}, white
	if i := l.of[n][0]; i >= 0 && i < len(l.fonts) {
		f = l.fonts[i]
	}
	if i := l.of[n][1]; i >= 0 && i < len(l.fills) {
		back = l.fills[i]
	}
	return look{struck: f.struck, unseen: f.tiny || f.colour.known && back.known && contrast(f.colour, back) < leastContrast, ground: back}
}

// isOn reads a property that is on where it is named (18.18.7 and 22.9.2.7, CT_BooleanProperty).
func isOn(s *xmlscan.Scanner) bool {
	v, ok := s.Raw("val")
	return !ok || isTrue(v)
}

// readColour reads a colour (18.8.3). Of the colours of the theme only the first two are taken to be what they nearly
// always are, and shades of them are not known.
func readColour(s *xmlscan.Scanner) colour {
	if v, ok := s.Raw("tint"); ok && string(v) != "0" {
		return colour{}
	}
	if v, ok := s.Raw("rgb"); ok && len(v) >= 6 {
		n, err := strconv.ParseUint(string(v[len(v)-6:]), 16, 32)
		return colour{err == nil, uint8(n >> 16), uint8(n >> 8), uint8(n)}
	}
	if v, ok := s.Raw("theme"); ok {
		switch string(v) {
		case "0":
			return white
		case "1":
			return black
		}
		return colour{}
	}
	switch v, _ := s.Raw("indexed"); string(v) {
	case "0", "8", "64":
		return black
	case "1", "9":
		return white
	}
	return colour{}
}

// leastContrast is the contrast below which nobody reads a text. White on pale yellow has more than 1.1; what
// accessibility asks for is 4.5.
const leastContrast = 1.2

// contrast is that of two colours, from 1 for none to 21 (WCAG 2.2, contrast ratio).
func contrast(a, b colour) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

// Unreadable says whether nobody can read a text of one colour on another; colours are written #rrggbb, and "" stands for
// black on white. What is written in another way is not known to be unreadable.
func Unreadable(text, ground string) bool {
	read := func(s string, or colour) colour {
		if s == "" || s == "transparent" {
			return or
		}
		return parseColour(s)
	}
	t, g := read(text, black), read(ground, white)
	return t.known && g.known && contrast(t, g) < leastContrast
}

// parseColour reads a colour that is written #rrggbb; another is not known.
func parseColour(s string) colour {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	return colour{err == nil && len(s) == 7, uint8(n >> 16), uint8(n >> 8), uint8(n)}
}

func luminance(c colour) float64 { return light[0][c.r] + light[1][c.g] + light[2][c.b] }

// light is what each value of red, green and blue adds to the luminance: worked out once, for every cell asks for it.
var light = func() (of [3][256]float64) {
	for part := range of {
		for v := range of[part] {
			var c shared.Colour
			c[part] = float64(v) / 255
			of[part][v] = c.Luminance()
		}
	}
	return of
}()

// Struck says whether a cell's text, or a part of it that shows, is struck through.
func (w *Workbook) Struck(c *Cell) bool {
	if w.formats[c.format].look.struck {
		return true
	}
	_, ok := slices.BinarySearch(w.struck, c.text)
	return ok && c.text < c.textEnd
}

// Unseen says whether a cell's text has the colour of its background. A conditional format may show it all the same.
func (w *Workbook) Unseen(c *Cell) bool { return w.formats[c.format].look.unseen }

// Faint says whether a part of a cell's text, though not the whole of its format, is white or in letters too small to be
// read.
func (w *Workbook) Faint(c *Cell) bool {
	_, ok := slices.BinarySearch(w.faint, c.text)
	return ok && c.text < c.textEnd
}

// Ground is the colour of a cell's background, written #rrggbb, "" where it is white or not known.
func (w *Workbook) Ground(c *Cell) string {
	g := w.formats[c.format].look.ground
	if !g.known || g == white {
		return ""
	}
	return fmt.Sprintf("#%02x%02x%02x", g.r, g.g, g.b)
}

// strike notes that the text that begins at an offset in w.texts is struck through, at least in part.
func (w *Workbook) strike(from uint32) { w.struck = noted(w.struck, from) }

// fade notes that a part of the text that begins at an offset in w.texts is hardly to be seen.
func (w *Workbook) fade(from uint32) { w.faint = noted(w.faint, from) }

// forget drops what is known of texts from an offset on, which are taken away again.
func (w *Workbook) forget(from uint32) {
	w.struck, w.faint = before(w.struck, from), before(w.faint, from)
}

// noted adds an offset to a list in order, once.
func noted(list []uint32, from uint32) []uint32 { return append(before(list, from), from) }

// before cuts a list in order before the first that is not below from.
func before(list []uint32, from uint32) []uint32 {
	n := len(list)
	for n > 0 && list[n-1] >= from {
		n--
	}
	return list[:n]
}

// runLook is what the properties of a run do to its text.
type runLook struct{ struck, faint bool }

// readRun reads the properties of a run (18.4.7): whether they strike its text through, make it white or too small to be
// read. The scanner stands at them.
func readRun(s *xmlscan.Scanner) (l runLook, err error) {
	if b, ok := s.Elements(false); ok && isPlainRun(b) {
		s.Pass(len(b))
	}
	err = children(s, func() error {
		switch {
		case s.Is(nsMain, "strike"):
			l.struck = isOn(s)
		case s.Is(nsMain, "color"):
			l.faint = l.faint || readColour(s) == white
		case s.Is(nsMain, "sz"):
			l.faint = l.faint || isTiny(s)
		}
		return s.Skip()
	})
	return l, err
}

// isPlainRun says at a glance of the properties of a run that they do none of that.
func isPlainRun(b []byte) bool {
	if bytes.Contains(b, []byte("strike")) || bytes.Contains(b, []byte("<color")) && !bytes.Contains(b, []byte(`<color theme="1"`)) {
		return false
	}
	_, size, ok := bytes.Cut(b, []byte(`<sz val="`))
	return !ok && !bytes.Contains(b, []byte("<sz")) || ok && len(size) > 1 && size[1] >= '0' && size[1] <= '9' // two digits or more
}
