package look_test

import (
	"math"
	"testing"

	"github.com/rubric-project/rubric/internal/look"
)

// The contrasts are those that public checkers of WCAG give for these well-known pairs.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21}, {"#ffffff", "#000000", 21}, {"#777777", "#ffffff", 4.48}, {"#767676", "#ffffff", 4.54},
		{"#0000ff", "#ffffff", 8.59}, {"#ff0000", "#ffffff", 4.00}, {"#123456", "#123456", 1},
	} {
		a, ok := look.Parse(c.a)
		b, also := look.Parse(c.b)
		if got := look.Contrast(a, b); !ok || !also || math.Abs(got-c.want) > 0.005 {
			t.Errorf("%s on %s: %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
	if a, ok := look.Parse(look.Accent); !ok || look.Contrast(a, look.White) < 10 {
		t.Errorf("%s: white cannot be read well on it", look.Accent)
	}
	for _, s := range []string{"", "red", "123456", "#12345", "#1234567", "#12345g", "#+12345"} {
		if _, ok := look.Parse(s); ok {
			t.Errorf("%q is no colour", s)
		}
	}
}
