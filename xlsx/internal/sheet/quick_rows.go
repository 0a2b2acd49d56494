package sheet

// rowTag is what followed the number of the row in the last start tag of a row; most say the same.
type rowTag struct {
	bytes  [160]byte
	length int
	hidden bool
}

// quickRow reads the start tag of the next row, if it is not empty and comes after the last one.
func (c *cellReader) quickRow(b []byte) (row int32, hidden bool, next int, ok bool) {
	const start = `<row r="`
	i := len(start)
	if len(b) < i || string(b[:i]) != start {
		return firstRow(b, c.row)
	}
	for i < len(b) && b[i] != '"' && i < len(start)+8 {
		i++
	}
	tag := &c.tag
	if end := i + tag.length; tag.length > 0 && end <= len(b) && string(b[i:end]) == string(tag.bytes[:tag.length]) {
		row, ok = parseRow(b[len(start):i])
		return row, tag.hidden, end, ok && row > c.row
	}
	if row, hidden, next, ok = firstRow(b, c.row); ok && next-i <= len(tag.bytes) {
		tag.length, tag.hidden = copy(tag.bytes[:], b[i:next]), hidden
	}
	return row, hidden, next, ok
}

// firstRow reads the start tag of a row that is not empty and comes after the given one. Its attributes are few,
// with plain names and values, each once.
func firstRow(b []byte, after int32) (row int32, hidden bool, next int, ok bool) {
	const start = `<row`
	if len(b) < 16 || string(b[:len(start)]) != start {
		return 0, false, 0, false
	}
	row = after + 1
	var names [12][]byte
	n := 0
	var lengths, letters uint64 // of the names, as bits: most differ in one of them
	for i := len(start); ; {
		if i+4 > len(b) {
			return 0, false, 0, false
		}
		if b[i] == '>' {
			return row, hidden, i + 1, row > after && row <= maxRow
		}
		if b[i] != ' ' || n == len(names) {
			return 0, false, 0, false
		}
		i++
		from := i
		for i < len(b) && (b[i]|0x20 >= 'a' && b[i]|0x20 <= 'z') {
			i++
		}
		name := b[from:i]
		if len(name) == 0 || i+3 > len(b) || b[i] != '=' || b[i+1] != '"' || string(name) == "xmlns" {
			return 0, false, 0, false
		}
		length, letter := uint64(1)<<(len(name)&63), uint64(1)<<(name[0]&63)
		if lengths&length != 0 && letters&letter != 0 {
			for _, had := range names[:n] {
				if string(had) == string(name) {
					return 0, false, 0, false
				}
			}
		}
		lengths, letters = lengths|length, letters|letter
		names[n] = name
		n++
		i += 2
		from = i
		for ; i < len(b) && b[i] != '"'; i++ {
			if b[i] == '<' || b[i] == '&' {
				return 0, false, 0, false
			}
		}
		if i == len(b) {
			return 0, false, 0, false
		}
		switch value := b[from:i]; string(name) {
		case "r":
			if row, ok = parseRow(value); !ok {
				return 0, false, 0, false
			}
		case "hidden":
			hidden = hidden || isTrue(value)
		case "ht":
			hidden = hidden || nothing(value)
		}
		i++
	}
}
