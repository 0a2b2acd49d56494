package pdf

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rubric-project/rubric/words"
)

// people know a script by the languages that are written in it; the names of Unicode stand beside them.
var scriptNames = map[string]words.Said{
	"Han": words.Sayf("Han (Chinese characters)"), "Hangul": words.Sayf("Hangul (Korean)"), "Arabic": words.Sayf("Arabic"),
	"Hebrew": words.Sayf("Hebrew"), "Thai": words.Sayf("Thai"), "Devanagari": words.Sayf("Devanagari (Hindi, Marathi, Nepali)"),
	"Bengali": words.Sayf("Bengali"), "Gurmukhi": words.Sayf("Gurmukhi (Punjabi)"),
}

// scriptsOf names the scripts of some characters, sorted as in English; those of no script, such as signs and pictures, have
// no name. Kana with or without kanji is Japanese.
func scriptsOf(runes []rune) []words.Said {
	found := map[string]bool{}
	for name, table := range unicode.Scripts {
		if name != "Common" && name != "Inherited" && slices.ContainsFunc(runes, func(r rune) bool { return unicode.Is(table, r) }) {
			found[name] = true
		}
	}
	var names []words.Said
	if found["Hiragana"] || found["Katakana"] {
		names = append(names, words.Sayf("Japanese"))
		delete(found, "Hiragana")
		delete(found, "Katakana")
		delete(found, "Han")
	}
	for name := range found {
		said, ok := scriptNames[name]
		if !ok {
			said = words.Name(strings.ReplaceAll(name, "_", " "))
		}
		names = append(names, said)
	}
	slices.SortFunc(names, func(a, b words.Said) int { return strings.Compare(a.Form, b.Form) })
	return names
}

// lackingScript says which script the typeface has not.
func lackingScript(runes []rune) words.Said {
	if names := scriptsOf(runes); len(names) > 0 {
		return words.Sayf(" Its typeface does not have the script: %s.", words.Joined(", ", names...))
	}
	return words.Said{}
}
