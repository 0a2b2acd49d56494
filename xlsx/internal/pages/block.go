package pages

import (
	"strings"
	"unicode/utf8"
)

// Block writes in row r the heading of a part of a sheet, then its note and its column headings, and returns the
// first row below.
func (fr *Frame) Block(c *Canvas, r int, heading, note string, headings ...string) int {
	c.Text(1, r, fr.Heading(), heading)
	c.Fill(2, r, len(headings), r, fr.Heading())
	c.Height(r, 24)
	// A note runs on to the right, and would make the sheet wider on paper than its tables.
	lines := BrokenInto(note, MostNote)
	for i, line := range lines {
		c.Text(1, r+1+i, fr.Subtitle(), line)
	}
	r += len(lines) - 1
	c.Text(1, r+2, fr.Head(), headings[0])
	c.Texts(2, r+2, fr.HeadCentre(), headings[1:]...)
	c.Height(r+2, 34)
	return r + 3
}

// MostNote is how many characters of a note stand on one line.
const MostNote = 150

// BrokenInto breaks a text between words into lines of at most so many characters; a longer word has a line of its own.
func BrokenInto(text string, most int) []string {
	lines, n := []string{""}, 0
	for _, word := range strings.Fields(text) {
		size := utf8.RuneCountInString(word)
		switch last := len(lines) - 1; {
		case n == 0:
			lines[last], n = word, size
		case n+1+size > most:
			lines, n = append(lines, word), size
		default:
			lines[last], n = lines[last]+" "+word, n+1+size
		}
	}
	return lines
}
