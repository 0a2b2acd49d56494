package pdf

import "github.com/rubric-project/rubric/models/priorities"

// answered lists the scored criteria that were answered with a level or rating.
func (s *sheet) answered() []priorities.Pick {
	return priorities.Answered(s.template, s.of.answers.Answers())
}
