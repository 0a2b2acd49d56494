package planning

import (
	"cmp"
	"slices"
	"time"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// Standing is where the action plans of a round stand on a day.
type Standing struct {
	// Tally sums up the actions of all plans that count.
	plans.Tally
	// Returned counts the recipients whose return counts, Made those of them who have a plan, Sent those who were sent one or
	// whose plan is back, and Back the plans that count.
	Returned, Made, Sent, Back int
	// Topics and Criteria say what is planned about which, most recipients first; Number is the place in the template.
	Topics, Criteria []plans.Group
	// Late are the actions that are overdue, the longest overdue first.
	Late []Line
	// Recipients are all of the list, in its order.
	Recipients []Stands
}

// Line is an action and whose it is.
type Line struct {
	Entry  *models.Entry
	Action *plans.Action
}

// Stage is how far a recipient's plan has come.
type Stage string

// The stages.
const (
	NoReturn Stage = "no-return" // nothing counts that a plan could be made from
	NotMade  Stage = "not-made"
	NotSent  Stage = "not-sent" // made, and as far as the journal knows not out
	NotBack  Stage = "not-back"
	Back     Stage = "back"
)

// Stages are all of them.
func Stages() []Stage { return []Stage{Back, NotBack, NotSent, NotMade, NoReturn} }

// Stands is where one recipient's plan stands.
type Stands struct {
	plans.Tally
	Entry *models.Entry
	Stage Stage
	// Since is when the plan was made or sent last; zero where it is back or there is none.
	Since time.Time
	// Drafted says that there is a message with it, which a person sends.
	Drafted bool
	// Line is the file of the plan that counts, with its findings; nil where none does.
	Line *models.FileLine
}

// Stand says where the plans of a round stand on a day; events are the round's journal.
func Stand(f *office.Folder, in *office.Intake, events []office.Event, day time.Time) Standing {
	made, sent, drafted := map[string]time.Time{}, map[string]time.Time{}, map[string]bool{}
	for _, e := range events {
		switch e.Kind {
		case round.PlanMade:
			made[e.Recipient] = e.Time
		case round.PlansSent:
			sent[e.Recipient] = e.Time
		case round.Drafted:
			drafted[e.Recipient] = drafted[e.Recipient] || e.Note == string(mail.PlansKind)
		case round.Placed:
			drafted[e.Recipient] = drafted[e.Recipient] || e.Note == string(round.PlansSent)
		}
	}
	lines := map[string]*models.FileLine{}
	for i := range in.Register.Files {
		lines[in.Register.Files[i].File] = &in.Register.Files[i]
	}
	out := Standing{Recipients: make([]Stands, len(in.Register.Entries))}
	var owned []plans.Owned
	var all []plans.Action
	for i := range in.Register.Entries {
		e := &in.Register.Entries[i]
		x := Stands{Entry: e, Stage: NoReturn, Line: lines[e.Plan]}
		switch {
		case e.PlanReturn != nil:
			x.Stage, x.Tally = Back, plans.Count(day, e.PlanReturn.Plan.Actions)
			out.Back++
			for k := range e.PlanReturn.Plan.Actions {
				a := &e.PlanReturn.Plan.Actions[k]
				owned = append(owned, plans.Owned{Recipient: i, Action: a})
				if all = append(all, *a); a.Overdue(day) {
					out.Late = append(out.Late, Line{e, a})
				}
			}
		case e.Return == nil:
		case !sent[e.Recipient.ID].IsZero():
			x.Stage, x.Since = NotBack, sent[e.Recipient.ID]
		case !made[e.Recipient.ID].IsZero():
			x.Stage, x.Since, x.Drafted = NotSent, made[e.Recipient.ID], drafted[e.Recipient.ID]
		default:
			x.Stage = NotMade
		}
		if e.Return != nil {
			out.Returned++
			if x.Stage != NotMade {
				out.Made++
			}
			if x.Stage == NotBack || x.Stage == Back {
				out.Sent++
			}
		}
		out.Recipients[i] = x
	}
	out.Tally = plans.Count(day, all)
	out.Topics, out.Criteria = groups(f.Template, day, owned)
	slices.SortStableFunc(out.Late, func(a, b Line) int { return cmp.Compare(a.Action.On.Unix(), b.Action.On.Unix()) })
	return out
}

// groups sums up by topic and by criterion.
func groups(t *models.Template, day time.Time, owned []plans.Owned) (topics, criteria []plans.Group) {
	byID, byRef, of := map[string]int{}, map[string]int{}, map[string]int{}
	for i, x := range t.Topics {
		byID[x.ID] = i + 1
	}
	for i := range t.Criteria {
		byRef[t.Criteria[i].Ref], of[t.Criteria[i].Ref] = i+1, byID[t.Criteria[i].Topic]
	}
	return plans.Grouped(day, owned, func(a *plans.Action) int { return of[a.Ref] }), plans.Grouped(day, owned, func(a *plans.Action) int { return byRef[a.Ref] })
}
