package templates

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// seen remembers texts, regardless of case and of spaces around them, and where each stood first.
type seen map[string][]any

func newSeen() seen { return seen{} }

// add remembers a text; it returns where the text stood before, if it did.
func (s seen) add(text string, path ...any) (first []any, twice bool) {
	key := strings.ToLower(strings.Join(strings.Fields(text), " "))
	if key == "" {
		return nil, false
	}
	if first, twice = s[key]; !twice {
		s[key] = path
	}
	return first, twice
}

// twice reports a text that stood somewhere before.
func (c checker) twice(s seen, text, what string, path ...any) {
	first, again := s.add(text, path...)
	if !again || c.Wrong(path...) {
		return
	}
	line, _ := c.Locate(first...)
	c.Add(fmt.Sprintf("%s %q is used a second time", what, text),
		fmt.Sprintf("each must be used once, also regardless of capital letters; the first is in line %d", line), path...)
}

// groups checks topics and themes: distinct, and each used by a criterion.
func (c checker) groups() {
	used := map[string]bool{}
	for _, cr := range c.t.Criteria {
		used["topics "+cr.Topic] = true
		used["themes "+cr.Theme] = true
		if _, ok := c.t.Topic(cr.Topic); !ok {
			used["topics unknown"] = true
		}
		if _, ok := c.t.Theme(cr.Theme); !ok && cr.Theme != "" {
			used["themes unknown"] = true
		}
	}
	ids, names := newSeen(), newSeen()
	for i, x := range c.t.Topics {
		c.group(ids, names, used, x.ID, x.Name, "topic", "topics", i)
		if x.Level != nil {
			c.onScale(*x.Level, "topics", i, "level")
		}
	}
	ids, names = newSeen(), newSeen()
	for i, x := range c.t.Themes {
		c.group(ids, names, used, x.ID, x.Name, "theme", "themes", i)
	}
}

func (c checker) group(ids, names seen, used map[string]bool, id, name, what, list string, i int) {
	c.twice(ids, id, "the "+what+" id", list, i, "id")
	c.twice(names, name, "the "+what+" name", list, i, "name")
	// A criterion of a group that does not exist most likely means this one.
	if !used[list+" "+id] && !used[list+" unknown"] && !c.Wrong(list, i, "id") && !c.Wrong("criteria") {
		c.Add(fmt.Sprintf("no criterion belongs to the %s %q", what, id), "give it a criterion, or remove it", list, i, "id")
	}
}

func (c checker) topicIDs() []string {
	var ids []string
	for _, x := range c.t.Topics {
		ids = append(ids, x.ID)
	}
	return ids
}

func (c checker) themeIDs() []string {
	var ids []string
	for _, x := range c.t.Themes {
		ids = append(ids, x.ID)
	}
	return ids
}

// criteria checks refs, subjects, groups and weights.
func (c checker) criteria() {
	refs, subjects := newSeen(), newSeen()
	for i := range c.t.Criteria {
		cr := &c.t.Criteria[i]
		c.twice(refs, cr.Ref, "the ref", "criteria", i, "ref")
		c.twice(subjects, cr.Subject, "the subject", "criteria", i, "subject")
		if _, ok := c.t.Topic(cr.Topic); !ok && !c.Wrong("topics") && !c.Wrong("criteria", i, "topic") {
			c.Add(fmt.Sprintf("there is no topic %q", cr.Topic), text.DidYouMean(cr.Topic, c.topicIDs()), "criteria", i, "topic")
		}
		if _, ok := c.t.Theme(cr.Theme); !ok && cr.Theme != "" && !c.Wrong("themes") && !c.Wrong("criteria", i, "theme") {
			remedy := text.DidYouMean(cr.Theme, c.themeIDs())
			if len(c.t.Themes) == 0 {
				remedy = "list the themes under themes, or remove the key"
			}
			c.Add(fmt.Sprintf("there is no theme %q", cr.Theme), remedy, "criteria", i, "theme")
		}
		c.weight(cr, i)
	}
}

func (c checker) weight(cr *models.Criterion, i int) {
	if !c.Has("criteria", i, "weight") || c.Wrong("criteria", i, "weight") {
		return
	}
	thousandths := cr.Weight * 1000
	switch {
	case !cr.Scored():
		c.Add("a symptom has a weight, but is not scored", "remove the weight", "criteria", i, "weight")
	case cr.Weight == 0:
		c.Add("weight is 0", "write a weight above 0, or remove the key for the weight 1", "criteria", i, "weight")
	case math.Abs(thousandths-math.Round(thousandths)) > 1e-6:
		c.Add(fmt.Sprintf("weight is %v, which has more than three decimals", cr.Weight),
			fmt.Sprintf("round it, such as to %.3f", math.Round(thousandths)/1000), "criteria", i, "weight")
	}
}

// descriptors checks that each criterion can be answered: one descriptor for each level, or a statement.
func (c checker) descriptors() {
	for i := range c.t.Criteria {
		cr := &c.t.Criteria[i]
		if c.Wrong("criteria", i, "kind") || c.Wrong("criteria", i, "descriptors") {
			continue
		}
		if cr.Kind != models.KindLevels {
			if len(cr.Descriptors) > 0 {
				c.AddKey(fmt.Sprintf("a %s has descriptors", cr.Kind),
					"remove them, or remove kind and statement if the criterion is answered with a level", "criteria", i, "descriptors")
			}
			continue
		}
		if cr.Statement != "" {
			if len(cr.Descriptors) > 0 {
				c.AddKey("there are a statement and descriptors", "remove the descriptors where the levels mean the same for every criterion, or else the statement; for a statement that is rated add kind: statement (or kind: symptom)",
					"criteria", i, "statement")
			}
			continue
		}
		if !c.Wrong("levels") {
			c.perLevel(cr, i)
		}
	}
}

func (c checker) perLevel(cr *models.Criterion, i int) {
	var missing []string
	first := map[string]int{}
	for _, l := range c.t.Levels {
		text, ok := cr.Descriptors[l.Number]
		if !ok {
			missing = append(missing, fmt.Sprint(l.Number))
			continue
		}
		if other, twice := first[text]; twice {
			c.Add(fmt.Sprintf("levels %d and %d have the same descriptor", other, l.Number),
				"say what tells them apart", "criteria", i, fmt.Sprintf("descriptors[%d]", l.Number))
		}
		first[text] = l.Number
	}
	switch {
	case len(missing) == len(c.t.Levels):
		c.AddKey(fmt.Sprintf("criterion %s has no descriptors", cr.Ref), "add descriptors, one for each level, or a statement",
			"criteria", i)
	case len(missing) > 0:
		c.AddKey(fmt.Sprintf("criterion %s has no descriptor for level %s", cr.Ref, strings.Join(missing, ", ")),
			"add what the level looks like", "criteria", i, "descriptors")
	}
	for _, n := range sortedKeys(cr.Descriptors) {
		if _, ok := c.t.Level(n); !ok {
			c.AddKey(fmt.Sprintf("there is no level %d", n), "the levels are "+levelRange(c.t.Levels),
				"criteria", i, fmt.Sprintf("descriptors[%d]", n))
		}
	}
}

func sortedKeys(m map[int]string) []int {
	var keys []int
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
