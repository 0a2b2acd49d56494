package pdf

import (
	"slices"
	"strings"
	"unicode"
)

// people know a script by the languages that are written in it; the names of Unicode stand beside them.
var scriptNames = map[string]string{
	"Han": "Han (Chinese characters)", "Hangul": "Hangul (Korean)", "Arabic": "Arabic", "Hebrew": "Hebrew",
	"Devanagari": "Devanagari (Hindi, Marathi, Nepali)", "Bengali": "Bengali", "Gurmukhi": "Gurmukhi (Punjabi)",
}

// scriptsOf names the scripts of some characters, sorted; those of no script, such as signs and pictures, have no name.
// Kana with or without kanji is Japanese.
func scriptsOf(runes []rune) string {
	found := map[string]bool{}
	for name, table := range unicode.Scripts {
		if name != "Common" && name != "Inherited" && slices.ContainsFunc(runes, func(r rune) bool { return unicode.Is(table, r) }) {
			found[name] = true
		}
	}
	var names []string
	if found["Hiragana"] || found["Katakana"] {
		names = append(names, "Japanese")
		delete(found, "Hiragana")
		delete(found, "Katakana")
		delete(found, "Han")
	}
	for name := range found {
		if said, ok := scriptNames[name]; ok {
			name = said
		}
		names = append(names, strings.ReplaceAll(name, "_", " "))
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// lackingScript says which script the typeface has not.
func lackingScript(runes []rune) string {
	if names := scriptsOf(runes); names != "" {
		return " Its typeface does not have the script: " + names + "."
	}
	return ""
}
