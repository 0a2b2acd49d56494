package face

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Word is a piece of text in a foreign script, shaped: a word, where letters join or are put in order, else a character with
// its marks. In the texts of a report one rune of the planes for private use stands for it, so that lines are measured and broken
// with it as with any other character.
type Word struct {
	Font   *Foreign
	Glyphs []Glyph // in the order in which they are read
	Text   string
	// Width is in thousandths of the type size.
	Width int
	// RightToLeft is the direction in which the text runs. Breaks says that a line may end before and after it; NoStart that
	// none may begin with it.
	RightToLeft, Breaks, NoStart bool
}

// Glyph is a glyph of a word: its number in the font, where it stands from the word's left end in thousandths of the type
// size, and what it says.
type Glyph struct {
	ID   uint16
	X, Y int
	Text string
}

// firstWord is the first rune that stands for a word, and mostWords how many there can be.
const (
	firstWord = 0xF0000
	mostWords = 0xFFFD
)

var words struct {
	sync.RWMutex
	list []*Word
	of   map[wordKey]rune
}

type wordKey struct {
	font *Foreign
	text string
}

// WordOf is the word that a rune stands for; nil where it stands for none.
func WordOf(r rune) *Word {
	if r < firstWord {
		return nil
	}
	words.RLock()
	defer words.RUnlock()
	if i := int(r - firstWord); i < len(words.list) {
		return words.list[i]
	}
	return nil
}

// Plain is a text with the words that its runes stand for.
func Plain(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= firstWord }) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if w := WordOf(r); w != nil {
			b.WriteString(w.Text)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Word is the rune that stands for a text. It is false where there can be no more.
func (f *Foreign) Word(text string) (rune, bool) {
	key := wordKey{f, text}
	words.RLock()
	r, ok := words.of[key]
	words.RUnlock()
	if ok {
		return r, true
	}
	w := f.shaped(text)
	words.Lock()
	defer words.Unlock()
	if r, ok := words.of[key]; ok {
		return r, true
	}
	if len(words.list) >= mostWords {
		return 0, false
	}
	if words.of == nil {
		words.of = map[wordKey]rune{}
	}
	r = firstWord + rune(len(words.list))
	words.list, words.of[key] = append(words.list, w), r
	return r, true
}

// shaped shapes a text of one script.
func (f *Foreign) shaped(text string) *Word {
	runes := []rune(text)
	script := language.LookupScript(runes[0])
	w := &Word{Font: f, Text: text, RightToLeft: unicode.In(runes[0], unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)}
	w.Breaks = Ideographic(runes[0])
	w.NoStart = strings.ContainsRune("、。，．・：；？！）］｝〕〉》」』】〙〗ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ", runes[0])
	in := shaping.Input{Text: runes, RunEnd: len(runes), Face: f.face, Size: fixed.I(1000), Script: script, Language: language.NewLanguage("und"), Direction: di.DirectionLTR}
	if w.RightToLeft {
		in.Direction = di.DirectionRTL
	}
	f.mu.Lock()
	out := f.shape.Shape(in)
	f.mu.Unlock()
	for i, g := range out.Glyphs {
		if int(g.GlyphID) >= len(f.file.advances) {
			continue // it shows nothing
		}
		x := Glyph{ID: uint16(g.GlyphID), X: w.Width + g.XOffset.Round(), Y: g.YOffset.Round(), Text: wordJoiner}
		from, n := g.TextIndex(), g.RunesCount()
		first := i == 0 || out.Glyphs[i-1].TextIndex() != from
		switch {
		case n == g.GlyphsCount(): // a character to a glyph, such as a letter and its mark
			at := i
			for at > 0 && out.Glyphs[at-1].TextIndex() == from {
				at--
			}
			if at = i - at; w.RightToLeft {
				at = n - 1 - at
			}
			x.Text = string(runes[from+at])
		case first:
			x.Text = string(runes[from:min(from+n, len(runes))])
		}
		if rest := []rune(x.Text); w.RightToLeft && len(rest) > 1 {
			// Readers turn what runs from right to left around by character: each of a ligature has a glyph of its own, of
			// which those after the first show nothing.
			for k := len(rest) - 1; k > 0; k-- {
				w.Glyphs = append(w.Glyphs, Glyph{ID: f.blank, X: x.X - k, Text: string(rest[k])})
			}
			x.Text = string(rest[0])
		}
		w.Glyphs = append(w.Glyphs, x)
		w.Width += g.Advance.Round()
	}
	if w.RightToLeft {
		slices.Reverse(w.Glyphs)
	}
	return w
}

// wordJoiner is what a glyph says whose part of the text a glyph beside it says: nothing that is seen.
const wordJoiner = "\u2060"

// Ideographic says whether lines are broken between a character and its neighbours: Chinese and Japanese.
func Ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF || r == 'ー'
}
