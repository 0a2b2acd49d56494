package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Format is a number format (ECMA-376 Part 1, 18.8.31), as far as it matters for reading answers: whether it
// makes dates out of numbers, and what it shows.
type Format struct {
	Code string
	Date bool
	look look
	// sections are the parts between semicolons; nil for General, "" and "@".
	sections []section
}

// section is one part of a format.
type section struct {
	before, after string // literal text
	digits        string // the run of digit placeholders, such as 0.00
	text          bool   // it has an @
	percent       bool
	general       bool // it has the word General
	odd           bool // it has something that is not followed here
}

// maxCode is the length in bytes up to which a format's code is looked at; Excel allows 255 characters.
const maxCode = 1024

// NewFormat reads a format's code.
func NewFormat(code string) Format {
	f := Format{Code: code}
	if code == "" || code == "@" || strings.EqualFold(code, "General") || strings.EqualFold(code, "Standard") {
		return f
	}
	if len(code) > maxCode {
		f.sections = []section{{odd: true}}
		return f
	}
	for _, part := range splitSections(code) {
		s, date := newSection(part)
		f.Date = f.Date || date
		f.sections = append(f.sections, s)
	}
	return f
}

// splitSections splits at semicolons that are not quoted.
func splitSections(code string) []string {
	var parts []string
	from, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == ';':
			parts = append(parts, code[from:i])
			from = i + 1
		}
	}
	return append(parts, code[from:])
}

func newSection(code string) (s section, date bool) {
	literal := func(t string) {
		if s.digits == "" && !s.text && !s.general {
			s.before += t
		} else {
			s.after += t
		}
	}
	for i := 0; i < len(code); {
		r, n := utf8.DecodeRuneInString(code[i:])
		rest := code[i+n:]
		switch {
		case r == '"':
			j := strings.IndexByte(rest, '"')
			if j < 0 {
				j = len(rest)
				s.odd = true
			}
			literal(rest[:j])
			n += min(j+1, len(rest))
		case r == '\\':
			_, m := utf8.DecodeRuneInString(rest)
			literal(rest[:m])
			n += m
		case r == '_' || r == '*': // a space as wide as a character; a character that fills the cell
			_, m := utf8.DecodeRuneInString(rest)
			literal(" ")
			n += m
			s.odd = s.odd || r == '*' && rest != "" && rest[0] != ' '
		case r == '[':
			j := strings.IndexByte(rest, ']')
			if j < 0 {
				s.odd = true
				j = len(rest) - 1
			}
			odd, dated := bracket(rest[:max(j, 0)], literal)
			s.odd, date = s.odd || odd, date || dated
			n += min(j+1, len(rest))
		case len(code)-i >= 7 && strings.EqualFold(code[i:i+7], "General"):
			s.odd = s.odd || s.general || s.digits != "" || s.text
			s.general = true
			n = 7
		case r == '@':
			s.odd = s.odd || s.text || s.digits != "" || s.general
			s.text = true
		case strings.ContainsRune("0#?.,", r):
			j := i
			for j < len(code) && strings.IndexByte("0#?.,", code[j]) >= 0 {
				j++
			}
			s.odd = s.odd || s.digits != "" || s.text || s.general
			s.digits = code[i:j]
			n = j - i
		case r == '%':
			s.odd = s.odd || s.percent
			s.percent = true
			literal("%")
		case (r == 'E' || r == 'e') && s.digits != "" && rest != "" && (rest[0] == '+' || rest[0] == '-'):
			s.odd = true
			n = len(code) - i
		case strings.ContainsRune("dmyhsDMYHSbBeEgGaA", r):
			date = true
			s.odd = true
		case r == '/' && s.digits != "": // a fraction
			s.odd = true
		default:
			literal(string(r))
		}
		i += n
	}
	return s, date
}

// bracket handles what stands in square brackets: a colour, a language, a currency, elapsed time, a condition.
func bracket(b string, literal func(string)) (odd, date bool) {
	switch {
	case strings.HasPrefix(b, "$"):
		sign, _, _ := strings.Cut(b[1:], "-")
		literal(sign)
		return false, false
	case b != "" && strings.Trim(strings.ToLower(b), "hms") == "":
		return true, true
	case b != "" && strings.IndexByte("<>=", b[0]) >= 0:
		return true, false
	case strings.EqualFold(b, "White"), strings.EqualFold(b, "Color2"): // nobody sees it
		return true, false
	}
	return false, false // a colour
}

// maxGeneral is the first whole number of which a spreadsheet program does not keep all digits. Below it the format
// General is taken to show all of them: Excel shortens those of more than 11 digits on the screen, such as the code of
// a school, and others do not.
const maxGeneral = 1e15

// Show is what the format shows for a number, and whether that is known.
func (f *Format) Show(x float64) (string, bool) {
	if f.sections == nil {
		return general(x), true
	}
	if f.Date {
		return "", false
	}
	s := f.sections[0]
	n := len(f.sections)
	if f.sections[n-1].text { // the last section is for text
		n--
	}
	minus := ""
	switch {
	case n == 0:
		return general(x), true
	case n == 1:
		if x < 0 {
			minus = "-"
		}
	case x < 0:
		s = f.sections[1]
	case x == 0 && n > 2:
		s = f.sections[2]
	}
	if s.odd {
		return "", false
	}
	body := ""
	switch {
	case s.general:
		body = general(math.Abs(x))
	case s.digits != "":
		var ok bool
		if s.percent {
			x *= 100
		}
		if body, ok = digits(s.digits, math.Abs(x)); !ok {
			return "", false
		}
	}
	return minus + s.before + body + s.after, true
}

// ShowText is what the format shows for a text, and whether that is known.
func (f *Format) ShowText(t string) (string, bool) {
	n := len(f.sections)
	if n == 0 || n < 4 && !f.sections[n-1].text {
		return t, true
	}
	s := f.sections[n-1]
	if n > 4 || s.odd || s.digits != "" {
		return "", false
	}
	if !s.text {
		return s.before + s.after, true
	}
	return s.before + t + s.after, true
}

func general(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < maxGeneral {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'G', 10, 64)
}

// digits shows a number that is not negative by a run of placeholders.
func digits(code string, x float64) (string, bool) {
	whole, decimals, _ := strings.Cut(code, ".")
	if strings.ContainsAny(code, "?") || strings.ContainsAny(decimals, ".,") || strings.HasSuffix(whole, ",") || x >= 1e15 {
		return "", false
	}
	t := strconv.FormatFloat(x, 'f', len(decimals), 64)
	if decimals != "" {
		for optional := len(decimals) - len(strings.TrimRight(decimals, "#")); optional > 0 && strings.HasSuffix(t, "0"); optional-- {
			t = t[:len(t)-1]
		}
	}
	need := strings.Count(whole, "0")
	i := strings.IndexByte(t, '.')
	if i < 0 {
		i = len(t)
	}
	if i < need {
		t = strings.Repeat("0", need-i) + t
	}
	if need == 0 && strings.HasPrefix(t, "0") {
		t = t[1:]
	}
	if x >= 1000 && strings.Contains(whole, ",") {
		return "", false // nothing that is read needs thousands separators
	}
	return t, true
}
