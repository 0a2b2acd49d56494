package models

import (
	"maps"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models/translation"
	"github.com/rubric-project/rubric/words"
)

// Languages lists the languages that the template has texts in, its own first, the others in order.
func (t *Template) Languages() []string {
	return append([]string{t.Language}, slices.Sorted(maps.Keys(t.Translations))...)
}

// Speaks says whether the template has texts in a language, by BCP 47 tag, and under which tag. A region that
// it does not have stands for the language alone: es-MX is served by es, and by es-US.
func (t *Template) Speaks(lang string) (tag string, ok bool) {
	for _, x := range t.Languages() {
		if strings.EqualFold(x, lang) {
			return x, true
		}
	}
	for _, x := range t.Languages() {
		if strings.EqualFold(x, words.Language(lang)) {
			return x, true
		}
	}
	for _, x := range t.Languages() {
		if words.Language(x) == words.Language(lang) {
			return x, true
		}
	}
	return "", false
}

// In is the template in a language: its texts as far as they are translated, the names of ratings and symptoms,
// and the words of its workbooks. What there is not in this language stays in the template's own, and the
// workbook's words in English; Gaps says what that is. The words are those of the region that is asked for: in en-US
// a template in en-GB has American words beside its British texts. The result shares what is the same with t; it has no
// further languages.
func (t *Template) In(lang string) *Template {
	c := *t
	tag, ok := t.Speaks(lang)
	if !ok {
		tag = lang
	}
	own, known := words.For(lang)
	if !known {
		own, _ = words.For(tag)
	}
	if ok && tag == t.Language {
		c.setWords(own.With(t.Labels))
		return &c
	}
	tr := t.Translations[tag]
	c.setWords(own.With(tr.Labels))
	if !ok {
		return &c
	}
	c.Language, c.Labels, c.Translations = tag, tr.Labels, nil
	c.Levels, c.Themes, c.Topics = slices.Clone(t.Levels), slices.Clone(t.Themes), slices.Clone(t.Topics)
	c.Criteria, c.Advice = slices.Clone(t.Criteria), slices.Clone(t.Advice)
	for i := range c.Criteria {
		x := &c.Criteria[i]
		x.Descriptors, x.Options, x.NextSteps = maps.Clone(x.Descriptors), maps.Clone(x.Options), maps.Clone(x.NextSteps)
	}
	c.Questions = slices.Clone(t.Questions)
	for i := range c.Questions {
		c.Questions[i].Options = slices.Clone(c.Questions[i].Options)
	}
	given := map[string]string{}
	tr.Each(func(key, text string) { given[key] = text })
	c.texts(func(key, text string, set func(string)) {
		if s := given[key]; s != "" && text != "" {
			set(s)
		}
	})
	return &c
}

// Versions are the template in each language and region that a workbook of it can be in: its own, English words with
// its own texts, its translations, and further languages that recipients have, as far as there are words. The first is in
// its own language.
func (t *Template) Versions(languages []string) []*Template {
	out := []*Template{t.In(t.Language)}
	seen := []string{t.Language}
	if words.Language(t.Language) != "en" {
		out = append(out, t.In("en"), t) // without words of its own it was sent out with English ones
		seen = append(seen, "en")
	}
	for _, lang := range append(t.Languages(), languages...) {
		tag, ok := t.Speaks(lang)
		if !ok {
			if !words.Speaks(lang) {
				continue
			}
			tag = words.Language(lang)
		}
		if !slices.Contains(seen, tag) {
			seen = append(seen, tag)
			out = append(out, t.In(tag))
		}
	}
	// A round in another region of these languages has words of its own, and a recipient may be anywhere.
	for _, tag := range words.Languages() {
		spoken := func(s string) bool { return words.Language(s) == words.Language(tag) }
		if slices.ContainsFunc(seen, spoken) && !slices.ContainsFunc(out, func(in *Template) bool { return in.Words().Tag() == tag }) {
			out = append(out, t.In(tag))
		}
	}
	return out
}

// setWords gives the template the words of a language.
func (t *Template) setWords(w *words.Words) {
	t.words = w
	t.ratings, t.symptoms = Ratings, Symptoms
	if w == words.English() {
		return
	}
	t.ratings, t.symptoms = slices.Clone(Ratings), slices.Clone(Symptoms)
	for i, key := range []string{"rating_0", "rating_1", "rating_2", "rating_3"} {
		t.ratings[i].Name = w.Get(key)
	}
	for i, key := range []string{"symptom_0", "symptom_1"} {
		t.symptoms[i].Name, t.symptoms[i].Code = w.Get(key), w.Get(key+"_code")
	}
}

// Relabelled is the template with some words of its workbooks in place of others, by the keys of package words.
func (t *Template) Relabelled(labels map[string]string) *Template {
	c := *t
	c.setWords(t.Words().With(labels))
	return &c
}

// Words are the words of the template's workbooks: English, unless the template comes from In.
func (t *Template) Words() *words.Words {
	if t.words == nil {
		return words.English()
	}
	return t.words
}

// Translated lists every text that a translation can give, with what the language's translation has for it; the
// template's own order. For the template's own language, and for one that it has not, no text is translated.
func (t *Template) Translated(tag string) []translation.Text {
	tr := t.Translations[tag]
	given := map[string]string{}
	tr.Each(func(key, text string) { given[key] = text })
	var out []translation.Text
	t.texts(func(key, text string, _ func(string)) {
		if text != "" {
			out = append(out, translation.Text{Key: key, Original: text, Text: given[key]})
		}
	})
	return out
}

// Gaps says what there is not in a language: the keys of the template's texts that are not translated, as
// Translated names them, and those of the labels of its workbooks.
func (t *Template) Gaps(lang string) (texts, labels []string) {
	tag, ok := t.Speaks(lang)
	if !ok {
		tag = lang
	}
	w, _ := words.For(tag)
	if ok && tag == t.Language {
		return nil, w.With(t.Labels).Gaps()
	}
	for _, x := range t.Translated(tag) {
		if x.Text == "" {
			texts = append(texts, x.Key)
		}
	}
	return texts, w.With(t.Translations[tag].Labels).Gaps()
}

// NamesIn are the template's names of what findings speak of, topics, criteria, choices and questions, by those that they
// have in its first language. It is empty for that language.
func (t *Template) NamesIn(lang string) map[string]string {
	if tag, ok := t.Speaks(lang); ok && tag == t.Language {
		return nil
	}
	in, out := t.In(lang), map[string]string{}
	name := func(was, is string) {
		if was != "" && is != "" {
			out[was] = is
		}
	}
	scales := func(was, is Scale) {
		for i := range was {
			name(was[i].Label(), is[i].Label())
		}
	}
	for i := range t.Topics {
		name(t.Topics[i].Name, in.Topics[i].Name)
	}
	for i := range t.Criteria {
		name(t.Criteria[i].Subject, in.Criteria[i].Subject)
		scales(t.Scale(&t.Criteria[i]), in.Scale(&in.Criteria[i]))
	}
	for i := range t.Questions {
		name(t.Questions[i].Text, in.Questions[i].Text)
	}
	name(NotApplicableLabel, in.NotApplicable())
	return out
}
