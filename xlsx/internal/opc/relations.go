package opc

import (
	"errors"
	"io"
	"net/url"
	"path"
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
	t := &contentTypes{map[string]string{}, map[string]string{}}
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
		kind, _ := s.Value(0, "ContentType")
		into, key := t.byPart, ""
		switch string(s.Local) {
		case "Override":
			key, _ = s.Value(0, "PartName")
			if !strings.HasPrefix(key, "/") {
				return refuse.Damaged("it names a part wrongly")
			}
			key = unescape(key[1:])
		case "Default":
			into = t.byExtension
			key, _ = s.Value(0, "Extension")
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
	dir, base := path.Split(of)
	name := dir + "_rels/" + base + ".rels"
	if !p.Has(name) {
		return nil, nil
	}
	var list []Relation
	seen := map[string]bool{}
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
		r.ID, _ = s.Value(0, "Id")
		r.Type, _ = s.Value(0, "Type")
		r.Target, _ = s.Value(0, "Target")
		mode, _ := s.Value(0, "TargetMode")
		r.External = mode == "External"
		if r.ID == "" || seen[r.ID] {
			return refuse.New(models.FileContradictory, "it has two relationships of one name")
		}
		seen[r.ID] = true
		if mode != "" && mode != "Internal" && mode != "External" {
			return refuse.Damaged("it has a relationship of an unknown kind")
		}
		if !r.External {
			target, ok := resolve(dir, r.Target)
			if !ok {
				return refuse.New(models.FileHostile, "it leads out of the file (%q)", r.Target)
			}
			r.Target = target
		}
		if len(list) == maxList {
			return refuse.New(models.FileOverLimit, "it has more than %d entries", maxList)
		}
		list = append(list, r)
		return nil
	})
	return list, err
}

// resolve makes the name of a part out of a target that is relative to a folder (RFC 3986, 5.2).
func resolve(dir, target string) (string, bool) {
	if i := strings.IndexAny(target, "#?"); i >= 0 {
		target = target[:i]
	}
	target = unescape(target)
	if strings.Contains(target, `\`) {
		return "", false
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + dir + target
	}
	depth := 0
	for _, segment := range strings.Split(target[1:], "/") {
		switch segment {
		case "..":
			if depth--; depth < 0 {
				return "", false
			}
		case "", ".":
		default:
			depth++
		}
	}
	return path.Clean(target)[1:], true
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// Scan reads the XML of a part from its first byte to its last. start is called at each start tag; it may go
// on with the scanner up to the end of its element.
func (p *Package) Scan(name string, spaces map[string]xmlscan.Space, start func(*xmlscan.Scanner) error) error {
	s := scanners.Get().(*xmlscan.Scanner)
	defer scanners.Put(s)
	if i, ok := p.byName[fold(name)]; ok {
		u := unpackers.Get().(*unpacker)
		defer unpackers.Put(u)
		if b, ok := u.whole(p, &p.entries[i]); ok {
			s.ResetBytes(b, spaces)
			return refuse.In(name, scan(s, start))
		}
	}
	f, err := p.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	s.Reset(f, spaces)
	if err := scan(s, start); err != nil {
		return refuse.In(name, f.orDamage(err))
	}
	// The scanner has seen the end of the document; what is left is the end of the part.
	if _, err := f.Read(make([]byte, 1)); err != nil && !errors.Is(err, io.EOF) {
		return refuse.In(name, err)
	}
	return nil
}

// scan calls start at each start tag of the document.
func scan(s *xmlscan.Scanner, start func(*xmlscan.Scanner) error) error {
	for {
		ev, err := s.Next()
		if err == nil && ev == xmlscan.Start {
			err = start(s)
		}
		if err != nil || ev == xmlscan.EOF {
			return err
		}
	}
}
