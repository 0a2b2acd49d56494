package sheet

import (
	"bytes"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// classify makes a typed cell of the text from the given offset on (18.18.11, ST_CellType).
func (c *cellReader) classify(kind []byte, has bool, from int, cl *Cell) error {
	w := c.w
	v := w.texts[from:]
	cl.text, cl.textEnd = uint32(from), uint32(len(w.texts))
	text := string(kind) == "str" || string(kind) == "inlineStr"
	if !text {
		v = bytes.TrimSpace(v)
		copy(w.texts[from:], v)
		w.texts = w.texts[:from+len(v)]
		v = w.texts[from:]
		cl.textEnd = uint32(len(w.texts))
	}
	if !has || len(v) == 0 && !text {
		if has && string(kind) == "s" {
			return refuse.Damaged("a cell refers to a shared text without saying which")
		}
		w.texts = w.texts[:from]
		cl.textEnd = cl.text
		cl.NoValue = cl.Formula
		return nil
	}
	switch string(kind) {
	case "", "n":
		if !isNumber(v) {
			return refuse.Damaged("a cell holds a number that is none (%q)", clip(v))
		}
		cl.Kind = Number
		if w.formats[cl.format].Date {
			cl.Kind = Date
		}
	case "s":
		n, ok := small(v)
		if !ok || n >= len(w.strings) {
			return refuse.Damaged("a cell refers to a shared text that does not exist (%q)", clip(v))
		}
		w.texts = w.texts[:from]
		c.shared(cl, n)
	case "str", "inlineStr":
		if string(kind) == "str" && bytes.Contains(v, []byte("_x")) {
			w.texts = w.texts[:from+len(unescape(v))]
			cl.textEnd = uint32(len(w.texts))
		}
		cl.Kind = Text
	case "b":
		switch string(v) {
		case "1", "true":
			w.texts = append(w.texts[:from], '1')
		case "0", "false":
			w.texts = append(w.texts[:from], '0')
		default:
			return refuse.Damaged("a cell holds a truth value that is none (%q)", clip(v))
		}
		cl.textEnd = uint32(len(w.texts))
		cl.Kind = Bool
	case "e":
		if v[0] != '#' {
			return refuse.Damaged("a cell holds an error value that is none (%q)", clip(v))
		}
		cl.Kind = Fault
	case "d":
		cl.Kind = Date // what it holds may be none: see NoDate
	default:
		return refuse.New(models.FileSheetUnsupported, "a cell is of a kind that is not understood (%q)", clip(kind))
	}
	if cl.textEnd-cl.text > maxCellText {
		return tooLong()
	}
	if cl.Kind == Text && cl.text == cl.textEnd && !cl.Formula {
		cl.Kind = Empty
	}
	return nil
}

// maxCellText is the longest text of a cell in bytes. Excel allows 32,767 UTF-16 units, of which each takes at
// most three bytes; other programs allow some more.
const maxCellText = 1 << 17

func tooLong() error {
	return refuse.New(models.FileOverLimit, "a cell holds more text than a cell can hold")
}

// shared makes the cell one with the n-th shared text, counted from 0.
func (c *cellReader) shared(cl *Cell, n int) {
	cl.Kind, cl.text, cl.textEnd = Text, 0, c.w.strings[n]
	if n > 0 {
		cl.text = c.w.strings[n-1]
	}
	if cl.text == cl.textEnd && !cl.Formula {
		cl.Kind = Empty
	}
}

func clip(b []byte) []byte { return b[:min(len(b), 40)] }

// isNumber says whether b is a finite decimal number as XML Schema writes a double.
func isNumber(b []byte) bool {
	i, digits := 0, 0
	if b[0] == '-' || b[0] == '+' {
		i++
	}
	for ; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
		digits++
	}
	if i < len(b) && b[i] == '.' {
		for i++; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
			digits++
		}
	}
	if digits == 0 {
		return false
	}
	if i == len(b) && digits < 300 {
		return true
	}
	if len(b) > 400 || i < len(b) && b[i] != 'e' && b[i] != 'E' {
		return false
	}
	_, err := strconv.ParseFloat(string(b), 64)
	return err == nil
}

// small reads a whole number that is not negative.
func small(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
