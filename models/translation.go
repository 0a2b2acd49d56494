package models

import (
	"maps"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/words"
)

// Translation is a template's texts in another language. What is missing stays in the template's own language.
type Translation struct {
	Title   string `yaml:"title,omitempty" json:"title,omitempty" validate:"max=120"`
	Licence string `yaml:"licence,omitempty" json:"licence,omitempty" validate:"max=500"`
	Wording string `yaml:"wording,omitempty" json:"wording,omitempty" validate:"max=500"`
	About   string `yaml:"about,omitempty" json:"about,omitempty" validate:"max=1500"`
	// Levels holds the texts of the levels by number, Themes and Topics by id, Criteria and Advice by ref.
	Levels   map[int]LevelTexts        `yaml:"levels,omitempty" json:"levels,omitempty" validate:"dive"`
	Themes   map[string]GroupTexts     `yaml:"themes,omitempty" json:"themes,omitempty" validate:"dive"`
	Topics   map[string]GroupTexts     `yaml:"topics,omitempty" json:"topics,omitempty" validate:"dive"`
	Criteria map[string]CriterionTexts `yaml:"criteria,omitempty" json:"criteria,omitempty" validate:"dive"`
	Advice   map[string]string         `yaml:"advice,omitempty" json:"advice,omitempty" validate:"dive,required,max=1000"`
	// Questions holds the texts of the questions by id.
	Questions map[string]QuestionTexts `yaml:"questions,omitempty" json:"questions,omitempty" validate:"dive"`
	// Labels are words of the workbook itself in this language, by the keys of package words: all of them
	// for a language that rubric has no words of, or some in place of others.
	Labels map[string]string `yaml:"labels,omitempty" json:"labels,omitempty" validate:"dive,required"`
}

// LevelTexts is the texts of a level in another language.
type LevelTexts struct {
	Name    string `yaml:"name,omitempty" json:"name,omitempty" validate:"max=60"`
	AltName string `yaml:"alt_name,omitempty" json:"alt_name,omitempty" validate:"max=60"`
	Meaning string `yaml:"meaning,omitempty" json:"meaning,omitempty" validate:"max=400"`
}

// GroupTexts is the texts of a topic or a theme in another language.
type GroupTexts struct {
	Name    string `yaml:"name,omitempty" json:"name,omitempty" validate:"max=120"`
	Summary string `yaml:"summary,omitempty" json:"summary,omitempty" validate:"max=400"`
}

// CriterionTexts is the texts of a criterion in another language.
type CriterionTexts struct {
	Subject     string         `yaml:"subject,omitempty" json:"subject,omitempty" validate:"max=120"`
	Statement   string         `yaml:"statement,omitempty" json:"statement,omitempty" validate:"max=1000"`
	Descriptors map[int]string `yaml:"descriptors,omitempty" json:"descriptors,omitempty" validate:"dive,required,max=2000"`
	Options     map[int]string `yaml:"options,omitempty" json:"options,omitempty" validate:"dive,required,max=60"`
	NextSteps   map[int]string `yaml:"next_steps,omitempty" json:"next_steps,omitempty" validate:"dive,required,max=1000"`
}

// QuestionTexts is the texts of a question in another language.
type QuestionTexts struct {
	Text string `yaml:"text,omitempty" json:"text,omitempty" validate:"max=300"`
	Help string `yaml:"help,omitempty" json:"help,omitempty" validate:"max=200"`
	// Options are the answers to choose from by their place in the template's list, counted from 1.
	Options map[int]string `yaml:"options,omitempty" json:"options,omitempty" validate:"dive,required,max=120"`
}

// TranslatedText is one text of a template that a translation can give.
type TranslatedText struct {
	// Key says which it is, in the order of the YAML file's keys and separated by spaces, since ids have none:
	// "criteria 1.10 descriptors 3".
	Key string
	// Original is the template's own text; Text is the one in the other language, "" where it is missing.
	Original, Text string
}

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
	tr.texts(func(key, text string) { given[key] = text })
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
func (t *Template) Translated(tag string) []TranslatedText {
	tr := t.Translations[tag]
	given := map[string]string{}
	tr.texts(func(key, text string) { given[key] = text })
	var out []TranslatedText
	t.texts(func(key, text string, _ func(string)) {
		if text != "" {
			out = append(out, TranslatedText{key, text, given[key]})
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

// Texts lists the texts that a translation has, in the form of Translated, in no order.
func (tr *Translation) Texts() map[string]string {
	out := map[string]string{}
	tr.texts(func(key, text string) { out[key] = text })
	return out
}
