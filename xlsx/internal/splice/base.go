// Package splice writes many packages (ISO/IEC 29500-2: zip files of parts) that are alike but for a few parts.
//
// Parse takes a package apart into a Base; Set changes or adds parts that all copies share. Prepare then makes
// a Frame, which holds the shared parts compressed once, as one block of bytes. Each copy writes that block as it
// is, and anew only what differs:
//
//   - gaps: a shared part may hold tokens that each copy replaces by its own text. Around them the part stays
//     compressed as it is, since a deflate stream may change between compressed and stored blocks (RFC 1951,
//     section 3.2.4);
//   - parts of its own: whole, or streamed where they are long.
//
// Entries have a fixed order and a fixed time, so that the same input gives the same bytes. A Frame does not change
// once it is made and may be used by several goroutines at once.
package splice

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Base is a package taken apart; the zero value has no parts. Parse is meant for packages that this program has made
// itself: use package opc for what came from outside.
type Base struct {
	names []string
	parts map[string][]byte
}

// Parse reads a package into memory. It fails where the bytes are no zip file or a part does not match its CRC.
func Parse(pkg []byte) (*Base, error) {
	z, err := zip.NewReader(bytes.NewReader(pkg), int64(len(pkg)))
	if err != nil {
		return nil, fmt.Errorf("taking a package apart: %w", err)
	}
	b := &Base{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("opening part %s: %w", f.Name, err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("reading part %s: %w", f.Name, err)
		}
		if err := r.Close(); err != nil {
			return nil, fmt.Errorf("reading part %s: %w", f.Name, err)
		}
		b.Set(f.Name, content)
	}
	return b, nil
}

// Names lists the parts in the order in which they are written: content types and relationships of the package
// first, by which many programs recognise what a file is, then by name.
func (b *Base) Names() []string { return slices.Clone(b.names) }

// Part returns the content of a part, and whether there is one of that name. The caller must not change it.
func (b *Base) Part(name string) ([]byte, bool) {
	content, ok := b.parts[name]
	return content, ok
}

// Set replaces a part, or adds it. The caller must not change content afterwards.
func (b *Base) Set(name string, content []byte) {
	if b.parts == nil {
		b.parts = map[string][]byte{}
	}
	if _, ok := b.parts[name]; !ok {
		i, _ := slices.BinarySearchFunc(b.names, name, compareNames)
		b.names = slices.Insert(b.names, i, name)
	}
	b.parts[name] = content
}

// Bytes is the package as it stands.
func (b *Base) Bytes() ([]byte, error) {
	frame, err := b.Prepare(nil)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := frame.NewWriter(&out).Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func compareNames(x, y string) int {
	if d := rank(x) - rank(y); d != 0 {
		return d
	}
	return strings.Compare(x, y)
}

func rank(name string) int {
	switch {
	case name == "[Content_Types].xml":
		return 0
	case name == "_rels/.rels":
		return 1
	case strings.HasPrefix(name, "docProps/"):
		return 2
	}
	return 3
}
