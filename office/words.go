package office

import (
	"fmt"
	"strings"
)

// count writes a number with its noun, such as "1 file" or "3 files".
func count(n int, noun string) string {
	return countMany(n, noun, noun+"s")
}

// countMany is count for a noun whose plural is not made with an s alone.
func countMany(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// few writes the first of a list, and how many more there are.
func few(list []string) string {
	const most = 12
	if len(list) > most {
		return strings.Join(list[:most], "; ") + fmt.Sprintf("; and %d more", len(list)-most)
	}
	return strings.Join(list, "; ")
}

// listed writes up to most of the words.
func listed(words []string, most int) string {
	if len(words) > most {
		return strings.Join(words[:most], ", ") + fmt.Sprintf(" and %d more", len(words)-most)
	}
	return strings.Join(words, ", ")
}

// some lists the first few of a list.
func some(list []string) string {
	if len(list) > 5 {
		return strings.Join(list[:5], ", ") + " …"
	}
	return strings.Join(list, ", ")
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
