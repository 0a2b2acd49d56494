package templates

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// The sheets of the languages: the workbook's words in the template's own language, and one sheet for each further
// language, whose tag follows.
const (
	sheetLabels   = "Labels"
	sheetLanguage = "Language "
)

// languageSheets are the sheets of the template's languages. Each row is one text: where it belongs, what it says in
// the original, and what in the language.
func languageSheets(t *models.Template) []AuthoringSheet {
	var out []AuthoringSheet
	if w, ok := words.For(t.Language); len(t.Labels) > 0 || !ok {
		s := languageSheet(sheetLabels, "The words of the assessment workbook itself, in the template's own language.", "label")
		s.Rows = labelRows("", w, t.Labels)
		out = append(out, s)
	}
	for _, tag := range t.Languages()[1:] {
		s := languageSheet(sheetLanguage+tag, "The texts in the language "+tag+". What stays empty is shown in the original.", "text")
		for _, x := range t.Translated(tag) {
			s.Rows = append(s.Rows, []string{x.Key, x.Original, x.Text})
		}
		w, _ := words.For(tag)
		s.Rows = append(s.Rows, labelRows("labels ", w, t.Translations[tag].Labels)...)
		out = append(out, s)
	}
	return out
}

func languageSheet(name, help, first string) AuthoringSheet {
	return AuthoringSheet{Name: name, Help: help, Columns: []AuthoringColumn{
		{Heading: first, Help: "which text it is; do not change this column", Width: 34, Unique: true},
		{Heading: "original", Help: "for comparison only; it is not read back", Width: 60}, {Heading: "translation", Width: 60, Needed: true}}}
}

// labelRows lists the words of a workbook that can be given: all for a language that there are no words of, else those
// that the template gives.
func labelRows(prefix string, w *words.Words, given map[string]string) [][]string {
	var out [][]string
	missing := w.Gaps()
	for _, k := range words.Keys() {
		if given[k.Name] != "" || slices.Contains(missing, k.Name) {
			out = append(out, []string{prefix + k.Name, k.English, given[k.Name]})
		}
	}
	return out
}

// languages writes the lines of the sheets of the languages.
func (a *authored) languages(sheets []Sheet) {
	labels, translations := &branch{}, &branch{}
	for i := range sheets {
		s := &sheets[i]
		tag, isLanguage := strings.CutPrefix(s.Name, sheetLanguage)
		switch {
		case s.Name == sheetLabels:
			a.texts(s, "label", labels)
		case isLanguage && len(s.Rows) > 0:
			a.texts(s, "text", translations.at(strings.TrimSpace(tag), s.place(s.Rows[0][0])))
		}
	}
	if len(labels.keys) > 0 {
		a.line(labels.first().place, "labels:")
		a.branch(labels, "  ")
	}
	if len(translations.keys) > 0 {
		a.line(translations.first().place, "translations:")
		a.branch(translations, "  ")
	}
}

// branch is a group of keys in a template file, or a text.
type branch struct {
	keys     []string
	children map[string]*branch
	place    Place
	text     string
}

func (b *branch) first() *branch { return b.children[b.keys[0]] }

// at is the branch under a key, made where there is none.
func (b *branch) at(key string, place Place) *branch {
	if b.children == nil {
		b.children = map[string]*branch{}
	}
	x, ok := b.children[key]
	if !ok {
		x = &branch{place: place}
		b.children[key] = x
		b.keys = append(b.keys, key)
	}
	return x
}

// texts reads the rows of a sheet of a language.
func (a *authored) texts(s *Sheet, first string, into *branch) {
	keys := a.headings(s, []string{first, "original", "translation"})
	name, text := slices.Index(keys, first), slices.Index(keys, "translation")
	if name < 0 || text < 0 {
		a.problem(s.place(s.at(0, 0)), fmt.Sprintf("there is no column %q or %q", first, "translation"), "keep the headings of the authoring workbook")
		return
	}
	for row := 1; row < len(s.Rows); row++ {
		key, value := s.at(row, name), s.at(row, text)
		parts := strings.Fields(key.Text)
		if value.Text == "" {
			continue
		}
		if len(parts) == 0 || len(parts) > 4 {
			a.problem(s.place(key), fmt.Sprintf("%q does not say which text is translated", key.Text), "write it as in the workbook that was exported, such as criteria 1.1 subject")
			continue
		}
		x := into
		for _, p := range parts {
			x = x.at(p, s.place(value))
		}
		if x.text != "" || len(x.keys) > 0 {
			a.problem(s.place(key), fmt.Sprintf("the text %q stands here a second time", strings.Join(parts, " ")), "remove one of the two")
			continue
		}
		x.text = value.Text
	}
}

// branch writes the lines of a group of keys.
func (a *authored) branch(b *branch, indent string) {
	for _, key := range b.keys {
		x := b.children[key]
		name := strconv.Quote(key)
		switch {
		case x.text != "" && len(x.keys) > 0: // said already by texts, or about to be refused
			a.problem(x.place, fmt.Sprintf("%q is a text and a group of texts", key), "write it as in the workbook that was exported")
		case x.text != "":
			a.line(x.place, indent+name+": "+scalarOf(x.text, false))
		case len(x.keys) == 0:
			a.line(x.place, indent+name+": {}")
		default:
			a.line(x.place, indent+name+":")
			a.branch(x, indent+"  ")
		}
	}
}

// translations compares the languages of two templates, text by text.
func (d *differ) translations(a, b *models.Template) {
	d.labels("the labels", a.Labels, b.Labels)
	for _, tag := range slices.Sorted(maps.Keys(b.Translations)) {
		about := "translation " + tag
		old, ok := a.Translations[tag]
		if !ok {
			texts, _ := b.Gaps(tag)
			all := len(b.Translated(tag))
			d.out = append(d.out, Change{Kind: "new", About: about, What: fmt.Sprintf("is new, with %d of %d texts", all-len(texts), all)})
			continue
		}
		x, y := old.Texts(), b.Translations[tag]
		for _, t := range b.Translated(tag) {
			d.text(about+", "+t.Key, "text", x[t.Key], t.Text)
			delete(x, t.Key)
		}
		for _, key := range slices.Sorted(maps.Keys(x)) {
			d.text(about+", "+key, "text", x[key], "")
		}
		d.labels(about, old.Labels, y.Labels)
	}
	for _, tag := range slices.Sorted(maps.Keys(a.Translations)) {
		if _, ok := b.Translations[tag]; !ok {
			d.out = append(d.out, Change{Kind: "retired", About: "translation " + tag, What: "is no longer there"})
		}
	}
}

func (d *differ) labels(about string, a, b map[string]string) {
	both := maps.Clone(a)
	if both == nil {
		both = map[string]string{}
	}
	maps.Copy(both, b)
	for _, key := range slices.Sorted(maps.Keys(both)) {
		d.text(about, "label "+key, a[key], b[key])
	}
}
