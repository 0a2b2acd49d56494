package templates

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/translation"
	"github.com/rubric-project/rubric/words"
)

// labels checks the template's own words for its workbooks.
func (c checker) labels() {
	w, _ := words.For(c.t.Language)
	c.labelsOf(w, c.t.Labels, "labels")
}

// labelsOf checks labels in place of the words w; at leads to them.
func (c checker) labelsOf(w *words.Words, labels map[string]string, at ...any) {
	path := func(key string) []any {
		return append(slices.Clone(at[:len(at)-1]), fmt.Sprintf("%s[%s]", at[len(at)-1], key))
	}
	var known []string
	for _, k := range words.Keys() {
		known = append(known, k.Name)
	}
	for _, key := range slices.Sorted(maps.Keys(labels)) {
		if c.Wrong(path(key)...) {
			continue
		}
		if !slices.Contains(known, key) {
			c.AddKey(fmt.Sprintf("there is no label %q", key), text.DidYouMean(key, known), path(key)...)
		} else if message, remedy := words.Problem(key, labels[key]); message != "" {
			c.Add(message, remedy, path(key)...)
		}
	}
	w = w.With(labels)
	for _, alike := range distinctLabels {
		first := newSeen()
		for _, key := range alike {
			was, again := first.add(w.Get(key), key)
			if !again || labels[key] == "" && labels[was[0].(string)] == "" {
				continue
			}
			other := was[0].(string)
			if labels[key] == "" {
				key, other = other, key
			}
			if !c.Wrong(path(key)...) {
				c.Add(fmt.Sprintf("labels %s and %s are the same: %q", other, key, w.Get(key)), "say what tells them apart; answers are found by them", path(key)...)
			}
		}
	}
	for _, key := range []string{"sheet_start", "sheet_assessment", "sheet_results"} {
		if s := strings.ToLower(labels[key]); (s == "lists" || s == "rubric") && !c.Wrong(path(key)...) {
			c.Add(fmt.Sprintf("label %s is %q, which is the name of a hidden sheet", key, labels[key]), "choose another name", path(key)...)
		}
	}
}

// distinctLabels are the labels that must differ from one another, since returns are read by them.
var distinctLabels = [][]string{
	{"sheet_start", "sheet_assessment", "sheet_results"},
	{"column_ref", "column_theme", "column_criterion", "column_statement", "column_level", "column_target", "column_evidence", "column_comment", "column_status"},
	{"column_rating", "column_ref", "column_theme", "column_criterion", "column_statement", "column_target", "column_evidence", "column_comment", "column_status"},
	{"organisation", "reference", "completed_by", "role", "date_completed", "signed_off_by"},
	{"rating_0", "rating_1", "rating_2", "rating_3", "not_applicable"},
	{"symptom_0", "symptom_1", "not_applicable"},
	{"symptom_0_code", "symptom_1_code"},
	{"status_answer", "status_list", "status_comment", "status_evidence", "status_target", "status_done"},
}

// translations checks that what is translated is there, and that a language is given once.
func (c checker) translations() {
	if c.Wrong("levels") || c.Wrong("criteria") || c.Wrong("topics") || c.Wrong("themes") || c.Wrong("advice") || c.Wrong("questions") {
		return // what is unknown cannot be told
	}
	original := map[string]string{}
	for _, x := range c.t.Translated("") {
		original[x.Key] = x.Original
	}
	tags := newSeen()
	tags.add(c.t.Language, "language")
	for _, tag := range slices.Sorted(maps.Keys(c.t.Translations)) {
		at := fmt.Sprintf("translations[%s]", tag)
		if c.Wrong(at) {
			continue
		}
		if first, again := tags.add(tag, at); again {
			what := "is given a second time"
			if first[0] == "language" {
				what = "is the template's own"
			}
			c.AddKey(fmt.Sprintf("the language %s %s", tag, what), "remove it, or correct the tag", at)
			continue
		}
		tr := c.t.Translations[tag]
		unknown := c.unknownInTranslation(at, tr)
		texts := tr.Texts()
		for _, key := range slices.Sorted(maps.Keys(texts)) {
			path := translationPath(at, key)
			switch {
			case texts[key] == "" || slices.ContainsFunc(unknown, func(u string) bool { return strings.HasPrefix(key, u+" ") || key == u }) || c.Wrong(path...):
			case original[key] == "":
				c.AddKey(fmt.Sprintf("the template has no text %q to translate", key), "remove it, or add the text to the template first", path...)
			case inOneLine(key) && strings.ContainsAny(texts[key], "\n\r\t"):
				c.Add(fmt.Sprintf("the translation of %q holds a line break or a tab", key), "write it in one line", path...)
			}
		}
		c.distinctNames(at, c.t.In(tag))
		w, _ := words.For(tag)
		c.labelsOf(w, tr.Labels, at, "labels")
	}
}

// translationPath leads to a text of a translation, from its key as Template.Translated names it.
func translationPath(at, key string) []any {
	parts := strings.Fields(key)
	path := []any{at}
	switch {
	case len(parts) == 1:
		return append(path, parts[0])
	case len(parts) == 2:
		return append(path, fmt.Sprintf("%s[%s]", parts[0], parts[1]))
	case len(parts) == 4:
		return append(path, fmt.Sprintf("%s[%s]", parts[0], parts[1]), fmt.Sprintf("%s[%s]", parts[2], parts[3]))
	}
	return append(path, fmt.Sprintf("%s[%s]", parts[0], parts[1]), parts[2])
}

// inOneLine says whether a text stands in single lines of sheets and charts.
func inOneLine(key string) bool {
	return key == "title" || strings.HasSuffix(key, " name") || strings.HasSuffix(key, " alt_name") || strings.HasSuffix(key, " subject") ||
		strings.Contains(key, " options ")
}

// unknownInTranslation reports what is translated and is not in the template, and gives the beginnings of its keys.
func (c checker) unknownInTranslation(at string, tr translation.Translation) (unknown []string) {
	check := func(part, what string, have, known []string) {
		for _, id := range have {
			if slices.Contains(known, id) {
				continue
			}
			unknown = append(unknown, part+" "+id)
			c.AddKey(fmt.Sprintf("the template has no %s %q", what, id), text.DidYouMean(id, known), at, fmt.Sprintf("%s[%s]", part, id))
		}
	}
	var levels, haveLevels, refs, advice, questions []string
	for _, l := range c.t.Levels {
		levels = append(levels, fmt.Sprint(l.Number))
	}
	for n := range tr.Levels {
		haveLevels = append(haveLevels, fmt.Sprint(n))
	}
	slices.Sort(haveLevels)
	for _, x := range c.t.Criteria {
		refs = append(refs, x.Ref)
	}
	for _, x := range c.t.Advice {
		advice = append(advice, x.Ref)
	}
	for _, x := range c.t.Questions {
		questions = append(questions, x.ID)
	}
	check("levels", "level", haveLevels, levels)
	check("topics", "topic", slices.Sorted(maps.Keys(tr.Topics)), c.topicIDs())
	check("themes", "theme", slices.Sorted(maps.Keys(tr.Themes)), c.themeIDs())
	check("criteria", "criterion", slices.Sorted(maps.Keys(tr.Criteria)), refs)
	check("advice", "advice", slices.Sorted(maps.Keys(tr.Advice)), advice)
	check("questions", "question", slices.Sorted(maps.Keys(tr.Questions)), questions)
	return unknown
}

// distinctNames checks that levels, topics and themes can be told apart in a language, as they can in the original.
func (c checker) distinctNames(at string, in *models.Template) {
	levels, topics, themes := newSeen(), newSeen(), newSeen()
	twice := func(s seen, text, key string) {
		path := translationPath(at, key)
		if _, again := s.add(text, path...); again && c.Has(path...) && !c.Wrong(path...) {
			c.Add(fmt.Sprintf("the name %q is used a second time", text), "each must be used once in a language", path...)
		}
	}
	for _, l := range in.Levels {
		twice(levels, l.Name, fmt.Sprintf("levels %d name", l.Number))
	}
	for _, x := range in.Topics {
		twice(topics, x.Name, "topics "+x.ID+" name")
	}
	for _, x := range in.Themes {
		twice(themes, x.Name, "themes "+x.ID+" name")
	}
}
