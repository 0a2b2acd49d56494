package models

import (
	"slices"

	"github.com/rubric-project/rubric/models/decisions"
)

// Results is what a round has come to: all that its workbook, its summaries and its data are made of. Whoever runs the
// round makes it once, with NewResults, and gives it to each package that writes something; they read it and do not
// change it. Of a large round the answers are packed or elsewhere and the scorecards are made when they are asked for,
// so ask Answers, Return and Scorecard, member by member, and not the fields of Members.
type Results struct {
	// Round and Template are needed. Template is in its own language; what is written in another asks it for that.
	Round    *Round
	Template *Template
	// TemplateSource is template.yaml as the round folder has it.
	TemplateSource []byte
	// Scoring is the scoring in force; NewResults takes the round's where it is not given.
	Scoring Scoring
	// Members are all recipients in the order of the recipients list, each with the return that counts, or nil.
	Members []Member
	// Places are those of Members in the recipients list, from 0, where they are a part of it; nil for all of it.
	Places []int
	// Register says what came back, Findings is everything wrong or noteworthy in it, sorted.
	Register Register
	Findings []Finding
	// Decisions are what the office decided about returns that count, as far as it is in force, by number.
	Decisions []decisions.Decision
	// Consolidation is the scores of all, by the scoring in force.
	Consolidation Consolidation
	// Disclosure is what of it may be shown to others. Without one, what is made for others shows no comparison.
	Disclosure *Disclosure
	// Comparison, if there is one, is how scores moved since an earlier round, which Earlier names: its title and date.
	Comparison *Comparison
	Earlier    string
	// Version is the program's own.
	Version string

	// ReadAnswers, if given, supplies the answers of a member's return in place of those in Members. It may be called
	// several times for each and must give the same; safe for concurrent use.
	ReadAnswers func(member int) ([]Answer, error)
	// Cards, if given, prepares the scoring of members by a template: the round's, or one with fewer criteria. The
	// function that it returns scores a member that has a return; safe for concurrent use.
	Cards func(t *Template) func(member int) *Scorecard

	card    func(member int) *Scorecard // Cards for Template
	changes map[string]int              // places in Comparison.Recipients by recipient id
}

// NewResults prepares results for being asked many times.
func NewResults(r Results) *Results {
	if r.Scoring.Method == "" {
		r.Scoring = r.Round.ScoringFor(r.Template)
	}
	if r.Cards != nil {
		r.card = r.Cards(r.Template)
	}
	if r.Comparison != nil {
		r.changes = make(map[string]int, len(r.Comparison.Recipients))
		for i := range r.Comparison.Recipients {
			r.changes[r.Comparison.Recipients[i].Recipient] = i
		}
	}
	return &r
}

// Answers are those of a member's return; nil without one.
func (r *Results) Answers(member int) ([]Answer, error) {
	ret := r.Members[member].Return
	switch {
	case ret == nil:
		return nil, nil
	case r.ReadAnswers != nil:
		return r.ReadAnswers(member)
	}
	return ret.Answers(), nil
}

// Return is a member's return with its answers; nil without one.
func (r *Results) Return(member int) (*Return, error) {
	ret := r.Members[member].Return
	if ret == nil {
		return nil, nil
	}
	out := *ret.LaidOut()
	if r.ReadAnswers == nil {
		return &out, nil
	}
	answers, err := r.ReadAnswers(member)
	out.SetAnswers(answers)
	return &out, err
}

// Scorecard is a member's scorecard; nil without a return, and where nothing scores.
func (r *Results) Scorecard(member int) *Scorecard {
	m := &r.Members[member]
	switch {
	case m.Return == nil:
		return nil
	case m.Scorecard != nil:
		return m.Scorecard
	case r.card != nil:
		return r.card(member)
	case r.Cards != nil:
		return r.Cards(r.Template)(member)
	}
	return nil
}

// By is the results by another template, such as one with fewer criteria or in another language. Scorecards are by it;
// what is over all members stays as it is.
func (r *Results) By(t *Template) *Results {
	out := *r
	out.Template = t
	if len(t.Criteria) != len(r.Template.Criteria) {
		out.Members = slices.Clone(r.Members)
		for i := range out.Members {
			out.Members[i].Scorecard = nil
		}
	}
	return NewResults(out)
}

// Change is how a recipient's scores moved since the earlier round; nil where there is nothing to compare.
func (r *Results) Change(recipient string) *RecipientChange {
	if r.Comparison == nil {
		return nil
	}
	list := r.Comparison.Recipients
	if at, ok := r.changes[recipient]; ok && at < len(list) && list[at].Recipient == recipient {
		return &list[at]
	}
	if r.changes != nil {
		return nil
	}
	if at := slices.IndexFunc(list, func(c RecipientChange) bool { return c.Recipient == recipient }); at >= 0 {
		return &list[at]
	}
	return nil
}

// GroupsOf are the views of the groups that a recipient belongs to as they may be shown to it, in the consolidation's
// order.
func (r *Results) GroupsOf(rc Recipient) []GroupView {
	var out []GroupView
	if r.Disclosure == nil {
		return nil
	}
	for _, g := range r.Disclosure.Consolidation.Groups {
		if rc.Groups[g.Column] == g.Value {
			out = append(out, g)
		}
	}
	return out
}
