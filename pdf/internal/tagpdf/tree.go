package tagpdf

// tree is the structure tree: elements by number, the root first. All children lie in one list, and all attributes and boxes,
// so that an element needs no memory of its own.
type tree struct {
	elems []elem
	kids  []kid
	attrs []Attr
	boxes [][4]float64
	now   int // the element that is open
}

// elem is a structure element. The Document element is number 0.
type elem struct {
	kind        Kind
	parent      int32
	first, last int32 // its children in tree.kids; none where first is 0
	attr        int32 // in tree.attrs; 0 says nothing
	box         int32 // of a figure, in tree.boxes: left, top, right, bottom
}

// kid is a child: an element, or marked content on a page.
type kid struct {
	next int32 // the child after it, 0 for the last
	elem int32 // -1 for marked content
	page int32
	mcid int32
}

// reset leaves the Document element alone. Number 0 of kids, attributes and boxes means that there is none.
func (t *tree) reset() {
	t.elems = append(t.elems[:0], elem{kind: Document, parent: -1})
	t.kids, t.attrs, t.boxes = append(t.kids[:0], kid{}), append(t.attrs[:0], Attr{}), append(t.boxes[:0], [4]float64{})
	t.now = 0
}

// add appends a child to an element.
func (t *tree) add(to int, k kid) {
	n, e := int32(len(t.kids)), &t.elems[to]
	t.kids = append(t.kids, k)
	if e.first == 0 {
		e.first = n
	} else {
		t.kids[e.last].next = n
	}
	e.last = n
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
	e := elem{kind: k, parent: int32(d.tree.now)}
	if len(a) > 0 && a[0] != (Attr{}) {
		e.attr = int32(len(d.tree.attrs))
		d.tree.attrs = append(d.tree.attrs, a[0])
	}
	n := len(d.tree.elems)
	d.tree.elems = append(d.tree.elems, e)
	d.tree.add(d.tree.now, kid{elem: int32(n)})
	d.tree.now = n
	return n
}

// End closes the element that is open.
func (d *Doc) End() {
	if d.ghosts > 0 {
		d.ghosts--
		return
	}
	d.tree.now = int(d.tree.elems[d.tree.now].parent)
}

// Set moves to an element without opening a new one and returns the one that was open.
func (d *Doc) Set(elem int) (before int) {
	before, d.tree.now = d.tree.now, elem
	return before
}

// BeginFigure opens a figure with its alternative text and its place on the page.
func (d *Doc) BeginFigure(alt string, x, y, w, h float64) {
	n := d.Begin(Figure, Attr{Alt: alt})
	d.tree.elems[n].box = int32(len(d.tree.boxes))
	d.tree.boxes = append(d.tree.boxes, [4]float64{x, y, x + w, y + h})
}

// BeginArtifact starts what is no part of the content: page headers and footers, repeated table headings.
func (d *Doc) BeginArtifact() { d.artifact++ }

// EndArtifact ends it.
func (d *Doc) EndArtifact() { d.artifact-- }
