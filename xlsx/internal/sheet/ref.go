package sheet

import "strconv"

// The size of a sheet (ECMA-376 Part 1, 18.3.1.73 and 18.3.1.13 with Excel's limits).
const (
	maxRow = 1 << 20
	maxCol = 1 << 14
)

// parseRef reads an A1 reference as files hold it: capital letters, no dollar signs, no leading zero.
func parseRef(b []byte) (row, col int32, ok bool) {
	i := 0
	for ; i < len(b) && i < 4 && b[i] >= 'A' && b[i] <= 'Z'; i++ {
		col = col*26 + int32(b[i]-'A') + 1
	}
	if i == 0 || col > maxCol {
		return 0, 0, false
	}
	row, ok = parseRow(b[i:])
	return row, col, ok
}

// ParseRef reads an A1 reference as files hold it; row and column count from 1.
func ParseRef(b []byte) (row, col int32, ok bool) { return parseRef(b) }

func parseRow(b []byte) (int32, bool) {
	if len(b) == 0 || len(b) > 7 || b[0] == '0' {
		return 0, false
	}
	var row int32
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		row = row*10 + int32(c-'0')
	}
	return row, row <= maxRow
}

// parseRange reads A1:B2 or A1.
func parseRange(b []byte) (Range, bool) {
	for i, c := range b {
		if c == ':' {
			top, left, ok := parseRef(b[:i])
			bottom, right, ok2 := parseRef(b[i+1:])
			return Range{top, left, bottom, right}, ok && ok2 && bottom >= top && right >= left
		}
	}
	row, col, ok := parseRef(b)
	return Range{row, col, row, col}, ok
}

// Ref writes a reference: row and column count from 1.
func Ref(row, col int32) string {
	var b [16]byte
	i := 4
	for ; col > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(strconv.AppendInt(b[:4], int64(row), 10)[i:])
}
