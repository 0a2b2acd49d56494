package returns

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/xmledit"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// note is a note that is put on a cell.
type note struct {
	place
	ref, text string
}

// noteList is the part that holds the notes of a sheet (ECMA-376 Part 1, 18.7), while notes are added.
type noteList struct {
	d      *xmledit.Doc
	prefix string
	// authors are those in the part and newAuthors further ones as they are to be written; authorsEnd and notesEnd are
	// where they go.
	authors              []string
	newAuthors           []byte
	authorsEnd, notesEnd xmledit.Tag
	// old are the notes in the part.
	old map[place]oldNote
}

// oldNote is a note as it is in the part: from its first byte to its last, its author, and the pieces of its text.
type oldNote struct {
	from, to int
	author   int
	pieces   [][]byte
}

// putNotes puts notes on cells of a sheet, beside their drawing. A note that the sender has put there is kept below ours:
// a cell has room for one. Where people answer one another in comments on a cell, ours is one more answer.
func (o *outgoing) putNotes(of string, notes []note, author string, p draw.Palette, size *sizes) error {
	notes, replies, err := o.reply(of, notes, author)
	if err != nil || len(notes)+len(replies) == 0 {
		return err
	}
	list, isNew, err := o.noteList(of)
	if err != nil {
		return err
	}
	was, err := readNotes(list)
	if err != nil {
		return err
	}
	for _, r := range replies {
		if _, ok := was.old[r.place]; !ok {
			notes = append(notes, r.note)
		}
	}
	was.put(notes, replies, author, p)
	shapes := slices.Clone(notes)
	if _, ok := o.related(of, "vmlDrawing"); !ok && !isNew { // each note needs a shape, also those that came without
		for at := range was.old {
			if !slices.ContainsFunc(notes, func(n note) bool { return n.place == at }) {
				shapes = append(shapes, note{place: at})
			}
		}
		slices.SortFunc(shapes, func(a, b note) int { return int(a.row-b.row)<<14 + int(a.col-b.col) })
	}
	if len(shapes) == 0 {
		return nil
	}
	return o.drawNotes(of, shapes, size)
}

// noteList is the part with the notes of a sheet, which is made where there is none.
func (o *outgoing) noteList(of string) (d *xmledit.Doc, isNew bool, err error) {
	if r, ok := o.related(of, "comments"); ok {
		return o.doc(r.Target), false, nil
	}
	space := mainSpace
	if o.strict {
		space = mainSpaceStrict
	}
	name := o.free(o.dir()+"comments", ".xml")
	if err := o.add(name, typeOfNotes, []byte(xmlHeader+`<comments xmlns="`+space+`"><authors></authors><commentList></commentList></comments>`)); err != nil {
		return nil, false, err
	}
	_, err = o.relate(of, "comments", name)
	return o.doc(name), true, err
}

func readNotes(d *xmledit.Doc) (*noteList, error) {
	l := &noteList{d: d, old: map[place]oldNote{}}
	var n oldNote
	var at place
	from := 0
	return l, d.Walk(workbookSpaces, func(s *xmlscan.Scanner, t xmledit.Tag) error {
		name := string(s.Local)
		switch {
		case t.Depth == 1 && !t.End:
			l.prefix = xmledit.Prefix(d.Bytes(t.From, t.To))
		case t.Depth == 2 && name == "authors" && (t.End || t.Empty) && l.authorsEnd.To == 0:
			l.authorsEnd = t
		case t.Depth == 2 && name == "commentList" && (t.End || t.Empty) && l.notesEnd.To == 0:
			l.notesEnd = t
		case t.Depth == 3 && name == "author":
			if !t.End {
				from = t.To
				break
			}
			l.authors = append(l.authors, string(d.Bytes(min(from, t.From), t.From)))
		case t.Depth == 3 && name == "comment" && !t.End:
			n = oldNote{from: t.From, author: int(number(s, "authorId", 0))}
			ref, _ := s.Raw("ref")
			at.row, at.col, _ = sheet.ParseRef(ref)
		case t.Depth == 3 && name == "comment":
			n.to = t.To
			l.old[at] = n
		case t.Depth == 5 && !t.End:
			from = t.From
		case t.Depth == 5 && (name == "r" || name == "t"):
			piece := d.Bytes(from, t.To)
			if name == "t" { // a text without a form of its own, which cannot stand beside one with
				piece = fmt.Appendf(nil, "<%sr>%s</%[1]sr>", l.prefix, piece)
			}
			n.pieces = append(n.pieces, piece)
		}
		return nil
	})
}

// author is the number of an author, who is added where that is needed.
func (l *noteList) author(name string) int {
	name = sheetdata.Escape(name)
	who := slices.Index(l.authors, name)
	if who < 0 {
		who = len(l.authors)
		l.authors = append(l.authors, name)
		l.newAuthors = append(l.newAuthors, prefixed(l.prefix, []byte("<author>"+name+"</author>"))...)
	}
	return who
}

// put adds the notes, in the place of those that were there, and answers where people answer one another.
func (l *noteList) put(notes []note, replies []replied, author string, p draw.Palette) {
	var added []byte
	for _, r := range replies {
		added = append(added, l.mirror(r)...)
	}
	ours := todos()
	for _, n := range notes {
		if slices.ContainsFunc(replies, func(r replied) bool { return r.place == n.place }) {
			continue
		}
		who := l.author(author)
		old, ok := l.old[n.place]
		below := old.pieces
		text := n.text
		if len(below) > 0 && (old.author == who || endsAsOurs(below[0], ours)) {
			below = below[1:] // an earlier note of ours is not repeated; LibreOffice forgets who wrote it
		}
		if len(below) > 0 {
			text += "\n\n"
		}
		b := prefixed(l.prefix, fmt.Appendf(nil, `<comment ref="%s" authorId="%d"><text><r><rPr><sz val="9"/><color rgb="FF%s"/><rFont val="%s"/><family val="2"/></rPr><t xml:space="preserve">%s</t></r>`,
			n.ref, who, p.Ink, draw.FontName, sheetdata.Escape(text)))
		for _, piece := range below {
			b = append(b, piece...)
		}
		b = append(b, prefixed(l.prefix, []byte("</text></comment>"))...)
		if ok {
			l.d.Replace(old.from, old.to, b)
			continue
		}
		added = append(added, b...)
	}
	if len(added) > 0 {
		l.d.Append(l.notesEnd, added)
	}
	if len(l.newAuthors) > 0 {
		l.d.Append(l.authorsEnd, l.newAuthors)
	}
}

var anyTag = regexp.MustCompile(`<[^>]*>`)

// endsAsOurs says whether a piece of a note ends in one of the texts that end ours.
func endsAsOurs(piece []byte, ours []string) bool {
	text := strings.TrimSpace(html.UnescapeString(string(anyTag.ReplaceAll(piece, nil))))
	return slices.ContainsFunc(ours, func(todo string) bool { return strings.HasSuffix(text, todo) })
}
