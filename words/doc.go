// Package words holds every text that rubric itself puts before a reader, a folder for each language: what
// workbooks, PDF summaries and messages say, and how dates and figures are written. What an assessment asks is not
// among it: that is the template's.
//
// Start with For, and take texts with Say:
//
//	w, ok := words.For("en-US")          // ok is false where there is no such language; w is English then
//	w = w.With(template.Labels)          // some texts of the template's in place of the language's
//	w.Say("given_of", "given", 3, "total", 97)
//	w.Count("summary.keeps_away", 2, "level", 4)
//	w.Date(due)
//
// A text may hold names in braces, such as {total}, for what is put in. English is complete, and its keys are those
// of all others. The keys of workbook.yaml stand alone, because templates hold them as labels (models.Template.Labels,
// docs/labels.md); those of summary.yaml and message.yaml begin with the file's name, and message.invitation is the
// file invitation.txt, which is the text of a message with fields such as {{.Organisation}}.
//
// Texts that stand in the program itself, in English, are another matter: those of findings and of the consolidated workbook.
// Sayf keeps such a text apart from what is put into it, and Tell says it in a language, by findings.yaml and
// consolidated.yaml of its folder.
//
// A language is a folder whose name is its BCP 47 tag, and nothing else. A folder with a region, en-US, holds only what
// differs from the one without, en. Each file is checked strictly: an unknown, doubled or missing key, a name in braces
// that is too many or too few, a text that Excel would refuse. docs/languages.md says how to add one.
package words
