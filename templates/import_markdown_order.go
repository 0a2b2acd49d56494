package templates

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
)

// noteOrder notes headings that stand after one with a higher number on the same page.
func noteOrder(all []section, r *Report) {
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		if a.at.File == b.at.File && a.level == b.level && compareRefs(a.ref, b.ref) > 0 {
			r.note(Note{b.at, !b.taken, fmt.Sprintf("%s.%d stands after %s.%d", b.ref, b.level, a.ref, a.level),
				"check that the heading is right; the text was taken over by its heading"})
		}
	}
}

// compareRefs orders refs such as 2.9 and 2.10 by their numbers.
func compareRefs(a, b string) int {
	at, ar, _ := strings.Cut(a, ".")
	bt, br, _ := strings.Cut(b, ".")
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	return cmp.Or(number(at)-number(bt), number(ar)-number(br))
}

// noteMissing notes criteria without a text at a level that the pages cover, and writes out those levels.
func noteMissing(t *models.Template, all []section, r *Report) (levels string) {
	perLevel := map[int][]section{}
	for _, s := range all {
		if s.taken {
			perLevel[s.level] = append(perLevel[s.level], s)
		}
	}
	var covered []string
	for _, level := range slices.Sorted(maps.Keys(perLevel)) {
		covered = append(covered, strconv.Itoa(level))
		have := map[string]bool{}
		for _, s := range perLevel[level] {
			have[s.ref] = true
		}
		var missing []string
		for _, c := range t.Criteria {
			if c.Kind == models.KindLevels && !have[c.Ref] {
				missing = append(missing, c.Ref)
			}
		}
		if len(missing) > 12 {
			at := Place{File: perLevel[level][0].at.File}
			r.note(Note{at, false, fmt.Sprintf("%d of %d criteria have no text at level %d, the first of them %s", len(missing), len(t.Criteria), level,
				strings.Join(missing[:12], ", ")), "give the pages that hold them; until then the base's wording stays there"})
			continue
		}
		for _, ref := range missing {
			if i := slices.IndexFunc(all, func(s section) bool { return s.inTable && s.ref == ref && !s.taken && s.level == level }); i >= 0 {
				continue // its row was noted
			}
			if i := slices.IndexFunc(all, func(s section) bool { return s.inTable && s.ref == ref }); i >= 0 {
				r.note(Note{all[i].at, false, fmt.Sprintf("criterion %s begins here, and the table has no row of %s.%d", ref, ref, level), "add it, and import again; until then the base's wording stays there"})
				continue
			}
			r.note(Note{expectedAt(perLevel[level], ref), false, fmt.Sprintf("no text of %s.%d was found, which is expected before this line", ref, level),
				"add or correct its heading, and import again; until then the base's wording stays there"})
		}
	}
	return strings.Join(covered, ", ")
}

// expectedAt is where the text of a ref should stand: at the next heading, or in the last file.
func expectedAt(list []section, ref string) Place {
	for _, s := range list {
		if compareRefs(s.ref, ref) > 0 {
			return s.at
		}
	}
	return Place{File: list[len(list)-1].at.File}
}

// skeleton makes levels, topics and criteria of the headings alone, for an import without a base.
func skeleton(t *models.Template, all []section, names map[int]string, r *Report) error {
	levels, perRef, at := map[int]bool{}, map[string]map[int]string{}, map[string][]Place{}
	for _, s := range all {
		levels[s.level] = true
		at[s.ref] = append(at[s.ref], s.at)
		if perRef[s.ref] == nil {
			perRef[s.ref] = map[int]string{}
		}
		perRef[s.ref][s.level] = s.text
	}
	if len(levels) < 2 {
		return &fault.Error{Usage: true, Message: "the pages cover one level only", Remedy: "give the pages of all levels, or a base whose wording stays at the others",
			Do: actions.ImportOnBase.On()}
	}
	if len(levels) > mostLevels {
		return fmt.Errorf("the headings name %d levels, and a template has at most %d", len(levels), mostLevels)
	}
	for _, n := range slices.Sorted(maps.Keys(levels)) {
		name := names[n]
		if name == "" {
			name = "Level " + strconv.Itoa(n)
		}
		t.Levels = append(t.Levels, models.Level{Number: n, Name: name, Meaning: fmt.Sprintf("Level %d; see the descriptors.", n)})
	}
	topics := map[string]bool{}
	for _, ref := range slices.SortedFunc(maps.Keys(perRef), compareRefs) {
		if len(perRef[ref]) < len(levels) {
			for _, p := range at[ref] {
				r.Looked++
				r.note(Note{p, true, fmt.Sprintf("criterion %s has %d of %d levels", ref, len(perRef[ref]), len(levels)),
					"add the pages of the other levels, or give a base"})
			}
			continue
		}
		topic, _, _ := strings.Cut(ref, ".")
		if !topics[topic] {
			topics[topic] = true
			t.Topics = append(t.Topics, models.Topic{ID: topic, Name: "Topic " + topic})
		}
		t.Criteria = append(t.Criteria, models.Criterion{Ref: ref, Topic: topic, Subject: "Criterion " + ref, Descriptors: map[int]string{}})
		if err := fits(t); err != nil {
			return err
		}
	}
	return nil
}
