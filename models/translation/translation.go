// Package translation holds the texts of a template in another language as types. models.Template has one for each language,
// and puts them in place of its own.
package translation

import (
	"strconv"
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

// Text is one text of a template that a translation can give.
type Text struct {
	// Key says which it is, in the order of the YAML file's keys and separated by spaces, since ids have none:
	// "criteria 1.10 descriptors 3".
	Key string
	// Original is the template's own text; Text is the one in the other language, "" where it is missing.
	Original, Text string
}

// Texts lists the texts that a translation has, by the keys of Text, in no order.
func (tr *Translation) Texts() map[string]string {
	out := map[string]string{}
	tr.Each(func(key, text string) { out[key] = text })
	return out
}

// Each goes through the texts of a translation, with the keys of Text; labels are not among them.
func (tr *Translation) Each(each func(key, text string)) {
	numbered := func(key string, m map[int]string) {
		for n, s := range m {
			each(key+" "+strconv.Itoa(n), s)
		}
	}
	each("title", tr.Title)
	each("licence", tr.Licence)
	each("wording", tr.Wording)
	each("about", tr.About)
	for n, x := range tr.Levels {
		key := "levels " + strconv.Itoa(n)
		each(key+" name", x.Name)
		each(key+" alt_name", x.AltName)
		each(key+" meaning", x.Meaning)
	}
	for part, list := range map[string]map[string]GroupTexts{"themes": tr.Themes, "topics": tr.Topics} {
		for id, x := range list {
			each(part+" "+id+" name", x.Name)
			each(part+" "+id+" summary", x.Summary)
		}
	}
	for ref, x := range tr.Criteria {
		key := "criteria " + ref
		each(key+" subject", x.Subject)
		each(key+" statement", x.Statement)
		numbered(key+" descriptors", x.Descriptors)
		numbered(key+" options", x.Options)
		numbered(key+" next_steps", x.NextSteps)
	}
	for id, x := range tr.Questions {
		key := "questions " + id
		each(key+" text", x.Text)
		each(key+" help", x.Help)
		numbered(key+" options", x.Options)
	}
	for ref, s := range tr.Advice {
		each("advice "+ref, s)
	}
}
