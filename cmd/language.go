package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// languageOf is the language in which a recipient is written to: its own, or else the round's.
func (f *folder) languageOf(rc models.Recipient) string { return first(rc.Language, f.Config.Language) }

// languages lists the languages of recipients, each once, the round's first.
func (f *folder) languages(recipients []models.Recipient) []string {
	var out []string
	for _, rc := range recipients {
		if lang := f.languageOf(rc); !slices.Contains(out, lang) && lang != f.Config.Language {
			out = append(out, lang)
		}
	}
	slices.Sort(out)
	return append([]string{f.Config.Language}, out...)
}

// in is the round in a language.
func (f *folder) in(lang string) *models.Round {
	if lang == f.Config.Language {
		return f.Config
	}
	rd := *f.Config
	rd.Language = lang
	return &rd
}

// noteLanguages says on standard error what there is not in the languages, so that nothing goes out half translated
// without anybody knowing. reports says that PDFs are made, too.
func (app *App) noteLanguages(t *models.Template, langs []string, reports bool) {
	for _, lang := range langs {
		for _, note := range languageNotes(t, lang, reports) {
			fmt.Fprintf(app.Err, "rubric: language %s: %s\n", lang, note)
		}
	}
}

// languageNotes says what there is not in a language.
func languageNotes(t *models.Template, lang string, reports bool) (notes []string) {
	texts, labels := t.Gaps(lang)
	_, speaks := t.Speaks(lang)
	switch all := len(t.Translated("")); {
	case !speaks:
		notes = append(notes, "the template has no texts in it; its titles, levels and criteria stay in "+t.Language+".")
	case len(texts) > 0:
		notes = append(notes, fmt.Sprintf("%d of %s of the template are not translated and stay in %s; 'rubric templates check' lists them.",
			len(texts), count(all, "text"), t.Language))
	}
	if reports {
		if !slices.ContainsFunc(words.Languages(), func(x string) bool { return words.Language(x) == words.Language(lang) }) {
			notes = append(notes, "the reports' own words are in English; there are others for "+strings.Join(words.Languages(), ", ")+".")
		}
		return notes
	}
	switch all := len(words.Keys()); {
	case len(labels) == all:
		notes = append(notes, "the workbook's own words are in English; a template can bring them as labels (docs/labels.md and 'rubric templates export --xlsx' list them).")
	case len(labels) > 0:
		notes = append(notes, fmt.Sprintf("%d of %s of the workbook are missing and are in English: %s.", len(labels), count(all, "label"), some(labels)))
	}
	return notes
}

// some lists the first few of a list.
func some(list []string) string {
	if len(list) > 5 {
		return strings.Join(list[:5], ", ") + " …"
	}
	return strings.Join(list, ", ")
}
