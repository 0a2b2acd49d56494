// Package face cuts the typeface of the reports (package typeface) into 8-bit faces of at most 224 characters each.
//
// An 8-bit face costs a document next to nothing, where a Unicode font has to be read and cut anew for each.
// Which character lies in which face is fixed, so that the same text gives the same bytes whatever was set
// before. A face is made when it is first used and then serves all documents of the run.
package face

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"unicode/utf16"

	"github.com/rubric-project/rubric/internal/typeface"
)

// Weight is one of the two weights.
type Weight uint8

// The weights.
const (
	Regular Weight = iota
	SemiBold
)

// Slot says where a character lies: in which face, under which code, and how wide it is in thousandths of
// the type size. The zero value is a character that the typeface lacks.
type Slot struct {
	Face  uint8
	Code  byte
	Width uint16
}

// Font is one weight. It is safe for concurrent use.
type Font struct {
	name  string
	file  *sfnt
	slots [1 << 16]Slot
	sets  [][]rune // the characters of each face, in the order of their codes from firstCode
	faces []Face
	once  []sync.Once
}

// Face is an 8-bit font ready to be embedded.
type Face struct {
	// Name is the PostScript name with a subset tag, different for each face.
	Name string
	// Definition is the font definition as gofpdf reads it; File is the font file, compressed.
	Definition, File []byte
	// ToUnicode is the CMap by which text can be extracted (ISO 32000-1, 9.10.3), compressed.
	ToUnicode []byte
}

const firstCode = 32

var load = [2]func() *Font{
	sync.OnceValue(func() *Font { return newFont("SourceSans3-Regular", typeface.Regular) }),
	sync.OnceValue(func() *Font { return newFont("SourceSans3-SemiBold", typeface.SemiBold) }),
}

// Of is the font of a weight, read when it is first asked for.
func Of(w Weight) *Font { return load[w]() }

func newFont(name string, data []byte) *Font {
	file, err := parse(data)
	if err != nil {
		panic(err) // the file is part of the program
	}
	f := &Font{name: name, file: file}
	f.sets = partition(file.glyphs)
	f.faces = make([]Face, len(f.sets))
	f.once = make([]sync.Once, len(f.sets))
	for i, set := range f.sets {
		for j, r := range set {
			width := (int(file.advances[file.glyphs[r]])*1000 + file.unitsPerEm/2) / file.unitsPerEm
			f.slots[r] = Slot{uint8(i), byte(firstCode + j), uint16(width)}
		}
	}
	f.slots['\u00a0'] = f.slots[' ']
	f.slots['\u202f'] = f.slots[' ']
	f.slots['\u2011'] = f.slots['-']
	return f
}

// Slot finds a character.
func (f *Font) Slot(r rune) (Slot, bool) {
	if r < 0 || r >= 1<<16 {
		return Slot{}, false
	}
	s := f.slots[r]
	return s, s.Code != 0
}

// Width is the width of a text at size 1. Characters that the typeface lacks have none.
func (f *Font) Width(s string) float64 {
	sum := 0
	for _, r := range s {
		sum += f.Advance(r)
	}
	return float64(sum) / 1000
}

// Advance is the width of a character, or of the word that a rune stands for, in thousandths of the type size.
func (f *Font) Advance(r rune) int {
	if r < 1<<16 {
		return int(f.slots[r].Width)
	}
	if w := WordOf(r); w != nil {
		return w.Width
	}
	return 0
}

// Metrics are the ascent, the descent (negative) and the height of capitals at size 1.
func (f *Font) Metrics() (ascent, descent, capHeight float64) {
	em := float64(f.file.unitsPerEm)
	return float64(f.file.ascent) / em, float64(f.file.descent) / em, float64(f.file.capHeight) / em
}

// Face is the face of the given number, made when it is first asked for.
func (f *Font) Face(i uint8) *Face {
	f.once[i].Do(func() { f.faces[i] = f.make(int(i)) })
	return &f.faces[i]
}

func (f *Font) make(i int) Face {
	set := f.sets[i]
	codes := make(map[byte]uint16, len(set))
	widths := make([]int, 256)
	for j, r := range set {
		codes[byte(firstCode+j)] = f.file.glyphs[r]
		widths[firstCode+j] = int(f.slots[r].Width)
	}
	texts := make([]string, len(set))
	for j, r := range set {
		texts[j] = string(r)
	}
	x := define(f.file, fmt.Sprintf("RUB%c%c%c+%s", 'A'+byte(i/26%26), 'A'+byte(i%26), f.name[len(f.name)-1]-32, f.name), codes, widths)
	x.ToUnicode = deflate(toUnicode(texts))
	return x
}

// define cuts a font and makes its definition, widths by code in thousandths.
func define(file *sfnt, name string, codes map[byte]uint16, widths []int) Face {
	scale := func(v int) int { return v * 1000 / file.unitsPerEm }
	font := file.subset(codes)
	b := file.bbox
	definition, err := json.Marshal(map[string]any{
		"Tp": "TrueType", "Name": name, "Cw": widths, "File": name + ".z", "OriginalSize": len(font),
		"Desc": map[string]any{
			"Ascent": scale(file.ascent), "Descent": scale(file.descent), "CapHeight": scale(file.capHeight),
			"Flags": symbolic, "StemV": file.weight / 5,
			"FontBBox": map[string]int{"Xmin": scale(b[0]), "Ymin": scale(b[1]), "Xmax": scale(b[2]), "Ymax": scale(b[3])},
		},
	})
	if err != nil {
		panic(err) // numbers and strings only
	}
	return Face{Name: name, Definition: definition, File: deflate(font)}
}

// symbolic is the font descriptor's flag of a font with its own encoding (ISO 32000-1, table 123).
const symbolic = 4

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w, _ := zlib.NewWriterLevel(&out, zlib.BestCompression)
	_, _ = w.Write(b) // a bytes.Buffer takes everything
	_ = w.Close()
	return out.Bytes()
}

// toUnicode is the CMap of a face by the texts of its codes, from firstCode on.
func toUnicode(set []string) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n")
	var codes []int // those that say something
	for i, s := range set {
		if s != "" {
			codes = append(codes, firstCode+i)
		}
	}
	for chunk := range slices.Chunk(codes, 100) { // at most 100 entries a block
		fmt.Fprintf(&b, "%d beginbfchar\n", len(chunk))
		for _, code := range chunk {
			fmt.Fprintf(&b, "<%02X> <", code)
			for _, u := range utf16.Encode([]rune(set[code-firstCode])) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}
