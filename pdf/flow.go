package pdf

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
	"github.com/rubric-project/rubric/words"
)

// flow is a document in the making: where the next line goes, and what was found on the way.
type flow struct {
	*Printer
	d *tagpdf.Doc
	// y is how far down the page is filled; left, right, top and bottom bound the text area.
	y, left, right, top, bottom float64
	// first is the first page of the part being drawn, for "page x of y".
	first int
	// mark stands at the foot of every page: whom the document is for.
	mark string
	// foot is the running footer of the part.
	foot []string
	// missing collects the characters that could not be set, by what they stood in.
	missing []lack
	watch   func(placed)
	// spreadOnly makes bars draw the spread of all returns without an own score.
	spreadOnly bool
	// fresh is set while nothing stands on the page yet.
	fresh bool
	// spared is how much of this page's foot is left for the next, which would hold next to nothing.
	spared float64
}

// placed is a line of text and its box on the page, in points from the top left corner.
type placed struct {
	page           int
	x0, y0, x1, y1 float64
	text           string
	st             style
	up             bool
}

type lack struct {
	where     words.Said
	recipient string
	runes     []rune
}

func (f *flow) width() float64 { return f.right - f.left }

// say takes characters out of a text that cannot be set and notes where it stood.
func (f *flow) say(s string, where words.Said, recipient string) string {
	text, missing := f.printable(s)
	if len(missing) > 0 {
		f.missing = append(f.missing, lack{where, recipient, missing})
	}
	return text
}

// sayLine is say for a text of one line, such as a name.
func (f *flow) sayLine(s string, where words.Said, recipient string) string {
	return strings.ReplaceAll(f.say(s, where, recipient), "\n", " ")
}

// findings reports each text that could not be set in full.
func (f *flow) findings() []models.Finding {
	var out []models.Finding
	for _, l := range slices.Concat(f.lacking, f.missing) {
		l.runes = slices.Sorted(slices.Values(l.runes))
		l.runes = slices.Compact(l.runes)
		list := make([]string, len(l.runes))
		for i, r := range l.runes {
			list[i] = "‘" + string(r) + "’ (U+" + hex(r) + ")"
		}
		x := models.NewFinding(models.TextNotPrintable, models.Origin{},
			"The PDF cannot show every character of %s: %s.%s",
			l.where, words.Name(text.FirstFew(list, 5, ", ", " …")), lackingScript(l.runes))
		x.Recipient = l.recipient
		if !slices.ContainsFunc(out, func(f models.Finding) bool { return f.Recipient == x.Recipient && f.Message == x.Message }) { // a text may stand in several places
			out = append(out, x)
		}
	}
	return out
}

func hex(r rune) string {
	s := strconv.FormatInt(int64(r), 16)
	for len(s) < 4 {
		s = "0" + s
	}
	b := []byte(s)
	for i := range b {
		if b[i] >= 'a' {
			b[i] -= 32
		}
	}
	return string(b)
}

// line sets one line with its top left corner at x, y.
func (f *flow) line(x, y float64, s string, st style) {
	if s == "" {
		return
	}
	if f.watch != nil {
		f.watch(placed{f.d.Page(), x, y, x + st.width(s), y + st.lead, s, st, false})
	}
	f.d.Text(x, y+st.baseline(), s, st.weight, st.size, st.color)
}

// need starts a new page unless h points are left on this one.
func (f *flow) need(h float64) bool {
	if f.y+h <= f.bottom || f.fresh {
		return false
	}
	f.page()
	return true
}

// page starts a new page.
func (f *flow) page() {
	f.unspare()
	f.d.AddPage()
	f.y = f.top
	f.fresh = true
}

// advance moves down, but not at the top of a page.
func (f *flow) advance(h float64) {
	if !f.fresh {
		f.y += h
	}
}

// heading sets a heading of the given kind, with a bookmark, and keeps it with the next keep points.
func (f *flow) heading(kind tagpdf.Kind, s string, keep float64) {
	st := f.look.h2
	above, below := 17.0, 5.0
	level := 1
	if kind == tagpdf.H3 {
		st, above, below, level = f.look.h3, 12, 3, 2
	}
	lines := wrap(s, st, f.width())
	f.need(above + float64(len(lines))*st.lead + below + keep)
	f.advance(above)
	if kind == tagpdf.H2 {
		f.d.Bookmark(s, level, f.y-8)
	}
	f.d.Begin(kind)
	for _, l := range lines {
		f.line(f.left, f.y, l, st)
		f.y += st.lead
	}
	f.d.End()
	f.fresh = false
	f.y += below
}

// paragraph sets a text over the full width, without leaving a single line at the foot or head of a page.
func (f *flow) paragraph(s string, st style) { f.block(tagpdf.P, s, st, f.left, f.width(), "") }

// block sets a text as an element of the given kind at x.
func (f *flow) block(kind tagpdf.Kind, s string, st style, x, width float64, lang string) {
	if s == "" {
		return
	}
	lines := wrap(s, st, width)
	f.d.Begin(kind, tagpdf.Attr{Lang: lang})
	f.linesAt(lines, st, x)
	f.d.End()
}

// linesAt sets lines into the element that is open, over as many pages as they need.
func (f *flow) linesAt(lines []string, st style, x float64) {
	for i, l := range lines {
		left := len(lines) - i
		together := 1 // lines that must stay on one page from here on
		if i == 0 {
			together = min(2, left)
			if left == 3 {
				together = 3
			}
		} else if left == 2 {
			together = 2
		}
		f.need(float64(together) * st.lead)
		f.line(x, f.y, l, st)
		f.y += st.lead
		f.fresh = false
	}
}
