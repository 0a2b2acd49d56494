package pdf

import (
	"os"
	"path/filepath"
	"testing"
)

// The typeface has every character of the reports' own words, in every language.
func TestWordsCanBeSet(t *testing.T) {
	files, err := filepath.Glob("../words/*/summary.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("summary.yaml of %d languages: %v", len(files), err)
	}
	for _, f := range append(files, "../words/en/workbook.yaml", "../words/es/workbook.yaml") { // of which reports take the months and the ratings
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, missing := printable(string(b)); len(missing) > 0 {
			t.Errorf("%s: the typeface lacks %q", f, missing)
		}
	}
}

// TestContrast: text in the accent colour and on every shade of a heat map can be read, whatever colour the round
// chose (WCAG 2.1, 1.4.3: 4.5 to 1), and shades differ in lightness, so that they hold in grey.
func TestContrast(t *testing.T) {
	for _, accent := range []string{"", "#12436d", "#ffff00", "#ff0000", "#00ff00", "#000000", "#ffffff", "#888888", "#e4002b"} {
		l := newLook(accent)
		if c := contrast(l.accent, white); c < 4.5 {
			t.Errorf("%s: headings have a contrast of %.2f", accent, c)
		}
		if c := contrast(l.gray, l.tint); c < 4.5 {
			t.Errorf("%s: notes on the tint have a contrast of %.2f", accent, c)
		}
		last := 2.0
		for i := range 21 {
			fill, text := l.shade(float64(i) / 20)
			if c := contrast(fill, text); c < 4.5 {
				t.Errorf("%s: shade %d has a contrast of %.2f", accent, i, c)
			}
			if y := colourOf(fill).Luminance(); y > last+1e-9 {
				t.Errorf("%s: shade %d is lighter than the one before", accent, i)
			} else {
				last = y
			}
		}
	}
}
