package templates_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/templates"
)

const bilingual = byLevels + `translations:
  es:
    title: "Datos de la escuela"
    levels:
      0: {name: "Ausente", meaning: "Nada aún."}
      1: {name: "Inicial"}
    themes:
      people: {name: "Personas"}
    criteria:
      "1.1": {subject: "Responsable", descriptors: {0: "Nadie."}}
    advice:
      A1: "Nombre a alguien."
    labels:
      role: "Puesto"
`

// Each mistake in a translation gives its one message, at its place.
func TestBrokenTranslations(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`"1.1": {subject`, `"1.7": {subject`, `the template has no criterion "1.7"; did you mean "1.1"?`},
		{`      1: {name: "Inicial"}`, `      7: {name: "Inicial"}`, `the template has no level "7"; known are: 0, 1, 2`},
		{`people: {name`, `peple: {name`, `the template has no theme "peple"; did you mean "people"?`},
		{`A1: "Nombre`, `A9: "Nombre`, `the template has no advice "A9"`},
		{`{name: "Inicial"}`, `{name: "Inicial", alt_name: "Otro"}`, `the template has no text "levels 1 alt_name" to translate; remove it, or add the text to the template first`},
		{`{name: "Inicial"}`, `{name: "Ausente"}`, `the name "Ausente" is used a second time; each must be used once in a language`},
		{`{name: "Inicial"}`, `{nombre: "Inicial"}`, `unknown key "nombre"`},
		{`{0: "Nadie."}`, `{9: "Nadie."}`, `the template has no text "criteria 1.1 descriptors 9" to translate`},
		{`"Responsable"`, `"Respon\nsable"`, `the translation of "criteria 1.1 subject" holds a line break or a tab; write it in one line`},
		{`role: "Puesto"`, `rol: "Puesto"`, `there is no label "rol"; did you mean "role"?`},
		{`role: "Puesto"`, `given_of: "{given} hechos"`, `label given_of has no {total}; put {total} where the value belongs, as in "{given} of {total} answered"`},
		{`role: "Puesto"`, `role: "Organización"`, `labels organisation and role are the same: "Organización"; say what tells them apart; answers are found by them`},
		{`role: "Puesto"`, `sheet_results: "Lists"`, `label sheet_results is "Lists", which is the name of a hidden sheet; choose another name`},
		{`role: "Puesto"`, `sheet_start: "Inicio: 1"`, `label sheet_start is the name of a sheet and has a character that it cannot have`},
		{"  es:\n", "  EN-gb:\n", `the language EN-gb is the template's own; remove it, or correct the tag`},
		{"  es:\n", "  Spanish language:\n", `not a language tag`},
		{`    title: "Datos`, `    title: ""  # "Datos`, ""},
	} {
		text := strings.Replace(bilingual, c.old, c.new, 1)
		if text == bilingual {
			t.Fatalf("%s does not occur", c.old)
		}
		_, err := templates.Load("t.yaml", strings.NewReader(text))
		if c.want == "" {
			if err != nil {
				t.Errorf("%s: %v", c.new, err)
			}
			continue
		}
		if err == nil {
			t.Errorf("%s: no mistake found", c.new)
			continue
		}
		if lines := strings.Split(err.Error(), "\n"); len(lines) != 1 || !strings.Contains(lines[0], c.want) || !strings.HasPrefix(lines[0], "t.yaml:") {
			t.Errorf("%s:\n%v\nexpected: %s", c.new, err, c.want)
		}
		line := 1 + strings.Count(text[:strings.Index(text, strings.TrimLeft(c.new, " "))], "\n")
		if strings.Contains(c.new, "Spanish") {
			line++ // at what the key stands for
		}
		if !strings.HasPrefix(err.Error(), fmt.Sprintf("t.yaml:%d:", line)) {
			t.Errorf("%s: %v, expected in line %d", c.new, err, line)
		}
	}
}

// Diff says which language is new, and which of its texts changed.
func TestDiffOfTranslations(t *testing.T) {
	load := func(text string) string {
		a, err := templates.Load("a", strings.NewReader(byLevels))
		if err != nil {
			t.Fatal(err)
		}
		b, err := templates.Load("b", strings.NewReader(bilingual))
		if err != nil {
			t.Fatal(err)
		}
		if text == "" {
			return changes(templates.Diff(a, b))
		}
		c, err := templates.Load("c", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return changes(templates.Diff(b, c))
	}
	if got := load(""); !strings.HasPrefix(got, "translation es: is new, with 8 of 25 texts") {
		t.Errorf("a new language: %s", got)
	}
	changed := strings.NewReplacer(`"Inicial"`, `"Primero"`, `{name: "Personas"}`, `{}`, `"Puesto"`, `"Cargo"`).Replace(bilingual)
	want := "translation es, levels 1 name: the text is now \"Primero\"; it was \"Inicial\"\n" +
		"translation es, themes people name: the text was removed; it was \"Personas\"\n" +
		"translation es: the label role is now \"Cargo\"; it was \"Puesto\"\n"
	if got := load(changed); got != want {
		t.Errorf("changes:\n%s", got)
	}
	if got := load(byLevels); got != "translation es: is no longer there\n" {
		t.Errorf("a language less: %s", got)
	}
}

func changes(list []templates.Change) string {
	var b strings.Builder
	for _, c := range list {
		b.WriteString(c.String() + "\n")
	}
	return b.String()
}

// Both built-in models are whole in Spanish, text by text, and no text was left in English.
func TestBuiltinsAreWholeInSpanish(t *testing.T) {
	for _, id := range templates.IDs() {
		x := builtin(t, id)
		if texts, words := x.Gaps("es"); len(texts)+len(words) > 0 {
			t.Errorf("%s: not in Spanish: %v %v", id, texts, words)
		}
		at := map[string]string{}
		for _, one := range x.Translated("es") {
			if one.Text == one.Original && !strings.Contains(one.Key, "options") && one.Text != "No" {
				t.Errorf("%s, %s is in English: %s", id, one.Key, one.Text)
			}
			if strings.ContainsAny(one.Text, "‘’“”\n\t\"") || strings.Contains(one.Text, "  ") || one.Text != strings.TrimSpace(one.Text) {
				t.Errorf("%s, %s: curly quotes, line breaks or doubled spaces: %s", id, one.Key, one.Text)
			}
			if strings.HasSuffix(one.Original, ".") != strings.HasSuffix(one.Text, ".") {
				t.Errorf("%s, %s ends otherwise than the original: %s", id, one.Key, one.Text)
			}
			if other, twice := at[one.Text]; twice && !strings.HasPrefix(one.Key, "questions ") {
				t.Errorf("%s: %s and %s have the same text: %s", id, other, one.Key, one.Text)
			}
			at[one.Text] = one.Key
		}
	}
}

// Welsh has the workbook's words and the names and summaries of levels, topics and themes; the rest is for an office to add.
func TestUKDMMHasWelshForTheFrame(t *testing.T) {
	x := builtin(t, "uk-dmm")
	texts, words := x.Gaps("cy")
	if len(words) > 0 {
		t.Errorf("labels without Welsh: %v", words)
	}
	for _, key := range texts {
		if strings.HasPrefix(key, "levels ") || strings.HasPrefix(key, "topics ") || strings.HasPrefix(key, "themes ") || key == "title" {
			t.Errorf("%s is not in Welsh", key)
		}
	}
}
