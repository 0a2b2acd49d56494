package returns

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/xlsx/internal/xmledit"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// Notes are drawn by shapes in VML, which spreadsheet programs still ask for (ECMA-376 Part 4, 19).
const (
	shapesStart = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>` + shapeType + `</xml>`
	shapeType   = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m0,0l0,21600,21600,21600,21600,0xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
	shapeOfNote = `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;width:108pt;height:59.25pt;z-index:%d;visibility:hidden" fillcolor="#FBF6D6" strokecolor="#EDEAA1" o:insetmode="auto">` +
		`<v:fill angle="-180" color2="#FBFE82" type="gradient"><o:fill v:ext="view" type="gradientUnscaled"/></v:fill><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>` +
		`<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>` +
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`
	noteWidth = 260 // pixels
	// noteRows is over how many rows, or columns, a note may reach.
	noteRows = 40
)

var (
	wholeShape  = regexp.MustCompile(`(?s)<v:shape[ \t\r\n].*?</v:shape>`)
	shapeRow    = regexp.MustCompile(`<x:Row>\s*(\d{1,7})\s*</x:Row>`)
	shapeColumn = regexp.MustCompile(`<x:Column>\s*(\d{1,5})\s*</x:Column>`)
	shapeID     = regexp.MustCompile(`_x0000_s(\d{1,8})`)
)

// drawNotes adds the shapes of notes to what is drawn on a sheet in the old way. One that a cell had goes: the note has
// more to show now.
func (o *outgoing) drawNotes(of string, notes []note, size *sizes) error {
	part, err := o.noteDrawing(of)
	if err != nil {
		return err
	}
	old := string(xmledit.Open(o.parts[part]).Source())
	end := strings.LastIndex(old, "</xml>")
	if end < 0 {
		return errors.New("what is drawn on a sheet cannot be added to")
	}
	again := map[place]bool{}
	for _, n := range notes {
		again[n.place] = true
	}
	var out bytes.Buffer
	at := 0
	for _, m := range wholeShape.FindAllStringIndex(old, -1) {
		if shape := old[m[0]:m[1]]; strings.Contains(shape, `"Note"`) && again[placeOfShape(shape)] {
			out.WriteString(old[at:m[0]])
			at = m[1]
		}
	}
	out.WriteString(old[at:end])
	if !strings.Contains(old, `id="_x0000_t202"`) {
		out.WriteString(shapeType)
	}
	last := 1024 * o.drawings()
	for _, m := range shapeID.FindAllStringSubmatch(old, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			last = max(last, n)
		}
	}
	for i, n := range notes {
		fmt.Fprintf(&out, shapeOfNote, last+i+1, i+1, size.anchor(n), n.row-1, n.col-1)
	}
	out.WriteString(old[end:])
	o.put(part, out.Bytes())
	return nil
}

func placeOfShape(shape string) place {
	row, col := shapeRow.FindStringSubmatch(shape), shapeColumn.FindStringSubmatch(shape)
	if row == nil || col == nil {
		return place{}
	}
	r, _ := strconv.Atoi(row[1])
	c, _ := strconv.Atoi(col[1])
	return place{int32(r + 1), int32(c + 1)}
}

// drawings counts the parts that are drawn in the old way.
func (o *outgoing) drawings() int {
	n := 0
	for name := range o.parts {
		if strings.HasSuffix(strings.ToLower(name), ".vml") {
			n++
		}
	}
	return n
}

// afterLegacy are the elements of a sheet that stand after its legacyDrawing (ECMA-376 Part 1, 18.3.1.99). What only
// newer programs understand is about these, too.
var afterLegacy = map[string]bool{"legacyDrawingHF": true, "drawingHF": true, "picture": true, "oleObjects": true, "controls": true,
	"webPublishItems": true, "tableParts": true, "extLst": true, "AlternateContent": true}

// noteDrawing is the part in which the notes of a sheet are drawn, which is made where there is none.
func (o *outgoing) noteDrawing(of string) (string, error) {
	d := o.doc(of)
	id, prefix, at := "", "", 0
	inData := false
	err := d.Walk(workbookSpaces, func(s *xmlscan.Scanner, t xmledit.Tag) error {
		switch name := string(s.Local); {
		case t.Depth == 1 && !t.End:
			prefix = xmledit.Prefix(d.Bytes(t.From, t.To))
		case t.Depth == 1 && at == 0:
			at = t.From
		case t.Depth != 2 || t.End:
		case name == "legacyDrawing":
			id, _ = s.Value(inRelations, "id")
		case name == "sheetData":
			inData = true
		case inData && at == 0 && afterLegacy[name]:
			at = t.From
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	if id != "" {
		rels, err := o.p.Relations(of)
		for _, r := range rels {
			if r.ID == id && o.has(r.Target) {
				return o.name(r.Target), err
			}
		}
		return "", errors.New("what is drawn on a sheet is missing")
	}
	part := o.free(o.dir()+"drawings/vmlDrawing", ".vml")
	known, err := o.p.ContentType("a.vml")
	if err != nil {
		return "", err
	}
	o.put(part, fmt.Appendf(nil, shapesStart, o.drawings()+1))
	if known == "" && !o.vmlTyped {
		o.vmlTyped = true
		err = o.appendToRoot(contentTypesPart, func(prefix string) string {
			return fmt.Sprintf(`<%sDefault Extension="vml" ContentType="%s"/>`, prefix, typeOfNoteDrawing)
		})
		if err != nil {
			return "", err
		}
	}
	if id, err = o.relate(of, "vmlDrawing", part); err != nil {
		return "", err
	}
	space := relatedSpace
	if o.strict {
		space = relatedStrict
	}
	d.Replace(at, at, fmt.Appendf(nil, `<%slegacyDrawing xmlns:r="%s" r:id="%s"/>`, prefix, space, id))
	return part, nil
}

// anchor is where a note stands: column, pixels, row, pixels of its first corner, and the same of the last.
func (z *sizes) anchor(n note) string {
	lines := 1 + utf8.RuneCountInString(n.text)/38 + strings.Count(n.text, "\n")
	right, x := z.column(n.col, 23+noteWidth)
	bottom, y := z.row(n.row, 20+18*min(lines, 20))
	return fmt.Sprintf("%d, 23, %d, 0, %d, %d, %d, %d", n.col-1, n.row-1, right-1, x, bottom-1, y)
}

// column is where a distance from the left edge of a column ends: the column, and the pixels in it.
func (z *sizes) column(col int32, distance int) (int32, int) {
	for stop := min(col+noteRows, 1<<14); col < stop; col++ {
		width := 64 // as wide as a column is unless something is said about it
		for _, c := range z.cols {
			if col >= c.first && col <= c.last {
				width = int(math.Ceil(c.width*7 + 5))
				if c.width == 0 {
					width = 0
				}
			}
		}
		if distance < width {
			break
		}
		distance -= width
	}
	return col, distance
}

// row is the same for rows.
func (z *sizes) row(row int32, distance int) (int32, int) {
	for stop := min(row+noteRows, 1<<20); row < stop; row++ {
		points, ok := z.rows[row]
		if !ok {
			points = z.height
		}
		height := int(math.Ceil(points * 4 / 3))
		if distance < height {
			break
		}
		distance -= height
	}
	return row, distance
}
