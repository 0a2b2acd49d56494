package returns

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
	"github.com/rubric-project/rubric/xlsx/internal/xmledit"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// The namespaces that matter where a workbook is changed, transitional and strict (ECMA-376 Parts 4 and 1).
const (
	inMain xmlscan.Space = iota + 1
	inRelations
)

const (
	mainSpace         = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	mainSpaceStrict   = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	relatedSpace      = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	relatedStrict     = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	contentTypesPart  = "[Content_Types].xml"
	typeOfPartPrefix  = "application/vnd.openxmlformats-officedocument."
	typeOfWorksheet   = typeOfPartPrefix + "spreadsheetml.worksheet+xml"
	typeOfNotes       = typeOfPartPrefix + "spreadsheetml.comments+xml"
	typeOfStyles      = typeOfPartPrefix + "spreadsheetml.styles+xml"
	typeOfNoteDrawing = typeOfPartPrefix + "vmlDrawing"
)

var workbookSpaces = map[string]xmlscan.Space{
	mainSpace: inMain, mainSpaceStrict: inMain, relatedSpace: inRelations, relatedStrict: inRelations,
}

// outgoing is the copy of a sender's package that goes back, while it is changed.
type outgoing struct {
	p     *opc.Package
	parts map[string][]byte
	docs  map[string]*xmledit.Doc
	// actual are the names of the parts as they are written, by their names in small letters.
	actual map[string]string
	// made are relationships that were added, by the part that they belong to.
	made map[string]int
	// main is the part that lists the sheets; strict says that its namespaces are those of ECMA-376 Part 1.
	main   string
	strict bool
	// vmlTyped says that the content type of drawings in the old way was added.
	vmlTyped bool
	// introduced says that we are among those who wrote comments.
	introduced bool
}

// openOutgoing takes a package apart. Each part is inflated within the limits, and checked.
func openOutgoing(ctx context.Context, workbook []byte, limits xlsx.Limits) (*outgoing, error) {
	p, err := opc.Open(ctx, bytes.NewReader(workbook), int64(len(workbook)), opc.Limits{Parts: limits.Parts, Unpacked: 2 * limits.Unpacked})
	if err != nil {
		return nil, err
	}
	o := &outgoing{p: p, parts: map[string][]byte{}, docs: map[string]*xmledit.Doc{}, actual: map[string]string{}, made: map[string]int{}}
	for _, name := range p.Names() {
		if strings.HasSuffix(name, "/") {
			continue
		}
		part, err := p.Open(name)
		if err != nil {
			return nil, err
		}
		content := bytes.NewBuffer(make([]byte, 0, p.Size(name)+bytes.MinRead))
		_, err = io.Copy(content, part)
		part.Close()
		if err != nil {
			return nil, err
		}
		o.put(name, content.Bytes())
	}
	if _, o.main, err = sheet.FileKind(p); err != nil {
		return nil, err
	}
	if !o.has(o.main) {
		return nil, errors.New("it has no list of sheets")
	}
	main := o.doc(o.main).Source()
	o.strict = bytes.Contains(main[:min(len(main), 4096)], []byte(mainSpaceStrict))
	return o, nil
}

// dir is the folder of the main part, in which others go.
func (o *outgoing) dir() string { dir, _ := path.Split(o.main); return dir }

func (o *outgoing) put(name string, content []byte) {
	o.parts[name] = content
	o.actual[strings.ToLower(name)] = name
}

// name is a part's name as it is written: names of parts are equal without regard to case.
func (o *outgoing) name(name string) string {
	if as, ok := o.actual[strings.ToLower(name)]; ok {
		return as
	}
	return name
}

// has says whether there is a part of that name.
func (o *outgoing) has(name string) bool { _, ok := o.actual[strings.ToLower(name)]; return ok }

// doc is a part to be changed.
func (o *outgoing) doc(name string) *xmledit.Doc {
	name = o.name(name)
	if o.docs[name] == nil {
		o.docs[name] = xmledit.Open(o.parts[name])
	}
	return o.docs[name]
}

// free is the first name of the form before + number + after that no part has.
func (o *outgoing) free(before, after string) string {
	for i := 1; ; i++ {
		if name := fmt.Sprintf("%s%d%s", before, i, after); !o.has(name) {
			return name
		}
	}
}

// appendToRoot puts elements at the end of a part. write is given the prefix of the part's own elements.
func (o *outgoing) appendToRoot(name string, write func(prefix string) string) error {
	d := o.doc(name)
	prefix, empty := "", false
	return d.Walk(nil, func(_ *xmlscan.Scanner, t xmledit.Tag) error {
		if t.Depth != 1 {
			return nil
		}
		if !t.End {
			prefix, empty = xmledit.Prefix(d.Bytes(t.From, t.To)), t.Empty
		}
		if t.End != empty {
			d.Append(t, []byte(write(prefix)))
		}
		return nil
	})
}

// add adds a part of a content type.
func (o *outgoing) add(name, contentType string, content []byte) error {
	o.put(name, content)
	return o.appendToRoot(contentTypesPart, func(prefix string) string {
		return fmt.Sprintf(`<%sOverride PartName="/%s" ContentType="%s"/>`, prefix, name, contentType)
	})
}

// relate adds a relationship of a part to another, and gives its name. kind is the last segment of its type.
func (o *outgoing) relate(of, kind, target string) (string, error) {
	space := relatedSpace
	if o.strict {
		space = relatedStrict
	}
	return o.relateAs(of, space+"/"+kind, target)
}

// relateAs is the same with the whole type.
func (o *outgoing) relateAs(of, kind, target string) (string, error) {
	rels, err := o.p.Relations(of)
	if err != nil {
		return "", err
	}
	id := ""
	for id == "" || slices.ContainsFunc(rels, func(r opc.Relation) bool { return strings.EqualFold(r.ID, id) }) {
		o.made[of]++
		id = fmt.Sprintf("rIdC%d", o.made[of])
	}
	list := relationsPart(of)
	if !o.has(list) {
		o.put(list, []byte(xmlHeader+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`))
	}
	return id, o.appendToRoot(list, func(prefix string) string {
		return fmt.Sprintf(`<%sRelationship Id="%s" Type="%s" Target="%s"/>`, prefix, id, kind, html.EscapeString(relative(of, target)))
	})
}

const xmlHeader = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// relationsPart is the part that holds the relationships of another.
func relationsPart(of string) string {
	dir, base := path.Split(of)
	return dir + "_rels/" + base + ".rels"
}

// relative is the way from a part to another, as programs write it.
func relative(from, to string) string {
	f, t := strings.Split(from, "/"), strings.Split(to, "/")
	for len(f) > 1 && len(t) > 1 && f[0] == t[0] {
		f, t = f[1:], t[1:]
	}
	return strings.Repeat("../", len(f)-1) + strings.Join(t, "/")
}

// drop takes a part away, with its own relationships and its content type; who refers to it is for the caller.
func (o *outgoing) drop(name string) error {
	for _, gone := range []string{o.name(name), o.name(relationsPart(o.name(name)))} {
		delete(o.parts, gone)
		delete(o.docs, gone)
		delete(o.actual, strings.ToLower(gone))
	}
	return o.remove(contentTypesPart, func(s *xmlscan.Scanner) bool {
		v, _ := s.Value(xmlscan.NoSpace, "PartName")
		return strings.EqualFold(v, "/"+name)
	})
}

// unrelate takes a relationship away, and the part that it leads to.
func (o *outgoing) unrelate(of string, r opc.Relation) error {
	err := o.remove(relationsPart(of), func(s *xmlscan.Scanner) bool {
		v, _ := s.Value(xmlscan.NoSpace, "Id")
		return v == r.ID
	})
	if err != nil || r.External {
		return err
	}
	return o.drop(r.Target)
}

// remove takes away elements of the second level of a part.
func (o *outgoing) remove(name string, which func(s *xmlscan.Scanner) bool) error {
	d := o.doc(name)
	from := -1
	return d.Walk(nil, func(s *xmlscan.Scanner, t xmledit.Tag) error {
		switch {
		case t.Depth != 2:
		case !t.End && which(s):
			from = t.From
		case t.End && from >= 0:
			d.Replace(from, t.To, nil)
			from = -1
		}
		return nil
	})
}

// related is the first relationship of a kind that a part has to a part that is there.
func (o *outgoing) related(of, kind string) (opc.Relation, bool) {
	rels, err := o.p.Relations(of)
	for _, r := range rels {
		if strings.HasSuffix(r.Type, "/"+kind) && !r.External && o.has(r.Target) {
			return r, err == nil
		}
	}
	return opc.Relation{}, false
}

// base is the package with all that was changed.
func (o *outgoing) base() (*splice.Base, error) {
	b := &splice.Base{}
	for name, content := range o.parts {
		if d := o.docs[name]; d != nil {
			var err error
			if content, err = d.Changed(); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
		b.Set(name, content)
	}
	return b, nil
}
