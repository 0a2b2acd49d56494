package models

import (
	"time"

	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/words"
)

// Round is round.yaml: one collection, from issue to report.
type Round struct {
	// ID tells this round's workbooks from another's. It is made by init and must not be changed afterwards.
	ID    string `yaml:"id" json:"id" validate:"required,slug,max=60"`
	Title string `yaml:"title" json:"title" validate:"required,max=120"`
	// Organiser is the office that runs the round.
	Organiser string `yaml:"organiser,omitempty" json:"organiser,omitempty" validate:"max=120"`
	// Template is the id of the template that init copied in; template.yaml is what counts.
	Template string `yaml:"template" json:"template" validate:"required,slug"`
	Issued   Date   `yaml:"issued" json:"issued" validate:"required"`
	Due      Date   `yaml:"due" json:"due" validate:"required"`
	// PlansDue is when the action plans are to be back; zero where there is no day for them.
	PlansDue Date    `yaml:"plans_due,omitempty" json:"plans_due,omitzero"`
	Contact  Contact `yaml:"contact,omitempty" json:"contact"`
	ReplyTo  string  `yaml:"reply_to,omitempty" json:"reply_to,omitempty" validate:"omitempty,email"`
	Paper    string  `yaml:"paper" json:"paper" validate:"required,oneof=a4 letter"`
	Language string  `yaml:"language" json:"language" validate:"required,bcp47_language_tag"`
	// Groups names the columns of the recipients list by which recipients are compared.
	Groups []string `yaml:"groups,omitempty" json:"groups,omitempty" validate:"max=10,unique,dive,required,max=60"`
	// Columns names headings of the recipients list that stand for id, name, email or contact, as they were given when the
	// round was made: a list that is put in its place later has the same.
	Columns map[string]string `yaml:"columns,omitempty" json:"columns,omitempty" validate:"max=4,dive,keys,oneof=id name email contact,endkeys,required,max=200"`
	// MinimumGroup is the number of returns below which a group's figures are suppressed; 0 stands for 5.
	MinimumGroup int `yaml:"minimum_group,omitempty" json:"minimum_group,omitempty" validate:"min=0,max=1000"`
	// Scoring overrides the template's scoring.
	Scoring *Scoring `yaml:"scoring,omitempty" json:"scoring,omitempty"`
	// Prefer says which of several returns of one recipient counts: latest (the default) or first.
	Prefer string `yaml:"prefer,omitempty" json:"prefer,omitempty" validate:"omitempty,oneof=latest first"`
	// Completeness is the share of its criteria, in per cent, that a recipient must have answered for its return to count;
	// "not applicable" is an answer. 0 asks for nothing.
	Completeness int `yaml:"completeness,omitempty" json:"completeness,omitempty" validate:"min=0,max=100"`
	// WorkbookPassword opens returns that were saved with a password; the variable RUBRIC_WORKBOOK_PASSWORD does, where
	// it is not given.
	WorkbookPassword string `yaml:"workbook_password,omitempty" json:"-" validate:"max=255"`
	// Limits are what reading one return may cost, where the defaults are too little for a genuine file.
	Limits settings.ReadLimits `yaml:"limits,omitempty" json:"-"`
	Look   settings.Look       `yaml:"look,omitempty" json:"look"`
	// Fonts are font files of the folder for names in scripts that the reports' typeface does not have, such as Arabic: TrueType,
	// or one face of a TrueType collection, after #.
	Fonts []string `yaml:"fonts,omitempty" json:"fonts,omitempty" validate:"max=20,unique,dive,required,max=200"`
	// Reminders are when those are reminded of whom something is missing.
	Reminders settings.Reminders `yaml:"reminders,omitempty" json:"reminders,omitzero"`
	// Views are how the views of several respondents are shown.
	Views settings.Views `yaml:"views,omitempty" json:"views,omitzero"`
	// Meeting is where the action plans are decided on, as calendar entries have it.
	Meeting settings.Meeting `yaml:"meeting,omitempty" json:"meeting,omitzero"`
	// Calendar says that messages carry an entry for the calendar: the due date, and the meeting.
	Calendar bool `yaml:"calendar,omitempty" json:"calendar,omitempty"`
	// Mail is how messages leave; not needed where the workbooks go another way.
	Mail settings.Mail `yaml:"mail,omitempty" json:"mail"`
}

// Contact is whom a recipient asks.
type Contact struct {
	Name  string `yaml:"name,omitempty" json:"name,omitempty" validate:"max=120"`
	Email string `yaml:"email,omitempty" json:"email,omitempty" validate:"omitempty,email"`
	Phone string `yaml:"phone,omitempty" json:"phone,omitempty" validate:"max=40"`
}

// defaultMinimumGroup is the number of returns below which a group's figures are suppressed.
const defaultMinimumGroup = 5

// SmallestGroup is MinimumGroup, or its default where it is not given.
func (r *Round) SmallestGroup() int {
	if r.MinimumGroup == 0 {
		return defaultMinimumGroup
	}
	return r.MinimumGroup
}

// ScoringFor is the scoring in force: the round's own, or else the template's.
func (r *Round) ScoringFor(t *Template) Scoring {
	if r.Scoring != nil {
		return *r.Scoring
	}
	return t.Scoring
}

// Words are those of the round's language, or English ones where there are none of it.
func (r *Round) Words() *words.Words {
	w, _ := words.For(r.Language)
	return w
}

// Called is what workbooks and reports of a later round call this one: its title and due date, in its own language.
func (r *Round) Called() string { return r.Title + ", " + r.Due.In(r.Language) }

// Date is a day without a time, written 2026-11-22.
type Date struct{ time.Time }

// String writes the date year-month-day, or "" for none.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.DateOnly)
}

// Long writes the date as findings and the office's own tables have it: 22 November 2026.
func (d Date) Long() string { return d.Format("2 January 2006") }

// In writes the date as recipients read it in a language: November 22, 2026 in en-US.
func (d Date) In(lang string) string {
	w, _ := words.For(lang)
	return w.Date(d.Time)
}

// MarshalText writes the date year-month-day.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a date as ParseDate does.
func (d *Date) UnmarshalText(b []byte) error {
	x, err := ParseDate(string(b))
	*d = x
	return err
}
