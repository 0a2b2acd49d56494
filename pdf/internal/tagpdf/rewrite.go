package tagpdf

import (
	"bytes"
	"fmt"
	"io"
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

// rewrite writes gofpdf's objects anew: its catalogue and information dictionary, page and font dictionaries
// and resources are replaced or added to, the structure tree and metadata appended.
func (d *Doc) rewrite(w io.Writer, objects []object) error {
	catalog, info := len(objects)-1, len(objects)-2
	outline := 0
	fonts := map[int]int{} // resource number → object
	var unicode []*face.Face
	image := 0
	first := len(objects) // of the objects appended
	for n := 3; n < info; n++ {
		o := &objects[n]
		switch {
		case n < pageObject(len(d.pages)):
			if o.stream == nil { // a page
				i := (n - 3) / 2
				o.body = fmt.Appendf(nil, "<</Type/Page/Parent %d 0 R/Resources %d 0 R/Contents %d 0 R/StructParents %d/Tabs/S>>", pagesRoot, resources, n+1, i)
			} else {
				o.body, o.stream = []byte("<<"), d.pages[(n-3)/2].buf
			}
		case bytes.HasPrefix(o.body, []byte("<</Type /Font\n")):
			number, x := d.fontOf(o.body)
			if x == nil {
				return fmt.Errorf("the PDF could not be put together: unknown font in object %d", n)
			}
			fonts[number] = n
			// A symbolic font has no encoding of its own kind (ISO 14289-1, 7.21.6).
			o.body = bytes.Replace(o.body, []byte("/Encoding /WinAnsiEncoding"), fmt.Appendf(nil, "/ToUnicode %d 0 R", first+len(unicode)), 1)
			unicode = append(unicode, x)
		case bytes.Contains(o.body, []byte("/Subtype /Image")) && image == 0:
			image = n
		case bytes.HasPrefix(o.body, []byte("<</Type /Outlines")):
			outline = n
		}
	}
	for _, x := range unicode {
		objects = append(objects, object{[]byte("<</Filter/FlateDecode"), x.ToUnicode})
	}
	objects[resources].body = resourceDict(fonts, image, len(objects), len(d.pictures))
	for _, p := range d.pictures {
		objects = append(objects, pictureObject(p))
	}
	metadata := len(objects)
	objects = append(objects, object{[]byte("<</Type/Metadata/Subtype/XML"), d.info.xmp()})
	root, objects := d.structure(objects)
	objects[info].body = d.info.dict()
	objects[catalog].body = d.catalog(outline, metadata, root)
	return writeFile(w, objects, catalog, info)
}

// fontOf finds which face a font dictionary is of.
func (d *Doc) fontOf(dict []byte) (number int, f *face.Face) {
	for weight, used := range d.used {
		for i, yes := range used {
			if !yes {
				continue
			}
			x := face.Of(face.Weight(weight)).Face(uint8(i))
			if bytes.Contains(dict, []byte("/BaseFont /"+x.Name+"\n")) {
				return resource(face.Weight(weight), uint8(i)), x
			}
		}
	}
	return 0, nil
}

// resourceDict names what pages draw with: fonts, the logo's object if there is one, and so many pictures from an object on.
func resourceDict(fonts map[int]int, logo, pictures, n int) []byte {
	b := []byte("<</Font<<")
	for n := range 2 * 100 {
		if o, ok := fonts[n]; ok {
			b = fmt.Appendf(b, "/F%d %d 0 R", n, o)
		}
	}
	b = append(b, ">>"...)
	if logo != 0 || n > 0 {
		b = append(b, "/XObject<<"...)
		if logo != 0 {
			b = fmt.Appendf(b, "/L %d 0 R", logo)
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

// xmp is the metadata stream, with the identification as PDF/UA-1 (ISO 14289-1, 5).
func (i Info) xmp() []byte {
	esc := func(s string) string {
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
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
	numbers := make([]int, len(d.tree.elems)) // object numbers; 0 for an element without content
	next := base + 2
	var count func(n int) bool
	count = func(n int) bool {
		numbers[n] = next // children come after their parent
		next++
		any := false
		kept := d.tree.elems[n].kids[:0]
		for _, k := range d.tree.elems[n].kids {
			if k.elem < 0 || count(k.elem) {
				kept = append(kept, k)
				any = true
			}
		}
		d.tree.elems[n].kids = kept
		// An empty cell keeps its place in the table.
		if k := d.tree.elems[n].kind; !any && k != Cell && k != Head && k != Document {
			next = numbers[n]
			numbers[n] = 0
			return false
		}
		return true
	}
	count(0)
	tree := make([]object, next-base)
	for n := range d.tree.elems {
		if numbers[n] != 0 {
			tree[numbers[n]-base].body = d.element(n, numbers, base)
		}
	}
	tree[0].body = fmt.Appendf(nil, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>", numbers[0], base+1, len(d.pages))
	b := []byte("<</Nums[")
	for i, p := range d.pages {
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, '[')
		for _, owner := range p.owners {
			b = strconv.AppendInt(b, int64(numbers[owner]), 10)
			b = append(b, " 0 R "...)
		}
		b = append(b, ']')
	}
	tree[1].body = append(b, "]>>"...)
	return base, append(objects, tree...)
}

func (d *Doc) element(n int, numbers []int, root int) []byte {
	e := &d.tree.elems[n]
	b := make([]byte, 0, 80)
	b = append(b, "<</S/"...)
	b = append(b, e.kind...)
	b = append(b, "/P "...)
	if e.parent < 0 {
		b = strconv.AppendInt(b, int64(root), 10)
	} else {
		b = strconv.AppendInt(b, int64(numbers[e.parent]), 10)
	}
	b = append(b, " 0 R"...)
	page := -1 // the page that marked content lies on, unless it says otherwise
	if len(e.kids) > 0 {
		for _, k := range e.kids {
			if k.elem < 0 {
				page = k.page
				b = append(b, "/Pg "...)
				b = strconv.AppendInt(b, int64(pageObject(page)), 10)
				b = append(b, " 0 R"...)
				break
			}
		}
		b = append(b, "/K["...)
		for i, k := range e.kids {
			if i > 0 {
				b = append(b, ' ')
			}
			switch {
			case k.elem >= 0:
				b = strconv.AppendInt(b, int64(numbers[k.elem]), 10)
				b = append(b, " 0 R"...)
			case k.page == page:
				b = strconv.AppendInt(b, int64(k.mcid), 10)
			default:
				b = fmt.Appendf(b, "<</Type/MCR/Pg %d 0 R/MCID %d>>", pageObject(k.page), k.mcid)
			}
		}
		b = append(b, ']')
	}
	attr := Attr{}
	if e.attr != nil {
		attr = *e.attr
	}
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
	case e.box != nil:
		b = append(b, "/A<</O/Layout/Placement/Block/BBox["...)
		for _, v := range [4]float64{e.box[0], d.info.Height - e.box[3], e.box[2], d.info.Height - e.box[1]} {
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
