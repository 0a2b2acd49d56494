package checks

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/words"
)

// credit is what counts for one recipient: one file, or one of each part.
type credit struct {
	files []*file // by path
	ret   *models.Return
	// texts are the digests of the answers that have a speaking text, and prints those of all answers, with whether they
	// have enough of such; see Print.
	texts  []shortDigest
	prints []printed
}

// newCredit chooses the file that counts of each part, and puts them together. It is the file's own return where
// there is only one.
func newCredit(in RegisterInput, rc models.Recipient, group []*file) *credit {
	byPart := map[string][]*file{}
	for _, f := range withoutWaiting(in, group) {
		f.open()
		defer f.close()
		part := f.part
		if f.whole() {
			part = ""
		}
		byPart[part] = append(byPart[part], f)
	}
	c := &credit{}
	for _, list := range byPart {
		c.files = append(c.files, choose(in, list))
	}
	slices.SortFunc(c.files, byPath)
	for _, f := range c.files {
		beyondPart(in, f)
	}
	c.print()
	if len(c.files) == 1 {
		c.ret = c.files[0].kept
		return c
	}
	m := &merging{in: in, rc: rc, files: c.files, settled: in.known.settled[rc.ID]}
	c.ret = m.merged()
	for _, f := range c.files {
		f.findings = slices.DeleteFunc(f.findings, func(x models.Finding) bool {
			// What one left blank and another answered is not missing.
			a := c.ret.Answer(x.Ref)
			return x.Code == models.AnswerMissing && a != nil && (!a.Level.Value.IsBlank() || len(a.Also) > 0)
		})
	}
	c.ret.PackLike(c.files[0].kept)
	if slices.ContainsFunc(c.files, (*file).whole) {
		whole := c.files[slices.IndexFunc(c.files, (*file).whole)]
		f := whole.add(models.WholeBesideParts, "This is a whole workbook, and %s of the same recipient came back beside it.",
			words.Counted(len(c.files)-1, "part", "parts"))
		f.Recipient, f.Action.On = rc.ID, []string{rc.ID}
	}
	return c
}

func byPath(a, b *file) int { return strings.Compare(a.ret.File, b.ret.File) }

// whole says that a file has the whole assessment: a workbook that is no part, or what was agreed on among views.
func (f *file) whole() bool { return f.part == "" || f.part == views.ConsensusID }

// beyondPart notes a part that holds answers to topics that it was not made for: somebody put another workbook's table
// into it.
func beyondPart(in RegisterInput, f *file) {
	if f.part == "" || len(f.topics) == 0 {
		return
	}
	n, topics := 0, []string(nil)
	answers := f.ret.Answers()
	for i := range answers {
		a := &answers[i]
		c := in.Template.Criterion(a.Ref)
		if c == nil || a.Level.Value.IsBlank() || slices.Contains(f.topics, c.Topic) {
			continue
		}
		n++
		if t, ok := in.Template.Topic(c.Topic); ok && !slices.Contains(topics, t.Name) {
			topics = append(topics, t.Name)
		}
	}
	if n > 0 {
		f.add(models.PartHoldsMore, "This is the part of %s, and it holds %s of other topics too: %s.", partName(in.made(f)), words.Counted(n, "answer", "answers"), words.Joined("; ", words.Named(topics)...))
	}
}

// names lists the files of a credit.
func (c *credit) names() []string {
	out := make([]string, len(c.files))
	for i, f := range c.files {
		out[i] = f.ret.File
	}
	return out
}

// asked is the template as a file should have it: the criteria of its recipient, and of its topics where it is a
// part.
func (in RegisterInput) asked(f *file) *models.Template {
	t := in.applying(f.recipient)
	if f.part != "" && len(f.topics) > 0 {
		t = t.OfTopics(f.topics)
	}
	return t
}

// partLines says of each part where it stands, and whether something is outstanding. The parts asked for come
// first; one of them is not outstanding where workbooks that were divided otherwise have all its topics. c is nil
// where nothing counts; files are all of the recipient's.
func partLines(in RegisterInput, rc models.Recipient, c *credit, files []*file, outstanding models.Status) (lines []models.PartLine, open bool) {
	t, planned := in.applying(rc.ID), in.Parts[rc.ID]
	if c == nil {
		c = &credit{}
	}
	isPlanned := func(id string) bool {
		return slices.ContainsFunc(planned, func(p models.Part) bool { return p.ID == id })
	}
	otherwise := map[string]bool{} // the topics of files that are not as planned
	for _, f := range c.files {
		for _, x := range t.Topics {
			if !isPlanned(f.part) && (f.whole() || slices.Contains(f.topics, x.ID)) {
				otherwise[x.ID] = true
			}
		}
	}
	for _, p := range planned {
		line := models.PartLine{Part: p, Status: outstanding, Criteria: len(t.OfTopics(p.Topics).Criteria)}
		if slices.ContainsFunc(files, func(f *file) bool { return f.part == p.ID }) {
			line.Status = models.Corrections
		}
		if covers(otherwise, p.Topics) {
			line.Status = models.Returned
		}
		for _, f := range c.files {
			if f.part == p.ID {
				line.Status, line.File, line.Answered = models.Returned, f.ret.File, f.ret.Answered()
			}
		}
		open = open || line.Status != models.Returned
		lines = append(lines, line)
	}
	for _, f := range c.files {
		if !f.whole() && !isPlanned(f.part) {
			p := in.made(f)
			lines = append(lines, models.PartLine{Part: p, Status: models.Returned, File: f.ret.File,
				Answered: f.ret.Answered(), Criteria: len(t.OfTopics(p.Topics).Criteria)})
			f.add(models.PartNotPlanned, "This is the part of %s, as the topics were divided before.", partName(p))
		}
	}
	if len(planned) == 0 && len(lines) > 0 {
		for _, x := range t.Topics {
			open = open || !otherwise[x.ID] && len(t.CriteriaOf(x.ID, "")) > 0
		}
	}
	return lines, open
}

// covers says whether all topics are among those that came.
func covers(came map[string]bool, topics []string) bool {
	return !slices.ContainsFunc(topics, func(id string) bool { return !came[id] })
}

// made is the part that a file is, as it was made.
func (in RegisterInput) made(f *file) models.Part {
	for _, p := range slices.Concat(in.Parts[f.recipient], in.MadeParts[f.recipient]) {
		if p.ID == f.part {
			return p
		}
	}
	_, name, _ := strings.Cut(f.part, ":")
	return models.Part{ID: f.part, Name: name, Topics: f.topics}
}

// partName is a part for people: the respondent, or the topic.
func partName(p models.Part) words.Said {
	if p.ID == models.ContactPart {
		return words.Sayf("the recipient's contact")
	}
	if p.Respondent() == "" {
		return words.Sayf("topic %s", p.Name)
	}
	return words.Name(p.Name)
}

// notePartial says in the first file that counts what is still outstanding.
func notePartial(c *credit, lines []models.PartLine) {
	var missing []words.Said
	for _, l := range lines {
		if l.Status != models.Returned {
			missing = append(missing, partName(l.Part))
		}
	}
	message := words.Sayf("Not all topics of the recipient are back.")
	if len(missing) > 0 {
		message = words.Sayf("Of %d parts %d are back. Outstanding: %s.", len(lines), len(lines)-len(missing), words.Joined("; ", missing...))
	}
	c.files[0].addSaid(models.PartOutstanding, message)
}
