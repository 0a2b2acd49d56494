package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/rubric-project/rubric/pdf/internal/face"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// style is how a text is set: weight, size and leading in points, colour.
type style struct {
	weight     face.Weight
	size, lead float64
	color      tagpdf.Color
}

// width is how wide a line shows: without the space at its end.
func (st style) width(s string) float64 {
	return face.Of(st.weight).Width(strings.TrimRight(s, " ")) * st.size
}

// baseline is how far the baseline lies below the top of a line: the line's capitals are centred in it.
func (st style) baseline() float64 {
	_, _, capital := face.Of(st.weight).Metrics()
	return (st.lead + capital*st.size) / 2
}

// unprintable stands for characters that the typeface lacks, so that they never show as boxes.
const unprintable = "[…]"

// printable is the text as it can be set: composed (Unicode NFC), without control characters and doubled
// spaces, line breaks kept. Characters that the typeface lacks are replaced by one mark for a run of them,
// and returned.
func printable(s string) (text string, missing []rune) {
	clean := true
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e || s[i] == ' ' && i > 0 && s[i-1] == ' ' {
			clean = false
			break
		}
	}
	if clean {
		return s, nil
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	var b strings.Builder
	font, bold := face.Of(face.Regular), face.Of(face.SemiBold)
	var last rune
	for _, r := range norm.NFC.String(s) {
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029':
			r = '\n'
		case r == '\t' || r == ' ' || r == '\u2009' || r == '\u3000':
			r = ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
			continue // soft hyphens, joiners, marks of direction
		case face.WordOf(r) != nil:
		default:
			_, ok := font.Slot(r)
			_, both := bold.Slot(r)
			if !ok || !both {
				if s := sign(r); s != "" {
					b.WriteString(s)
					last = r
					continue
				}
				if toned(r) && signs[last] != nil {
					continue
				}
				missing = append(missing, r)
				if last != -1 {
					b.WriteString(unprintable)
				}
				last = -1
				continue
			}
		}
		if r == ' ' && (last == ' ' || last == '\n') {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return strings.TrimSpace(b.String()), missing
}

// wrap breaks a text into lines no wider than width: at spaces, after hyphens and slashes, and inside a word
// only where the word alone is too wide. A line that was broken at a space keeps it at its end, so that words
// stay apart when the text is extracted or read out.
func wrap(s string, st style, width float64) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		if n := len(lines); n > 0 && !strings.HasSuffix(lines[n-1], " ") {
			lines[n-1] += " "
		}
		lines = wrapParagraph(lines, strings.TrimSpace(paragraph), st, width)
	}
	for len(lines) > 1 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

func wrapParagraph(lines []string, s string, st style, width float64) []string {
	font := face.Of(st.weight)
	limit := int(width / st.size * 1000)
	start, used := 0, 0         // of the line: first byte, width in thousandths
	breakAt, afterBreak := 0, 0 // the last place to break: end of this line, start of the next
	usedAtBreak := 0            // width up to afterBreak
	var word *face.Word         // before the character
	for i, r := range s {
		w := font.Advance(r)
		if r == ' ' {
			breakAt, afterBreak = i, i+1
			used += w
			usedAtBreak = used
			continue
		}
		if last, now := word, face.WordOf(r); i > start && (last != nil && last.Breaks || now != nil && now.Breaks) && (now == nil || !now.NoStart) {
			breakAt, afterBreak, usedAtBreak = i, i, used
		}
		word = face.WordOf(r)
		for used+w > limit && i > start {
			if breakAt > start {
				lines = append(lines, s[start:afterBreak])
				start, used = afterBreak, used-usedAtBreak
			} else {
				lines = append(lines, s[start:i])
				start, used = i, 0
			}
			breakAt, afterBreak, usedAtBreak = start, start, 0
		}
		used += w
		if (r == '-' || r == '/' || r == '–' || r == '\u2010' || r == '—' || r == '@' || r == '_') && i > start {
			breakAt, afterBreak, usedAtBreak = i+len(string(r)), i+len(string(r)), used
		}
	}
	return append(lines, s[start:])
}

// widest is the width of the widest of the lines.
func widest(lines []string, st style) float64 {
	var w float64
	for _, l := range lines {
		w = max(w, st.width(l))
	}
	return w
}
