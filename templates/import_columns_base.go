package templates

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// describeLevel takes over what a column says of its level above the first section: a second name, and what the level
// means. cut says that the description was too long and ends after its first sentences.
func describeLevel(l *models.Level, col int, intro [][]string) (cut bool) {
	for i, row := range intro {
		if col >= len(row) {
			continue
		}
		said := plainText(row[col])
		switch n := len([]rune(said)); {
		case n == 0:
		case n <= 60 && i == 0:
			l.AltName = said
		case n > 60:
			l.Meaning = opening(said, 400)
			cut = l.Meaning != said
		}
	}
	return cut
}

// describeLevels takes over names and descriptions of the levels for a template that has them already.
func describeLevels(t *models.Template, page Place, head string, intro [][]string, numbers []int, r *Report) {
	taken, cut := 0, []string{}
	for col, c := range strings.Split(head, "\t") {
		if col >= len(numbers) || numbers[col] < 0 {
			continue
		}
		i := slices.IndexFunc(t.Levels, func(l models.Level) bool { return l.Number == numbers[col] })
		if i < 0 {
			continue
		}
		l := &t.Levels[i]
		was := *l
		if name := strings.TrimSpace(columnLevel.FindStringSubmatch(plainText(c))[2]); name != "" {
			l.Name = text.Head(name, 60)
		}
		if describeLevel(l, col, intro) {
			cut = append(cut, fmt.Sprint(l.Number))
		}
		if *l != was {
			taken++
		}
	}
	if taken > 0 {
		r.Understood = append(r.Understood, "the names and descriptions of "+text.Count(taken, "level", "levels"))
	}
	if len(cut) > 0 {
		r.note(Note{page, false, "a level's description has at most 400 characters; of " + strings.Join(cut, ", ") + " the first sentences were taken", "read whether they say enough"})
	}
}

// keepTranslations gives the template those translations of its base whose originals were not replaced.
func keepTranslations(t *models.Template, o ImportOptions, page Place, r *Report) {
	if o.Base == nil || len(o.Base.Translations) == 0 || o.Language != "" && o.Language != o.Base.Language {
		return
	}
	dropped := t.KeepTranslations(o.Base)
	for _, tag := range slices.Sorted(maps.Keys(dropped)) {
		r.note(Note{page, false, fmt.Sprintf("%s in the language %s would be of other wording than is there now and %s left out; the others stay", text.Count(dropped[tag], "text", "texts"), tag,
			map[bool]string{true: "was", false: "were"}[dropped[tag] == 1]), "translate the new wording, or send workbooks in the template's own language"})
	}
}

// beginsTheSection says whether the list g is the first texts of a section rather than others of them: no other choice
// of them in the same order has more words in common with it.
func beginsTheSection(g []found, section []string) bool {
	n, m := len(g), len(section)
	if n > m {
		return false
	}
	alike := make([][]float64, n)
	for i := range g {
		alike[i] = make([]float64, m)
		for j := range section {
			alike[i][j] = overlap(wordsOf(g[i].text), wordsOf(section[j]))
		}
	}
	first := 0.0
	for i := range n {
		first += alike[i][i]
	}
	// best[j] is the most that the list so far can have in common with the first j texts.
	best := make([]float64, m+1)
	for i := range n {
		next := make([]float64, m+1)
		for j := range next {
			next[j] = -1
			if j > i {
				next[j] = max(next[j-1], best[j-1]+alike[i][j-1])
			}
		}
		best = next
	}
	return best[m] <= first+1e-9
}

// wordsOf are the beginnings of a text's longer words.
func wordsOf(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if r := []rune(w); len(r) >= 4 {
			out[string(r[:min(len(r), 5)])] = true
		}
	}
	return out
}

// overlap is how much of two sets is in both, from 0 to 1.
func overlap(a, b map[string]bool) float64 {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
