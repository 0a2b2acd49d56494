package pdf

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/rubric-project/rubric/pdf/internal/face"
)

// Font is a font file for scripts that the reports' own typeface does not have: TrueType, or one face of a TrueType collection.
type Font struct {
	Data []byte
	// Face is the name or the number (from 0) of a collection's face; "" for a file that has one.
	Face string
}

// Check says whether the font can be used; FontFaces, ErrFontOutlines and ErrNotFont tell why not.
func (f Font) Check() error {
	_, err := face.NewForeign(f.Data, f.Face)
	return err
}

// What can be wrong with a Font.
var (
	// ErrFontOutlines is of a font whose outlines are not TrueType's: most .otf files.
	ErrFontOutlines = face.ErrOutlines
	// ErrNotFont is of a file that is no font.
	ErrNotFont = face.ErrNoFont
)

// FontFaces are the faces of a collection, where an error of WithFonts is that none of them was named.
func FontFaces(err error) []string {
	var x *face.FaceError
	if errors.As(err, &x) {
		return x.Has
	}
	return nil
}

// WithFonts sets what the reports' own typeface does not have in other fonts: in the first that has a character. Arabic, Hebrew,
// Thai, Devanagari and others are shaped; Chinese and Japanese are broken between characters, Thai as late as possible.
func WithFonts(fonts ...Font) Option {
	return func(p *Printer) error {
		for i, f := range fonts {
			x, err := face.NewForeign(f.Data, f.Face)
			if err != nil {
				return fmt.Errorf("font %d cannot be used: %w", i+1, err)
			}
			p.fonts = append(p.fonts, x)
		}
		return nil
	}
}

// printable is a text as it can be set, with runes of face.Word for what is set in the round's own fonts, and the characters
// that no font has.
func (p *Printer) printable(s string) (text string, missing []rune) {
	s = strings.Map(func(r rune) rune {
		if r > 0xEFFFF { // for private use, and what words are numbered by
			return unicode.ReplacementChar
		}
		return r
	}, s)
	if len(p.fonts) == 0 {
		return printable(s)
	}
	runes := []rune(norm.NFC.String(s))
	fonts := p.fontsFor(runes)
	var b strings.Builder
	for i := 0; i < len(runes); {
		font := fontFor(fonts, runes[i])
		if font == nil {
			b.WriteRune(runes[i])
			i++
			continue
		}
		end := wordEnd(runes, i, font)
		if r, ok := font.Word(string(runes[i:end])); ok {
			b.WriteRune(r)
		} else {
			b.WriteString(string(runes[i:end]))
		}
		i = end
	}
	return printable(b.String())
}

// fontsFor are the fonts for a text: the first that has all of it that the reports' own typeface lacks goes before the others, so
// that a Japanese name is not set in a Korean font where that has the character.
func (p *Printer) fontsFor(text []rune) []*face.Foreign {
	for i, f := range p.fonts {
		if !slices.ContainsFunc(text, func(r rune) bool { return lacking(r) && !f.Has(r) }) {
			return slices.Concat([]*face.Foreign{f}, p.fonts[:i], p.fonts[i+1:])
		}
	}
	return p.fonts
}

// lacking says whether a character is to be looked for in the round's fonts.
func lacking(r rune) bool {
	return r >= 0x80 && !ownFace(r) && sign(r) == "" && !unicode.IsSpace(r) && !joins(r) && !unicode.Is(unicode.Cf, r)
}

// fontFor is the font in which a character is set that the reports' own typeface lacks; nil where it has it, or none has.
func fontFor(fonts []*face.Foreign, r rune) *face.Foreign {
	if !lacking(r) {
		return nil
	}
	for _, f := range fonts {
		if f.Has(r) {
			return f
		}
	}
	return nil
}

func ownFace(r rune) bool {
	_, regular := face.Of(face.Regular).Slot(r)
	_, bold := face.Of(face.SemiBold).Slot(r)
	return regular && bold
}

// joins says whether a character belongs to the one before it: marks, joiners and selectors of variants.
func joins(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Mc, unicode.Me, unicode.Variation_Selector) || r == '\u200c' || r == '\u200d'
}

// wordEnd is where the piece ends that is shaped as one: a character of Chinese, Japanese and Korean, a character of Thai
// and its like with its marks, and else a word.
func wordEnd(runes []rune, from int, font *face.Foreign) int {
	marks := func(i int) int {
		for i < len(runes) && joins(runes[i]) {
			i++
		}
		return i
	}
	first := runes[from]
	alone := face.Ideographic(first) || unicode.Is(unicode.Hangul, first)
	if unicode.In(first, unicode.Thai, unicode.Lao) {
		alone = true
		if before(first) && from+1 < len(runes) && font.Has(runes[from+1]) && unicode.In(runes[from+1], unicode.Thai, unicode.Lao) {
			from++ // a vowel that is written before its consonant
		}
		end := marks(from + 1)
		if end < len(runes) && (runes[end] == 'ำ' || runes[end] == 'ะ' || runes[end] == 'า' || runes[end] == 'ๅ' || runes[end] == 'ຳ') {
			end++
		}
		return marks(end)
	}
	if alone {
		return marks(from + 1)
	}
	end := marks(from + 1)
	for end < len(runes) && font.Has(runes[end]) && !ownFace(runes[end]) && !unicode.IsSpace(runes[end]) && !face.Ideographic(runes[end]) && runes[end] >= 0x80 {
		end = marks(end + 1)
	}
	return end
}

// before says whether a vowel of Thai or Lao is written before the consonant that it follows.
func before(r rune) bool { return r >= 'เ' && r <= 'ไ' || r >= 'ເ' && r <= 'ໄ' }
