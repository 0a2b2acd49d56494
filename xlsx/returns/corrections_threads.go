package returns

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/xmledit"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// Comments that people answer ([MS-XLSX] 2.1.43 and 2.6.203) and the list of those who wrote some (2.1.44, 2.6.206).
const (
	threadSpace   = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
	personType    = "http://schemas.microsoft.com/office/2017/10/relationships/person"
	typeOfPersons = "application/vnd.ms-excel.person+xml"
)

// thread is what people said to one another on a cell.
type thread struct {
	d      *xmledit.Doc
	prefix string
	// root is the tag of the first comment, and id its name; "" where it has none that can be answered.
	root xmledit.Tag
	id   string
	// said are the comments in their order.
	said []saying
	// end is where the list of comments ends.
	end xmledit.Tag
}

// saying is one comment of a thread: its place, who wrote it and when, and its text as it is written.
type saying struct {
	from, to           int
	textFrom, textTo   int
	person, when, text string
}

var sortOfTime = regexp.MustCompile(`^[0-9T:.Z+-]{1,40}$`)

var guid = regexp.MustCompile(`^\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}$`)

// threads are the cells of a sheet with comments that people answer.
func (o *outgoing) threads(of string) (map[place]*thread, error) {
	rels, err := o.p.Relations(of)
	if err != nil {
		return nil, err
	}
	cells := map[place]*thread{}
	for _, r := range rels {
		if !strings.HasSuffix(r.Type, "/threadedComment") || r.External || !o.has(r.Target) {
			continue
		}
		if err := readThreads(o.doc(r.Target), cells); err != nil {
			return nil, err
		}
	}
	return cells, nil
}

func readThreads(d *xmledit.Doc, cells map[place]*thread) error {
	var x *thread
	var now saying
	var mine []*thread
	prefix := ""
	return d.Walk(nil, func(s *xmlscan.Scanner, t xmledit.Tag) error {
		switch {
		case t.Depth == 1 && !t.End:
			prefix = xmledit.Prefix(d.Bytes(t.From, t.To))
		case t.Depth == 1:
			for _, x := range mine {
				x.end = t
			}
		case t.Depth == 2 && !t.End:
			ref, _ := s.Raw("ref")
			row, col, ok := sheet.ParseRef(ref)
			if x = nil; !ok || string(s.Local) != "threadedComment" {
				break
			}
			at := place{row, col}
			if x = cells[at]; x == nil {
				x = &thread{d: d, prefix: prefix}
				cells[at], mine = x, append(mine, x)
			}
			now = saying{from: t.From}
			now.person, _ = s.Value(xmlscan.NoSpace, "personId")
			now.when, _ = s.Value(xmlscan.NoSpace, "dT")
			id, _ := s.Value(xmlscan.NoSpace, "id")
			if _, answers := s.Raw("parentId"); !answers && x.id == "" && guid.MatchString(id) && x.d == d {
				x.root, x.id = t, id
			}
		case x == nil:
		case t.Depth == 2:
			now.to = t.To
			x.said = append(x.said, now)
		case t.Depth == 3 && string(s.Local) == "text" && !t.End:
			now.textFrom, now.textTo = t.To, t.To
		case t.Depth == 3 && string(s.Local) == "text" && t.From >= now.textFrom:
			now.textTo = t.From
			now.text = string(d.Bytes(now.textFrom, now.textTo))
		}
		return nil
	})
}

// replied is a note that was said as an answer to the comments on its cell: before is what it took the place of, as it is
// written; "" for nothing.
type replied struct {
	note
	thread *thread
	before string
}

// reply answers the comments on cells with our notes, under the name of who sends them, and gives the notes that are left.
// An answer of ours that stands last is replaced by the new one; a comment that was ticked off is open again.
func (o *outgoing) reply(of string, notes []note, author string) (left []note, done []replied, err error) {
	threads, err := o.threads(of)
	if err != nil {
		return nil, nil, err
	}
	person := namedID("person", author)
	for _, n := range notes {
		x := threads[n.place]
		switch {
		case x == nil:
			left = append(left, n)
		case x.id != "": // where no comment can be answered, the sheet with the corrections says it alone
			done = append(done, replied{n, x, x.answer(n, person)})
		}
	}
	if len(done) == 0 {
		return left, nil, nil
	}
	return left, done, o.introduce(person, author)
}

// answer adds our note to a thread.
func (x *thread) answer(n note, person string) (before string) {
	root := x.d.Bytes(x.root.From, x.root.To)
	if open := xmledit.WithoutAttribute(root, "done"); !bytes.Equal(open, root) {
		x.d.Replace(x.root.From, x.root.To, open)
	}
	last := x.said[len(x.said)-1]
	if last.person == person && last.textTo > last.textFrom {
		x.d.Replace(last.textFrom, last.textTo, []byte(sheetdata.Escape(n.text)))
		return last.text
	}
	when := ""
	if sortOfTime.MatchString(last.when) { // the time of what it answers: the same return gives the same bytes
		when = fmt.Sprintf(` dT="%s"`, last.when)
	}
	id := namedID("answer", x.id, fmt.Sprint(len(x.said)))
	x.d.Replace(x.end.From, x.end.From, fmt.Appendf(nil, `<%[1]sthreadedComment ref="%[2]s"%[3]s personId="%[4]s" id="%[5]s" parentId="%[6]s"><%[1]stext>%[7]s</%[1]stext></%[1]sthreadedComment>`,
		x.prefix, n.ref, when, person, id, x.id, sheetdata.Escape(n.text)))
	return ""
}

// introduce lists us among those who wrote comments.
func (o *outgoing) introduce(person, author string) error {
	if o.introduced {
		return nil
	}
	o.introduced = true
	element := func(prefix string) string {
		return fmt.Sprintf(`<%sperson displayName="%s" id="%s" userId="%[2]s" providerId="None"/>`, prefix, sheetdata.Escape(author), person)
	}
	r, ok := o.related(o.main, "person")
	if !ok {
		name := o.free(o.dir()+"persons/person", ".xml")
		if err := o.add(name, typeOfPersons, []byte(xmlHeader+`<personList xmlns="`+threadSpace+`">`+element("")+`</personList>`)); err != nil {
			return err
		}
		_, err := o.relateAs(o.main, personType, name)
		return err
	}
	known := false
	err := o.doc(r.Target).Walk(nil, func(s *xmlscan.Scanner, t xmledit.Tag) error {
		id, _ := s.Value(xmlscan.NoSpace, "id")
		known = known || t.Depth == 2 && !t.End && id == person
		return nil
	})
	if err != nil || known {
		return err
	}
	return o.appendToRoot(r.Target, element)
}

// namedID is a GUID that is made of names.
func namedID(names ...string) string {
	h := sha256.Sum256([]byte("rubric\x00" + strings.Join(names, "\x00")))
	return strings.ToUpper(fmt.Sprintf("{%x-%x-%x-%x-%x}", h[:4], h[4:6], h[6:8], h[8:10], h[10:16]))
}

// mirror puts an answer into the note that stands for a thread in programs that know notes only. Where there is none it
// gives one, which is to be added.
func (l *noteList) mirror(r replied) (added []byte) {
	said := sheetdata.Escape(r.text)
	old, ok := l.old[r.place]
	if !ok {
		text := "[Threaded comment]\n\nComment:"
		for i, s := range r.thread.said {
			if i > 0 {
				text += "\nReply:"
			}
			text += "\n    " + s.text // it is escaped already
		}
		if text = strings.TrimSuffix(text, r.before); r.before == "" {
			text += "\nReply:\n    "
		}
		return prefixed(l.prefix, fmt.Appendf(nil, `<comment ref="%s" authorId="%d"><text><t xml:space="preserve">%s%s</t></text></comment>`,
			r.ref, l.author("tc="+r.thread.id), text, said))
	}
	was := l.d.Bytes(old.from, old.to)
	if i := bytes.LastIndex(was, []byte(r.before)); r.before != "" && i >= 0 {
		l.d.Replace(old.from+i, old.from+i+len(r.before), []byte(said))
	} else if i := bytes.LastIndex(was, []byte("</"+l.prefix+"t>")); i >= 0 {
		l.d.Replace(old.from+i, old.from+i, []byte("\nReply:\n    "+said))
	}
	return nil
}
