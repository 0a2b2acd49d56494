package models

import "github.com/rubric-project/rubric/models/translation"

// KeepTranslations takes over the translations of another template, whose texts t had before some were replaced: each
// text whose original is still the same, and the labels. It returns, by language, how many were dropped.
func (t *Template) KeepTranslations(from *Template) (dropped map[string]int) {
	was, same := map[string]string{}, map[string]bool{}
	from.texts(func(key, text string, _ func(string)) { was[key] = text })
	t.texts(func(key, text string, _ func(string)) { same[key] = text != "" && was[key] == text })
	dropped = map[string]int{}
	for tag, tr := range from.Translations {
		kept := tr.Only(func(key string) bool { return same[key] })
		before, after := 0, 0
		count := func(n *int) func(string, string) {
			return func(_, text string) {
				if text != "" {
					*n++
				}
			}
		}
		tr.Each(count(&before))
		kept.Each(count(&after))
		if before > after {
			dropped[tag] = before - after
		}
		if after+len(kept.Labels) > 0 {
			if t.Translations == nil {
				t.Translations = map[string]translation.Translation{}
			}
			t.Translations[tag] = kept
		}
	}
	return dropped
}
