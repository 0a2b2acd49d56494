package desk

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/rubric-project/rubric/words"
	"golang.org/x/text/language"
)

// speech is the language that a page is in.
type speech struct{ lang string }

// languages are those that the desk speaks, English first.
var languages = []struct{ tag, name string }{{"en", "English"}, {"es", "español"}}

var matcher = language.NewMatcher([]language.Tag{language.English, language.Spanish})

// speechOf is the language that was chosen, or else the browser's.
func speechOf(chosen string, r *http.Request) speech {
	for _, l := range languages {
		if l.tag == chosen {
			return speech{chosen}
		}
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return speech{"en"}
	}
	_, i, _ := matcher.Match(tags...)
	return speech{languages[i].tag}
}

// T says a text of the desk's own, given in English, in the page's language. Further arguments are set in as by
// fmt.Sprintf.
func (s speech) T(english string, args ...any) string {
	text := english
	if own, ok := words.Desk(s.lang, english); ok {
		text = own
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// N is T for a number of things: one for exactly one, many for any other. The number is the first argument of both.
func (s speech) N(n int, one, many string, args ...any) string {
	if n == 1 {
		return s.T(one, append([]any{n}, args...)...)
	}
	return s.T(many, append([]any{n}, args...)...)
}

// tag is the language with the form of its dates: English as in Great Britain.
func (s speech) tag() string {
	if s.lang == "en" {
		return "en-GB"
	}
	return s.lang
}

// Date writes a day: 30 October 2026. A zero time is nothing.
func (s speech) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	w, ok := words.For(s.tag())
	if !ok {
		return t.Format("2 January 2006")
	}
	return w.Date(t)
}

// When writes a day and an hour on this computer's clock: 30 October 2026, 10:44.
func (s speech) When(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.Local()
	return s.Date(t) + ", " + t.Format("15:04")
}

// Number writes a figure with the decimals that are given.
func (s speech) Number(x float64, places int) string {
	text := fmt.Sprintf("%.*f", places, x)
	if s.lang == "es" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// Share writes part of whole in percent, without decimals; nothing of nothing is a dash.
func (s speech) Share(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%d\u00a0%%", (200*part+whole)/(2*whole))
}
