package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/planning"
)

// actionsPage is where the action plans of the round stand.
type actionsPage struct {
	Next     actionsNext
	Earlier  []listChoice
	Statuses []actionsStatus
	Topics   []actionsGroup
	Criteria []actionsGroup
	// MoreCriteria counts those that are not shown.
	MoreCriteria int
	Late         []actionRow
	LatePages    pager
	LateN        int
	Rows         []planLine
	Pages        pager
	Shown        int
	Facets       []facet
	Query, Stage string
	Workbook     *productLine
	// Again says that plans are made that can be made anew, Any that something is planned, All how many plans are back.
	Again, Any bool
	Back       int
}

// actionsNext is what is to be done about the plans. Make says that it is a form of this page.
type actionsNext struct {
	Title, More, Do, To string
	Make                bool
}

// actionsStatus counts the actions of one status.
type actionsStatus struct {
	St    shaped
	N     int
	Bar   part
	Share string
}

// actionsGroup is what is planned for a topic or a criterion.
type actionsGroup struct {
	Ref, Name                                    string
	Recipients, Actions, Open, Overdue, Finished int
}

// actionRow is an action that is overdue.
type actionRow struct {
	Name, ID, To, Ref, Action, Owner, Due, Ago string
	St                                         shaped
}

// planLine is where a recipient's plan stands.
type planLine struct {
	Name, To, ID, File, FileTo, Since string
	St                                shaped
	Back                              bool
	Actions, Open, Overdue, Finished  int
	Found                             string
}

// mostCriteria is how many criteria are shown that recipients plan for.
const mostCriteria = 25

// standing is worked out once for a look at the round, and a day.
func (c *call) standing() planning.Standing {
	day := c.office().Time()
	out, _ := once(c.view, "plans as at "+day.Format(time.DateOnly), func() (planning.Standing, error) {
		return planning.Stand(c.view.Folder, c.view.Intake, c.view.Events, day), nil
	})
	return out
}

func (d *Desk) actions(c *call) (answer, error) {
	v, x := c.view, c.standing()
	page := actionsPage{Query: c.query("q"), Stage: c.query("plan"), Any: x.Actions > 0, Again: x.Made > x.Back, Back: x.Back}
	page.Next = c.actionsNext(&x)
	if page.Next.Make || page.Again {
		page.Earlier = c.earlierRounds()
	}
	for _, s := range plans.Statuses() {
		page.Statuses = append(page.Statuses, actionsStatus{c.actionStatus(s), x.By[s], part{x.By[s], max(x.Actions, 1)}, c.Share(x.By[s], max(x.Actions, 1))})
	}
	page.Topics = c.actionGroups(x.Topics, func(i int) (string, string) { return "", v.Folder.Template.Topics[i].Name })
	page.Criteria = c.actionGroups(x.Criteria, func(i int) (string, string) { k := &v.Folder.Template.Criteria[i]; return k.Ref, k.Text() })
	page.MoreCriteria = max(0, len(page.Criteria)-mostCriteria)
	page.Criteria = page.Criteria[:min(len(page.Criteria), mostCriteria)]
	c.lateActions(&page, x.Late)
	c.planLines(&page, &x)
	products, err := c.products()
	if err != nil {
		return answer{}, err
	}
	if i := slices.IndexFunc(products, func(p office.Product) bool { return p.Name == office.PlansWorkbook }); i >= 0 {
		line := c.productLine(products[i], tallyOf(v))
		page.Workbook = &line
	}
	h := head{Title: c.T("Actions"), Kicker: v.Folder.Config.Title, KickerTo: c.to("overview"), Question: c.T("What is being done about it, and how far has it come?"), Here: "actions"}
	h.Facts = []fact{{c.T("Plans that are back"), c.whole(x.Back), c.T("of %d", x.Returned)}, {c.T("Actions"), c.whole(x.Actions), ""}, {c.T("Open"), c.whole(x.Open()), ""},
		{c.T("Overdue"), c.whole(x.Overdue), ""}, {c.T("Done"), c.whole(x.By[plans.Done]), ""}}
	if due := v.Folder.Config.PlansDue; !due.IsZero() {
		h.Facts = append(h.Facts, fact{c.T("Plans are due back on"), c.Date(due.Time), c.away(due.Time)})
	}
	return c.show("actions", h, page), nil
}

// actionsNext is what comes next: plans are made, then sent, then come back.
func (c *call) actionsNext(x *planning.Standing) actionsNext {
	missing, unsent, out := x.Returned-x.Made, x.Made-x.Sent, x.Sent-x.Back
	switch {
	case x.Returned == 0:
		return actionsNext{Title: c.T("No return counts yet"), More: c.T("A plan is made of what a return says: where the recipient is, and what the next level looks like. Add the returns first."), Do: c.T("Add returns"), To: c.to("returns")}
	case missing > 0:
		return actionsNext{Title: c.N(missing, "Next: make %d action plan", "Next: make %d action plans"), Make: true, Do: c.N(missing, "Make %d action plan", "Make %d action plans"),
			More: c.T("Each recipient whose return counts gets a workbook with its own priorities, to be filled in with what is done about them, by whom and by when. One of its sheets is printed for the meeting.")}
	case unsent > 0:
		return actionsNext{Title: c.N(unsent, "Next: send %d action plan", "Next: send %d action plans"), Do: c.N(unsent, "Look at the message and send %d", "Look at the messages and send %d"), To: c.to("send", "kind", "plans"),
			More: c.T("They lie in results/plans in the round's folder. You see each message before it goes, and how many go.")}
	case out > 0 && x.Back == 0:
		return actionsNext{Title: c.T("The plans are out, and none is back yet"), More: c.T("Add what comes on the page Returns, as you do with the assessments: a plan is known by itself, and changes nothing in the assessment."), Do: c.T("Add returns"), To: c.to("returns")}
	}
	return actionsNext{}
}

// earlierRounds are rounds of the same template that were opened here: their open actions can be carried over.
func (c *call) earlierRounds() []listChoice {
	var out []listChoice
	for _, dir := range c.settings.rounds() {
		key := keyOf(dir)
		if key == c.live.key {
			continue
		}
		if f, err := c.office().Open(dir); err == nil && f.Template.ID == c.view.Folder.Template.ID {
			out = append(out, listChoice{key, f.Config.Title + ", " + c.Date(f.Config.Due.Time), false})
		}
	}
	return out
}

// actionStatus is a status of an action in words, with its shape.
func (c *call) actionStatus(s plans.Status) shaped {
	switch s {
	case plans.InProgress:
		return shaped{"part", c.T("in progress")}
	case plans.Done:
		return shaped{"in", c.T("done")}
	case plans.OnHold:
		return shaped{"look", c.T("on hold")}
	case plans.Dropped:
		return shaped{"past", c.T("dropped")}
	}
	return shaped{"none", c.T("not started")}
}

// actionGroups names what is planned for; name is asked with the place in the template.
func (c *call) actionGroups(list []plans.Group, name func(int) (ref, text string)) (out []actionsGroup) {
	for _, g := range list {
		row := actionsGroup{Recipients: g.Recipients, Actions: g.Actions, Open: g.Open(), Overdue: g.Overdue, Finished: g.By[plans.Done], Name: c.T("About no criterion")}
		if g.Number > 0 {
			row.Ref, row.Name = name(g.Number - 1)
		}
		out = append(out, row)
	}
	return out
}

// lateActions lists what is overdue, a page of it.
func (c *call) lateActions(page *actionsPage, list []planning.Line) {
	q, from, to := c.pagedBy("opage", len(list))
	page.LatePages, page.LateN = q, len(list)
	for _, x := range list[from:to] {
		page.Late = append(page.Late, actionRow{Name: x.Entry.Recipient.Name, ID: x.Entry.Recipient.ID, To: c.to("return", "file", x.Entry.Plan) + "#" + planRowID(x.Action.Action.Cell), Ref: x.Action.Ref,
			Action: x.Action.Action.Value, Owner: x.Action.Owner.Value, Due: c.Date(x.Action.On), Ago: c.away(x.Action.On), St: c.actionStatus(x.Action.Status)})
	}
}

// stageOf is how far a plan has come in words, with its shape.
func (c *call) stageOf(x *planning.Stands) shaped {
	switch x.Stage {
	case planning.Back:
		return shaped{"in", c.T("back")}
	case planning.NotBack:
		if due := c.view.Folder.Config.PlansDue; !due.IsZero() && c.office().Time().After(due.AddDate(0, 0, 1)) {
			return shaped{"look", c.T("not back, past its day")}
		}
		return shaped{"none", c.T("sent, not back")}
	case planning.NotSent:
		if x.Drafted {
			return shaped{"part", c.T("drafted")}
		}
		return shaped{"none", c.T("made, not sent")}
	case planning.NotMade:
		return shaped{"none", c.T("no plan made")}
	}
	return shaped{"past", c.T("no return that counts")}
}

// planLines lists the recipients that the address asks for.
func (c *call) planLines(page *actionsPage, x *planning.Standing) {
	counts := map[planning.Stage]int{}
	late, word := 0, strings.ToLower(strings.TrimSpace(page.Query))
	var found []int
	for i := range x.Recipients {
		r := &x.Recipients[i]
		if counts[r.Stage]++; r.Overdue > 0 {
			late++
		}
		if (page.Stage == "" || page.Stage == string(r.Stage) || page.Stage == "overdue" && r.Overdue > 0) &&
			(word == "" || strings.Contains(strings.ToLower(r.Entry.Recipient.ID+"\n"+r.Entry.Recipient.Name), word)) {
			found = append(found, i)
		}
	}
	values := []facetValue{}
	for _, s := range planning.Stages() {
		text := map[planning.Stage]string{planning.Back: c.upper(c.T("back")), planning.NotBack: c.T("Sent, not back"), planning.NotSent: c.T("Made, not sent"), planning.NotMade: c.T("No plan made"), planning.NoReturn: c.T("No return that counts")}[s]
		values = append(values, facetValue{string(s), text, counts[s]})
	}
	values = append(values, facetValue{"overdue", c.T("With something overdue"), late})
	page.Facets = []facet{c.facet(c.T("Plan"), "plan", len(x.Recipients), values)}
	q, from, to := c.paged(len(found))
	page.Pages, page.Shown = q, len(found)
	for _, i := range found[from:to] {
		r := &x.Recipients[i]
		line := planLine{Name: r.Entry.Recipient.Name, To: c.to("recipients/one", "id", r.Entry.Recipient.ID), ID: r.Entry.Recipient.ID, St: c.stageOf(r),
			Back: r.Stage == planning.Back, Actions: r.Actions, Open: r.Open(), Overdue: r.Overdue, Finished: r.By[plans.Done]}
		if !r.Since.IsZero() {
			line.Since = c.Date(r.Since.Local())
		}
		if r.Line != nil {
			line.File, line.FileTo = baseName(r.Entry.Plan), c.to("return", "file", r.Entry.Plan)
			if errors, warnings, repairs := models.Count(r.Line.Findings); errors+warnings > 0 {
				line.Found = c.counted(errors, warnings, repairs)
			}
		}
		page.Rows = append(page.Rows, line)
	}
}

// makePlans makes the action plans of all whose plan is not back; open actions of an earlier round go with them where one is
// named.
func (d *Desk) makePlans(c *call) (answer, error) {
	dir, opts := c.live.dir, planning.Options{}
	if key := c.field("earlier"); key != "" {
		for _, x := range d.settings.rounds() {
			if keyOf(x) == key {
				opts.Prefill.Dir = x
			}
		}
	}
	err := c.live.begin(c.T("Making the action plans"), "actions", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		f, unlock, notes, err := o.OpenToWrite(dir, "desk: make action plans")
		if err != nil {
			return "", "", err
		}
		defer unlock()
		made, err := planning.Make(ctx, o, f, opts)
		noteLines(j, "look", append(notes, made.Notes...))
		if err != nil {
			return "", "", err
		}
		said := c.N(made.Plans, "%d action plan is made.", "%d action plans are made.")
		if made.Since != "" {
			said += " " + c.N(made.Carried, "%d open action is carried over from %s.", "%d open actions are carried over from %s.", made.Since)
		}
		return said, "", nil
	})
	if err != nil {
		return answer{}, err
	}
	return c.afterBegin(c.to("actions"))
}
