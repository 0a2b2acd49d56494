package models

import (
	"maps"
	"slices"
	"strconv"
)

// texts goes through every text that a translation can give; set changes it. The keys are those of the YAML file.
func (t *Template) texts(each func(key, text string, set func(string))) {
	one := func(key string, s *string) { each(key, *s, func(x string) { *s = x }) }
	numbered := func(key string, m map[int]string) {
		for _, n := range slices.Sorted(maps.Keys(m)) {
			each(key+" "+strconv.Itoa(n), m[n], func(x string) { m[n] = x })
		}
	}
	one("title", &t.Title)
	one("licence", &t.Licence)
	one("wording", &t.Wording)
	one("about", &t.About)
	for i := range t.Levels {
		x, key := &t.Levels[i], "levels "+strconv.Itoa(t.Levels[i].Number)
		one(key+" name", &x.Name)
		one(key+" alt_name", &x.AltName)
		one(key+" meaning", &x.Meaning)
	}
	for i := range t.Themes {
		x, key := &t.Themes[i], "themes "+t.Themes[i].ID
		one(key+" name", &x.Name)
		one(key+" summary", &x.Summary)
	}
	for i := range t.Topics {
		x, key := &t.Topics[i], "topics "+t.Topics[i].ID
		one(key+" name", &x.Name)
		one(key+" summary", &x.Summary)
	}
	for i := range t.Criteria {
		x, key := &t.Criteria[i], "criteria "+t.Criteria[i].Ref
		one(key+" subject", &x.Subject)
		one(key+" statement", &x.Statement)
		numbered(key+" descriptors", x.Descriptors)
		numbered(key+" options", x.Options)
		numbered(key+" next_steps", x.NextSteps)
	}
	for i := range t.Advice {
		one("advice "+t.Advice[i].Ref, &t.Advice[i].Text)
	}
	for i := range t.Questions {
		x, key := &t.Questions[i], "questions "+t.Questions[i].ID
		one(key+" text", &x.Text)
		one(key+" help", &x.Help)
		for k := range x.Options {
			one(key+" options "+strconv.Itoa(k+1), &x.Options[k])
		}
	}
}

// texts goes through the texts of a translation, with the keys of Template.texts; labels are not among them.
func (tr *Translation) texts(each func(key, text string)) {
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
