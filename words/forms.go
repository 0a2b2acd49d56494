package words

import (
	"strings"
	"time"
	"unicode"
)

// forms is how a language writes figures and short dates: the file language.yaml.
type forms struct {
	// Tag is what documents in the language name it by: en-GB in the folder en.
	Tag string `yaml:"tag" validate:"required,bcp47_language_tag"`
	// Decimal stands between units and tenths.
	Decimal string `yaml:"decimal" validate:"required,max=1"`
	// Percent writes a share, with {number}.
	Percent string `yaml:"percent" validate:"required,max=20"`
	// DateShort writes a date in figures, with {day}, {month} and {year}.
	DateShort string `yaml:"date_short" validate:"required,max=40"`
}

// Date writes a date as people read it: 22 November 2026 in British English.
func (w *Words) Date(t time.Time) string { return w.Day(t.Year(), int(t.Month()), t.Day()) }

// Day is Date for a day that is given in figures.
func (w *Words) Day(year, month, day int) string {
	months := strings.Split(w.Get("months"), ",")
	return w.Say("date", "day", day, "month", strings.TrimSpace(months[month-1]), "year", year)
}

// Month writes the month of a date as people read it: November 2026.
func (w *Words) Month(t time.Time) string {
	months := strings.Split(w.Get("months"), ",")
	return w.Say("story.month", "month", strings.TrimSpace(months[t.Month()-1]), "year", t.Year())
}

// ShortDate writes a date in figures, in the order in which spreadsheet programs of the language take it: 31/1/2027 in
// British English, 1/31/2027 in American.
func (w *Words) ShortDate(t time.Time) string {
	return put(w.forms.DateShort, "day", t.Day(), "month", int(t.Month()), "year", t.Year())
}

// DateFormat is the number format by which a spreadsheet shows a date as Date writes it: d mmmm yyyy (ECMA-376 part 1,
// 18.8.30). The names of the months are in the language of the program that shows it.
func (w *Words) DateFormat() string {
	parts := map[string]string{"day": "d", "month": "mmmm", "year": "yyyy"}
	rest, out := w.Get("date"), ""
	for {
		at := inBraces.FindStringSubmatchIndex(rest)
		if at == nil {
			return out + literalFormat(rest)
		}
		out += literalFormat(rest[:at[0]]) + parts[rest[at[2]:at[3]]]
		rest = rest[at[1]:]
	}
}

// literalFormat is a text in a number format, in quotation marks where it holds letters, which would be codes.
func literalFormat(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, "") + `"`
}

// Number writes a figure, which comes with a decimal point, with the sign of the language.
func (w *Words) Number(figure string) string { return strings.Replace(figure, ".", w.forms.Decimal, 1) }

// Percent writes a share, given as a figure in per cent.
func (w *Words) Percent(figure string) string {
	return put(w.forms.Percent, "number", w.Number(figure))
}
