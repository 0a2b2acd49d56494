package pdf

import (
	"math"

	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// leastLast is the share of a page that the last one should hold at least.
const leastLast = 0.2

// closing says how high what ends a part is: h points that may break anywhere, of which at least start stay together. Where
// it would leave next to nothing for the last page, the foot of this page is spared, so that more goes over.
func (f *flow) closing(h, start float64) {
	rest := h - (f.bottom - f.y)
	if rest > 0 {
		rest = math.Mod(rest, f.bottom-f.top)
	}
	least := leastLast * (f.bottom - f.top)
	if f.fresh || rest <= 0 || rest >= least {
		return
	}
	if f.y+start > f.bottom-(least-rest) {
		f.page()
		return
	}
	f.spared = least - rest
	f.bottom -= f.spared
}

// unspare gives a page's foot back.
func (f *flow) unspare() { f.bottom, f.spared = f.bottom+f.spared, 0 }

// headed is the height of a heading, with what stands above and below it.
func (f *flow) headed(s string) float64 {
	return 17 + float64(len(wrap(s, f.look.h2, f.width())))*f.look.h2.lead + 5
}

// textHeight is the height of a text over the full width.
func (f *flow) textHeight(s string, st style) float64 {
	return float64(len(wrap(s, st, f.width()))) * st.lead
}

// paragraphs sets the last texts of a part under a heading.
func (f *flow) paragraphs(title string, list []string) {
	h := f.headed(title)
	for _, text := range list {
		h += f.textHeight(text, f.look.td) + 3
	}
	f.closing(h, f.headed(title)+3*f.look.td.lead)
	f.heading(tagpdf.H2, title, 60)
	for _, text := range list {
		f.paragraph(text, f.look.td)
		f.y += 3
	}
}
