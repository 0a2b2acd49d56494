package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Said is an English text of the program with what is put into it kept apart, so that Tell can say it in another language.
// It is for texts that stand in the program itself, because English is all that they need there: those of findings and of the
// consolidated workbook. Another language has them in the files findings.yaml and consolidated.yaml, by the English text.
// The zero value says nothing.
type Said struct {
	// Form is the English text, with {1}, {2} … where the values belong.
	Form string
	// Values are what is put in.
	Values []Said
	Kind   SaidKind
}

// SaidKind is what a Said is in other languages.
type SaidKind byte

// The kinds.
const (
	SaidText     SaidKind = iota // a text, to be translated
	SaidSentence                 // a text that gets a capital letter and a full stop, in whichever language
	SaidName                     // a name, figure or quotation, the same in all languages
	SaidLabel                    // the key of a text in workbook.yaml
	SaidDay                      // a day, written 2006-01-02, which each language writes in its own way
)

// Sayf makes a text by the format of package fmt. Each verb becomes a value, and a value that is a Said, or a time for the day
// that it falls on, is said in the language of the whole. A format without values is taken as it is, percent signs too.
func Sayf(format string, values ...any) Said {
	if len(values) == 0 {
		return Said{Form: format}
	}
	var s Said
	var form strings.Builder
	next, rest := 0, format
	for {
		at := strings.IndexByte(rest, '%')
		if at < 0 {
			break
		}
		form.WriteString(rest[:at])
		rest = rest[at+1:]
		end := strings.IndexFunc(rest, func(r rune) bool { return r == '%' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
		if end < 0 {
			form.WriteByte('%')
			break
		}
		verb := rest[:end+1]
		rest = rest[end+1:]
		if verb == "%" {
			form.WriteByte('%')
			continue
		}
		if open := strings.IndexByte(verb, '['); open >= 0 { // %[2]d: the second value
			closing := strings.IndexByte(verb, ']')
			next, _ = strconv.Atoi(verb[open+1 : closing])
			next, verb = next-1, verb[:open]+verb[closing+1:]
		}
		for len(s.Values) <= next {
			s.Values = append(s.Values, Said{})
		}
		s.Values[next] = valueOf("%"+verb, values[next])
		next++
		fmt.Fprintf(&form, "{%d}", next)
	}
	s.Form = form.String() + rest
	return s
}

func valueOf(verb string, v any) Said {
	switch v := v.(type) {
	case Said:
		return v
	case time.Time:
		return Day(v)
	}
	return Name(fmt.Sprintf(verb, v))
}

// Joined puts texts one after the other; what says nothing is left out.
func Joined(between string, texts ...Said) Said {
	var forms []string
	var values []Said
	for _, t := range texts {
		if t.Form != "" {
			values = append(values, t)
			forms = append(forms, fmt.Sprintf("{%d}", len(values)))
		}
	}
	return Said{Form: strings.Join(forms, between), Values: values}
}

// String is the text in English.
func (s Said) String() string { return English().Tell(s) }

// Tell says a text in the language, or in English as far as the language has no text of it.
func (w *Words) Tell(s Said) string {
	switch s.Kind {
	case SaidName:
		if name, ok := w.names[s.Form]; ok {
			return name
		}
		return s.Form
	case SaidLabel:
		if text, ok := w.texts[s.Form]; ok {
			return text
		}
		return s.Form
	case SaidDay:
		if t, err := time.Parse(time.DateOnly, s.Form); err == nil {
			return w.Date(t)
		}
		return s.Form
	}
	form := w.TextOf(s.Form)
	if len(s.Values) > 0 {
		form = w.fill(form, s.Values)
	}
	if s.Kind == SaidSentence {
		form = sentence(form)
	}
	return form
}

// fill puts values into a form, in one pass.
func (w *Words) fill(form string, values []Said) string {
	var out strings.Builder
	for {
		open := strings.IndexByte(form, '{')
		if open < 0 {
			out.WriteString(form)
			return out.String()
		}
		out.WriteString(form[:open])
		form = form[open:]
		end := strings.IndexByte(form, '}')
		n := 0
		if end > 1 && end < 4 {
			n, _ = strconv.Atoi(form[1:end])
		}
		if n < 1 || n > len(values) {
			out.WriteByte('{')
			form = form[1:]
			continue
		}
		out.WriteString(w.Tell(values[n-1]))
		form = form[end+1:]
	}
}

// Calling gives the words with other names in place of some, such as a template's subjects and levels in place of those of
// its first language. They are put into texts that Tell says, and do nothing else.
func (w *Words) Calling(names map[string]string) *Words {
	if len(names) == 0 {
		return w
	}
	x := *w
	x.names = names
	return &x
}

// TextOf is an English text of the program in the language; a text that the language does not have stays as it is.
func (w *Words) TextOf(english string) string {
	if s, ok := w.said[english]; ok {
		return s
	}
	return english
}

// Has says whether the language has a text of the program, and all that is put into it; English has all.
func (w *Words) Has(s Said) bool {
	if w.plural == English().plural || s.Kind >= SaidName {
		return true
	}
	if _, ok := w.said[s.Form]; !ok && strings.ContainsFunc(strings.NewReplacer("{", "", "}", "").Replace(s.Form), isLetter) {
		return false
	}
	for _, v := range s.Values {
		if !w.Has(v) {
			return false
		}
	}
	return true
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// sentence gives a text a capital letter and a full stop.
func sentence(s string) string {
	if s == "" {
		return s
	}
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	first := []rune(s)[0]
	return strings.ToUpper(string(first)) + s[len(string(first)):]
}

// Counted is a number with its noun, in one form for 1 and in another for all else: Counted(3, "answer", "answers").
func Counted(n int, one, many string) Said {
	if n == 1 {
		return Sayf("%d "+one, n)
	}
	return Sayf("%d "+many, n)
}

// FirstFew joins the first of a list with commas, up to most. Where there are more, rest follows, in which %d stands for
// how many more there are.
func FirstFew(list []Said, most int, rest string) Said {
	if len(list) <= most {
		return Joined(", ", list...)
	}
	return Sayf("%s"+rest, Joined(", ", list[:most]...), len(list)-most)
}

// Listed joins texts with "and" between them.
func Listed(list []Said) Said { return paired("%s and %s", list) }

// Alternatives joins names with "or" between them.
func Alternatives(names []string) Said { return paired("%s or %s", Named(names)) }

func paired(form string, list []Said) Said {
	var out Said
	for i, s := range list {
		if i == 0 {
			out = s
		} else {
			out = Sayf(form, out, s)
		}
	}
	return out
}

// Name is a text that is the same in all languages.
func Name(s string) Said { return Said{Form: s, Kind: SaidName} }

// Label is the text of a key of workbook.yaml.
func Label(key string) Said { return Said{Form: key, Kind: SaidLabel} }

// Day is a date, as each language writes it.
func Day(t time.Time) Said { return Said{Form: t.Format(time.DateOnly), Kind: SaidDay} }

// Named are names, for Joined and its like.
func Named(names []string) []Said {
	out := make([]Said, len(names))
	for i, s := range names {
		out[i] = Name(s)
	}
	return out
}

// TellFormula is the formula of a spreadsheet that puts a text together, from a format with %s for each formula; see
// Formula.
func (w *Words) TellFormula(format string, formulas ...string) string {
	values := make([]any, len(formulas))
	for i, f := range formulas {
		values[i] = f
	}
	rest, terms := w.TextOf(Sayf(format, values...).Form), []string(nil)
	for rest != "" {
		at := placeOfValue.FindStringIndex(rest)
		if at == nil {
			at = []int{len(rest), len(rest)}
		}
		if at[0] > 0 {
			terms = append(terms, `"`+strings.ReplaceAll(rest[:at[0]], `"`, `""`)+`"`)
		}
		if at[1] > at[0] {
			n, _ := strconv.Atoi(rest[at[0]+1 : at[1]-1])
			terms = append(terms, formulas[n-1])
		}
		rest = rest[at[1]:]
	}
	return strings.Join(terms, "&")
}
