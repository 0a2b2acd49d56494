package pages

import (
	"testing"

	"github.com/rubric-project/rubric/models"
)

// A heading in a language with longer words gets a wider column and a higher row; one that fits leaves both as they are.
func TestHeadingsGetTheRoomTheyNeed(t *testing.T) {
	for _, x := range []struct {
		heading string
		widened bool
		lines   int
	}{
		{"Mean", false, 1},
		{"Upper quartile", false, 2},
		{"Destinatarios", true, 1},
		{"F – Implantado por completo", true, 3},
	} {
		fr := NewFrame(&models.Round{})
		p := fr.Page("One", TabDetail, 10)
		high := p.HeadHeight(0, 1, x.heading)
		width, err := fr.File.GetColWidth("One", "A")
		if err != nil || (width > 10) != x.widened {
			t.Errorf("%q: the column is %v wide, widened should be %v, error %v", x.heading, width, x.widened, err)
		}
		if want := float64(x.lines) * LinePoints; high < want || high > want+LinePoints+2 {
			t.Errorf("%q: the row is %v high, should hold %d lines or one more", x.heading, high, x.lines)
		}
		c, q := NewCanvas(), fr.Page("Two", TabDetail, 10)
		c.Text(1, 3, fr.HeadCentre(), x.heading)
		q.CanvasRows(c)
		if second, err := fr.File.GetColWidth("Two", "A"); err != nil || second != width || c.heights[3] != 0 && c.heights[3] != high {
			t.Errorf("%q on a canvas: %v wide and %v high, in a row of its own %v and %v", x.heading, second, c.heights[3], width, high)
		}
	}
}
