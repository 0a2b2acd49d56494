package face

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// sfnt is a TrueType font file, cut into what a report needs. ISO/IEC 14496-22 (Open Font Format) describes
// the tables.
type sfnt struct {
	tables           map[string][]byte
	unitsPerEm       int
	ascent, descent  int
	capHeight        int
	bbox             [4]int
	weight           int
	advances         []uint16
	loca             []uint32
	glyphs           map[rune]uint16
	longHorMetrics   int
	leftSideBearings []int16
}

var be = binary.BigEndian

// parse reads a font file that is part of the program: a mistake in it is an error, never a finding.
func parse(data []byte) (*sfnt, error) {
	f := &sfnt{tables: map[string][]byte{}}
	if err := f.directory(data, 0); err != nil {
		return nil, err
	}
	for _, need := range []string{"head", "hhea", "hmtx", "maxp", "loca", "glyf", "cmap", "OS/2"} {
		if f.tables[need] == nil {
			return nil, fmt.Errorf("face: the font has no table %q", need)
		}
	}
	f.metrics()
	f.locations()
	return f, f.characters()
}

// directory finds the tables of the font whose directory lies at an offset in the file: a collection has several.
func (f *sfnt) directory(data []byte, at int) error {
	if at < 0 || len(data) < at+12 {
		return errors.New("face: the font file is too short")
	}
	for i := range int(be.Uint16(data[at+4:])) {
		if len(data) < at+28+16*i {
			return errors.New("face: the font file is too short")
		}
		rec := data[at+12+16*i:]
		off, size := int(be.Uint32(rec[8:])), int(be.Uint32(rec[12:]))
		if off+size > len(data) {
			return fmt.Errorf("face: table %q lies outside the file", rec[:4])
		}
		f.tables[string(rec[:4])] = data[off : off+size]
	}
	return nil
}

func (f *sfnt) metrics() {
	head, hhea, os2 := f.tables["head"], f.tables["hhea"], f.tables["OS/2"]
	f.unitsPerEm = int(be.Uint16(head[18:]))
	for i := range f.bbox {
		f.bbox[i] = int(int16(be.Uint16(head[36+2*i:])))
	}
	f.ascent, f.descent = int(int16(be.Uint16(hhea[4:]))), int(int16(be.Uint16(hhea[6:])))
	f.weight = int(be.Uint16(os2[4:]))
	f.capHeight = f.ascent
	if be.Uint16(os2) >= 2 {
		f.capHeight = int(int16(be.Uint16(os2[88:])))
	}
	glyphs := int(be.Uint16(f.tables["maxp"][4:]))
	f.longHorMetrics = int(be.Uint16(hhea[34:]))
	hmtx := f.tables["hmtx"]
	f.advances = make([]uint16, glyphs)
	f.leftSideBearings = make([]int16, glyphs)
	for g := range glyphs {
		if g < f.longHorMetrics {
			f.advances[g] = be.Uint16(hmtx[4*g:])
			f.leftSideBearings[g] = int16(be.Uint16(hmtx[4*g+2:]))
			continue
		}
		f.advances[g] = f.advances[f.longHorMetrics-1]
		f.leftSideBearings[g] = int16(be.Uint16(hmtx[4*f.longHorMetrics+2*(g-f.longHorMetrics):]))
	}
}

func (f *sfnt) locations() {
	loca := f.tables["loca"]
	f.loca = make([]uint32, len(f.advances)+1)
	short := be.Uint16(f.tables["head"][50:]) == 0
	for i := range f.loca {
		if short {
			f.loca[i] = 2 * uint32(be.Uint16(loca[2*i:]))
		} else {
			f.loca[i] = be.Uint32(loca[4*i:])
		}
	}
}

// characters reads the Unicode cmap of format 4; characters above U+FFFF are not used.
func (f *sfnt) characters() error {
	cmap := f.tables["cmap"]
	for i := range int(be.Uint16(cmap[2:])) {
		rec := cmap[4+8*i:]
		platform, encoding := be.Uint16(rec), be.Uint16(rec[2:])
		sub := cmap[be.Uint32(rec[4:]):]
		if platform != 3 || encoding != 1 || be.Uint16(sub) != 4 {
			continue
		}
		f.glyphs = map[rune]uint16{}
		segs := int(be.Uint16(sub[6:])) / 2
		end, start := sub[14:], sub[16+2*segs:]
		delta, offset := sub[16+4*segs:], sub[16+6*segs:]
		for s := range segs {
			first, last := int(be.Uint16(start[2*s:])), int(be.Uint16(end[2*s:]))
			for c := first; c <= last && c < 0xFFFF; c++ {
				g := uint16(c)
				if ro := int(be.Uint16(offset[2*s:])); ro != 0 {
					g = be.Uint16(offset[2*s+ro+2*(c-first):])
					if g == 0 {
						continue
					}
				}
				if g += be.Uint16(delta[2*s:]); g != 0 {
					f.glyphs[rune(c)] = g
				}
			}
		}
		return nil
	}
	return errors.New("face: the font has no Unicode cmap of format 4")
}

// outline is the glyph's data, nil for one without contours.
func (f *sfnt) outline(g uint16) []byte {
	return f.tables["glyf"][f.loca[g]:f.loca[g+1]]
}
