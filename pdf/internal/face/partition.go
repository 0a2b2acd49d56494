package face

import (
	"slices"
	"unicode"
)

// perFace is how many characters a face holds: gofpdf writes the codes 32 to 255.
const perFace = 224

// common is the characters of the first face: ASCII, and what Western European languages, Welsh and Polish
// need beside it, with the punctuation and signs of reports.
const common = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~" +
	"–—‘’“”…•†‡‰€£¥§©®™°·±×÷«»¡¿½²³µ→≤≥−✓" +
	"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ" +
	"ŴŵŶŷŸẀẁẂẃẄẅỲỳĄąĆćĘęŁłŃńŚśŹźŻżŒœ"

// partition divides the characters of a font into sets of at most perFace. The first is common; the second
// the other Latin letters, Vietnamese among them; the third Greek and Cyrillic; what is left follows in
// order. Scripts that need shaping or run from right to left are left out: set letter by letter they
// would be wrong, and a report says so instead.
func partition(glyphs map[rune]uint16) [][]rune {
	var all []rune
	for r := range glyphs {
		if settable(r) {
			all = append(all, r)
		}
	}
	slices.Sort(all)
	first := map[rune]bool{}
	var sets [3][]rune
	for _, r := range common {
		if _, ok := glyphs[r]; ok {
			first[r] = true
			sets[0] = append(sets[0], r)
		}
	}
	var rest []rune
	for _, r := range all {
		at := -1
		switch {
		case first[r]:
			continue
		case unicode.Is(unicode.Latin, r) && (r < 0x180 || r >= 0x1EA0 && r < 0x1F00 || slices.Contains([]rune("ƠơƯưȘșȚț"), r)):
			at = 1
		case r >= 0x386 && r <= 0x3CE || r >= 0x400 && r <= 0x45F || r == 'Ґ' || r == 'ґ':
			at = 2
		}
		if at >= 0 && len(sets[at]) < perFace {
			sets[at] = append(sets[at], r)
		} else {
			rest = append(rest, r)
		}
	}
	out := sets[:]
	for chunk := range slices.Chunk(rest, perFace) {
		out = append(out, chunk)
	}
	return out
}

func settable(r rune) bool {
	if r < 0x20 || r >= 0x7f && r < 0xa1 || r >= 0xE000 && r < 0xF900 {
		return false
	}
	if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
		return false
	}
	if unicode.In(r, unicode.L) {
		return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Georgian, unicode.Common)
	}
	return true
}
