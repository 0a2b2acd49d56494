package pages_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// Every piece fits a row of 409 points, and nothing is lost or added but the marks between pieces.
func TestPiecesFitTheirRows(t *testing.T) {
	for name, text := range map[string]string{
		"prose":      strings.Repeat("a word and another one, ", 300),
		"a list":     strings.Repeat("- item\n", 120),
		"paragraphs": strings.Repeat(strings.Repeat("some words ", 30)+"\n\n", 12),
		"no space":   strings.Repeat("x", 6000),
		"short":      "a comment",
		"just fits":  strings.Repeat("y", 78*pages.MostLines),
	} {
		list := pages.Pieces(text, 78)
		if one := name == "short" || name == "just fits"; one != (len(list) == 1) {
			t.Errorf("%s: %d pieces", name, len(list))
		}
		if len(list) == 1 && list[0] != text {
			t.Errorf("%s was changed", name)
		}
		for _, p := range list {
			if n := pages.LinesIn(p, 78); n > pages.MostLines || pages.HeightOf(n) != float64(n)*pages.LinePoints && n > 1 {
				t.Errorf("%s: a piece has %d lines", name, n)
			}
		}
		plain := strings.NewReplacer("…", "", " ", "", "\n", "")
		if got := plain.Replace(strings.Join(list, "")); got != plain.Replace(text) {
			t.Errorf("%s: %d of %d characters are left", name, len(got), len(plain.Replace(text)))
		}
	}
}
