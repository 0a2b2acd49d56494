package opc

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

const (
	nsTypes xmlscan.Space = iota + 1
	nsRelations
)

var spaces = map[string]xmlscan.Space{
	"http://schemas.openxmlformats.org/package/2006/content-types": nsTypes,
	"http://schemas.openxmlformats.org/package/2006/relationships": nsRelations,
}

// maxList is the largest number of content types, and of relationships of one part, that is read. They are a few
// for each part of a package, and one for each link of a sheet.
const maxList = 20_000

// contentTypes is [Content_Types].xml.
type contentTypes struct {
	byPart      map[string]string // by folded name
	byExtension map[string]string
}

// ContentType is the content type of a part, "" for none (ECMA-376 Part 2, 6.2.3).
func (p *Package) ContentType(name string) (string, error) {
	if p.types == nil {
		if err := p.readTypes(); err != nil {
			return "", refuse.In("[Content_Types].xml", err)
		}
	}
	if t, ok := p.types.byPart[fold(name)]; ok {
		return t, nil
	}
	return p.types.byExtension[strings.TrimPrefix(path.Ext(fold(name)), ".")], nil
}

func (p *Package) readTypes() error {
	t := &contentTypes{make(map[string]string, len(p.entries)), map[string]string{}}
	room := p.roomFor("[Content_Types].xml")
	err := p.Scan("[Content_Types].xml", spaces, func(s *xmlscan.Scanner) error {
		if s.Depth() == 1 {
			if !s.Is(nsTypes, "Types") {
				return refuse.Damaged("it is not a list of content types")
			}
			return nil
		}
		if s.Depth() != 2 || s.Space != nsTypes {
			return refuse.Damaged("it is not a list of content types")
		}
		kind := room.value(s, "ContentType")
		into, key := t.byPart, ""
		switch string(s.Local) {
		case "Override":
			key = room.value(s, "PartName")
			if !strings.HasPrefix(key, "/") {
				return refuse.Damaged("it names a part wrongly")
			}
			key = unescape(key[1:])
		case "Default":
			into = t.byExtension
			key = room.value(s, "Extension")
		default:
			return refuse.Damaged("it is not a list of content types")
		}
		key = fold(key)
		if had, ok := into[key]; ok && had != kind {
			return refuse.New(models.FileContradictory, "it gives two types for %s", key)
		}
		if len(into) > maxList {
			return refuse.New(models.FileOverLimit, "it has more than %d entries", maxList)
		}
		into[key] = kind
		return nil
	})
	if err == nil {
		p.types = t
	}
	return err
}

// Relation is one relationship of a part or of the package.
type Relation struct {
	ID, Type string
	// Target is the name of the part; for External the address as it stands there.
	Target   string
	External bool
}

// Relations reads the relationships of a part, or with "" those of the package. A part without any has none.
func (p *Package) Relations(of string) ([]Relation, error) {
	if of == "" && p.own != nil { // they are asked for by who wants the main part, and by who wants the properties
		return p.own, nil
	}
	dir, base := path.Split(of)
	name := dir + "_rels/" + base + ".rels"
	if !p.Has(name) {
		return nil, nil
	}
	var list []Relation
	var names idSet
	room := p.roomFor(name)
	err := p.Scan(name, spaces, func(s *xmlscan.Scanner) error {
		if s.Depth() == 1 {
			if !s.Is(nsRelations, "Relationships") {
				return refuse.Damaged("it is not a list of relationships")
			}
			return nil
		}
		if s.Depth() != 2 || !s.Is(nsRelations, "Relationship") {
			return refuse.Damaged("it is not a list of relationships")
		}
		var r Relation
		r.ID = room.value(s, "Id")
		r.Type = room.value(s, "Type")
		if r.ID == "" || !names.add(r.ID) {
			return refuse.New(models.FileContradictory, "it has two relationships of one name")
		}
		switch mode, _ := s.Decoded(0, "TargetMode"); string(mode) {
		case "", "Internal":
			target, _ := s.Decoded(0, "Target")
			if isPlain(target) {
				r.Target = room.keep(dir, target)
				break
			}
			r.Target = resolve(dir, string(target))
		case "External":
			r.External, r.Target = true, room.value(s, "Target")
		default:
			return refuse.Damaged("it has a relationship of an unknown kind")
		}
		if len(list) == maxList {
			return refuse.New(models.FileOverLimit, "it has more than %d entries", maxList)
		}
		list = append(list, r)
		return nil
	})
	if of == "" && err == nil {
		p.own = list
	}
	return list, err
}

// isPlain says that a target needs no more than its folder before it: it begins with no "/", and neither goes up nor
// has anything that is escaped. Nearly all do so.
func isPlain(target []byte) bool {
	had := byte('/')
	for _, c := range target {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-':
		case (c == '.' || c == '/') && had != '/':
		default:
			return false
		}
		had = c
	}
	return had != '/'
}

// idSet is a set of names, of which there are mostly few.
type idSet struct {
	few  []string
	many map[string]bool
}

// add says whether the name is new.
func (n *idSet) add(name string) bool {
	if n.many == nil && len(n.few) < 16 {
		if slices.Contains(n.few, name) {
			return false
		}
		n.few = append(n.few, name)
		return true
	}
	if n.many == nil {
		n.many = map[string]bool{}
		for _, had := range n.few {
			n.many[had] = true
		}
	}
	if n.many[name] {
		return false
	}
	n.many[name] = true
	return true
}

// textRoom holds the texts of a list in one piece of memory.
type textRoom struct{ b strings.Builder }

func (p *Package) roomFor(name string) *textRoom {
	r := &textRoom{}
	r.b.Grow(int(min(p.Size(name), 4096)))
	return r
}

// value is an attribute without a prefix.
func (r *textRoom) value(s *xmlscan.Scanner, local string) string {
	v, _ := s.Decoded(xmlscan.NoSpace, local)
	return r.keep("", v)
}

// keep makes a text of two halves.
func (r *textRoom) keep(before string, b []byte) string {
	from := r.b.Len()
	r.b.WriteString(before)
	r.b.Write(b)
	return r.b.String()[from:]
}

// resolve makes the name of a part out of a target that is relative to a folder (RFC 3986, 5.2). As there, what would lead
// above the root of the package stays at the root (5.2.4): LibreOffice writes such targets for parts that SharePoint
// added. Nothing outside of the package is ever looked for. Backslashes, as some programs on Windows write them, count as
// slashes.
func resolve(dir, target string) string {
	if i := strings.IndexAny(target, "#?"); i >= 0 {
		target = target[:i]
	}
	target = slashed(unescape(target))
	if !strings.HasPrefix(target, "/") {
		target = "/" + dir + target
	}
	return path.Clean(target)[1:]
}

// slashed writes slashes for backslashes.
func slashed(s string) string { return strings.ReplaceAll(s, `\`, "/") }

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}
