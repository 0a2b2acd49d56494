package checks

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
)

// Rules are what deciding about files needs of a round, worked out once for all its recipients. With them the files of
// some recipients can be decided about apart from all others, by several at once: a Rules does not change. What looks
// across recipients is found by keys that others can be grouped by: see Prints and Together.
type Rules struct {
	known *known
	ids   *identifier
}

// NewRules works out the rules of a round. Of in it takes what does not depend on the returns.
func NewRules(in RegisterInput) *Rules {
	in.known = in.index(nil)
	return &Rules{in.known, newIdentifier(in)}
}

// of are the rules' input with the returns of another.
func (r *Rules) of(in RegisterInput) RegisterInput {
	in.known = in.index(r.known.asked)
	return in
}

// Whose is the id of the recipient that a return is credited to, or "". All files that Whose gives the same answer, and of
// those without a recipient all with the same bytes, are to be decided about together.
func (r *Rules) Whose(ret *models.Return, assigned map[string]string) string {
	ids := *r.ids
	ids.in.Assigned = assigned
	f := &file{kept: ret, ret: ret}
	ids.identify(f)
	return f.recipient
}

// Decided is what was decided about some files. It is for one goroutine at a time.
type Decided struct {
	in      RegisterInput
	files   []*file
	counted map[string]*credit
	plans   map[string]*file
	// opinions are the views of those who are asked for some, or gave some.
	opinions map[string]*opinions
}

// Decide decides about all files of some recipients, those of in, besides what looks across recipients.
func (r *Rules) Decide(in RegisterInput) *Decided {
	in = r.of(in)
	d := &Decided{in: in, counted: map[string]*credit{}, files: make([]*file, len(in.Returns))}
	for i := range in.Returns {
		d.files[i] = &file{kept: &in.Returns[i], ret: &in.Returns[i], read: in.AsRead[in.Returns[i].File]}
	}
	slices.SortFunc(d.files, func(a, b *file) int {
		if c := strings.Compare(a.ret.File, b.ret.File); c != 0 {
			return c
		}
		return strings.Compare(a.ret.Digest, b.ret.Digest)
	})
	ids := *r.ids
	ids.in = in
	for _, f := range d.files {
		ids.identify(f)
		if f.part == views.ConsensusID {
			f.sources, f.topics = f.topics, nil
		}
	}
	sameFiles(d.files)
	d.plans = settlePlans(in, d.files)
	for _, f := range d.files {
		if f.status == "" {
			rejectUnfilled(in, f)
		}
	}
	d.opinions = settleViews(in, d.files)
	groups := byRecipient(d.files)
	for _, rc := range in.Recipients {
		if group := complete(in, groups[rc.ID]); len(group) > 0 {
			if c := newCredit(in, rc, group); !c.incomplete(in, rc) {
				d.counted[rc.ID] = c
			}
		}
		if o := d.opinions[rc.ID]; o != nil {
			if c := o.credit(in, rc, d.counted[rc.ID]); c != nil {
				d.counted[rc.ID] = c
			}
		}
	}
	originals(d.files)
	return d
}
