package tagpdf

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jung-kurt/gofpdf"

	"github.com/rubric-project/rubric/pdf/internal/face"
)

// Write finishes the document and writes it. The Doc cannot be used afterwards.
func (d *Doc) Write(w io.Writer) error {
	d.leave()
	defer d.release()
	k, err := d.skeleton()
	if err != nil {
		return err
	}
	return d.rewrite(w, k)
}

// assemble has gofpdf make the pages, fonts, image and outline: the objects that a skeleton starts from. What stands on the pages
// and in the outline is put in by rewrite.
func (d *Doc) assemble() ([]byte, error) {
	size := gofpdf.SizeType{Wd: d.info.Width, Ht: d.info.Height}
	f := gofpdf.NewCustom(&gofpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: size})
	f.SetCompression(false) // rewrite compresses, with writers that are used again
	f.SetCatalogSort(true)
	f.SetAutoPageBreak(false, 0)
	for weight, used := range d.used {
		for i, yes := range used {
			if yes {
				x := face.Of(face.Weight(weight)).Face(uint8(i))
				f.AddFontFromBytes(x.Name, "", x.Definition, x.File)
			}
		}
	}
	for i := range d.foreign {
		x := &d.foreign[i]
		x.made = x.font.Cut(i, x.glyphs, x.texts)
		f.AddFontFromBytes(x.made.Name, "", x.made.Definition, x.made.File)
	}
	if d.logo != nil {
		f.RegisterImageOptionsReader("logo", gofpdf.ImageOptions{ImageType: d.logo.Type}, bytes.NewReader(d.logo.Data))
	}
	for range d.pages {
		f.AddPage()
	}
	for _, m := range d.marks {
		f.Bookmark("", m.Level, 0)
	}
	var out bytes.Buffer
	out.Grow(64 << 10)
	if err := f.Output(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// object is an indirect object as gofpdf wrote it: its dictionary or other value, and its stream if it has one.
type object struct {
	body   []byte
	stream []byte
}

// split takes gofpdf's file apart by its cross-reference table. The result is by object number; 0 is empty.
func split(raw []byte) ([]object, error) {
	bad := func(what string) error { return fmt.Errorf("the PDF could not be put together: %s", what) }
	at := bytes.LastIndex(raw, []byte("\nstartxref\n"))
	if at < 0 {
		return nil, bad("no cross-reference table")
	}
	rest := raw[at+len("\nstartxref\n"):]
	end := bytes.IndexByte(rest, '\n')
	start, err := strconv.Atoi(string(rest[:max(end, 0)]))
	if err != nil || start <= 0 || start > at || !bytes.HasPrefix(raw[start:], []byte("xref\n0 ")) {
		return nil, bad("no cross-reference table")
	}
	lines := bytes.Split(raw[start:at], []byte("\n"))
	n, err := strconv.Atoi(string(lines[1][2:]))
	if err != nil || len(lines) < n+2 {
		return nil, bad("the cross-reference table is too short")
	}
	objects := make([]object, n)
	for i := 1; i < n; i++ {
		off, err := strconv.Atoi(string(lines[2+i][:10]))
		if err != nil {
			return nil, bad("a cross-reference is no number")
		}
		body := raw[off:start]
		head := fmt.Appendf(nil, "%d 0 obj\n", i)
		if !bytes.HasPrefix(body, head) {
			return nil, bad("a cross-reference leads nowhere")
		}
		body = body[len(head):]
		// A stream's length is taken from its dictionary, for its bytes may hold any word.
		mark := bytes.Index(body, []byte("endobj"))
		if s := bytes.Index(body, []byte("\nstream\n")); s >= 0 && s < mark {
			size, err := length(body[:s])
			if err != nil || s+8+size > len(body) {
				return nil, bad("a stream has no length")
			}
			objects[i] = object{body[:s], body[s+8 : s+8+size]}
			continue
		}
		if mark < 0 {
			return nil, bad("an object has no end")
		}
		objects[i] = object{body: bytes.TrimSpace(body[:mark])}
	}
	return objects, nil
}

func length(dict []byte) (int, error) {
	i := bytes.LastIndex(dict, []byte("/Length "))
	if j := bytes.Index(dict, []byte("/Length1 ")); j >= 0 {
		i = bytes.Index(dict, []byte("/Length "))
	}
	if i < 0 {
		return 0, io.ErrUnexpectedEOF
	}
	s := string(dict[i+len("/Length "):])
	if j := strings.IndexAny(s, " \n>"); j >= 0 {
		s = s[:j]
	}
	return strconv.Atoi(s)
}
