package templates

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// questions checks that questions can be told apart and answered.
func (c checker) questions() {
	ids, texts := newSeen(), newSeen()
	for i, q := range c.t.Questions {
		c.twice(ids, q.ID, "the question id", "questions", i, "id")
		c.twice(texts, q.Text, "the question", "questions", i, "text")
		if strings.ContainsAny(q.Text, "\n\r\t") && !c.Wrong("questions", i, "text") {
			c.Add("text holds a line break or a tab", "write it in one line", "questions", i, "text")
		}
		if c.Wrong("questions", i, "type") || c.Wrong("questions", i, "options") {
			continue
		}
		switch choice := q.Type == models.QuestionChoice; {
		case choice && len(q.Options) == 0:
			c.Add(fmt.Sprintf("question %s is a choice without options", q.ID), "add options, or write another type: text, number or date", "questions", i)
		case choice && len(q.Options) == 1:
			c.Add("there is one option to choose from", "add another", "questions", i, "options")
		case !choice && len(q.Options) > 0:
			c.AddKey(fmt.Sprintf("a question of the type %s has options", q.Type), "remove them, or write type: choice", "questions", i, "options")
		}
		options := newSeen()
		for j, o := range q.Options {
			c.twice(options, o, "the option", "questions", i, "options", j)
			if strings.ContainsAny(o, "\n\r\t") && !c.Wrong("questions", i, "options", j) {
				c.Add("an option holds a line break or a tab", "write it in one line", "questions", i, "options", j)
			}
		}
	}
}
