// Package wording holds the own words of assessment workbooks, one table for each language: headings,
// instructions, the words of statuses and dropdowns, messages. English is complete by definition, and its keys
// are those of all others; a template brings words of its own for a language that is missing here, or in place of
// some (models.Template.Labels, models.Translation.Labels).
//
// Start with For, then With and Say. A text may hold names in braces, such as {total}, for what is put in.
package wording

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Words are the words of one language. The zero value is not usable.
type Words struct {
	tag   string
	texts map[string]string
	// own are the keys of which the language has a text, and not the English one in its place.
	own map[string]bool
}

// english is the table by which all others go.
var english = func() *Words {
	w := &Words{tag: "en", texts: map[string]string{}, own: map[string]bool{}}
	for _, e := range entries {
		w.texts[e.key], w.own[e.key] = e.text, true
	}
	return w
}()

// languages are the tables there are, by BCP 47 tag of the language alone.
var languages = map[string]*Words{"en": english, "es": table("es", spanish)}

func table(tag string, texts map[string]string) *Words {
	for k := range texts {
		if _, ok := english.texts[k]; !ok {
			panic("wording: " + tag + " has a text that English has not: " + k)
		}
	}
	return (&Words{tag: tag, texts: english.texts, own: map[string]bool{}}).With(texts)
}

// Languages lists the languages that are complete, English first.
func Languages() []string {
	list := slices.Sorted(maps.Keys(languages))
	return append([]string{"en"}, slices.DeleteFunc(list, func(s string) bool { return s == "en" })...)
}

// English is the table by which all others go.
func English() *Words { return english }

// For gives the words of a language, by BCP 47 tag; its region does not matter. For a language that is missing it
// gives English words, of which none are the language's own, and false.
func For(tag string) (*Words, bool) {
	if w, ok := languages[Language(tag)]; ok {
		return w, true
	}
	return &Words{tag: tag, texts: english.texts, own: map[string]bool{}}, false
}

// Language is the part of a BCP 47 tag that names the language: es of es-US, in small letters.
func Language(tag string) string {
	l, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return l
}

// With gives the words with some in place of others, by key. Unknown keys do nothing.
func (w *Words) With(texts map[string]string) *Words {
	if len(texts) == 0 {
		return w
	}
	x := &Words{tag: w.tag, texts: maps.Clone(w.texts), own: maps.Clone(w.own)}
	for k, v := range texts {
		if _, ok := english.texts[k]; ok && v != "" {
			x.texts[k], x.own[k] = v, true
		}
	}
	return x
}

// Tag is the BCP 47 tag of the words; English where most are in English for want of others.
func (w *Words) Tag() string {
	if len(w.own) == 0 {
		return "en"
	}
	return w.tag
}

// Missing lists the keys of which the language has no text, in the order of Keys.
func (w *Words) Missing() []string {
	var out []string
	for _, e := range entries {
		if !w.own[e.key] {
			out = append(out, e.key)
		}
	}
	return out
}

// Get is the text of a key as it is, with its names in braces. It panics for a key that does not exist, which is a
// mistake of the program.
func (w *Words) Get(key string) string {
	s, ok := w.texts[key]
	if !ok {
		panic("wording: there is no text " + key)
	}
	return s
}

// Say is the text of a key with values put in: name and value in turn.
func (w *Words) Say(key string, namesAndValues ...any) string {
	s := w.Get(key)
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		s = strings.ReplaceAll(s, "{"+namesAndValues[i].(string)+"}", fmt.Sprint(namesAndValues[i+1]))
	}
	return s
}

// Formula is the text of a key as the formula of a spreadsheet that puts it together, with formulas for the names:
// name and formula in turn. A formula binds as tightly as & does, or stands in brackets.
func (w *Words) Formula(key string, namesAndFormulas ...string) string {
	rest, terms := w.Get(key), []string(nil)
	literal := func(s string) {
		if s != "" {
			terms = append(terms, `"`+strings.ReplaceAll(s, `"`, `""`)+`"`)
		}
	}
	for rest != "" {
		at, formula, end := len(rest), "", len(rest)
		for i := 0; i+1 < len(namesAndFormulas); i += 2 {
			name := "{" + namesAndFormulas[i] + "}"
			if k := strings.Index(rest, name); k >= 0 && k < at {
				at, formula, end = k, namesAndFormulas[i+1], k+len(name)
			}
		}
		literal(rest[:at])
		if formula != "" {
			terms = append(terms, formula)
		}
		rest = rest[end:]
	}
	if len(terms) == 0 {
		return `""`
	}
	return strings.Join(terms, "&")
}

// Quoted is the text of a key as a text in a formula.
func (w *Words) Quoted(key string) string { return w.Formula(key) }

// Key is a text that a workbook has.
type Key struct {
	Name    string
	English string
}

// Keys lists the keys in the order in which a workbook shows them, with the English texts.
func Keys() []Key {
	out := make([]Key, len(entries))
	for i, e := range entries {
		out[i] = Key{e.key, e.text}
	}
	return out
}

var inBraces = regexp.MustCompile(`\{([a-z_]+)\}`)

// Names lists the names in braces of a text, sorted, each once.
func Names(text string) []string {
	var out []string
	for _, m := range inBraces.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Problem says what keeps a text from standing for the key, and what to do; "" for nothing.
func Problem(key, text string) (message, remedy string) {
	want, ok := english.texts[key]
	if !ok {
		return fmt.Sprintf("there is no label %q", key), ""
	}
	have, need := Names(text), Names(want)
	for _, n := range need {
		if !slices.Contains(have, n) {
			return fmt.Sprintf("label %s has no {%s}", key, n), fmt.Sprintf("put {%s} where the value belongs, as in %q", n, want)
		}
	}
	for _, n := range have {
		if !slices.Contains(need, n) {
			return fmt.Sprintf("label %s has {%s}, for which there is no value", key, n), "remove it" + listed(need)
		}
	}
	most := Longest(key)
	switch {
	case len([]rune(text)) > most:
		return fmt.Sprintf("label %s has %d characters", key, len([]rune(text))), fmt.Sprintf("it must have at most %d", most)
	case strings.HasPrefix(key, "sheet_") && strings.ContainsAny(text, `:\/?*[]'`):
		return fmt.Sprintf("label %s is the name of a sheet and has a character that it cannot have", key), `leave out : \ / ? * [ ] and '`
	case strings.ContainsAny(text, "\n\r\t"):
		return fmt.Sprintf("label %s holds a line break or a tab", key), "write it in one line"
	case key == "months" && len(strings.Split(text, ",")) != 12:
		return fmt.Sprintf("label months has %d names", len(strings.Split(text, ","))), "write twelve, separated by commas"
	}
	return "", ""
}

func listed(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "; the values are {" + strings.Join(names, "}, {") + "}"
}

// Longest is the most characters that a text of a key may have: Excel takes 31 for the name of a sheet, 32 for the
// title of a prompt and 255 for its text and for a text in a formula.
func Longest(key string) int {
	switch {
	case strings.HasPrefix(key, "sheet_"):
		return 31
	case strings.HasSuffix(key, "_title"):
		return 32
	case strings.HasPrefix(key, "prompt_na"):
		return 100 // it is put after another
	case strings.HasPrefix(key, "prompt_"):
		return 150
	case strings.HasPrefix(key, "method_"), strings.HasPrefix(key, "step_"):
		return 1000
	}
	return 250
}

// Day writes a date as people read it.
func (w *Words) Day(year, month, day int) string {
	months := strings.Split(w.Get("months"), ",")
	return w.Say("date", "day", day, "month", strings.TrimSpace(months[month-1]), "year", year)
}
