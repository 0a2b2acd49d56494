package returns

import (
	"bytes"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// speak finds the words of the languages in which workbooks of the template can be.
func (x *lexicon) speak(languages []string) {
	x.spoken = x.t.Versions(languages)
	for _, in := range x.spoken {
		w := in.Words()
		x.speakPlans(w)
		x.speakViews(w)
		for _, s := range layout.SheetKeys {
			x.sheets[w.Get(s[1])] = s[0]
		}
		for _, key := range []string{layout.LabelOrganisation, layout.LabelReference, layout.LabelName, layout.LabelRole, layout.LabelDate, layout.LabelSignedBy, layout.LabelChecked} {
			x.labels.add(w.Get(key), key)
		}
		x.labels.add(w.Get(layout.LabelConfirmed), layout.LabelChecked)
	}
}

// writtenHeadings notes the headings as they are written in each language. A word that is the heading of different
// columns in two languages is the heading of none.
func (x *lexicon) writtenHeadings() {
	words, doubtful := map[string]layout.Column{}, map[string]bool{}
	note := func(text string, col layout.Column) {
		key := wordKey(text)
		if had, ok := words[key]; ok && had != col {
			doubtful[key] = true
		}
		words[key] = col
	}
	for _, in := range x.spoken {
		w := in.Words()
		for col, key := range layout.Headings {
			note(w.Get(key), col)
		}
		note(w.Get(layout.AnswerHeadingRated), layout.Answer)
		note(w.Get(layout.StatementHeading), colStatement)
	}
	for key, col := range words {
		x.columns[key] = heading{col, false}
	}
	for key := range doubtful {
		delete(x.columns, key)
	}
}

// isText says whether a cell holds one of the texts that the criterion has in the languages; of is one of them, such as
// its statement, and gives "" where the criterion has none.
func (x *lexicon) isText(cell []byte, c *models.Criterion, of func(*models.Criterion) string) bool {
	if string(cell) == of(c) {
		return true
	}
	for _, o := range x.inOther[c] {
		if string(cell) == of(o) {
			return true
		}
	}
	if sameText(cell, of(c)) {
		return true
	}
	return slices.ContainsFunc(x.inOther[c], func(o *models.Criterion) bool { return sameText(cell, of(o)) })
}

// startLabels are the labels on the sheet Start in the languages, with what each means.
type startLabels struct {
	list     []labelWord
	starts   keyStarts
	shortest int
	longest  int
}

type labelWord struct{ text, key, meaning string }

func (l *startLabels) add(text, meaning string) {
	if slices.ContainsFunc(l.list, func(x labelWord) bool { return x.text == text }) || len(text) < 2 {
		return
	}
	l.list = append(l.list, labelWord{text, wordKey(text), meaning})
	if len(l.list) == 1 || len(text) < l.shortest {
		l.shortest = len(text)
	}
	l.longest = max(l.longest, len(text)+24)
	l.starts.add(wordKey(text))
}

// of is what a text means as a label, give or take a colon, or "".
func (l *startLabels) of(b []byte) string {
	if len(b) < l.shortest || len(b) > l.longest || l.starts.exclude(b) {
		return ""
	}
	key, meaning := "", ""
	for i := range l.list {
		x := &l.list[i]
		if len(b) < len(x.text) || len(b) > len(x.text)+24 || otherLetter(b[0], x.text[0]) || otherLetter(b[1], x.text[1]) {
			continue
		}
		if string(b) == x.text {
			return x.meaning
		}
		if key == "" {
			key = wordKey(string(bytes.ToValidUTF8(b, nil)))
		}
		if key == x.key {
			meaning = x.meaning
		}
	}
	return meaning
}

func statementOf(c *models.Criterion) string { return c.Statement }

// descriptorsOf are the descriptors of a criterion in each language, for a text that is long enough to be one.
func (x *lexicon) descriptorsOf(c *models.Criterion, text string) []map[int]string {
	if len(text) <= 20 || len(c.Descriptors) == 0 {
		return nil
	}
	out := []map[int]string{c.Descriptors}
	for _, o := range x.inOther[c] {
		out = append(out, o.Descriptors)
	}
	return out
}

// optionsNamed lists the options of a question that have a text in one of the languages, each as the template words it.
// form is the form in which texts are compared.
func (x *lexicon) optionsNamed(q *models.Question, text string, form func(string) string) []string {
	var out []string
	for _, in := range x.spoken {
		other := in.Question(q.ID)
		for i, o := range other.Options {
			if form(o) == text && !slices.Contains(out, q.Options[i]) {
				out = append(out, q.Options[i])
			}
		}
	}
	return out
}
