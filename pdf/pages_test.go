package pdf_test

import (
	"bytes"
	"testing"

	"github.com/rubric-project/rubric/pdf"
	"github.com/rubric-project/rubric/scoring/story"
	"github.com/rubric-project/rubric/words"
)

// No page of a summary or of the overview is near-empty: all but the last are filled to three fifths, and the last holds a
// sixth. What is measured is the lowest line of the text above the running footer.
func TestNoPageIsNearEmpty(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		for _, paper := range []string{"a4", "letter"} {
			c := castOf(t, builtin(t, id), paper, 30, 0.95)
			w, _ := words.For("en-GB")
			facts, err := story.Gather(story.Input{Results: c.results()})
			if err != nil {
				t.Fatal(err)
			}
			in := story.In{Words: w, Template: c.template}
			look := func(what string, draw func(p *pdf.Printer)) {
				p := printer(t, c)
				lowest := map[int]float64{}
				pages := 0
				_, height := p.Paper()
				const top = 50
				foot := height - 58 // above three lines of running footer
				p.Watch(func(x pdf.Placed) {
					pages = max(pages, x.Page)
					if x.Y1 < foot+6 && x.Size > 0 {
						lowest[x.Page] = max(lowest[x.Page], x.Y1)
					}
				})
				draw(p)
				if pages < 2 {
					t.Fatalf("%s %s %s: %d pages", id, paper, what, pages+1)
				}
				for i := range pages + 1 {
					filled, least := (lowest[i]-top)/(foot-top), 0.6
					if i == pages {
						least = 1.0 / 6
					}
					if filled < least {
						t.Errorf("%s %s %s: page %d of %d is filled to %.2f", id, paper, what, i+1, pages+1, filled)
					}
				}
			}
			for i := range c.members {
				if c.members[i].Return == nil {
					continue
				}
				told, err := facts.Recipient(in, i)
				if err != nil {
					t.Fatal(err)
				}
				look(c.members[i].Recipient.ID, func(p *pdf.Printer) {
					x := c.input(i)
					x.Story = &told
					if _, err := p.Summary(&bytes.Buffer{}, x); err != nil {
						t.Fatal(err)
					}
				})
			}
			told := facts.Round(in, story.Office)
			look("overview", func(p *pdf.Printer) {
				if _, err := p.Overview(&bytes.Buffer{}, pdf.OverviewInput{Results: c.results(), Story: &told}); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}
