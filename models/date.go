package models

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/rubric-project/rubric/words"
)

// ParseDate reads a date in any way that people type one, where it can be read in one way only: 2027-3-26, 26/03/2027,
// 26 March 2027, Friday, March 26th, 2027, or with a month's name in any language that there are words in. The error of one that
// can be read in several names them all; a year of two digits is always such a one.
func ParseDate(s string) (Date, error) {
	day, rest := weekdayBefore(s)
	tokens, ok := dateTokens(rest)
	var readings []time.Time
	if ok {
		readings = readingsOf(tokens)
	}
	if len(readings) == 1 && day >= 0 && readings[0].Weekday() != day {
		return Date{}, fmt.Errorf("%q: %s is a %s; write year-month-day, such as %s", s, Date{readings[0]}.Long(), readings[0].Weekday(), Date{readings[0]})
	}
	if len(readings) == 0 {
		return Date{}, fmt.Errorf("%q is not a date; write year-month-day, such as 2026-11-22", s)
	}
	slices.SortFunc(readings, time.Time.Compare)
	readings = slices.CompactFunc(readings, time.Time.Equal)
	if len(readings) == 1 && slices.ContainsFunc(tokens, dateToken.isYear) {
		return Date{readings[0]}, nil
	}
	var said []string
	for _, r := range readings {
		said = append(said, Date{r}.Long())
	}
	return Date{}, fmt.Errorf("%q can be read as %s; write year-month-day, such as %s", s, strings.Join(said, " or as "), Date{readings[0]})
}

// weekdayBefore takes an English or a Spanish name of a day off the beginning of a date; the day is -1 where there is none.
func weekdayBefore(s string) (day time.Weekday, rest string) {
	word := leading(strings.TrimSpace(s), unicode.IsLetter)
	name := norm.NFC.String(strings.ToLower(word))
	for i, spanish := range []string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"} {
		english := strings.ToLower(time.Weekday(i).String())
		if name == spanish || name == english || len(name) == 3 && strings.HasPrefix(english, name) {
			return time.Weekday(i), strings.TrimLeft(strings.TrimSpace(s)[len(word):], " ,.")
		}
	}
	return -1, s
}

// dateToken is a number, or the months that a name can stand for.
type dateToken struct {
	number, digits int
	months         []int
}

func (t dateToken) isYear() bool { return t.digits == 4 }

// dateFillers are words between the parts of a date, and endings of ordinal numbers.
var dateFillers = []string{"of", "the", "st", "nd", "rd", "th", "de", "del", "º", "o"}

// dateTokens takes a text apart into the three parts of a date; it is false for what cannot be one.
func dateTokens(s string) ([]dateToken, bool) {
	s = norm.NFC.String(strings.ToLower(strings.TrimSpace(s)))
	var out []dateToken
	for s != "" {
		switch r := []rune(s)[0]; {
		case r >= '0' && r <= '9':
			word := leading(s, func(r rune) bool { return r >= '0' && r <= '9' })
			n, err := strconv.Atoi(word)
			if err != nil || len(word) == 3 || len(word) > 4 || len(out) == 3 {
				return nil, false
			}
			out, s = append(out, dateToken{number: n, digits: len(word)}), s[len(word):]
		case unicode.IsLetter(r):
			word := leading(s, unicode.IsLetter)
			s = s[len(word):]
			if len(out) > 0 && slices.Contains(dateFillers, word) {
				continue
			}
			months := monthsNamed(word)
			if len(months) == 0 || len(out) == 3 {
				return nil, false
			}
			out = append(out, dateToken{months: months})
		case strings.ContainsRune(" \u00a0,./-\u2010\u2011\u2013", r):
			s = s[len(string(r)):]
		default:
			return nil, false
		}
	}
	return out, len(out) == 3
}

// leading is the longest beginning of s whose characters are all of a kind.
func leading(s string, is func(rune) bool) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !is(r) }); i >= 0 {
		return s[:i]
	}
	return s
}

// monthsNamed lists the months that a word stands for in some language: by their whole names, or their first three
// letters (four for Sept).
func monthsNamed(word string) []int {
	var out []int
	for _, tag := range words.Languages() {
		w, _ := words.For(tag)
		for i, name := range strings.Split(w.Get("months"), ",") {
			name = norm.NFC.String(strings.ToLower(strings.TrimSpace(name)))
			n := len([]rune(word))
			short := strings.HasPrefix(name, word) && (n == 3 || n == 4 && i == 8)
			if (name == word || short) && !slices.Contains(out, i+1) {
				out = append(out, i+1)
			}
		}
	}
	return out
}

// dateOrders are the orders in which year, month and day are written: the places of the three.
var dateOrders = []struct{ year, month, day int }{{0, 1, 2}, {2, 1, 0}, {2, 0, 1}}

// readingsOf lists the days that three tokens can stand for.
func readingsOf(tokens []dateToken) []time.Time {
	var out []time.Time
	years := slices.ContainsFunc(tokens, dateToken.isYear)
	for _, o := range dateOrders {
		y, m, d := tokens[o.year], tokens[o.month], tokens[o.day]
		if len(y.months) > 0 || len(d.months) > 0 || y.isYear() != years || m.digits == 4 || d.digits == 4 || y.digits == 1 {
			continue
		}
		months, year := m.months, y.number
		if len(months) == 0 {
			months = []int{m.number}
		}
		if !years {
			year += 2000
		}
		for _, month := range months {
			t := time.Date(year, time.Month(month), d.number, 0, 0, 0, 0, time.UTC)
			if year >= 1000 && t.Year() == year && int(t.Month()) == month && t.Day() == d.number {
				out = append(out, t)
			}
		}
	}
	return out
}
