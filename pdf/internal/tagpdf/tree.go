package tagpdf

// tree is the structure tree: elements by number, the root first.
type tree struct {
	elems []elem
	now   int // the element that is open
}

// elem is a structure element. The Document element is number 0.
type elem struct {
	kind   Kind
	parent int
	kids   []kid
	attr   *Attr       // nil where it says nothing
	box    *[4]float64 // of a figure: left, top, right, bottom
}

// kid is a child: an element, or marked content on a page.
type kid struct {
	elem int // -1 for marked content
	page int
	mcid int
}

// Attr says more about an element. The zero value says nothing.
type Attr struct {
	// Alt stands for a figure.
	Alt string
	// Lang is given where the text is in another language than the document.
	Lang string
	// Scope is "Column", "Row" or "Both" for a header cell.
	Scope string
	// ColSpan is how many columns a cell spans, where more than one.
	ColSpan int
}

// Begin opens an element inside the one that is open, and returns its number. Inside an artifact there are
// no elements: it does nothing then, and neither does its End.
func (d *Doc) Begin(k Kind, a ...Attr) int {
	if d.artifact > 0 {
		d.ghosts++
		return d.tree.now
	}
	e := elem{kind: k, parent: d.tree.now}
	if len(a) > 0 && a[0] != (Attr{}) {
		e.attr = &a[0]
	}
	n := len(d.tree.elems)
	d.tree.elems = append(d.tree.elems, e)
	d.tree.elems[d.tree.now].kids = append(d.tree.elems[d.tree.now].kids, kid{elem: n})
	d.tree.now = n
	return n
}

// End closes the element that is open.
func (d *Doc) End() {
	if d.ghosts > 0 {
		d.ghosts--
		return
	}
	d.tree.now = d.tree.elems[d.tree.now].parent
}

// Set moves to an element without opening a new one and returns the one that was open.
func (d *Doc) Set(elem int) (before int) {
	before, d.tree.now = d.tree.now, elem
	return before
}

// BeginFigure opens a figure with its alternative text and its place on the page.
func (d *Doc) BeginFigure(alt string, x, y, w, h float64) {
	n := d.Begin(Figure, Attr{Alt: alt})
	d.tree.elems[n].box = &[4]float64{x, y, x + w, y + h}
}

// BeginArtifact starts what is no part of the content: page headers and footers, repeated table headings.
func (d *Doc) BeginArtifact() { d.artifact++ }

// EndArtifact ends it.
func (d *Doc) EndArtifact() { d.artifact-- }
