package mail_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models/wording"
)

// Every language has a wording of each kind, which uses the same fields as the English one: nothing is left out.
func TestWordingsInEveryLanguage(t *testing.T) {
	fields := func(b []byte) map[string]bool {
		out := map[string]bool{}
		for _, m := range regexp.MustCompile(`\.[A-Z][A-Za-z]+`).FindAll(b, -1) {
			out[string(m)] = true
		}
		return out
	}
	for _, lang := range mail.Languages() {
		for _, kind := range mail.Kinds() {
			source := mail.DefaultSourceIn(kind, lang)
			if lang != "en" && string(source) == string(mail.DefaultSourceIn(kind, "en")) {
				t.Errorf("%s: %s is in English", lang, kind)
			}
			mail.DefaultWordingIn(kind, lang) // panics where it cannot be read
			have, need := fields(source), fields(mail.DefaultSourceIn(kind, "en"))
			for f := range need {
				if !have[f] {
					t.Errorf("%s: %s does not use {{%s}}", lang, kind, f)
				}
			}
			for f := range have {
				if !need[f] {
					t.Errorf("%s: %s uses {{%s}}, which the English one does not", lang, kind, f)
				}
			}
		}
		if _, ok := wording.For(lang); !ok {
			t.Errorf("%s: workbooks have no words in it, so that dates are in English", lang)
		}
	}
}

// A message in Spanish is in Spanish from the greeting to the dates.
func TestMessagesInSpanish(t *testing.T) {
	rd := exampleRound()
	rd.Language = "es-MX"
	for kind, want := range map[mail.Kind][]string{
		mail.Invitation:      {"a más tardar el 30 de noviembre de 2026", "el libro de Example Unified School District 07"},
		mail.Reminder:        {"La fecha límite es el 30 de noviembre de 2026 (quedan 7 días)", "o llame al 0100 000"},
		mail.CorrectionsKind: {"3 de las entradas no se han podido utilizar", "(quedan 7 días)"},
		mail.ResultsKind:     {"los resultados de Example Unified School District 07"},
	} {
		c, err := mail.NewComposer(rd, kind, nil, date("2026-11-23").Time)
		if err != nil {
			t.Fatal(err)
		}
		rc := recipient(7)
		rc.Contact = "Ana Ejemplo"
		m, err := c.Message(mail.Letter{Recipient: rc, Reference: "7K2M-9QXT-04BD", Problems: 3, Names: []string{"libro.xlsx"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range append(want, "Buenos días, Ana Ejemplo:", "libro.xlsx", "7K2M-9QXT-04BD", "Gracias por su ayuda") {
			if !strings.Contains(m.Text, w) {
				t.Errorf("%s: %q is missing in\n%s", kind, w, m.Text)
			}
		}
		for _, no := range []string{"Dear", "days", "November", "{{", "<no value>", "\n\n\n"} {
			if strings.Contains(m.Text, no) {
				t.Errorf("%s: %q is in\n%s", kind, no, m.Text)
			}
		}
		if len(m.Subject) == 0 || strings.Contains(m.Subject, "please") {
			t.Errorf("%s: subject %q", kind, m.Subject)
		}
	}
	for day, want := range map[string]string{"2026-11-29": "(queda 1 día)", "2026-11-30": "(hoy)", "2026-12-01": "era el 30 de noviembre de 2026 (hace 1 día)", "2026-12-04": "(hace 4 días)"} {
		c, err := mail.NewComposer(rd, mail.Reminder, nil, date(day).Time)
		if err != nil {
			t.Fatal(err)
		}
		m, err := c.Message(mail.Letter{Recipient: recipient(1), Names: []string{"a.xlsx"}})
		if err != nil || !strings.Contains(m.Text, want) {
			t.Errorf("%s: %q is missing in\n%s", day, want, m.Text)
		}
	}
}
