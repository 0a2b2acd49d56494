package templates

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// placeStatements puts the statements into the template, section by section where the numbers agree.
func placeStatements(t *models.Template, list []found, r *Report, hasBase bool) []Sample {
	groups := map[string][]found{}
	var order []string
	for _, f := range list {
		key := fmt.Sprintf("%d %s", f.level, f.kind)
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], f)
	}
	slices.Sort(order)
	var samples []Sample
	counts := map[string][]string{}
	for _, key := range order {
		g := groups[key]
		level, kind := g[0].level, g[0].kind
		texts, refs := targets(t, level, kind)
		counts[kind] = append(counts[kind], fmt.Sprint(len(g)))
		if further := len(texts) - len(g); further > 0 && g[0].led && beginsTheSection(g, saidBy(t, refs)) {
			// The template has statements of the introduction's ideas too, after those of the list.
			r.note(Note{g[0].at, false, fmt.Sprintf("level %d, %s: the list has %d, the template %d; not in the list: %s", level, kindName(kind), len(g), len(texts), strings.Join(refs[len(g):], ", ")),
				"compare these with the paragraph that introduces the list; the template's wording stays there"})
			texts = texts[:len(g)]
		}
		if len(texts) != len(g) {
			r.note(Note{g[0].at, true, fmt.Sprintf("level %d, %s: the table has %d, the template %d", level, kindName(kind), len(g), len(texts)),
				"compare the two; the template's wording stays there"})
			continue
		}
		for i, f := range g {
			if len([]rune(f.text)) > 1000 {
				r.note(Note{f.at, true, refs[i] + ": the text has more than 1000 characters", "shorten it, and import again"})
				continue
			}
			*texts[i] = f.text
			samples = append(samples, Sample{f.at, refs[i], -1, f.text})
		}
	}
	for _, theme := range []string{"KC", "EA", "CA", "CP", adviceKind} {
		if len(counts[theme]) > 0 {
			r.Understood = append(r.Understood, kindName(theme)+": "+strings.Join(counts[theme], ", ")+" (by level)")
		}
	}
	return samples
}

// saidBy is what the criteria of a section say, subject and statement.
func saidBy(t *models.Template, refs []string) (out []string) {
	for _, ref := range refs {
		if c := t.Criterion(ref); c != nil {
			out = append(out, c.Subject+" "+c.Statement)
		}
	}
	return out
}

// targets are the texts of a section of the template, in its order: statements, or the advice of a level.
func targets(t *models.Template, level int, kind string) (texts []*string, refs []string) {
	if kind == adviceKind {
		for i := range t.Advice {
			if t.Advice[i].Level == level {
				texts, refs = append(texts, &t.Advice[i].Text), append(refs, t.Advice[i].Ref)
			}
		}
		return texts, refs
	}
	for i := range t.Criteria {
		c := &t.Criteria[i]
		tp, _ := t.Topic(c.Topic)
		if c.Kind != models.KindLevels && c.Theme == kind && tp.Level != nil && *tp.Level == level {
			texts, refs = append(texts, &c.Statement), append(refs, c.Ref)
		}
	}
	return texts, refs
}

func kindName(theme string) string {
	for _, k := range kinds {
		if k.theme == theme {
			return strings.ToLower(k.name)
		}
	}
	return theme
}

// HasColumns says whether a page has the form that ImportColumns reads.
func HasColumns(p Page) bool {
	if within(p) != nil {
		return false
	}
	head, _ := columnHead(strings.Split(string(p.Text), "\n"))
	return head >= 0
}
