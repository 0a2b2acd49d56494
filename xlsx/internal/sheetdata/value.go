package sheetdata

import "strconv"

// Value is what a formula comes to: a number or a text. The zero value is the number 0.
type Value struct {
	n    float64
	s    string
	text bool
}

// Num is the number n.
func Num(n float64) Value { return Value{n: n} }

// Str is the text s; "" is what a formula shows that has nothing to say.
func Str(s string) Value { return Value{s: s, text: true} }

// Number returns the number, and whether the value is one.
func (v Value) Number() (float64, bool) { return v.n, !v.text }

// String is the text, or the number as it is stored.
func (v Value) String() string {
	if v.text {
		return v.s
	}
	return strconv.FormatFloat(v.n, 'g', -1, 64)
}

// Name is the letters of the column with the given number: A for 1, AA for 27.
func Name(column int) string { return string(appendLetters(nil, column)) }

// Ref is the reference of a cell: A1 for 1, 1.
func Ref(column, row int) string { return Name(column) + strconv.Itoa(row) }

// Fixed is the reference of a cell that stays when it is copied: $A$1 for 1, 1.
func Fixed(column, row int) string { return "$" + Name(column) + "$" + strconv.Itoa(row) }

// Box is the fixed reference of a range.
func Box(column1, row1, column2, row2 int) string {
	return Fixed(column1, row1) + ":" + Fixed(column2, row2)
}

// letters keeps how the cells of the columns used begin.
type letters struct{ begins []string }

const beginsCell = `<c r="`

// begin appends how a cell of the column begins, up to the letters.
func (l *letters) begin(b []byte, column int) []byte {
	for len(l.begins) <= column {
		l.begins = append(l.begins, beginsCell+Name(len(l.begins)))
	}
	return append(b, l.begins[column]...)
}

func appendLetters(b []byte, column int) []byte {
	if column <= 0 {
		return b
	}
	b = appendLetters(b, (column-1)/26)
	return append(b, byte('A'+(column-1)%26))
}

// appendMarkup appends a text with the characters escaped that XML does not allow in content.
func appendMarkup(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		default:
			b = append(b, s[i])
		}
	}
	return b
}
