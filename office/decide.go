package office

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// DecideResult is what was recorded.
type DecideResult struct {
	// Made are the new decisions with their numbers, Undone those that were taken back.
	Made   []decisions.Decision `json:"made"`
	Undone []decisions.Decision `json:"undone"`
	Notes  []Note               `json:"notes,omitempty"`
}

// Decide records decisions in the journal. The folder is open to write. A decision holds for the content of the file that
// it was made of, wherever that lies later; no file in returns/ is changed.
func (o *Office) Decide(ctx context.Context, f *Folder, batch decisions.Batch) (out DecideResult, err error) {
	defer f.Forget()
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return out, err
	}
	batch.Reason, batch.By = oneLine(batch.Reason), oneLine(batch.By)
	if utf8.RuneCountInString(batch.Reason) > longestReason || utf8.RuneCountInString(batch.By) > longestBy {
		return out, Bad(Option("reason"), " has at most ", longestReason, " characters, and ", Option("by"), " ", longestBy)
	}
	made, err := o.asked(f, in, batch)
	if err != nil {
		return out, err
	}
	undone, err := in.toUndo(batch.Undo)
	if err != nil {
		return out, err
	}
	if err := f.Round.Decide(made); err != nil {
		return out, err
	}
	if err := f.Undo(undone, decisions.Undo{By: batch.By, Reason: batch.Reason, At: o.Time()}); err != nil {
		return out, err
	}
	out.Made, out.Undone = made, undone
	out.Notes = in.withoutEffect(made)
	return out, nil
}

// longestReason and longestBy are what stands in one cell of a table beside others, in characters.
const longestReason, longestBy = 1000, 120

// oneLine is a text without line ends and needless spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(text.OneLine(s)), " ") }

// asked makes decisions of requests, or says what is wrong with one.
func (o *Office) asked(f *Folder, in *Intake, batch decisions.Batch) ([]decisions.Decision, error) {
	var out []decisions.Decision
	for _, x := range batch.Requests {
		d, err := o.decision(f, in, x)
		if err != nil {
			return nil, err
		}
		if d.Kind == decisions.Answer && batch.Reason == "" {
			return nil, Bad("give ", Option("reason"), ": why the answer to ", d.Ref, " is decided stands beside it in every result")
		}
		d.By, d.Reason, d.At = batch.By, batch.Reason, o.Time()
		for _, other := range out {
			if d.Kind == other.Kind && d.Digest == other.Digest && d.Ref == other.Ref && d.Recipient == other.Recipient && d.Value != other.Value {
				return nil, badContent(named(d.Request), ": it is decided twice, as ", other.Value, " and as ", d.Value)
			}
		}
		out = append(out, d)
	}
	return out, nil
}

// named calls what a request is about.
func named(x decisions.Request) string {
	switch {
	case x.Kind == decisions.From && x.Ref != "":
		return x.Recipient + "/" + x.Ref
	case x.Kind == decisions.From:
		return x.Recipient
	case x.Ref != "":
		return x.File + "/" + x.Ref
	}
	return x.File
}

// decision makes a decision of a request: the file by its content, the recipient by its id, the answer by its number.
func (o *Office) decision(f *Folder, in *Intake, x decisions.Request) (d decisions.Decision, err error) {
	d.Request = x
	if x.Kind == decisions.Recipient && !x.Back || x.Kind == decisions.From {
		if d.Recipient, err = f.Find(x.Recipient); err != nil {
			return d, err
		}
	}
	if x.Kind == decisions.From && x.Back {
		d.File = ""
		return d, nil
	}
	ret, err := in.named(x.File)
	if err != nil {
		return d, err
	}
	d.File, d.Digest = ret.File, ret.Digest
	switch x.Kind {
	case decisions.Answer:
		return d, o.decideAnswer(f, in, &d, ret)
	case decisions.Leave:
		if x.Ref != "" && f.Template.Criterion(x.Ref) == nil && f.Template.Question(x.Ref) == nil {
			return d, noCriterion(f, named(x), x.Ref)
		}
		d.Recipient = in.recipientOf(ret.File)
	case decisions.Counts:
		d.Recipient = in.recipientOf(ret.File)
	case decisions.Recipient, decisions.From:
	default:
		return d, badContent(string(x.Kind), " is no kind of decision")
	}
	return d, nil
}

// decideAnswer sees that an answer can be decided, and finds its value.
func (o *Office) decideAnswer(f *Folder, in *Intake, d *decisions.Decision, ret *models.Return) error {
	c := f.Template.Criterion(d.Ref)
	switch {
	case c == nil:
		return noCriterion(f, named(d.Request), d.Ref)
	case ret.Rows() == 0:
		return badContent(named(d.Request), ": no answers could be read in this file, so that none can be decided")
	}
	d.Recipient = in.recipientOf(ret.File)
	if at, ok := in.member(d.Recipient); ok && !c.Applies(in.Members[at].Recipient.Groups) {
		return badContent(named(d.Request), ": ", d.Recipient, " is not asked this")
	}
	value, ok := f.answerTyped(o, c, d.Value)
	if !ok {
		var can []string
		for _, ch := range f.answerChoices(c, decisions.Request{}) {
			can = append(can, ch.Value)
		}
		return badContent(named(d.Request), ": '", d.Value, "' is no answer to it; choose one of ", strings.Join(can, ", "))
	}
	d.Value = value
	return nil
}

// answerTyped is a decided answer as it is recorded.
func (f *Folder) answerTyped(o *Office, c *models.Criterion, typed string) (string, bool) {
	typed = strings.TrimSpace(typed)
	switch word := strings.ToLower(typed); word {
	case decisions.Blank, decisions.Ask:
		return word, true
	}
	choice, ok := returns.ChoiceTyped(o.ReadOptions(f), c, typed)
	if choice.IsNotApplicable() {
		return decisions.NotApplicable, ok
	}
	return choice.String(), ok
}

func noCriterion(f *Folder, what, ref string) error {
	return badContent(what, ": the template has no criterion \"", ref, "\"").with(showTemplate(f))
}

// named finds the return that a person named by its path inside returns/.
func (in *Intake) named(file string) (*models.Return, error) {
	path := namedInReturns(file)
	known := func(i int) bool { return !in.returns[i].Beside && in.returns[i].Digest != "" }
	for i := range in.returns {
		if r := &in.returns[i]; known(i) && (r.File == file || r.File == path) {
			return r, nil
		}
	}
	if found := filesCalled(path, len(in.returns), func(i int) string { return in.returns[i].File }); len(found) == 1 && known(found[0]) {
		return &in.returns[found[0]], nil
	}
	return nil, noFile(file)
}

// recipientOf is whom a file is credited to, or "".
func (in *Intake) recipientOf(file string) string {
	if i, ok := in.lines[file]; ok {
		return in.Register.Files[i].Recipient
	}
	return ""
}

// toUndo finds the decisions with these numbers, which were not taken back yet.
func (in *Intake) toUndo(numbers []int) ([]decisions.Decision, error) {
	var out []decisions.Decision
	for _, n := range numbers {
		at := slices.IndexFunc(in.decided, func(d decisions.Decision) bool { return d.Number == n })
		if at < 0 {
			last := "none was made"
			if k := len(in.decided); k > 0 {
				last = fmt.Sprintf("the last is %d", in.decided[k-1].Number)
			}
			return nil, badContent("there is no decision ", n, "; ", last).with(actions.Decide.On())
		}
		if d := &in.decided[at]; d.Undo != nil {
			return nil, badContent("decision ", n, " was taken back by ", d.Undo.By, " on ", d.Undo.At.Local().Format("2 January 2006"), " already")
		}
		if !slices.ContainsFunc(out, func(d decisions.Decision) bool { return d.Number == n }) {
			out = append(out, in.decided[at])
		}
	}
	return out, nil
}

// withoutEffect says of which decisions nothing that counts rests on.
func (in *Intake) withoutEffect(made []decisions.Decision) []Note {
	var files []string
	for _, d := range made {
		if i, ok := in.lines[d.File]; ok && d.Kind == decisions.Answer && in.Register.Files[i].Status != models.Counted {
			files = append(files, fmt.Sprintf("decision %d: %s (%s)", d.Number, d.File, in.Register.Files[i].Status))
		}
	}
	if len(files) == 0 {
		return nil
	}
	return []Note{{Text: "these files do not count now, so that what was decided about their answers shows only once they do:", More: files}}
}
