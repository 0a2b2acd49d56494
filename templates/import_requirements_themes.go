package templates

import (
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// depthOfTopics is the depth whose headings become topics: the highest at which there are several, so that a heading
// over everything is passed over.
func (b *builder) depthOfTopics() int {
	perDepth := map[int]int{}
	deepest := 1
	for _, e := range b.entries {
		if !e.asked {
			perDepth[e.depth]++
			deepest = max(deepest, e.depth)
		}
	}
	for d := 1; d <= deepest; d++ {
		if perDepth[d] > 1 {
			return d
		}
	}
	return 1
}

// themes makes a theme of each group. What several groups ask belongs to the first of them, because they are
// listed from the basic one upwards.
func (b *builder) themes() {
	b.byGroup = map[string]string{}
	used, several := map[string]bool{}, 0
	for _, e := range b.entries {
		if g, n := b.firstGroup(e); g != "" && e.asked {
			used[g] = true
			if n > 1 {
				several++
			}
		}
	}
	if len(used) == 0 || len(used) > mostThemes {
		if len(used) > mostThemes {
			b.r.note(Note{Place{File: b.file}, true, fmt.Sprintf("there are %d groups, and a template has at most %d themes", len(used), mostThemes), "the groups were left out"})
		}
		return
	}
	ids, names := newSeen(), newSeen()
	for _, g := range b.groups {
		if !used[g.ref] {
			continue
		}
		id := freeOf(ids, identOf(firstOf(g.ref, g.name), 34), len(b.t.Themes)+1)
		name := text.Head(firstOf(plainText(g.name), g.ref), 70)
		if _, twice := names.add(name); twice {
			name = text.Head(name, 36) + " (" + id + ")"
			names.add(name)
		}
		b.byGroup[g.ref] = id
		b.t.Themes = append(b.t.Themes, models.Theme{ID: id, Name: name, Summary: opening(plainText(g.text), 400)})
	}
	if several > 0 {
		b.r.note(Note{Place{File: b.file}, false, fmt.Sprintf("%s asked by several groups and %s to the first of them as theme",
			text.Count(several, b.one+" is", b.many+" are"), map[bool]string{true: "belongs", false: "belong"}[several == 1]), "give the groups you want alone if only some are to be asked"})
	}
}

// firstGroup is the first group, in the order in which they are defined, that asks an entry, and how many do.
func (b *builder) firstGroup(e requirement) (ref string, n int) {
	for _, g := range b.groups {
		if slices.Contains(e.groups, g.ref) {
			if n++; n == 1 {
				ref = g.ref
			}
		}
	}
	return ref, n
}

func (b *builder) themeWords() string {
	if len(b.t.Themes) == 0 {
		return ""
	}
	return " and " + text.Count(len(b.t.Themes), "theme", "themes")
}
