package desk

import (
	"cmp"
	"errors"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/words"
)

// newLookPage is the fourth step.
type newLookPage struct {
	Key       string
	Languages []listChoice
	Papers    []listChoice
	Inputs    []input
	// Logo is the name of the file that was given; Accent the colour in force.
	Logo, LogoWhy, Accent string
}

// defaultAccent is the colour of workbooks and summaries where no other is said.
const defaultAccent = "#1b5e7d"

func (d *Desk) newLook(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	return c.showNewLook(dr, nil)
}

// languageNames are languages as their speakers call them, for those that rubric has words in.
var languageNames = map[string]string{"en": "English (Great Britain)", "en-GB": "English (Great Britain)", "en-US": "English (United States)", "es": "español"}

// languageChoices are the languages that workbooks can be in, of which lang is chosen.
func (c *call) languageChoices(t *models.Template, lang string) (out []listChoice) {
	tags := append([]string{t.Language}, t.Languages()...)
	for _, tag := range words.Languages() {
		if tag != "en" {
			tags = append(tags, tag)
		}
	}
	seen := map[string]bool{}
	for _, tag := range tags {
		if seen[tag] {
			continue
		}
		seen[tag] = true
		name := cmp.Or(languageNames[tag], tag)
		if _, ok := t.Speaks(tag); !ok {
			name += " · " + c.T("the template's texts stay in %s", t.Language)
		}
		out = append(out, listChoice{tag, name, tag == lang})
	}
	if !slices.ContainsFunc(out, func(x listChoice) bool { return x.Here }) {
		out = append(out, listChoice{lang, lang, true})
	}
	return out
}

func (c *call) showNewLook(dr *draft, errs []formError) (answer, error) {
	if dr.Template == "" {
		return redirect(newTo("template", dr)), nil
	}
	_, t, err := office.TemplateNamed(dr.Template)
	if err != nil {
		return answer{}, err
	}
	lang, paper := dr.Look.Language, dr.Look.Paper
	if lang == "" {
		lang = t.Language
	}
	if paper == "" {
		paper = office.PaperFor("", t)
	}
	data := newLookPage{Key: dr.key, Logo: base(dr.Look.Logo), Accent: dr.Look.Accent,
		Papers: c.choices(paper, "a4", "A4", "letter", c.T("US letter"))}
	data.Languages = c.languageChoices(t, lang)
	data.Inputs = inputsWith([]input{
		{ID: "accent", Label: c.T("Colour of headings and bars"), Hint: c.T("Six digits after #, such as %s, which is used where you give none.", defaultAccent), Value: dr.Look.Accent, Size: 10},
		{ID: "header", Label: c.T("Line at the top of each printed page"), Value: dr.Look.Header, Size: 50},
		{ID: "footer", Label: c.T("Line at the bottom of each printed page"), Value: dr.Look.Footer, Size: 50},
		{ID: "marking", Label: c.T("Protective marking, if your office uses one"), Hint: c.T("Such as OFFICIAL. It stands on workbooks, summaries and messages."), Value: dr.Look.Marking, Size: 20}}, errs)
	if data.Accent == "" {
		data.Accent = defaultAccent
	}
	h := c.newHead("look", dr, c.T("How shall it look?"), c.T("All of it may stay as it is. The words of the messages are changed when you send."))
	if h.Errors = errs; len(errs) > 0 {
		for _, e := range errs {
			if e.Field == "logo" {
				data.LogoWhy = e.Text
			}
		}
		data.Accent = defaultAccent
		return c.wrong("new-look", h, data), nil
	}
	return c.show("new-look", h, data), nil
}

// giveLook takes the fourth step.
func (d *Desk) giveLook(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	x, err := c.takeUpload()
	if errors.Is(err, errTooLarge) {
		return answer{}, tooLargeFile()
	}
	if err != nil {
		return answer{}, err
	}
	logo := dr.Look.Logo
	if x.field("without-logo") != "" {
		logo = ""
	}
	if file := x.file("logo"); file != "" {
		logo = file
	}
	dr.Look = draftLook{Language: x.field("language"), Paper: x.field("paper"), Accent: x.field("accent"), Logo: logo, Header: x.field("header"),
		Footer: x.field("footer"), Marking: x.field("marking")}
	errs, err := c.wrongIn(dr, "accent", "header", "footer", "marking", "language", "paper", "logo")
	if err != nil {
		return answer{}, err
	}
	if slices.ContainsFunc(errs, func(e formError) bool { return e.Field == "logo" }) {
		dr.Look.Logo = ""
	}
	if dr.done["look"] = len(errs) == 0; len(errs) > 0 {
		return c.showNewLook(dr, errs)
	}
	return redirect(newTo("check", dr)), nil
}
