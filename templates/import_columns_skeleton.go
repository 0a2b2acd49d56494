package templates

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// stagedSkeleton makes a staged template of the table alone: a topic for each level, a theme for each kind of
// section, and numbered refs. What the lowest level lists as its characteristics and evidence are symptoms.
func stagedSkeleton(t *models.Template, head string, intro [][]string, numbers []int, list []found) error {
	if !slices.IsSorted(levelsOf(numbers)) {
		return fmt.Errorf("the columns' levels do not go upwards; put them in order, or give a base")
	}
	t.Scoring.Method = methods.Default(true)
	for i, c := range strings.Split(head, "\t") {
		if numbers[i] < 0 {
			continue
		}
		name := strings.TrimSpace(columnLevel.FindStringSubmatch(plainText(c))[2])
		if name == "" {
			name = fmt.Sprintf("Level %d", numbers[i])
		}
		l := models.Level{Number: numbers[i], Name: text.Head(name, 60), Meaning: fmt.Sprintf("Level %d; see its statements.", numbers[i])}
		describeLevel(&l, i, intro)
		level := numbers[i]
		t.Levels = append(t.Levels, l)
		t.Topics = append(t.Topics, models.Topic{ID: fmt.Sprintf("L%d", level), Name: fmt.Sprintf("Level %d: %s", level, l.Name), Level: &level})
	}
	lowest := levelsOf(numbers)[0]
	used := map[string]bool{}
	for _, f := range list {
		used[f.kind] = true
	}
	for _, k := range kinds {
		if used[k.theme] && k.theme != adviceKind && !slices.ContainsFunc(t.Themes, func(th models.Theme) bool { return th.ID == k.theme }) {
			t.Themes = append(t.Themes, models.Theme{ID: k.theme, Name: k.name, GatesNextLevel: k.theme == "CP"})
		}
	}
	count := map[string]int{}
	subjects := newSeen()
	for _, k := range []string{"KC", "EA", "CA", "CP", adviceKind} {
		for _, f := range list {
			if f.kind != k {
				continue
			}
			section := fmt.Sprintf("L%d-%s", f.level, f.kind)
			count[section]++
			ref := fmt.Sprintf("%s-%02d", section, count[section])
			if k == adviceKind {
				t.Advice = append(t.Advice, models.Advice{Ref: ref, Level: f.level, Text: f.text})
				continue
			}
			c := models.Criterion{Ref: ref, Topic: fmt.Sprintf("L%d", f.level), Theme: k, Kind: models.KindStatement, Subject: headline(f.text), Statement: f.text}
			if f.level == lowest && (k == "KC" || k == "EA") {
				c.Kind = models.KindSymptom
			}
			if _, twice := subjects.add(c.Subject); twice {
				c.Subject += " (" + ref + ")"
			}
			t.Criteria = append(t.Criteria, c)
		}
	}
	slices.SortStableFunc(t.Criteria, func(a, b models.Criterion) int { return strings.Compare(a.Topic, b.Topic) })
	return nil
}

// opening is the first sentences of a text that fit into most characters.
func opening(s string, most int) string {
	if len([]rune(s)) <= most {
		return s
	}
	cut := text.Head(s, most)
	if i := strings.LastIndex(cut, ". "); i > 0 {
		return cut[:i+1]
	}
	return text.Head(s, most-2) + " …"
}
