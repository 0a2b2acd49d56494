package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/scoring/disclosure"
)

// What leaves the office compares with one recorded set of returns and decisions, so that two editions, or an edition and
// a later summary, cannot be subtracted to a single recipient. The set is recorded when an edition is made or the first
// summaries are sent. It goes on until enough has changed in every group that is shown.

// What a comparison set is recorded for.
const (
	forEdition   = "edition"
	forSummaries = "summaries"
)

// comparison is what leaves the office compares with, and the plan of what of it may be shown.
type comparison struct {
	in   *Intake
	plan *models.Disclosure
	// due is the set to be recorded where it is used; nil where it is recorded already.
	due *round.ComparisonSet
}

// compareWith finds the set to compare with. withhold are criteria to leave out beside those that are left out already;
// again takes what counts now, whatever that gives away.
func (o *Office) compareWith(ctx context.Context, f *Folder, in *Intake, withhold []string, again bool) (*comparison, error) {
	if again || f.compared == nil || len(withhold) > 0 {
		c, err := o.findComparison(ctx, f, in, withhold, again)
		if err != nil {
			return nil, err
		}
		f.compared = c
	}
	return f.compared, nil
}

func (o *Office) findComparison(ctx context.Context, f *Folder, in *Intake, withhold []string, again bool) (*comparison, error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	sets := recorded(events, f.Config.SmallestGroup())
	now := setOf(f, in)
	now.AsOf, now.Events = o.Time().UTC().Truncate(time.Second), len(events)
	if len(sets) == 0 || again {
		now.Withheld = f.inOrder(withhold)
		plan, err := f.plan(in, now.Withheld, nil)
		return &comparison{in: in, plan: plan, due: now}, err
	}
	set := sets[len(sets)-1]
	now.Withheld = f.inOrder(append(slices.Clone(set.Withheld), withhold...))
	same := slices.Equal(now.Withheld, set.Withheld)
	changed := changesOf(set.Counted, now.Counted)
	earlier, err := o.restoreAll(ctx, f, events, sets[:len(sets)-1])
	if err != nil {
		return nil, err
	}
	if len(changed) == 0 {
		plan, err := f.plan(in, now.Withheld, earlier)
		c := &comparison{in: in, plan: plan}
		if !same {
			c.due = now
		}
		return c, err
	}
	before, err := o.restore(ctx, f, events, set)
	if err != nil && len(now.Counted) <= f.Config.SmallestGroup() {
		plan, err := f.plan(in, now.Withheld, nil) // of so few no figure is shown, whatever was shown before
		return &comparison{in: in, plan: plan}, err
	}
	if err != nil {
		return nil, err
	}
	plan, err := f.plan(in, now.Withheld, append(slices.Clone(earlier), before.Members))
	if err != nil {
		return nil, err
	}
	if disclosure.EnoughChanged(plan, in.Members, changed) {
		return &comparison{in: in, plan: plan, due: now}, nil
	}
	if plan, err = f.plan(before, now.Withheld, earlier); err != nil {
		return nil, err
	}
	plan.AsOf = set.AsOf
	c := &comparison{in: before, plan: plan}
	if !same {
		kept := *set
		kept.Withheld = now.Withheld
		c.due = &kept
	}
	return c, nil
}

// RecordComparison records what summaries compare with, as they are about to be sent. The folder is open to write.
func (o *Office) RecordComparison(ctx context.Context, f *Folder, in *Intake) error {
	if f.Config.SmallestGroup() < disclosure.LeastMinimum {
		return nil // the summaries compare with nothing
	}
	c, err := o.compareWith(ctx, f, in, nil, false)
	if err != nil {
		return err
	}
	return c.record(f, o.Time(), forSummaries, "")
}

// record puts the set into the journal where it is not there yet. reason is the office's, where it takes a new set before
// enough has changed.
func (c *comparison) record(f *Folder, at time.Time, what, reason string) error {
	if c.due == nil {
		return nil
	}
	set := *c.due
	set.For = what
	if err := f.Record(round.Event{Time: at, Kind: round.Compared, Note: reason, Set: &set}); err != nil {
		return err
	}
	c.due = nil
	return nil
}

// notes say what a person should know about the set.
func (c *comparison) notes(again string) []Note {
	switch {
	case again != "":
		return noted("the edition compares with what counts now, though the last set of returns may still be compared with it: whoever has both can work out what changed between them, down to single answers. The journal has the reason.")
	case !c.plan.AsOf.IsZero():
		return noted("what leaves the office still compares with the returns as they were on " + c.plan.AsOf.Local().Format("2 January 2006") + ": too few have changed since for nobody to be made out. It goes over to the present ones once enough have changed in every group that is shown.")
	}
	return nil
}

// plan makes the plan of what may be shown of an intake. earlier are the members of the sets compared with so far, the oldest
// first, where this is another.
func (f *Folder) plan(in *Intake, withheld []string, earlier [][]models.Member) (*models.Disclosure, error) {
	d, err := disclosure.New(disclosure.Input{Template: f.Template, Scoring: in.Scoring, Groups: f.Config.Groups, Minimum: f.Config.SmallestGroup(),
		Members: in.Members, Withheld: withheld, Earlier: earlier})
	if err != nil {
		return nil, misuse("round.yaml: "+err.Error(), fmt.Sprintf("set minimum_group to %d or more", disclosure.LeastMinimum))
	}
	return d, nil
}

// inOrder sorts refs as the template has them, each once.
func (f *Folder) inOrder(refs []string) []string {
	var out []string
	for i := range f.Template.Criteria {
		if ref := f.Template.Criteria[i].Ref; slices.Contains(refs, ref) {
			out = append(out, ref)
		}
	}
	return out
}

// setOf is the set of what counts in an intake.
func setOf(f *Folder, in *Intake) *round.ComparisonSet {
	out := &round.ComparisonSet{Counted: map[string]string{}, Files: []string{}}
	for i := range in.Register.Files {
		out.Files = append(out.Files, in.Register.Files[i].Digest)
	}
	slices.Sort(out.Files)
	out.Files = slices.Compact(out.Files)
	for i := range in.Members {
		if m := &in.Members[i]; m.Return != nil {
			out.Counted[m.Recipient.ID] = countedOf(f.Config.Groups, m)
		}
	}
	return out
}

// countedOf is a digest of what of a member counts in comparisons.
func countedOf(groups []string, m *models.Member) string {
	h := sha256.New()
	for _, g := range groups {
		digest(h, m.Recipient.Groups[g])
	}
	for _, a := range m.Return.Answers() {
		digest(h, a.Ref, a.Level.Value, a.Target.Value)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// changesOf are the recipients whose return is new, replaced, withdrawn or changed by a decision.
func changesOf(before, now map[string]string) map[string]bool {
	out := map[string]bool{}
	for id, x := range now {
		if before[id] != x {
			out[id] = true
		}
	}
	for id := range before {
		if _, ok := now[id]; !ok {
			out[id] = true
		}
	}
	return out
}

// recorded are the sets that what left the office compared with, one after the other, since it was compared anew for a
// reason; of so few returns nothing was shown.
func recorded(events []round.Event, minimum int) (sets []*round.ComparisonSet) {
	for _, e := range events {
		if e.Kind != round.Compared || e.Set == nil {
			continue
		}
		if e.Note != "" {
			sets = nil
		}
		if n := len(sets); n > 0 && len(changesOf(sets[n-1].Counted, e.Set.Counted)) == 0 {
			sets[n-1] = e.Set // with more withheld
		} else if len(e.Set.Counted) > minimum {
			sets = append(sets, e.Set)
		}
	}
	return sets
}

// restoreAll takes in what counted when each of some sets was recorded.
func (o *Office) restoreAll(ctx context.Context, f *Folder, events []round.Event, sets []*round.ComparisonSet) ([][]models.Member, error) {
	var out [][]models.Member
	for _, set := range sets {
		in, err := o.restore(ctx, f, events, set)
		if err != nil {
			return nil, err
		}
		out = append(out, in.Members)
	}
	return out, nil
}

// restore takes in what counted when a set was recorded, and refuses where that is not to be had any more.
func (o *Office) restore(ctx context.Context, f *Folder, events []round.Event, set *round.ComparisonSet) (*Intake, error) {
	had := map[string]bool{}
	for _, digest := range set.Files {
		had[digest] = true
	}
	in, err := o.takeInAsOf(ctx, f, events[:min(set.Events, len(events))], func(digest string) bool { return had[digest] }, set.AsOf)
	if err != nil {
		return nil, err
	}
	if lost := changesOf(set.Counted, setOf(f, in).Counted); len(lost) > 0 {
		return nil, &fault.Error{Usage: true, Do: actions.CompareAnew.On(),
			Message: fmt.Sprintf("what leaves the office compares with the returns as they were on %s, and what %s answered cannot be found again as it was then: a file in returns/, the recipients list or round.yaml is another",
				set.AsOf.Local().Format("2 January 2006"), text.Count(len(lost), "recipient", "recipients")),
			Remedy: "put back what was changed, or compare anew with what counts now, giving the reason; whoever has both can then work out single answers"}
	}
	return in, nil
}
