package text

import "strconv"

// Count writes a number with its noun: 1 answer, 3 answers. The plural is given, because not every one is made
// with an s.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
