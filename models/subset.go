package models

// Only is the template with no other criteria than those to keep, and no topics and themes without one: what a
// workbook holds that is for a part of the criteria. It is the template itself where all are kept. Levels, rules
// and all texts stay; the two share what they have in common, which nobody changes.
func (t *Template) Only(keep func(c *Criterion) bool) *Template {
	var criteria []Criterion
	topics, themes := map[string]bool{}, map[string]bool{}
	for i := range t.Criteria {
		if c := &t.Criteria[i]; keep(c) {
			criteria = append(criteria, *c)
			topics[c.Topic], themes[c.Theme] = true, true
		}
	}
	if len(criteria) == len(t.Criteria) {
		return t
	}
	out := *t
	out.Criteria, out.Topics, out.Themes = criteria, nil, nil
	for _, x := range t.Topics {
		if topics[x.ID] {
			out.Topics = append(out.Topics, x)
		}
	}
	for _, x := range t.Themes {
		if themes[x.ID] {
			out.Themes = append(out.Themes, x)
		}
	}
	return &out
}
