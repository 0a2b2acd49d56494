package tagpdf

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/pdf/internal/face"
)

// Objects of gofpdf whose numbers are fixed.
const (
	pagesRoot = 1
	resources = 2
)

func pageObject(i int) int { return 3 + 2*i }

// rewrite writes gofpdf's objects anew: the pages' contents, the bookmarks, the catalogue and the information dictionary are put in,
// pictures, metadata and the structure tree appended.
func (d *Doc) rewrite(w io.Writer, k *skeleton) error {
	objects := append(d.objects[:0], k.objects...)
	catalog := 0
	for n := range objects[1:] {
		if bytes.HasPrefix(objects[n+1].body, []byte("<<\n/Type /Catalog\n")) {
			catalog = n + 1
		}
	}
	info := catalog - 1
	for i, p := range d.pages {
		objects[pageObject(i)+1].stream = p.buf
	}
	for i, m := range d.marks {
		objects[k.marks+i].body = d.bookmark(objects[k.marks+i].body, m)
	}
	objects[resources].body = resourceDict(k, len(objects), len(d.pictures))
	for _, p := range d.pictures {
		objects = append(objects, pictureObject(p))
	}
	metadata := len(objects)
	objects = append(objects, object{[]byte("<</Type/Metadata/Subtype/XML"), d.info.xmp()})
	root, objects := d.structure(objects)
	objects[info].body = d.info.dict()
	objects[catalog].body = d.catalog(k.outline, metadata, root)
	d.objects = objects
	return d.writeFile(w, objects, catalog, info)
}

// resourceDict names what pages draw with: fonts, the logo's object if there is one, and so many pictures from an object on.
func resourceDict(k *skeleton, pictures, n int) []byte {
	b := []byte("<</Font<<")
	for _, f := range k.fonts {
		b = fmt.Appendf(b, "/F%d %d 0 R", f.resource, f.object)
	}
	b = append(b, ">>"...)
	if k.image != 0 || n > 0 {
		b = append(b, "/XObject<<"...)
		if k.image != 0 {
			b = fmt.Appendf(b, "/L %d 0 R", k.image)
		}
		for i := range n {
			b = fmt.Appendf(b, "/P%d %d 0 R", i, pictures+i)
		}
		b = append(b, ">>"...)
	}
	return append(b, ">>"...)
}

func (d *Doc) catalog(outline, metadata, structure int) []byte {
	b := fmt.Appendf(nil, "<</Type/Catalog/Pages %d 0 R/Lang%s/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R/StructTreeRoot %d 0 R",
		pagesRoot, literal(d.info.Language), metadata, structure)
	if outline != 0 {
		b = fmt.Appendf(b, "/Outlines %d 0 R/PageMode/UseOutlines", outline)
	}
	return append(b, ">>"...)
}

func (i Info) dict() []byte {
	date := i.Date.UTC().Format("D:20060102150405Z")
	return fmt.Appendf(nil, "<</Title%s/Author%s/Subject%s/Creator(rubric)/Producer(rubric, gofpdf)/CreationDate(%s)/ModDate(%s)>>",
		literal(i.Title), literal(i.Author), literal(i.Subject), date, date)
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// xmp is the metadata stream, with the identification as PDF/UA-1 (ISO 14289-1, 5).
func (i Info) xmp() []byte {
	esc := func(s string) string {
		return xmlEscapes.Replace(face.Plain(s))
	}
	date := i.Date.UTC().Format("2006-01-02T15:04:05Z")
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ` +
		`xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">` + "\n")
	b.WriteString("<pdfuaid:part>1</pdfuaid:part>\n")
	fmt.Fprintf(&b, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n", esc(i.Title))
	fmt.Fprintf(&b, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:description>\n", esc(i.Subject))
	fmt.Fprintf(&b, "<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>\n", esc(i.Author))
	fmt.Fprintf(&b, "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n", esc(i.Language))
	fmt.Fprintf(&b, "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>", date, date)
	b.WriteString("<xmp:CreatorTool>rubric</xmp:CreatorTool><pdf:Producer>rubric, gofpdf</pdf:Producer>\n" +
		"</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return []byte(b.String())
}

// structure appends the structure tree and returns the number of its root.
func (d *Doc) structure(objects []object) (root int, _ []object) {
	base := len(objects)
	t := &d.tree
	d.numbers = slices.Grow(d.numbers[:0], len(t.elems))[:len(t.elems)]
	numbers := d.numbers // object numbers; 0 for an element without content
	next := base + 2
	var count func(n int) bool
	count = func(n int) bool {
		numbers[n] = next // children come after their parent
		next++
		last := int32(0) // the last child that is kept
		for k := t.elems[n].first; k != 0; k = t.kids[k].next {
			if t.kids[k].elem >= 0 && !count(int(t.kids[k].elem)) {
				continue
			}
			if last == 0 {
				t.elems[n].first = k
			} else {
				t.kids[last].next = k
			}
			last = k
		}
		if last == 0 {
			t.elems[n].first = 0
		} else {
			t.kids[last].next = 0
		}
		// An empty cell keeps its place in the table.
		if k := t.elems[n].kind; last == 0 && k != Cell && k != Head && k != Document {
			next = numbers[n]
			numbers[n] = 0
			return false
		}
		return true
	}
	count(0)
	objects = slices.Grow(objects, next-base)[:next]
	d.bodies = slices.Grow(d.bodies[:0], 64*(next-base)+8*len(t.kids))
	for n := range t.elems {
		if numbers[n] != 0 {
			from := len(d.bodies)
			d.bodies = d.element(d.bodies, n, numbers, base)
			objects[numbers[n]] = object{body: d.bodies[from:len(d.bodies):len(d.bodies)]}
		}
	}
	objects[base] = object{body: fmt.Appendf(nil, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>", numbers[0], base+1, len(d.pages))}
	from := len(d.bodies)
	b := append(d.bodies, "<</Nums["...)
	for i, p := range d.pages {
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, '[')
		for _, owner := range p.owners {
			b = strconv.AppendInt(b, int64(numbers[owner]), 10)
			b = append(b, " 0 R "...)
		}
		b = append(b, ']')
	}
	d.bodies = append(b, "]>>"...)
	objects[base+1] = object{body: d.bodies[from:]}
	return base, objects
}

// element appends a structure element.
func (d *Doc) element(b []byte, n int, numbers []int, root int) []byte {
	t := &d.tree
	e := &t.elems[n]
	b = append(b, "<</S/"...)
	b = append(b, e.kind...)
	b = append(b, "/P "...)
	if e.parent < 0 {
		b = strconv.AppendInt(b, int64(root), 10)
	} else {
		b = strconv.AppendInt(b, int64(numbers[e.parent]), 10)
	}
	b = append(b, " 0 R"...)
	page := int32(-1) // the page that marked content lies on, unless it says otherwise
	if e.first != 0 {
		for k := e.first; k != 0; k = t.kids[k].next {
			if t.kids[k].elem < 0 {
				page = t.kids[k].page
				b = append(b, "/Pg "...)
				b = strconv.AppendInt(b, int64(pageObject(int(page))), 10)
				b = append(b, " 0 R"...)
				break
			}
		}
		b = append(b, "/K["...)
		for at := e.first; at != 0; at = t.kids[at].next {
			k := &t.kids[at]
			if at != e.first {
				b = append(b, ' ')
			}
			switch {
			case k.elem >= 0:
				b = strconv.AppendInt(b, int64(numbers[k.elem]), 10)
				b = append(b, " 0 R"...)
			case k.page == page:
				b = strconv.AppendInt(b, int64(k.mcid), 10)
			default:
				b = fmt.Appendf(b, "<</Type/MCR/Pg %d 0 R/MCID %d>>", pageObject(int(k.page)), k.mcid)
			}
		}
		b = append(b, ']')
	}
	attr := &t.attrs[e.attr]
	if attr.Alt != "" {
		b = append(append(b, "/Alt"...), literal(attr.Alt)...)
		// pdfinfo -struct shows the title, and that only in ASCII.
		b = append(append(b, "/T"...), literal(strings.ReplaceAll(attr.Alt, "–", "-"))...)
	}
	if attr.Lang != "" {
		b = append(b, "/Lang"...)
		b = append(b, literal(attr.Lang)...)
	}
	switch {
	case e.box != 0:
		box := &t.boxes[e.box]
		b = append(b, "/A<</O/Layout/Placement/Block/BBox["...)
		for _, v := range [4]float64{box[0], d.info.Height - box[3], box[2], d.info.Height - box[1]} {
			b = appendNumber(b, v)
		}
		b = append(b, "]>>"...)
	case e.kind == List:
		b = append(b, "/A<</O/List/ListNumbering/None>>"...)
	case attr.Scope != "" || attr.ColSpan > 1:
		b = append(b, "/A<</O/Table"...)
		if attr.Scope != "" {
			b = append(b, "/Scope/"...)
			b = append(b, attr.Scope...)
		}
		if attr.ColSpan > 1 {
			b = fmt.Appendf(b, "/ColSpan %d", attr.ColSpan)
		}
		b = append(b, ">>"...)
	}
	return append(b, ">>"...)
}
