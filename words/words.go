package words

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Words are the texts of one language. They do not change; several may use them at once. The zero value is not usable.
type Words struct {
	tag   string
	texts map[string]string
	// own are the keys of which the language has a text, and not the English one in its place.
	own map[string]bool
	// former are labels as an earlier version had them.
	former map[string]string
	// names are names that a text may hold, as they are called in the language; see Calling.
	names map[string]string
	// said are the texts that stand in the program, by the English text; see Said.
	said   map[string]string
	forms  forms
	plural language.Tag
}

// English are the words by which all others go.
func English() *Words { return current().english }

// For gives the words of a language, by BCP 47 tag. A region that there is no folder for stands for the language alone:
// es-MX is served by es. For a language that is missing it gives English words, none the language's own, and false.
func For(tag string) (*Words, bool) {
	l := current()
	if w := l.find(tag); w != nil {
		return w, true
	}
	w := *l.english
	w.tag, w.own = tag, map[string]bool{}
	return &w, false
}

// Speaks says whether there are words in a language; its region does not matter.
func Speaks(tag string) bool { return current().find(tag) != nil }

// Language is the part of a BCP 47 tag that names the language: es of es-US, in small letters.
func Language(tag string) string {
	l, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return l
}

// With gives the words with some labels in place of others, by the keys that Keys lists. Others do nothing.
func (w *Words) With(labels map[string]string) *Words {
	if len(labels) == 0 {
		return w
	}
	x := *w
	x.texts, x.own = maps.Clone(w.texts), maps.Clone(w.own)
	for k, v := range labels {
		if current().isLabel(k) && v != "" {
			x.texts[k], x.own[k] = v, true
		}
	}
	return &x
}

// Tag is the BCP 47 tag that a document in these words carries: en-GB for en. It is that of English where all texts are
// in English for want of others.
func (w *Words) Tag() string {
	if len(w.own) == 0 {
		return English().tag
	}
	return w.tag
}

// Gaps lists the labels that the language has no text of, in the order of Keys.
func (w *Words) Gaps() []string {
	var out []string
	for _, k := range current().labels {
		if !w.own[k] {
			out = append(out, k)
		}
	}
	return out
}

// Get is the text of a key as it is, with its names in braces. It panics for a key that does not exist, which is a
// mistake of the program.
func (w *Words) Get(key string) string {
	s, ok := w.texts[key]
	if !ok {
		panic("words: there is no text " + key)
	}
	return s
}

// Former is a label as an earlier version had it, by which workbooks come back that are still out, or "" where it is the
// same. It stands in former.yaml.
func (w *Words) Former(key string) string { return w.former[key] }

// Say is the text of a key with values put in: name and value in turn.
func (w *Words) Say(key string, namesAndValues ...any) string {
	return put(w.Get(key), namesAndValues...)
}

// put puts values into a text, in one pass: what is put in is not looked at again.
func put(text string, namesAndValues ...any) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		b.WriteString(text[:open])
		text = text[open:]
		end := strings.IndexByte(text, '}')
		value, ok := any(nil), false
		for i := 0; i+1 < len(namesAndValues) && !ok && end > 0; i += 2 {
			if ok = namesAndValues[i].(string) == text[1:end]; ok {
				value = namesAndValues[i+1]
			}
		}
		switch v := value.(type) {
		case string:
			b.WriteString(v)
		case int:
			b.WriteString(strconv.Itoa(v))
		default:
			if ok {
				fmt.Fprint(&b, v)
			}
		}
		if ok {
			text = text[end+1:]
		} else { // a brace of the text's own
			b.WriteByte('{')
			text = text[1:]
		}
	}
	b.WriteString(text)
	return b.String()
}

// pluralForms are the endings of keys by the plural category of their number (Unicode TR 35, part 3, section 5). The
// key without an ending is for the category other, which every language has.
var pluralForms = map[plural.Form]string{plural.Zero: "_zero", plural.One: "_one", plural.Two: "_two", plural.Few: "_few", plural.Many: "_many"}

// Count is the text of a key for a number of things, in the form that the language has for this number. The number is
// put in as {count}.
func (w *Words) Count(key string, n int, namesAndValues ...any) string {
	form := plural.Cardinal.MatchPlural(w.plural, max(n, -n), 0, 0, 0, 0)
	if _, ok := w.texts[key+pluralForms[form]]; ok {
		key += pluralForms[form]
	}
	return w.Say(key, append([]any{"count", n}, namesAndValues...)...)
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
