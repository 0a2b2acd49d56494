package pdf

import (
	"reflect"
	"regexp"
	"slices"
	"testing"
)

// TestWordsAreComplete: every language has every word, with the same things to put in, in the same order.
func TestWordsAreComplete(t *testing.T) {
	verbs := regexp.MustCompile(`%[\[\]0-9]*[a-z]`)
	want := reflect.ValueOf(*languages[0])
	for _, w := range languages {
		got := reflect.ValueOf(*w)
		for i := range got.NumField() {
			name := got.Type().Field(i).Name
			if got.Field(i).Kind() != reflect.String || name == "date" {
				continue
			}
			a, b := want.Field(i).String(), got.Field(i).String()
			if b == "" {
				t.Errorf("%s lacks %s", w.tag, name)
			}
			if !slices.Equal(verbs.FindAllString(a, -1), verbs.FindAllString(b, -1)) {
				t.Errorf("%s: %s is %q, in English %q", w.tag, name, b, a)
			}
			if _, missing := printable(b); len(missing) > 0 {
				t.Errorf("%s: the typeface lacks %q of %s", w.tag, missing, name)
			}
		}
		if slices.Contains(w.months[:], "") {
			t.Errorf("%s lacks a month", w.tag)
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
