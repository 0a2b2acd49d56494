// Package xmledit changes the XML of a part at given places and leaves every other byte as it is. A Doc is walked with
// the strict scanner of package xmlscan as often as need be; changes are collected against the bytes as they were, and
// made all at once.
package xmledit

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"unicode/utf16"

	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// Doc is a document and what is to be changed in it.
type Doc struct {
	src     []byte
	changes []change
}

type change struct {
	from, to int
	text     []byte
}

// Tag is where a tag stands in the document. An empty-element tag is a start tag, followed by an end tag without a byte.
type Tag struct {
	From, To int
	// End is for an end tag, Empty for an empty-element tag.
	End, Empty bool
	// Depth is the number of open elements, that of the tag included.
	Depth int
}

// Open takes a document in UTF-8 or UTF-16. The caller must not change content afterwards.
func Open(content []byte) *Doc { return &Doc{src: inUTF8(content)} }

var encoding = regexp.MustCompile(`^(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']`)

// inUTF8 gives the document in UTF-8, without a byte order mark.
func inUTF8(b []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return b[3:]
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		order = binary.LittleEndian
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		order = binary.BigEndian
	default:
		return b
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 2; i+1 < len(b); i += 2 {
		units = append(units, order.Uint16(b[i:]))
	}
	return encoding.ReplaceAll([]byte(string(utf16.Decode(units))), []byte("$1"))
}

// Walk calls visit at each tag. It fails where the document is not well-formed.
func (d *Doc) Walk(spaces map[string]xmlscan.Space, visit func(s *xmlscan.Scanner, t Tag) error) error {
	s := xmlscan.New(nil, spaces)
	s.ResetBytes(d.src, spaces)
	for {
		ev, err := s.Next()
		if err != nil || ev == xmlscan.EOF {
			return err
		}
		if ev == xmlscan.Text {
			continue
		}
		t := Tag{To: s.Offset(), Depth: s.Depth(), End: ev == xmlscan.End}
		switch {
		case !t.End || d.src[t.To-1] == '>' && d.closes(t.To):
			t.From = bytes.LastIndexByte(d.src[:t.To], '<') // no "<" stands in a tag
			t.Empty = !t.End && d.src[t.To-2] == '/'
		default:
			t.From = t.To
		}
		if t.End {
			t.Depth++
		}
		if err := visit(s, t); err != nil {
			return err
		}
	}
}

// closes says whether the tag that ends here is an end tag.
func (d *Doc) closes(end int) bool {
	from := bytes.LastIndexByte(d.src[:end], '<')
	return from >= 0 && d.src[from+1] == '/'
}

// Bytes are those of the document as it was. They must not be changed.
func (d *Doc) Bytes(from, to int) []byte { return d.src[from:to] }

// Source is the whole document as it was. It must not be changed.
func (d *Doc) Source() []byte { return d.src }

// Replace puts a text in the place of some bytes; from and to are the same where it is put in. Texts put in at one place
// stand in the order of the calls, before what replaces what follows.
func (d *Doc) Replace(from, to int, text []byte) {
	d.changes = append(d.changes, change{from, to, text})
}

// Append puts elements at the end of an element, whose end tag is given; of an empty element, whose start tag is.
// An element that is empty must be appended to once only.
func (d *Doc) Append(t Tag, text []byte) {
	if !t.Empty {
		d.Replace(t.From, t.From, text)
		return
	}
	d.Replace(t.From, t.To, Fill(d.src[t.From:t.To], text))
}

// Fill makes an element with content of an empty-element tag.
func Fill(tag, content []byte) []byte {
	name := nameOf(tag)
	out := append(bytes.TrimRight(slices.Clone(tag[:len(tag)-2]), " \t\r\n"), '>')
	return fmt.Appendf(append(out, content...), "</%s>", name)
}

// nameOf is the name of a tag as written, with its prefix.
func nameOf(tag []byte) []byte {
	tag = bytes.TrimLeft(tag, "</")
	if i := bytes.IndexAny(tag, " \t\r\n/>"); i >= 0 {
		return tag[:i]
	}
	return tag
}

// Prefix is that of a tag's name with its colon, "" for none.
func Prefix(tag []byte) string {
	name := nameOf(tag)
	return string(name[:bytes.IndexByte(name, ':')+1])
}

// Changed is the document with all changes made. It fails where two of them overlap.
func (d *Doc) Changed() ([]byte, error) {
	slices.SortStableFunc(d.changes, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	size := len(d.src)
	for _, c := range d.changes {
		size += len(c.text) - (c.to - c.from)
	}
	out, at := make([]byte, 0, size), 0
	for _, c := range d.changes {
		if c.from < at {
			return nil, fmt.Errorf("two changes of one place, at byte %d", c.from)
		}
		out = append(append(out, d.src[at:c.from]...), c.text...)
		at = c.to
	}
	return append(out, d.src[at:]...), nil
}

// Content is what stands between the first tag and the last of an element, which must not have ">" in its attributes.
func Content(element []byte) []byte {
	from, to := bytes.IndexByte(element, '>')+1, bytes.LastIndexByte(element, '<')
	if to < from { // an empty-element tag
		return nil
	}
	return element[from:to]
}
