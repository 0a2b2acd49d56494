package pages

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// Distinct makes a text a column heading that none of those taken has: Excel compares headings of a table
// without regard to case, and takes none that is empty or has more than 255 characters.
func Distinct(name string, taken []string) string {
	name, _ = sheetdata.Clean(strings.TrimSpace(name))
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		name = "Column"
	}
	if r := []rune(name); len(r) > 120 {
		name = string(r[:120])
	}
	out := name
	for i := 2; slices.ContainsFunc(taken, func(t string) bool { return strings.EqualFold(t, out) }); i++ {
		out = name + " " + strconv.Itoa(i)
	}
	return out
}
