package models

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models/withholding"
)

// noGroupValue stands for recipients whose group column is empty.
const noGroupValue = "(none)"

// In says whether the recipient belongs to a group: the recipients with this value in the column, "(none)" for those
// that have none.
func (r *Recipient) In(column, value string) bool {
	own := strings.TrimSpace(r.Groups[column])
	return own == value || own == "" && value == noGroupValue
}

// OfGroup is the results of a group alone: its members, and its figures in place of those of all, in Consolidation and in
// Disclosure; nil where there is no such group. What is compared with an earlier round is of its members.
func (r *Results) OfGroup(column, value string) *Results {
	at := slices.IndexFunc(r.Consolidation.Groups, func(g GroupView) bool { return g.Column == column && g.Value == value })
	if at < 0 {
		return nil
	}
	out := *r
	out.Consolidation = alone(&r.Consolidation.Groups[at])
	out.Disclosure = r.Disclosure.ofGroup(column, value)
	var places []int
	out.Members = nil
	for i := range r.Members {
		if r.Members[i].Recipient.In(column, value) {
			places, out.Members = append(places, i), append(out.Members, r.Members[i])
		}
	}
	if r.ReadAnswers != nil {
		out.ReadAnswers = func(member int) ([]Answer, error) { return r.ReadAnswers(places[member]) }
	}
	if r.Cards != nil {
		out.Cards = func(t *Template) func(int) *Scorecard {
			card := r.Cards(t)
			return func(member int) *Scorecard { return card(places[member]) }
		}
	}
	out.Register = Register{Entries: slices.DeleteFunc(slices.Clone(r.Register.Entries), func(e Entry) bool { return !e.Recipient.In(column, value) })}
	if c := r.Comparison; c != nil {
		own := *c
		own.Recipients = slices.DeleteFunc(slices.Clone(c.Recipients), func(x RecipientChange) bool {
			return !slices.ContainsFunc(out.Members, func(m Member) bool { return m.Recipient.ID == x.Recipient })
		})
		own.Topics = nil // of all
		out.Comparison = &own
	}
	return NewResults(out)
}

// alone is a consolidation of a group and nothing else.
func alone(g *GroupView) Consolidation {
	return Consolidation{Recipients: g.Recipients, Returned: g.Returned, All: *g, Criteria: g.Criteria}
}

func (d *Disclosure) ofGroup(column, value string) *Disclosure {
	if d == nil {
		return nil
	}
	out := *d
	out.Consolidation, out.All, out.Groups = Consolidation{}, withholding.Group{Group: withholding.Few}, nil
	if g, why := d.Group(column, value); g != nil {
		out.Consolidation, out.All = alone(g), *why
	}
	return &out
}

// WithoutLeftOut is the results by the criteria that Disclosure does not leave out: what figures for others rest on.
func (r *Results) WithoutLeftOut() *Results {
	if r.Disclosure == nil || len(r.Disclosure.LeftOut) == 0 {
		return r
	}
	left, t := r.Disclosure.LeftOutRefs(), *r.Template
	t.Criteria = slices.DeleteFunc(slices.Clone(t.Criteria), func(c Criterion) bool { return left[c.Ref] })
	return r.By(&t)
}
