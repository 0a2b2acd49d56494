package office

import (
	"cmp"
	"context"
	"os"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/models/plans"
)

// EarlierPlans finds the action plans of an earlier round that counted there, for the recipients of now: by id, or the one
// that it had then. The earlier folder is read and not changed; a consolidated workbook has no plans. option is the one that
// named it.
func (o *Office) EarlierPlans(ctx context.Context, f *Folder, from Earlier, option Option) (plans.Earlier, []Note, error) {
	out := plans.Earlier{Of: map[string]*plans.Plan{}}
	if info, err := os.Stat(from.Dir); from.Dir == "" || err == nil && info.Mode().IsRegular() {
		return out, nil, nil
	}
	earlier, err := o.openEarlier(option, from.Dir)
	if err != nil {
		return out, nil, err
	}
	if earlier.Config.ID == f.Config.ID {
		return out, nil, Bad(option, " ", from.Dir, ": this is the round itself; give the folder of an earlier one")
	}
	then, err := o.TakeIn(ctx, earlier)
	if err != nil {
		return out, nil, err
	}
	x, notes, err := crosswalkFrom(f, earlier.Template, from.Crosswalk)
	if err != nil {
		return out, notes, err
	}
	became := refsNow(x, earlier.Template, f.Template)
	out.Since = nameOf(earlier.Config)
	byID := map[string]*plans.Plan{}
	for _, e := range then.Register.Entries {
		if e.PlanReturn != nil {
			byID[e.Recipient.ID] = e.PlanReturn.Plan
		}
	}
	for _, rc := range f.Recipients {
		p := byID[cmp.Or(rc.PreviousID, rc.ID)]
		if p == nil {
			continue
		}
		own := &plans.Plan{Actions: make([]plans.Action, len(p.Actions))}
		copy(own.Actions, p.Actions)
		for i := range own.Actions {
			own.Actions[i].Ref = became[own.Actions[i].Ref]
		}
		out.Of[rc.ID] = own
	}
	return out, notes, nil
}

// refsNow says what the refs of an earlier template are now, where one criterion became one or several; of several, the
// first.
func refsNow(x *crosswalk.Crosswalk, earlier, now *models.Template) map[string]string {
	out := map[string]string{}
	if x == nil {
		for i := range earlier.Criteria {
			if ref := earlier.Criteria[i].Ref; now.Criterion(ref) != nil {
				out[ref] = ref
			}
		}
		return out
	}
	routes := x.Routes()
	for i := range now.Criteria {
		ref := now.Criteria[i].Ref
		for _, from := range routes[ref].From {
			if out[from] == "" {
				out[from] = ref
			}
		}
	}
	return out
}
