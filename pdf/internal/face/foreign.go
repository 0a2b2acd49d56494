package face

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
)

// Foreign is a face that a round brings for scripts which the reports' own typeface does not have. It is safe for concurrent use.
type Foreign struct {
	name  string // a PostScript name
	file  *sfnt
	face  *font.Face
	mu    sync.Mutex // the shaper and its face keep what they looked up
	shape shaping.HarfbuzzShaper
	blank uint16 // the glyph of the space
}

// What a font file can be that does not serve.
var (
	// ErrOutlines is of a font whose outlines are not TrueType's.
	ErrOutlines = errors.New("its outlines are PostScript's (CFF), and TrueType's are needed")
	// ErrNoFont is of a file that is no font, or a damaged one.
	ErrNoFont = errors.New("it is no font file, or a damaged one")
)

// A FaceError says that a collection has no face of a name, and which it has.
type FaceError struct {
	Which string
	Has   []string
}

// Error says which face, and which there are.
func (e *FaceError) Error() string {
	if e.Which == "" {
		return "it is a collection; say which face: " + strings.Join(e.Has, ", ")
	}
	return "it has no face " + e.Which + "; it has " + strings.Join(e.Has, ", ")
}

var foreigns struct {
	sync.Mutex
	read map[[32]byte]*Foreign
}

// NewForeign reads a TrueType font, or the face with this name or number (from 0) of a TrueType collection. The same bytes give
// the same Foreign.
func NewForeign(data []byte, which string) (f *Foreign, err error) {
	h := sha256.New()
	h.Write(data)
	h.Write([]byte(which))
	key := [32]byte(h.Sum(nil))
	foreigns.Lock()
	defer foreigns.Unlock()
	if f := foreigns.read[key]; f != nil {
		return f, nil
	}
	defer func() { // a damaged font may lead anywhere
		if recover() != nil {
			f, err = nil, ErrNoFont
		}
	}()
	if f, err = newForeign(data, which); err != nil {
		return nil, err
	}
	if foreigns.read == nil {
		foreigns.read = map[[32]byte]*Foreign{}
	}
	foreigns.read[key] = f
	return f, nil
}

func newForeign(data []byte, which string) (*Foreign, error) {
	faces, err := font.ParseTTC(bytes.NewReader(data))
	if err != nil || len(faces) == 0 {
		return nil, ErrNoFont
	}
	n, err := chosen(faces, which)
	if err != nil {
		return nil, err
	}
	at := 0
	if string(data[:4]) == "ttcf" {
		at = int(be.Uint32(data[12+4*n:]))
	}
	file := &sfnt{tables: map[string][]byte{}}
	if err := file.directory(data, at); err != nil {
		return nil, ErrNoFont
	}
	if file.tables["glyf"] == nil || file.tables["loca"] == nil {
		return nil, ErrOutlines
	}
	if file.tables["OS/2"] == nil {
		return nil, ErrNoFont
	}
	file.metrics()
	file.locations()
	blank, _ := faces[n].NominalGlyph(' ')
	return &Foreign{name: postScript(faces[n].Describe().Family), file: file, face: faces[n], blank: uint16(blank)}, nil
}

// chosen is the number of the face that is meant.
func chosen(faces []*font.Face, which string) (int, error) {
	var has []string
	for i, f := range faces {
		name := f.Describe().Family
		has = append(has, name)
		if n, err := strconv.Atoi(which); err == nil && n == i || strings.EqualFold(name, which) {
			return i, nil
		}
	}
	if which == "" && len(faces) == 1 {
		return 0, nil
	}
	return 0, &FaceError{which, has}
}

// postScript is a name with the characters that a PostScript name may have.
func postScript(name string) string {
	s := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, name)
	if s == "" {
		return "Foreign"
	}
	return s
}

// Has says whether the face has a character.
func (f *Foreign) Has(r rune) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	g, ok := f.face.NominalGlyph(r)
	return ok && g != 0
}

// Cut makes an 8-bit face of some glyphs, the first with code 32, and what is read for each when the text is extracted. i tells
// the faces of a document apart.
func (f *Foreign) Cut(i int, glyphs []uint16, texts []string) *Face {
	codes := make(map[byte]uint16, len(glyphs))
	widths := make([]int, 256)
	for j, g := range glyphs {
		codes[byte(firstCode+j)] = g
		widths[firstCode+j] = f.Advance(g)
	}
	name := fmt.Sprintf("RUB%c%cX+%s", 'A'+byte(i/26%26), 'A'+byte(i%26), f.name)
	x := define(f.file, name, codes, widths)
	x.ToUnicode = deflate(toUnicode(texts))
	return &x
}

// Advance is a glyph's width in thousandths.
func (f *Foreign) Advance(g uint16) int {
	return (int(f.file.advances[g])*1000 + f.file.unitsPerEm/2) / f.file.unitsPerEm
}
