package models

import (
	"github.com/rubric-project/rubric/models/translation"
	"github.com/rubric-project/rubric/words"
)

// Template is an assessment framework as data: its scale, how criteria are grouped, the criteria with their
// descriptors, and how answers are scored. Values come from package templates, which checks them; code that
// receives a Template may rely on the tags below and on every id that is referred to being there.
type Template struct {
	// ID names the template in commands and files: lower-case letters, digits and hyphens.
	ID string `yaml:"id" json:"id" validate:"required,slug,max=40"`
	// Version changes whenever a ref, a level or a wording changes.
	Version string `yaml:"version" json:"version" validate:"required,max=20"`
	Title   string `yaml:"title" json:"title" validate:"required,max=120"`
	// Publisher, Source and Licence say whose model this is, where it is published and what may be done with it.
	Publisher string `yaml:"publisher" json:"publisher" validate:"required,max=200"`
	Source    string `yaml:"source" json:"source" validate:"required,max=500"`
	Licence   string `yaml:"licence" json:"licence" validate:"required,max=500"`
	// Wording says whether the descriptors are the published text or a summary of it.
	Wording string `yaml:"wording,omitempty" json:"wording,omitempty" validate:"max=500"`
	// About says how the assessment is meant to be carried out, to those who fill it in.
	About string `yaml:"about,omitempty" json:"about,omitempty" validate:"max=1500"`
	// Language is the BCP 47 tag of the texts, such as en-GB.
	Language string      `yaml:"language" json:"language" validate:"required,bcp47_language_tag"`
	Scoring  Scoring     `yaml:"scoring" json:"scoring"`
	Answers  AnswerRules `yaml:"answers,omitempty" json:"answers"`
	// Levels is the maturity scale, 2 to 10 steps, numbered upwards without gaps from 0 or 1.
	Levels   []Level     `yaml:"levels" json:"levels" validate:"min=2,max=10,dive"`
	Themes   []Theme     `yaml:"themes,omitempty" json:"themes,omitempty" validate:"max=40,dive"`
	Topics   []Topic     `yaml:"topics" json:"topics" validate:"min=1,max=40,dive"`
	Criteria []Criterion `yaml:"criteria" json:"criteria" validate:"min=1,max=1000,dive"`
	// Advice is shown as next steps and never rated.
	Advice []Advice `yaml:"advice,omitempty" json:"advice,omitempty" validate:"max=1000,dive"`
	// Questions are asked once, on the Start sheet, and never scored.
	Questions []Question `yaml:"questions,omitempty" json:"questions,omitempty" validate:"max=40,dive"`
	// Contradictions are answers that cannot both be right.
	Contradictions []Contradiction `yaml:"contradictions,omitempty" json:"contradictions,omitempty" validate:"max=1000,dive"`
	// Labels are words of the workbook itself in the template's own language, by the keys of
	// package words, for a language that rubric has no words of, or in place of some.
	Labels map[string]string `yaml:"labels,omitempty" json:"labels,omitempty" validate:"dive,required"`
	// Translations holds the texts in further languages, by BCP 47 tag, such as es or es-US.
	Translations map[string]translation.Translation `yaml:"translations,omitempty" json:"translations,omitempty" validate:"max=20,dive,keys,bcp47_language_tag,max=18,endkeys"`

	// words, ratings and symptoms are those of the language that In was asked for.
	words    *words.Words
	ratings  Scale
	symptoms Scale
}

// Level is a step of the maturity scale.
type Level struct {
	Number int    `yaml:"number" json:"number" validate:"min=0,max=10"`
	Name   string `yaml:"name" json:"name" validate:"required,max=60"`
	// AltName is a second published name of the same level, if it has one.
	AltName string `yaml:"alt_name,omitempty" json:"alt_name,omitempty" validate:"max=60"`
	Meaning string `yaml:"meaning" json:"meaning" validate:"required,max=400"`
}

// Theme is the second of the two ways criteria are grouped; a criterion has at most one. In a staged
// template a theme is a kind of section, and the criteria of one topic and one theme are a section.
type Theme struct {
	ID      string `yaml:"id" json:"id" validate:"required,ident,max=40"`
	Name    string `yaml:"name" json:"name" validate:"required,max=80"`
	Summary string `yaml:"summary,omitempty" json:"summary,omitempty" validate:"max=400"`
	// GatesNextLevel says that a section of this theme belongs to the level above its topic's:
	// the criteria for progression of level k are one more section of level k+1.
	GatesNextLevel bool `yaml:"gates_next_level,omitempty" json:"gates_next_level,omitempty"`
}

// Topic is the first of the two ways criteria are grouped; every criterion has exactly one.
type Topic struct {
	ID      string `yaml:"id" json:"id" validate:"required,ident,max=40"`
	Name    string `yaml:"name" json:"name" validate:"required,max=120"`
	Summary string `yaml:"summary,omitempty" json:"summary,omitempty" validate:"max=400"`
	// Level is the level whose sections this topic holds; only for templates scored staged or cumulative.
	Level *int `yaml:"level,omitempty" json:"level,omitempty" validate:"omitempty,min=0,max=10"`
	// Target is the level that the office sets as target for the topic's criteria, in place of the one for all.
	Target *int `yaml:"target,omitempty" json:"target,omitempty" validate:"omitempty,min=0,max=10"`
}

// Kind says how a criterion is answered.
type Kind string

// The kinds of criteria. The zero value is KindLevels.
const (
	// KindLevels: one of the template's levels, each with its descriptor; or a statement for all of them.
	KindLevels Kind = ""
	// KindStatement: not, partially, largely or fully in place (N-P-L-F, ISO/IEC 33020).
	KindStatement Kind = "statement"
	// KindSymptom: still true or not true here; shown as a risk and never scored.
	KindSymptom Kind = "symptom"
)

// Criterion is one thing that is assessed.
type Criterion struct {
	// Ref is its stable reference, such as 1.1 or L2-KC-03. It is text: 1.10 is not 1.1.
	Ref   string `yaml:"ref" json:"ref" validate:"required,ident,max=40"`
	Topic string `yaml:"topic" json:"topic" validate:"required"`
	Theme string `yaml:"theme,omitempty" json:"theme,omitempty"`
	Kind  Kind   `yaml:"kind,omitempty" json:"kind,omitempty" validate:"omitempty,oneof=statement symptom"`
	// Subject is a short speaking name, used as heading of columns and charts.
	Subject string `yaml:"subject" json:"subject" validate:"required,max=120"`
	// Statement is what is rated, for the kinds statement and symptom; for KindLevels it may stand in place of the
	// descriptors: then the levels mean for this criterion what they mean for all.
	Statement string `yaml:"statement,omitempty" json:"statement,omitempty" validate:"required_with=Kind,max=1000"`
	// Weight is the criterion's share in means, in thousandths at the finest; 0 stands for 1.
	Weight float64 `yaml:"weight,omitempty" json:"weight,omitempty" validate:"min=0,max=1000"`
	// Descriptors says what each level looks like, by level number; for KindLevels without a statement only.
	Descriptors map[int]string `yaml:"descriptors,omitempty" json:"descriptors,omitempty" validate:"dive,required,max=2000"`
	// Options words choices of the dropdown in place of the names of the scale's steps, by number; a step that is
	// not listed keeps its name. The code stays before it: 4 – Reviewed each year.
	Options map[int]string `yaml:"options,omitempty" json:"options,omitempty" validate:"dive,required,max=60"`
	// AppliesTo asks the criterion of some recipients only: by group column, the values it is asked of. All columns
	// named must match. Of the others it is not asked at all: it is neither blank nor "not applicable".
	AppliesTo map[string][]string `yaml:"applies_to,omitempty" json:"applies_to,omitempty" validate:"max=10,dive,keys,required,max=60,endkeys,min=1,max=200,unique,dive,required,max=200"`
	// NextSteps says, by number on the criterion's scale, what to do next for who stands there.
	NextSteps map[int]string `yaml:"next_steps,omitempty" json:"next_steps,omitempty" validate:"dive,required,max=1000"`
}

// Advice is a next step towards the level after the one it stands for; it is shown and never rated.
type Advice struct {
	Ref   string `yaml:"ref" json:"ref" validate:"required,ident,max=40"`
	Level int    `yaml:"level" json:"level" validate:"min=0,max=10"`
	Text  string `yaml:"text" json:"text" validate:"required,max=1000"`
}

// AnswerRules says what a respondent may and must fill in beside the level.
type AnswerRules struct {
	// NotApplicable offers "Not applicable" in the dropdown.
	NotApplicable bool `yaml:"not_applicable,omitempty" json:"not_applicable"`
	// Targets adds a dropdown for the level aimed at.
	Targets bool `yaml:"targets,omitempty" json:"targets"`
	// Target is the level that the office sets as target for everyone; a topic may have one of its own.
	Target *int `yaml:"target,omitempty" json:"target,omitempty" validate:"omitempty,min=0,max=10"`
	// CommentRequired and EvidenceRequired say for which answers a text must be given.
	CommentRequired  Requirement `yaml:"comment_required,omitempty" json:"comment_required"`
	EvidenceRequired Requirement `yaml:"evidence_required,omitempty" json:"evidence_required"`
}

// Requirement says for which answers something must be given. The zero value requires nothing.
type Requirement struct {
	// NotApplicable: for the answer "Not applicable".
	NotApplicable bool `yaml:"not_applicable,omitempty" json:"not_applicable,omitempty"`
	// FromLevel: for this number on the criterion's scale and every higher one.
	FromLevel *int `yaml:"from_level,omitempty" json:"from_level,omitempty" validate:"omitempty,min=0,max=10"`
}

// For says whether the requirement holds for the answer c. A blank answer requires nothing.
func (r Requirement) For(c Choice) bool {
	if c.IsNotApplicable() {
		return r.NotApplicable
	}
	n, ok := c.Number()
	return ok && r.FromLevel != nil && n >= *r.FromLevel
}

// Scored says whether the criterion counts in scores: all do but symptoms.
func (c *Criterion) Scored() bool { return c.Kind != KindSymptom }

// EffectiveWeight is the weight in whole thousandths, so that sums of weights are exact: 1000 for weight 1,
// and for the weight that is not given.
func (c *Criterion) EffectiveWeight() int64 {
	if c.Weight == 0 {
		return 1000
	}
	return int64(c.Weight*1000 + 0.5)
}

// TargetFor is the number on the criterion's scale that the office sets as target for everyone, and whether there is
// one: the topic's own, or else the one for all. Symptoms have none.
func (t *Template) TargetFor(c *Criterion) (int, bool) {
	if !c.Scored() {
		return 0, false
	}
	if tp, _ := t.Topic(c.Topic); tp.Target != nil {
		return *tp.Target, true
	}
	if t.Answers.Target != nil {
		return *t.Answers.Target, true
	}
	return 0, false
}

// Text is what a respondent rates or reads first: the statement, or for KindLevels the subject.
func (c *Criterion) Text() string {
	if c.Statement != "" {
		return c.Statement
	}
	return c.Subject
}

// Level finds a level by number.
func (t *Template) Level(number int) (Level, bool) {
	for _, l := range t.Levels {
		if l.Number == number {
			return l, true
		}
	}
	return Level{}, false
}

// Topic finds a topic by id.
func (t *Template) Topic(id string) (Topic, bool) {
	for _, x := range t.Topics {
		if x.ID == id {
			return x, true
		}
	}
	return Topic{}, false
}

// Theme finds a theme by id.
func (t *Template) Theme(id string) (Theme, bool) {
	for _, x := range t.Themes {
		if x.ID == id {
			return x, true
		}
	}
	return Theme{}, false
}

// Criterion finds a criterion by ref, or returns nil.
func (t *Template) Criterion(ref string) *Criterion {
	for i := range t.Criteria {
		if t.Criteria[i].Ref == ref {
			return &t.Criteria[i]
		}
	}
	return nil
}

// CriteriaOf lists the criteria of a topic, of a theme, or of both, in template order; an empty id matches all.
func (t *Template) CriteriaOf(topic, theme string) []*Criterion {
	var out []*Criterion
	for i := range t.Criteria {
		c := &t.Criteria[i]
		if (topic == "" || c.Topic == topic) && (theme == "" || c.Theme == theme) {
			out = append(out, c)
		}
	}
	return out
}

// AdviceFor lists the next steps for an organisation that stands at the given level.
func (t *Template) AdviceFor(level int) []Advice {
	var out []Advice
	for _, a := range t.Advice {
		if a.Level == level {
			out = append(out, a)
		}
	}
	return out
}

// Edition is a template in one of its versions.
type Edition struct {
	ID      string `yaml:"id" json:"id" validate:"required,slug,max=40"`
	Version string `yaml:"version" json:"version" validate:"required,max=20"`
}

// String writes the edition for people: uk-dmm 1.0.
func (e Edition) String() string { return e.ID + " " + e.Version }

// Edition says which template this is.
func (t *Template) Edition() Edition { return Edition{t.ID, t.Version} }
