package office

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
)

// item begins an item about a file.
func item(matter decisions.Matter, line *models.FileLine, x *models.Finding, without string) decisions.Item {
	return decisions.Item{Matter: matter, Code: string(x.Code), File: line.File, Digest: line.Digest, Recipient: line.Recipient,
		Sheet: x.Origin.Sheet, Cell: x.Origin.Cell, Shows: x.Message, Without: without}
}

// leave is the choice to leave a matter as it is.
func leave(file, ref, label string) decisions.Choice {
	return decisions.Choice{Value: string(decisions.Leave), Label: label, Request: decisions.Request{Kind: decisions.Leave, File: file, Ref: ref}}
}

func (q *asking) whose(line *models.FileLine, x *models.Finding, without string) {
	it := item(decisions.Whose, line, x, without)
	ids := line.Candidates
	if line.Recipient != "" && !slices.Contains(ids, line.Recipient) {
		ids = append([]string{line.Recipient}, ids...)
	}
	for _, id := range ids {
		it.Choices = append(it.Choices, decisions.Choice{Value: id, Label: "It is from " + q.who(id) + ".", About: q.who(id),
			Request: decisions.Request{Kind: decisions.Recipient, File: line.File, Recipient: id}})
	}
	it.Choices = append(it.Choices, leave(line.File, "", "Leave it: "+lower(without)))
	q.add(it)
}

func (q *asking) unverified(line *models.FileLine, x *models.Finding, without string) {
	it := item(decisions.Unverified, line, x, without)
	if line.Status == models.Waiting {
		it.Choices = append(it.Choices, counts(line.File))
	}
	it.Choices = append(it.Choices, leave(line.File, "", "Leave it: "+lower(without)))
	q.add(it)
}

func (q *asking) copied(line *models.FileLine, x *models.Finding) {
	it := item(decisions.WhichCounts, line, x, "It counts.")
	it.Choices = []decisions.Choice{leave(line.File, "", "It is the recipient's own; it counts.")}
	q.add(it)
}

func (q *asking) incomplete(line *models.FileLine, x *models.Finding) {
	it := item(decisions.Incomplete, line, x, "It does not count, and goes back to its sender with the corrections.")
	it.Choices = []decisions.Choice{counts(line.File), leave(line.File, "", "Leave it: it does not count.")}
	q.add(it)
}

// several asks which of the returns of a recipient, or of one part, counts; of is the content by which the item is known.
func (q *asking) several(line *models.FileLine, of string, code models.Code, shows, without string) {
	it := decisions.Item{Matter: decisions.WhichCounts, Code: string(code), File: line.File, Digest: of, Recipient: line.Recipient, Shows: shows, Without: without}
	for _, i := range q.in.linesOf(line.Recipient) {
		other := &q.in.Register.Files[i]
		if other.Part == line.Part && (other == line || other.Status == models.Superseded && len(other.Changes) > 0) {
			it.Choices = append(it.Choices, counts(other.File))
		}
	}
	if len(it.Choices) > 1 { // where all answer alike there is nothing to choose
		q.add(it)
	}
}

func counts(file string) decisions.Choice {
	return decisions.Choice{Value: file, Label: file + " counts.", Request: decisions.Request{Kind: decisions.Counts, File: file}}
}

// chosenBefore asks about returns that came after a person had chosen another one of the same recipient.
func (q *asking) chosenBefore() {
	for _, d := range q.in.decided {
		if d.Kind != decisions.Counts || d.State != decisions.InForce || d.Back {
			continue
		}
		for _, i := range q.in.byDigest[d.Digest] {
			line := &q.in.Register.Files[i]
			if line.Status != models.Counted && line.Status != models.PlanCounts && line.Status != models.ViewCounts {
				continue
			}
			for _, k := range q.in.linesOf(line.Recipient) {
				other := &q.in.Register.Files[k]
				if other.Part == line.Part && other.Status == models.Superseded && other.Received.After(d.At) && !q.closed[about{decisions.Leave, other.Digest, ""}] {
					q.several(line, other.Digest, models.SupersededFile, fmt.Sprintf("%s came after %s had been chosen by hand (decision %d).", other.File, line.File, d.Number), line.File+" counts.")
				}
			}
		}
	}
}

// views asks what counts for a recipient whose views are back without a consensus workbook, once all are back or it is late:
// before, there is nothing to decide.
func (q *asking) views(line *models.FileLine, x *models.Finding) {
	at, ok := q.in.member(line.Recipient)
	if !ok {
		return
	}
	e := &q.in.Register.Entries[at]
	if back, all := e.PartsBack(); back < all && e.Status != models.Late {
		return
	}
	it := item(decisions.NoConsensus, line, x, "Nothing of the recipient counts until its consensus workbook comes.")
	for _, p := range e.Parts {
		if p.View != nil {
			it.Choices = append(it.Choices, decisions.Choice{Value: p.File, Label: "The view of " + p.Name + " counts (" + p.File + ").", About: p.Name,
				Request: decisions.Request{Kind: decisions.From, Recipient: line.Recipient, File: p.File}})
		}
	}
	it.Choices = append(it.Choices, leave(line.File, "", "Leave it: wait for the consensus workbook."))
	q.add(it)
}

func (q *asking) parts(line *models.FileLine, x *models.Finding) {
	ref := x.Ref
	if ref == "" && len(x.Action.On) > 0 {
		ref = x.Action.On[0][strings.LastIndex(x.Action.On[0], "/")+1:]
	}
	at, ok := q.in.member(line.Recipient)
	if !ok || q.closed[about{decisions.Leave, line.Digest, ref}] {
		return
	}
	it := item(decisions.PartsDiffer, line, x, "It is treated as blank.")
	it.Ref = ref
	if question := q.f.Template.Question(ref); question != nil {
		it.Subject = question.Text
	}
	from := func(file, answer string) {
		label := file + " decides."
		if answer != "" {
			label = file + " decides: " + answer + "."
		}
		it.Choices = append(it.Choices, decisions.Choice{Value: file, Label: label, About: answer,
			Request: decisions.Request{Kind: decisions.From, Recipient: line.Recipient, Ref: ref, File: file}})
	}
	entry, c := &q.in.Register.Entries[at], q.f.Template.Criterion(ref)
	if c == nil {
		for _, file := range entry.Files {
			from(file, "")
		}
	} else if a := entry.Return.Answer(ref); a != nil {
		for k := range a.Also {
			said := a.Also[k].Level
			if x.Code == models.TargetsDisagree {
				said = a.Also[k].Target
			}
			if !said.Value.IsBlank() {
				from(said.Origin.File, q.f.Template.Label(c, said.Value))
			}
		}
	}
	it.Choices = append(it.Choices, leave(line.File, ref, "Leave it: it is treated as blank."))
	q.add(it)
}

// answers asks about the answers of a file that could not be read for certain.
func (q *asking) answers(line *models.FileLine) {
	if line.Recipient == "" {
		return
	}
	at := map[string]int{}
	for i := range line.Findings {
		x := &line.Findings[i]
		if x.Severity != models.Error || x.Ref == "" || x.Origin.Cell == "" || !checks.Decidable(x.Code) {
			continue
		}
		c := q.f.Template.Criterion(x.Ref)
		if c == nil || q.closed[about{decisions.Leave, line.Digest, x.Ref}] {
			continue
		}
		if k, ok := at[x.Ref]; ok {
			q.items[k].Shows += " " + x.Message
			continue
		}
		at[x.Ref] = len(q.items)
		before := first(line, func(e *models.Finding) bool { return e.Code == models.DecisionEnded && e.Ref == x.Ref })
		it := item(decisions.Ambiguous, line, x, "It is treated as blank, and the cell goes back to its sender with the corrections.")
		if before.Message != "" {
			it.Shows += " " + before.Message
		}
		it.Ref, it.Choices = x.Ref, q.f.answerChoices(c, decisions.Request{Kind: decisions.Answer, File: line.File, Ref: x.Ref})
		q.add(it)
	}
}

// pictures asks about what lies in a file and is not read, once for each criterion.
func (q *asking) pictures(line *models.FileLine) {
	if line.Status != models.Counted {
		return
	}
	at := map[string]int{}
	for i := range line.Findings {
		x := &line.Findings[i]
		switch x.Code {
		case models.PictureNotRead, models.ObjectNotRead, models.ControlNotRead:
		default:
			continue
		}
		if q.closed[about{decisions.Leave, line.Digest, x.Ref}] || x.Ref != "" && q.closed[about{decisions.Answer, line.Digest, x.Ref}] {
			continue
		}
		if k, ok := at[x.Ref]; ok {
			q.items[k].Shows += " " + x.Message
			continue
		}
		it := item(decisions.Picture, line, x, "It is not read. What the cells say counts.")
		it.Ref, it.Choices = x.Ref, []decisions.Choice{leave(line.File, x.Ref, "Looked at: what the cells say counts.")}
		if c := q.f.Template.Criterion(x.Ref); c != nil {
			it.Choices = append(it.Choices, q.f.answerChoices(c, decisions.Request{Kind: decisions.Answer, File: line.File, Ref: x.Ref})...)
		}
		at[x.Ref] = len(q.items)
		q.add(it)
	}
}

// answerChoices are the answers that can be decided for a criterion.
func (f *Folder) answerChoices(c *models.Criterion, x decisions.Request) []decisions.Choice {
	var out []decisions.Choice
	add := func(value, label, descriptor string) {
		x.Value = value
		out = append(out, decisions.Choice{Value: value, Label: label, Descriptor: descriptor, Request: x})
	}
	for _, step := range f.Template.Scale(c) {
		add(step.Code, step.Label(), c.Descriptors[step.Number])
	}
	if f.Template.Answers.NotApplicable {
		add(decisions.NotApplicable, f.Template.NotApplicable(), "")
	}
	add(decisions.Blank, "No answer", "")
	add(decisions.Ask, "Ask the sender; no answer until then", "")
	return out
}

// lower begins a sentence in the middle of another.
func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }
