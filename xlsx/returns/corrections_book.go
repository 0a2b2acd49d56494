package returns

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/xmledit"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// listedSheet is a sheet as the workbook lists it.
type listedSheet struct {
	name, id string
	number   int
	tag      xmledit.Tag
	to       int
	// part is the sheet's own, "" for none that is known.
	part string
	rel  opc.Relation
}

// sheets lists the sheets of the workbook.
func (o *outgoing) sheets() ([]listedSheet, error) {
	rels, err := o.p.Relations(o.main)
	if err != nil {
		return nil, err
	}
	var list []listedSheet
	return list, o.doc(o.main).Walk(workbookSpaces, func(s *xmlscan.Scanner, t xmledit.Tag) error {
		if t.Depth != 3 || !s.Is(inMain, "sheet") {
			return nil
		}
		if t.End {
			if len(list) > 0 {
				list[len(list)-1].to = t.To
			}
			return nil
		}
		x := listedSheet{tag: t, number: int(number(s, "sheetId", 0))}
		x.name, _ = s.Value(xmlscan.NoSpace, "name")
		x.id, _ = s.Value(inRelations, "id")
		for _, r := range rels {
			if r.ID == x.id && !r.External && o.has(r.Target) {
				x.rel, x.part = r, o.name(r.Target)
			}
		}
		list = append(list, x)
		return nil
	})
}

// afterNames are the elements of a workbook that stand after its definedNames (ECMA-376 Part 1, 18.2.27).
var afterNames = map[string]bool{"calcPr": true, "oleSize": true, "customWorkbookViews": true, "pivotCaches": true, "smartTagPr": true, "smartTagTypes": true,
	"webPublishing": true, "fileRecoveryPr": true, "webPublishObjects": true, "extLst": true}

// putFirst puts a sheet before all others, in the place of sheets of earlier corrections, and shows it when the workbook
// is opened. titles are the rows that are repeated on paper.
func (o *outgoing) putFirst(name string, sheets []listedSheet, earlier func(name string) bool, part, titles string) error {
	number := 1
	moved := map[string]string{} // positions of sheets, by those they had
	kept := 1
	d := o.doc(o.main)
	for i, x := range sheets {
		number = max(number, x.number+1)
		if earlier(x.name) {
			d.Replace(x.tag.From, x.to, nil)
			if err := o.withdraw(x); err != nil {
				return err
			}
			continue
		}
		moved[strconv.Itoa(i)] = strconv.Itoa(kept)
		kept++
	}
	id, err := o.relate(o.main, "worksheet", part)
	if err != nil {
		return err
	}
	b := &bookEdit{d: d, moved: moved, space: relatedSpace,
		sheet: fmt.Sprintf(`sheet name="%s" sheetId="%d"`, sheetdata.Escape(name), number), id: id,
		titles: fmt.Sprintf(`definedName name="_xlnm.Print_Titles" localSheetId="0">'%s'!%s</`, sheetdata.Escape(name), titles)}
	if o.strict {
		b.space = relatedStrict
	}
	return d.Walk(workbookSpaces, b.visit)
}

// bookEdit changes the list of sheets and what goes by the position of a sheet in it.
type bookEdit struct {
	d *xmledit.Doc
	// moved are the new positions of sheets by the old; those of sheets that go have none.
	moved                    map[string]string
	sheet, id, space, titles string

	prefix string
	from   int // of a name that goes
	named  bool
}

func (b *bookEdit) visit(s *xmlscan.Scanner, t xmledit.Tag) error {
	tag := b.d.Bytes(t.From, t.To)
	name := string(s.Local)
	named := "<" + b.prefix + b.titles + b.prefix + "definedName>"
	switch {
	case t.Depth == 1 && !t.End:
		b.prefix = xmledit.Prefix(tag)
	case s.Space != inMain:
	case t.Depth == 2 && name == "sheets" && !t.End:
		b.d.Replace(t.To, t.To, fmt.Appendf(nil, `<%s%s xmlns:r="%s" r:id="%s"/>`, b.prefix, b.sheet, b.space, b.id))
	case t.Depth == 3 && name == "workbookView" && !t.End:
		tag = xmledit.WithoutAttribute(xmledit.WithoutAttribute(tag, "firstSheet"), "activeTab")
		b.d.Replace(t.From, t.To, tag)
	case t.Depth == 3 && name == "definedName":
		b.name(s, t, tag)
	case t.Depth == 2 && name == "definedNames" && (t.End || t.Empty) && !b.named:
		b.named = true
		b.d.Append(t, []byte(named))
	case !b.named && (t.Depth == 2 && !t.End && afterNames[name] || t.Depth == 1):
		b.named = true
		b.d.Replace(t.From, t.From, []byte("<"+b.prefix+"definedNames>"+named+"</"+b.prefix+"definedNames>"))
	}
	return nil
}

// name sees to a name that belongs to one sheet, which it says by the sheet's position.
func (b *bookEdit) name(s *xmlscan.Scanner, t xmledit.Tag, tag []byte) {
	if t.End {
		if b.from > 0 {
			b.d.Replace(b.from, t.To, nil)
			b.from = 0
		}
		return
	}
	of, ok := s.Value(xmlscan.NoSpace, "localSheetId")
	if !ok {
		return
	}
	if to, ok := b.moved[of]; ok {
		b.d.Replace(t.From, t.To, xmledit.SetAttribute(tag, "localSheetId", to))
		return
	}
	b.from = t.From
}

// withdraw takes a sheet out of the package, and the order of calculation, which may name its cells; programs make
// that anew.
func (o *outgoing) withdraw(x listedSheet) error {
	if r, ok := o.related(o.main, "calcChain"); ok {
		if err := o.unrelate(o.main, r); err != nil {
			return err
		}
	}
	if x.part == "" {
		return nil
	}
	for _, kind := range []string{"comments", "vmlDrawing", "threadedComment"} {
		if r, ok := o.related(x.part, kind); ok {
			if err := o.drop(r.Target); err != nil {
				return err
			}
		}
	}
	return o.unrelate(o.main, x.rel)
}

// leave takes the mark of being selected from a sheet: whoever types while two sheets are selected types into both.
func (o *outgoing) leave(part string) error {
	d := o.doc(part)
	return d.Walk(nil, func(s *xmlscan.Scanner, t xmledit.Tag) error {
		if t.Depth == 3 && string(s.Local) == "sheetView" && !t.End {
			if _, ok := s.Raw("tabSelected"); ok {
				d.Replace(t.From, t.To, xmledit.WithoutAttribute(d.Bytes(t.From, t.To), "tabSelected"))
			}
		}
		return nil
	})
}

// retitle sees to the titles of sheets that the document's properties list beside the workbook (ECMA-376 Part 1, 22.2.2),
// where there are some. Titles that do not go with the sheets are taken out: nothing asks for them.
func (o *outgoing) retitle(name string, sheets []listedSheet, earlier func(name string) bool) error {
	app, ok := o.related("", "extended-properties")
	if o.strict {
		app, ok = o.related("", "extendedProperties")
	}
	if !ok || len(sheets) == 0 {
		return nil
	}
	d := o.doc(app.Target)
	var groups [2]struct{ from, to int }
	err := d.Walk(nil, func(s *xmlscan.Scanner, t xmledit.Tag) error {
		i := slices.Index([]string{"HeadingPairs", "TitlesOfParts"}, string(s.Local))
		switch {
		case t.Depth != 2 || i < 0:
		case !t.End:
			groups[i].from = t.From
		default:
			groups[i].to = t.To
		}
		return nil
	})
	if err != nil {
		return err
	}
	pairs, titles := groups[0], groups[1]
	if pairs.to == 0 && titles.to == 0 {
		return nil
	}
	p, t := string(d.Bytes(pairs.from, pairs.to)), string(d.Bytes(titles.from, titles.to))
	was, now := "", "<vt:lpstr>"+sheetdata.Escape(name)+"</vt:lpstr>"
	n := 1
	for _, x := range sheets {
		title := "<vt:lpstr>" + sheetdata.Escape(x.name) + "</vt:lpstr>"
		was += title
		if earlier(x.name) {
			continue
		}
		now += title
		n++
	}
	count := fmt.Sprintf("<vt:i4>%d</vt:i4>", len(sheets))
	size := sizeOfVector(t)
	fits := strings.Count(t, was) == 1 && size >= len(sheets) && strings.Index(t, was) == strings.Index(t, "<vt:lpstr>") && strings.Index(p, count) == strings.Index(p, "<vt:i4>") && strings.Contains(p, count)
	if !fits {
		p, t = "", ""
	} else {
		p = strings.Replace(p, count, fmt.Sprintf("<vt:i4>%d</vt:i4>", n), 1)
		t = strings.Replace(t, was, now, 1)
		t = strings.Replace(t, fmt.Sprintf(`size="%d"`, size), fmt.Sprintf(`size="%d"`, size+n-len(sheets)), 1)
	}
	d.Replace(pairs.from, pairs.to, []byte(p))
	d.Replace(titles.from, titles.to, []byte(t))
	return nil
}

// sizeOfVector is what a list of the document's properties says of its length; -1 for nothing.
func sizeOfVector(list string) int {
	_, rest, _ := strings.Cut(list, `size="`)
	digits, _, ok := strings.Cut(rest, `"`)
	if n, err := strconv.Atoi(digits); ok && err == nil {
		return n
	}
	return -1
}
