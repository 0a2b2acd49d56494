package pages

import "strings"

// MostLines is how many lines of text a row shows at most: 409 points is the highest that a row may be.
const MostLines = 26

// goesOn stands where a text goes on in the next row, and where it comes from the one before.
const goesOn = "…"

// Pieces cuts a text into pieces that each fit a row, in a column where so many characters stand on a line: between words
// where there are some. A text that fits is one piece, as it is.
func Pieces(text string, perLine int) []string {
	if len(text)+perLine*strings.Count(text, "\n") <= perLine*MostLines {
		return []string{text}
	}
	var out []string
	rest := []rune(text)
	for {
		n := fitting(rest, perLine)
		if n == len(rest) {
			break
		}
		out = append(out, strings.TrimRight(string(rest[:n]), " \n"))
		rest = rest[n:]
	}
	out = append(out, string(rest))
	for i := range out {
		if i > 0 {
			out[i] = goesOn + " " + strings.TrimLeft(out[i], " ")
		}
		if i < len(out)-1 {
			out[i] += " " + goesOn
		}
	}
	return out
}

// fitting is how many characters from the start on stand in a row. Two lines are kept for what marks that a text goes on,
// and for words that do not fit on their line any more.
func fitting(text []rune, perLine int) int {
	lines, on, space := 1, 0, 0
	for i, r := range text {
		switch {
		case r == '\n':
			lines, on, space = lines+1, 0, i+1
		case on == perLine:
			lines, on = lines+1, 1
		default:
			on++
		}
		if r == ' ' {
			space = i + 1
		}
		if lines > MostLines-2 {
			if space > i/2 {
				return space
			}
			return i
		}
	}
	return len(text)
}
