package models

import (
	"maps"
	"slices"
	"strings"
)

// Applies says whether the criterion is asked of a recipient with these group values: of all where AppliesTo is
// empty, else where each column that it names holds one of the values listed, regardless of case and of spaces at
// the ends.
func (c *Criterion) Applies(groups map[string]string) bool {
	for column, values := range c.AppliesTo {
		have := strings.TrimSpace(groupValue(groups, column))
		if !slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(strings.TrimSpace(v), have) }) {
			return false
		}
	}
	return true
}

// groupValue finds a column's value, also under a heading that differs in capital letters or spaces at the ends.
func groupValue(groups map[string]string, column string) string {
	if v, ok := groups[column]; ok {
		return v
	}
	best, found := "", ""
	for name, v := range groups {
		if strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(column)) && (best == "" || name < best) {
			best, found = name, v
		}
	}
	return found
}

// Selective says whether some criterion is asked of some recipients only.
func (t *Template) Selective() bool {
	return slices.ContainsFunc(t.Criteria, func(c Criterion) bool { return len(c.AppliesTo) > 0 })
}

// For is the template as it is asked of a recipient: without the criteria that do not apply to it. Topics and
// themes all stay, also those that no criterion is left of, so that figures of different recipients stand in the
// same order. It is t itself where every criterion applies, and else a copy that shares its texts.
func (t *Template) For(rc Recipient) *Template {
	if t.NotAsked(rc) == "" {
		return t
	}
	x := *t
	x.Criteria = slices.DeleteFunc(slices.Clone(t.Criteria), func(c Criterion) bool { return !c.Applies(rc.Groups) })
	return &x
}

// NotAsked lists the refs of the criteria that do not apply to a recipient, in template order, with a line break
// after each: the same text for all recipients that are asked the same.
func (t *Template) NotAsked(rc Recipient) string {
	var b strings.Builder
	for i := range t.Criteria {
		if c := &t.Criteria[i]; len(c.AppliesTo) > 0 && !c.Applies(rc.Groups) {
			b.WriteString(c.Ref + "\n")
		}
	}
	return b.String()
}

// AskedWhere says in words whom the criterion is asked of: "region is North and type is primary or nursery"; ""
// stands for all.
func (c *Criterion) AskedWhere() string {
	var parts []string
	for _, column := range slices.Sorted(maps.Keys(c.AppliesTo)) {
		parts = append(parts, column+" is "+strings.Join(c.AppliesTo[column], " or "))
	}
	return strings.Join(parts, " and ")
}

// Trimmed is the template without the topics and themes that no criterion is left of: t itself where each has one.
func (t *Template) Trimmed() *Template {
	topics, themes := map[string]bool{}, map[string]bool{}
	for i := range t.Criteria {
		topics[t.Criteria[i].Topic], themes[t.Criteria[i].Theme] = true, true
	}
	unused := func(tp Topic) bool { return !topics[tp.ID] }
	idle := func(th Theme) bool { return !themes[th.ID] }
	if !slices.ContainsFunc(t.Topics, unused) && !slices.ContainsFunc(t.Themes, idle) {
		return t
	}
	x := *t
	x.Topics, x.Themes = slices.DeleteFunc(slices.Clone(t.Topics), unused), slices.DeleteFunc(slices.Clone(t.Themes), idle)
	return &x
}
