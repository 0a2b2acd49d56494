package sheet

import (
	"bytes"
	"encoding/binary"
	"strconv"

	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// The quick way takes rows and cells as nearly all programs write them, straight from the bytes: attributes in the
// usual order, no prefixes, no white space between tags. It has to understand a cell wholly, or it leaves it as
// it is to the scanner, which sees the same and says what is wrong, if anything is.

// quickRows reads the rows that follow, as far as the quick way goes, and leaves the scanner between rows.
func (c *cellReader) quickRows(s *xmlscan.Scanner) error {
	for !c.all && !c.zero && !c.w.byPiece {
		b := s.Plain(nsMain)
		row, hidden, i, ok := c.quickRow(b)
		if !ok {
			return nil
		}
		c.row, c.col, c.hidden = row, 0, hidden
		had, texts := len(c.sh.Cells), len(c.w.texts)
		if i, ok = c.quickCells(b, i); ok && i+6 <= len(b) && string(b[i:i+6]) == "</row>" {
			s.Pass(i + 6)
			if c.hidden && len(c.sh.Cells) > had {
				c.sh.hiddenRows = append(c.sh.hiddenRows, c.row)
			}
			if err := c.flow(had, texts); err != nil {
				return err
			}
			continue
		}
		s.Enter(i, "row")
		if err := c.cellsOf(s, had, texts); err != nil {
			return err
		}
	}
	return nil
}

// quickCells reads the cells at b[i:] that belong to the current row, and gives the index of what follows them. It
// says false if that is something which is to be read in another way.
func (c *cellReader) quickCells(b []byte, i int) (int, bool) {
	// The number of the row and the quote after it, as they stand in each of its cells' references.
	var room [8]byte
	digits := len(strconv.AppendInt(room[:0], int64(c.row), 10))
	room[digits] = '"'
	mask := ^uint64(0) >> (56 - 8*digits)
	number := binary.LittleEndian.Uint64(room[:]) & mask
	w := c.w
	// The shortest end of a document after a cell is longer than what a step looks ahead.
	for i+24 <= len(b) && b[i] == '<' && b[i+1] == 'c' {
		if string(b[i+2:i+6]) != ` r="` {
			return i, false
		}
		j := i + 6
		col := int32(0)
		for ; j < i+9 && b[j] >= 'A' && b[j] <= 'Z'; j++ {
			col = col*26 + int32(b[j]-'A') + 1
		}
		if col <= c.col || col > maxCol || j+digits+8 > len(b) || binary.LittleEndian.Uint64(b[j:])&mask != number {
			return i, false
		}
		j += digits + 1
		cl := Cell{Row: c.row, Col: col}
		if string(b[j:j+4]) == ` s="` {
			n, k := number9(b, j+4)
			if n < 0 || n >= len(w.formats) || b[k] != '"' {
				return i, false
			}
			cl.format = uint32(n)
			j = k + 1
		}
		kind := byte('n')
		if j+9 > len(b) {
			return i, false
		}
		if string(b[j:j+4]) == ` t="` {
			switch kind = b[j+4]; {
			case b[j+5] == '"' && (kind == 's' || kind == 'n' || kind == 'b' || kind == 'e'):
				j += 6
			case string(b[j+4:j+8]) == `str"`:
				kind = 't'
				j += 8
			default:
				return i, false
			}
		}
		j, ok := c.quickContent(b, j, kind, &cl)
		if !ok {
			return i, false
		}
		c.col = col
		if cl.Kind != Empty || cl.NoValue {
			if w.cells == w.limits.Cells {
				return i, false
			}
			w.cells++
			c.sh.Cells = append(c.sh.Cells, cl)
		}
		i = j
	}
	return i, true
}

// quickContent reads what stands between a cell's attributes and the next cell, and gives the index of that.
func (c *cellReader) quickContent(b []byte, i int, kind byte, cl *Cell) (next int, ok bool) {
	if i+5 > len(b) {
		return 0, false
	}
	if b[i] == '/' {
		return i + 2, b[i+1] == '>'
	}
	if b[i] != '>' {
		return 0, false
	}
	i++
	if b[i] == '<' && b[i+1] == 'f' {
		switch {
		case b[i+2] == '>':
			i += 3
		case i+15 <= len(b) && string(b[i+2:i+15]) == ` aca="false">`:
			i += 15
		default:
			return 0, false
		}
		from := i
		if i, _, ok = xmlscan.EndOfText(b, i); !ok || i+8 > len(b) || string(b[i:i+4]) != "</f>" || isSpecial(b[from:i]) {
			return 0, false
		}
		i += 4
		cl.Formula = true
	}
	if i+4 <= len(b) && string(b[i:i+4]) == "</c>" {
		cl.NoValue = cl.Formula
		return i + 4, true
	}
	if i+12 > len(b) || string(b[i:i+3]) != "<v>" {
		return 0, false
	}
	i += 3
	w := c.w
	if kind == 's' {
		n, k := number9(b, i)
		if n < 0 || n >= len(w.strings) || k+8 > len(b) || string(b[k:k+8]) != "</v></c>" {
			return 0, false
		}
		c.shared(cl, n)
		return k + 8, cl.textEnd-cl.text <= maxCellText
	}
	k, refs, ok := i, false, true
	if kind == 'n' {
		for k < len(b) && b[k] != '<' && b[k] <= 'e' && b[k] >= '+' {
			k++ // what a number is made of, and no reference
		}
	} else {
		k, refs, ok = xmlscan.EndOfText(b, i)
	}
	if !ok || k+8 > len(b) || string(b[k:k+8]) != "</v></c>" {
		return 0, false
	}
	v := b[i:k]
	if refs || len(v) > maxCellText || len(w.texts)+len(v) > w.limits.Text || kind != 't' && (k == i || isSpace(v[0]) || isSpace(v[len(v)-1])) {
		return 0, false
	}
	switch kind {
	case 'n':
		if !isNumber(v) {
			return 0, false
		}
		cl.Kind = Number
		if w.formats[cl.format].Date {
			cl.Kind = Date
		}
	case 't':
		if bytes.IndexByte(v, '\r') >= 0 || bytes.Contains(v, []byte("_x")) {
			return 0, false
		}
		cl.Kind = Text
		if len(v) == 0 && !cl.Formula {
			cl.Kind = Empty
		}
	case 'b':
		if len(v) != 1 || v[0] != '0' && v[0] != '1' {
			return 0, false
		}
		cl.Kind = Bool
	case 'e':
		if v[0] != '#' || bytes.IndexByte(v, '\r') >= 0 {
			return 0, false
		}
		cl.Kind = Fault
	}
	cl.text = uint32(len(w.texts))
	w.texts = append(w.texts, v...)
	cl.textEnd = uint32(len(w.texts))
	return k + 8, true
}

func isSpace(c byte) bool { return c <= ' ' || c >= 0x80 }

// number9 reads a whole number of at most nine digits at b[i:] and gives the index of what follows, or -1 and some
// index if there is none.
func number9(b []byte, i int) (n, next int) {
	from := i
	for ; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
		n = n*10 + int(b[i]-'0')
	}
	if i == from || i-from > 9 || i == len(b) {
		return -1, from
	}
	return n, i
}
