package office

import (
	"context"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/models/plans"
)

// Decisions lists all decisions of the round by number, with what has become of each.
func (o *Office) Decisions(ctx context.Context, f *Folder) ([]decisions.Decision, error) {
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return nil, err
	}
	return slices.Clone(in.decided), nil
}

// endDecisions says of the decisions that the journal has in force which ended: the file that a decision is bound to is
// gone, or another return of its recipient counts now.
func (in *Intake) endDecisions() {
	if len(in.decided) == 0 {
		return
	}
	in.byDigest = map[string][]int{}
	for i := range in.Register.Files {
		in.byDigest[in.Register.Files[i].Digest] = append(in.byDigest[in.Register.Files[i].Digest], i)
	}
	for i := range in.decided {
		d := &in.decided[i]
		if d.State != decisions.InForce || d.Back {
			continue
		}
		if because := in.ended(d); because != "" {
			d.State, d.Because = decisions.Ended, because
		}
	}
	in.decisionsOf = map[string][]decisions.Decision{}
	for _, d := range in.effective() {
		in.decisionsOf[d.Recipient] = append(in.decisionsOf[d.Recipient], d)
	}
}

// ended says why a decision holds no longer, "" where it does.
func (in *Intake) ended(d *decisions.Decision) string {
	lines := in.byDigest[d.Digest]
	if len(lines) == 0 {
		return "The file with this content is no longer in returns/."
	}
	superseded := !slices.ContainsFunc(lines, func(i int) bool { return in.Register.Files[i].Status != models.Superseded })
	if !superseded || d.Kind == decisions.Recipient || d.Kind == decisions.From {
		return ""
	}
	if at, ok := in.member(in.Register.Files[lines[0]].Recipient); ok {
		e := &in.Register.Entries[at]
		now := e.File
		if in.Register.Files[lines[0]].Part == plans.PartID {
			now = e.Plan
		}
		if now != "" {
			return now + " counts now."
		}
	}
	return "Another file counts now."
}

// effective are the decisions that something of what counts rests on, each with the recipient for whom its file counts.
func (in *Intake) effective() []decisions.Decision {
	var out []decisions.Decision
	for _, d := range in.decided {
		id := in.creditedTo(d)
		if d.State != decisions.InForce || d.Back || d.Kind == decisions.Leave || id == "" || d.Kind == decisions.From && d.Recipient != id {
			continue
		}
		d.Recipient = id
		out = append(out, d)
	}
	return out
}

// creditedTo is the recipient for whom the file of a decision counts, "" for none.
func (in *Intake) creditedTo(d decisions.Decision) string {
	for _, i := range in.byDigest[d.Digest] {
		if line := &in.Register.Files[i]; line.Status == models.Counted || line.Status == models.PlanCounts || line.Status == models.ViewCounts && d.Kind != decisions.From {
			return line.Recipient
		}
	}
	return ""
}

// member is the place of a recipient among Members and the register's entries.
func (in *Intake) member(id string) (int, bool) {
	at, ok := in.places[id]
	return at, ok
}

// DecisionInWords says a decision in a few words: "01247.xlsx/2.3 is '3 – Defined'".
func (f *Folder) DecisionInWords(d *decisions.Decision) string {
	back := ""
	if d.Back {
		back = "no longer: "
	}
	switch d.Kind {
	case decisions.Answer:
		switch _, label := f.Template.Decided(d); {
		case d.Value == decisions.Ask:
			return named(d.Request) + " is asked of the sender"
		case label == "":
			return named(d.Request) + " is blank"
		default:
			return named(d.Request) + " is '" + label + "'"
		}
	case decisions.Recipient:
		if d.Back {
			return d.File + ": whose it is is taken back"
		}
		return d.File + " is from " + d.Recipient
	case decisions.Counts:
		return back + d.File + " counts"
	case decisions.From:
		if d.Back {
			return named(d.Request) + ": no file decides any longer"
		}
		return named(d.Request) + " is decided by " + d.File
	}
	return named(d.Request) + " is left as it is"
}

// SayAgain is the action that a decision about a file is.
func (f *Folder) SayAgain(d *decisions.Decision) actions.Action {
	switch {
	case d.Back:
		return actions.Undo.On()
	case d.Kind == decisions.Recipient:
		return actions.Assign.On(d.File, d.Recipient)
	case d.Kind == decisions.Counts:
		return actions.Prefer.On(d.File)
	case d.Kind == decisions.From:
		return actions.Settle.On(named(d.Request), d.File)
	}
	return actions.Decide.On()
}
