package tagpdf

import (
	"bytes"
	"fmt"
	"slices"
	"sync"

	"github.com/rubric-project/rubric/pdf/internal/face"
)

// skeleton is what gofpdf makes of a document, less what stands on its pages and in its outline. Documents that are as long, have as
// many bookmarks of the same levels, and are set in the same faces share one: a round's summaries have few between them.
type skeleton struct {
	objects []object
	fonts   []fontObject
	// image is the logo's object, outline the outline's, marks the first of the bookmarks'; 0 where there is none.
	image, outline, marks int
}

// fontObject is a font's resource number and its object.
type fontObject struct{ resource, object int }

const (
	mostSkeletons = 64
	longest       = 64 // pages of a document whose skeleton is kept
)

var skeletons struct {
	sync.Mutex
	made map[string]*skeleton
}

// skeleton finds or makes the document's skeleton.
func (d *Doc) skeleton() (*skeleton, error) {
	slices.SortStableFunc(d.marks, func(a, b Bookmark) int { return a.Page - b.Page })
	key := fmt.Appendf(nil, "%v %v %d %v %p", d.info.Width, d.info.Height, len(d.pages), d.used, d.logo)
	for _, m := range d.marks {
		key = append(key, byte(m.Level))
	}
	skeletons.Lock()
	k := skeletons.made[string(key)]
	skeletons.Unlock()
	if k != nil && len(d.foreign) == 0 {
		return k, nil
	}
	raw, err := d.assemble()
	if err != nil {
		return nil, fmt.Errorf("the PDF could not be put together: %w", err)
	}
	objects, err := split(raw)
	if err != nil {
		return nil, err
	}
	if k, err = d.dress(objects); err != nil || len(d.pages) > longest || len(d.foreign) > 0 {
		return k, err
	}
	skeletons.Lock()
	if len(skeletons.made) >= mostSkeletons || skeletons.made == nil {
		skeletons.made = map[string]*skeleton{}
	}
	skeletons.made[string(key)] = k
	skeletons.Unlock()
	return k, nil
}

// dress replaces gofpdf's page and font dictionaries, and adds the fonts' Unicode maps.
func (d *Doc) dress(objects []object) (*skeleton, error) {
	k := &skeleton{}
	info := len(objects) - 2
	first := len(objects) // of the objects appended
	var unicode []object
	for n := 3; n < info; n++ {
		o := &objects[n]
		switch {
		case n < pageObject(len(d.pages)):
			if o.stream == nil { // a page
				o.body = fmt.Appendf(nil, "<</Type/Page/Parent %d 0 R/Resources %d 0 R/Contents %d 0 R/StructParents %d/Tabs/S>>", pagesRoot, resources, n+1, (n-3)/2)
			} else {
				o.body = []byte("<<")
			}
		case bytes.HasPrefix(o.body, []byte("<</Type /Font\n")):
			number, x := d.fontOf(o.body)
			if x == nil {
				return nil, fmt.Errorf("the PDF could not be put together: unknown font in object %d", n)
			}
			k.fonts = append(k.fonts, fontObject{number, n})
			// A symbolic font has no encoding of its own kind (ISO 14289-1, 7.21.6).
			o.body = bytes.Replace(o.body, []byte("/Encoding /WinAnsiEncoding"), fmt.Appendf(nil, "/ToUnicode %d 0 R", first+len(unicode)), 1)
			unicode = append(unicode, object{[]byte("<</Filter/FlateDecode"), x.ToUnicode})
		case bytes.Contains(o.body, []byte("/Subtype /Image")) && k.image == 0:
			k.image = n
		case bytes.HasPrefix(o.body, []byte("<</Title ")) && k.marks == 0:
			k.marks = n
		case bytes.HasPrefix(o.body, []byte("<</Type /Outlines")):
			k.outline = n
		}
	}
	slices.SortFunc(k.fonts, func(a, b fontObject) int { return a.resource - b.resource })
	k.objects = append(objects, unicode...)
	return k, nil
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
	for i := range d.foreign {
		if x := d.foreign[i].made; bytes.Contains(dict, []byte("/BaseFont /"+x.Name+"\n")) {
			return foreignResource + i, x
		}
	}
	return 0, nil
}

// bookmark is a bookmark's object: gofpdf's places in the outline, with title and aim.
func (d *Doc) bookmark(made []byte, m Bookmark) []byte {
	from, to := bytes.Index(made, []byte("/Parent ")), bytes.Index(made, []byte("/Dest "))
	b := append([]byte("<</Title "), literal16(m.Title)...)
	b = append(b, made[from:to]...)
	b = fmt.Appendf(b, "/Dest[%d 0 R/XYZ 0 ", pageObject(m.Page))
	return append(appendNumber(b, d.info.Height-m.Y), "null]>>"...)
}
