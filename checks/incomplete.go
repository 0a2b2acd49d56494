package checks

import (
	"slices"

	"github.com/rubric-project/rubric/models"
)

// complete takes out of a recipient's files those that are too empty to count, where the round says how much must be
// answered, so that a fuller one counts. Where one is a part, all are judged together, by whoever puts them together.
func complete(in RegisterInput, group []*file) []*file {
	if in.Round.Completeness == 0 || slices.ContainsFunc(group, func(f *file) bool { return !f.whole() }) {
		return group
	}
	return slices.DeleteFunc(slices.Clone(group), func(f *file) bool {
		f.open()
		defer f.close()
		return rejectIncomplete(in, in.asked(f), f.ret, []*file{f})
	})
}

// incomplete says that what came of a recipient in parts is too empty to count. The parts are judged by the topics that
// are back: others may still come.
func (c *credit) incomplete(in RegisterInput, rc models.Recipient) bool {
	if in.Round.Completeness == 0 || !slices.ContainsFunc(c.files, func(f *file) bool { return !f.whole() }) {
		return false
	}
	asked := in.applying(rc.ID)
	if !slices.ContainsFunc(c.files, func(f *file) bool { return f.whole() || len(f.topics) == 0 }) {
		var topics []string
		for _, f := range c.files {
			topics = append(topics, f.topics...)
		}
		asked = asked.OfTopics(topics)
	}
	return rejectIncomplete(in, asked, c.ret, c.files)
}

// rejectIncomplete refuses files that answer too few of the criteria asked, all together, unless a person has said that
// one of them counts.
func rejectIncomplete(in RegisterInput, asked *models.Template, ret *models.Return, files []*file) bool {
	n, all := answered(asked, ret), len(asked.Criteria)
	if n*100 >= in.Round.Completeness*all || slices.ContainsFunc(files, func(f *file) bool { return in.known.preferred[f.ret.File] > 0 }) {
		return false
	}
	for _, f := range files {
		if f.status == "" { // its answers were not looked at yet
			f.findings = append(f.findings, answersOf(in, f)...)
		}
		f.status = models.Rejected
		f.add(models.ReturnIncomplete, "%d of %d criteria are answered, fewer than the %d %% that the round asks for.", n, all, in.Round.Completeness)
	}
	return true
}
