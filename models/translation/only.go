package translation

import (
	"maps"
	"strconv"
)

// Only is a copy that holds the texts whose key is kept, and all labels. The keys are those of Each.
func (tr *Translation) Only(keep func(key string) bool) Translation {
	one := func(key, s string) string {
		if keep(key) {
			return s
		}
		return ""
	}
	numbered := func(key string, m map[int]string) map[int]string {
		out := map[int]string{}
		for n, s := range m {
			if keep(key + " " + strconv.Itoa(n)) {
				out[n] = s
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	}
	out := Translation{Title: one("title", tr.Title), Licence: one("licence", tr.Licence), Wording: one("wording", tr.Wording), About: one("about", tr.About), Labels: maps.Clone(tr.Labels)}
	for n, x := range tr.Levels {
		key := "levels " + strconv.Itoa(n)
		put(&out.Levels, n, LevelTexts{one(key+" name", x.Name), one(key+" alt_name", x.AltName), one(key+" meaning", x.Meaning)}, x.Name+x.AltName+x.Meaning)
	}
	groups := func(part string, from map[string]GroupTexts, to *map[string]GroupTexts) {
		for id, x := range from {
			key := part + " " + id
			put(to, id, GroupTexts{one(key+" name", x.Name), one(key+" summary", x.Summary)}, x.Name+x.Summary)
		}
	}
	groups("themes", tr.Themes, &out.Themes)
	groups("topics", tr.Topics, &out.Topics)
	for ref, x := range tr.Criteria {
		key := "criteria " + ref
		kept := CriterionTexts{one(key+" subject", x.Subject), one(key+" statement", x.Statement), numbered(key+" descriptors", x.Descriptors), numbered(key+" options", x.Options), numbered(key+" next_steps", x.NextSteps)}
		if kept.Subject+kept.Statement != "" || kept.Descriptors != nil || kept.Options != nil || kept.NextSteps != nil {
			put(&out.Criteria, ref, kept, ref)
		}
	}
	for ref, s := range tr.Advice {
		if keep("advice " + ref) {
			put(&out.Advice, ref, s, s)
		}
	}
	for id, x := range tr.Questions {
		key := "questions " + id
		put(&out.Questions, id, QuestionTexts{one(key+" text", x.Text), one(key+" help", x.Help), numbered(key+" options", x.Options)}, id)
	}
	return out
}

// put sets an entry of a map that may not be there yet, where there is something to set.
func put[K comparable, V any](m *map[K]V, key K, value V, said string) {
	if said == "" {
		return
	}
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = value
}
