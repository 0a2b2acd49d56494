package office

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/words"
)

// LanguageOf is the language in which a recipient is written to: its own, or else the round's.
func (f *Folder) LanguageOf(rc models.Recipient) string {
	return cmp.Or(rc.Language, f.Config.Language)
}

// Languages lists the languages of recipients, each once, the round's first.
func (f *Folder) Languages(recipients []models.Recipient) []string {
	var out []string
	for _, rc := range recipients {
		if lang := f.LanguageOf(rc); !slices.Contains(out, lang) && lang != f.Config.Language {
			out = append(out, lang)
		}
	}
	slices.Sort(out)
	return append([]string{f.Config.Language}, out...)
}

// In is the round in a language.
func (f *Folder) In(lang string) *models.Round {
	if lang == f.Config.Language {
		return f.Config
	}
	rd := *f.Config
	rd.Language = lang
	return &rd
}

// noteLanguages says what there is not in the languages, so that nothing goes out half translated without anybody
// knowing. reports says that PDFs are made rather than workbooks.
func noteLanguages(t *models.Template, langs []string, reports bool) []Note {
	var out []Note
	for _, lang := range langs {
		for _, note := range languageNotes(t, lang, reports) {
			note.Text = "language " + lang + ": " + note.Text
			out = append(out, note)
		}
	}
	return out
}

// languageNotes says what there is not in a language.
func languageNotes(t *models.Template, lang string, reports bool) (notes []Note) {
	note := func(text string) { notes = append(notes, noted(text)...) }
	texts, labels := t.Gaps(lang)
	_, speaks := t.Speaks(lang)
	switch all := len(t.Translated("")); {
	case !speaks:
		note("the template has no texts in it; its titles, levels and criteria stay in " + t.Language + ".")
	case len(texts) > 0:
		notes = append(notes, Note{Do: actions.CheckTemplate.On(round.TemplateFile), Text: fmt.Sprintf("%d of %s of the template are not translated and stay in %s; a check of the template lists them.",
			len(texts), text.Count(all, "text", "texts"), t.Language)})
	}
	if reports {
		if !slices.ContainsFunc(words.Languages(), func(x string) bool { return words.Language(x) == words.Language(lang) }) {
			note("the reports' own words are in English; there are others for " + strings.Join(words.Languages(), ", ") + ".")
		}
		return notes
	}
	switch all := len(words.Keys()); {
	case len(labels) == all:
		note("the workbook's own words are in English; a template can bring them as labels, which docs/labels.md lists.")
	case len(labels) > 0:
		note(fmt.Sprintf("%d of %s of the workbook are missing and are in English: %s.", len(labels), text.Count(all, "label", "labels"), text.FirstFew(labels, 5, ", ", " …")))
	}
	return notes
}
