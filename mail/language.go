package mail

import (
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/wording"
)

// speech is what messages say in a language beside their wording: the values that are put into it.
type speech struct {
	colleague string // the greeting of somebody whose name is not known
	greeting  string // with {name}
	office    string // who writes, where the round names nobody
	// The days until the due date and since, with %d.
	daysLeft, oneLeft, today, oneAgo, daysAgo string
	date                                      func(models.Date) string
}

var english = speech{"Dear colleague,", "Dear %s,", "Our office",
	"%d days left", "1 day left", "today", "1 day ago", "%d days ago", models.Date.Long}

// speeches are those of the languages that have wordings, each in the folder wording/ of its name. The forms of address
// do not say whether a woman or a man is written to, which the recipients list does not know.
var speeches = map[string]speech{
	"en": english,
	"es": {"Buenos días:", "Buenos días, %s:", "Nuestra oficina",
		"quedan %d días", "queda 1 día", "hoy", "hace 1 día", "hace %d días", dateIn("es")},
}

// Languages lists the languages that messages have wordings in, by BCP 47 tag.
func Languages() []string { return []string{"en", "es"} }

// Speaks says whether messages have wordings in a language; its region does not matter.
func Speaks(lang string) bool { return slices.Contains(Languages(), wording.Language(lang)) }

// speechIn gives what is said in a language, and in English for a language that is missing.
func speechIn(lang string) speech {
	if s, ok := speeches[wording.Language(lang)]; ok {
		return s
	}
	return english
}

// dateIn writes dates as the workbooks in the language do.
func dateIn(lang string) func(models.Date) string {
	w, _ := wording.For(lang)
	return func(d models.Date) string { return w.Day(d.Year(), int(d.Month()), d.Day()) }
}

func (s speech) timeLeft(days int) string {
	switch {
	case days > 1:
		return fmt.Sprintf(s.daysLeft, days)
	case days == 1:
		return s.oneLeft
	case days == 0:
		return s.today
	case days == -1:
		return s.oneAgo
	}
	return fmt.Sprintf(s.daysAgo, -days)
}
