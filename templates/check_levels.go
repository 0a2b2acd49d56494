package templates

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// levels checks that the scale goes up by one from 0 or 1, and that its names can be told apart.
func (c checker) levels() {
	if c.Wrong("levels") {
		return
	}
	names := newSeen()
	for i, l := range c.t.Levels {
		switch {
		case i == 0 && l.Number > 1:
			c.Add(fmt.Sprintf("the first level has the number %d", l.Number), "begin the scale at 0 or 1", "levels", i, "number")
			return
		case i > 0 && l.Number != c.t.Levels[i-1].Number+1:
			before := c.t.Levels[i-1].Number
			c.Add(fmt.Sprintf("level %d follows level %d", l.Number, before),
				fmt.Sprintf("number the levels upwards without gaps; the next is %d", before+1), "levels", i, "number")
			return // the rest would only repeat it
		}
		c.twice(names, l.Name, "the level name", "levels", i, "name")
	}
}

// advice checks that next steps stand for a level of the scale and have refs of their own.
func (c checker) advice() {
	refs := newSeen()
	for i, cr := range c.t.Criteria {
		refs.add(cr.Ref, "criteria", i, "ref")
	}
	for i, a := range c.t.Advice {
		c.twice(refs, a.Ref, "the ref", "advice", i, "ref")
		c.onScale(a.Level, "advice", i, "level")
	}
}

// onScale checks that a level of this number exists.
func (c checker) onScale(number int, path ...any) {
	if _, ok := c.t.Level(number); ok || c.Wrong("levels") || c.Wrong(path...) {
		return
	}
	c.Add(fmt.Sprintf("there is no level %d", number), "the levels are "+levelRange(c.t.Levels), path...)
}

// levelRange writes the numbers of a scale: 1 to 5. That there are none is said elsewhere.
func levelRange(levels []models.Level) string {
	if len(levels) == 0 {
		return "still to be written"
	}
	return fmt.Sprintf("%d to %d", levels[0].Number, levels[len(levels)-1].Number)
}

// answers checks that a requirement from a level on can apply to some criterion.
func (c checker) answers() {
	if c.Wrong("criteria") || c.Wrong("levels") {
		return
	}
	highest := 0
	for i := range c.t.Criteria {
		highest = max(highest, c.t.Scale(&c.t.Criteria[i]).Highest())
	}
	for key, r := range map[string]models.Requirement{
		"comment_required": c.t.Answers.CommentRequired, "evidence_required": c.t.Answers.EvidenceRequired,
	} {
		if r.FromLevel != nil && *r.FromLevel > highest && !c.Wrong("answers", key) {
			c.Add(fmt.Sprintf("from_level is %d, but no answer is higher than %d", *r.FromLevel, highest),
				fmt.Sprintf("write a number up to %d, or remove the key", highest), "answers", key, "from_level")
		}
	}
	if c.t.Answers.NotApplicable {
		return
	}
	for key, r := range map[string]models.Requirement{
		"comment_required": c.t.Answers.CommentRequired, "evidence_required": c.t.Answers.EvidenceRequired,
	} {
		if r.NotApplicable {
			c.Add(key+` asks for a text with "Not applicable", which cannot be chosen`,
				"add not_applicable: true under answers, or remove this key", "answers", key, "not_applicable")
		}
	}
}

// oneLiners checks that names and headings, which go into single lines of sheets and charts, hold no line break.
func (c checker) oneLiners() {
	check := func(text string, path ...any) {
		if strings.ContainsAny(text, "\n\r\t") && !c.Wrong(path...) {
			c.Add(fmt.Sprintf("%s holds a line break or a tab", path[len(path)-1]), "write it in one line", path...)
		}
	}
	check(c.t.Title, "title")
	check(c.t.Version, "version")
	check(c.t.Publisher, "publisher")
	for i, l := range c.t.Levels {
		check(l.Name, "levels", i, "name")
		check(l.AltName, "levels", i, "alt_name")
	}
	for i, x := range c.t.Themes {
		check(x.Name, "themes", i, "name")
	}
	for i, x := range c.t.Topics {
		check(x.Name, "topics", i, "name")
	}
	for i, x := range c.t.Criteria {
		check(x.Subject, "criteria", i, "subject")
	}
}
