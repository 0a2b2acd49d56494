// Package plans is the vocabulary of action plans: what a recipient means to do about its priorities, by whom and by when,
// and how far it has come.
//
// A Form is what goes out, a row for each priority and for each open action of an earlier plan; a Plan is what came back,
// each text with the cell that it stands in. Rows are known by their ids, which with their criteria are sealed in the
// workbook (RowList), so that rows that were moved or mixed up show. Count sums up what plans say on a day; what is overdue
// depends on the day, which is always given. It knows nothing of files.
package plans

import (
	"slices"
	"strings"
	"time"
)

// PartID is the id of the part of a recipient's workbooks that its action plan is; see models.Part.
const PartID = "plan"

// Status is where an action stands.
type Status string

// The statuses, in the order of the list in the workbook. NoStatus is a cell that was left blank: not started, as far as
// anybody said.
const (
	NoStatus   Status = ""
	NotStarted Status = "not started"
	InProgress Status = "in progress"
	Done       Status = "done"
	OnHold     Status = "on hold"
	Dropped    Status = "dropped"
)

// Statuses are those that can be chosen.
func Statuses() []Status { return []Status{NotStarted, InProgress, Done, OnHold, Dropped} }

// Key is that of the status in package words; a cell that was left blank says not started.
func (s Status) Key() string {
	switch s {
	case InProgress:
		return "plan.status_in_progress"
	case Done:
		return "plan.status_done"
	case OnHold:
		return "plan.status_on_hold"
	case Dropped:
		return "plan.status_dropped"
	}
	return "plan.status_not_started"
}

// Open says that something remains to be done.
func (s Status) Open() bool { return s != Done && s != Dropped }

// Cell is a text of a workbook and the cell that it stands in.
type Cell struct {
	Value string `json:"value"`
	Sheet string `json:"sheet,omitempty"`
	Cell  string `json:"cell,omitempty"`
}

// Action is a row of a plan that came back.
type Action struct {
	// ID is the row's: a number, "c1" for one carried over from an earlier plan, "a1" for one that the recipient added.
	ID string `json:"id"`
	// Ref is the criterion that it is about, by the row's own cell; "" where it is about none.
	Ref string `json:"ref,omitempty"`
	// At is the cell with the row's id.
	At Cell `json:"at"`
	// Cause is the root cause, Action what is to be done, Owner by whom, Progress what is said of it since.
	Cause    Cell `json:"cause"`
	Action   Cell `json:"action"`
	Owner    Cell `json:"owner"`
	Progress Cell `json:"progress"`
	// Due is the day by which, as its cell shows it, and On the same as a day; zero where there is none or it cannot be read.
	Due Cell      `json:"due"`
	On  time.Time `json:"on,omitzero"`
	// Said is the cell of the status, and Status what it says; NoStatus where it is blank or not of the list.
	Said   Cell   `json:"said"`
	Status Status `json:"status"`
}

// Filled says that the recipient wrote something into the row. What the workbook was made with counts too: a carried-over
// row says what it said.
func (a *Action) Filled() bool {
	return a.Cause.Value != "" || a.Action.Value != "" || a.Owner.Value != "" || a.Due.Value != "" || a.Progress.Value != "" || a.Said.Value != ""
}

// Planned says that something is to be done, or was.
func (a *Action) Planned() bool { return a.Action.Value != "" }

// Overdue says that an action is open and its day is before a day.
func (a *Action) Overdue(day time.Time) bool {
	return a.Planned() && a.Status.Open() && !a.On.IsZero() && a.On.Before(day.Truncate(24*time.Hour))
}

// Plan is what came back: its rows in the order in which they stand.
type Plan struct {
	Actions []Action `json:"actions"`
}

// Filled counts the rows into which something was written.
func (p *Plan) Filled() int {
	n := 0
	for i := range p.Actions {
		if p.Actions[i].Filled() {
			n++
		}
	}
	return n
}

// Row is a row of a plan that goes out.
type Row struct {
	ID  string
	Ref string
	// Criterion is what it is about, Topic its topic; Now is the level or rating given, Next what the next looks like, Target
	// the level aimed at, and Steps the model's next steps; "" where there is none.
	Criterion, Topic, Now, Next, Target, Steps string
	// Carried is what an earlier plan said, for a row that is carried over; nil for others.
	Carried *Action
}

// Earlier is what recipients planned in an earlier round, by their ids of now and with the refs of now; a ref that does not
// go on is "".
type Earlier struct {
	// Since names the round for people.
	Since string
	Of    map[string]*Plan
}

// Form is a plan that goes out.
type Form struct {
	Rows []Row
	// Advice are next steps of the model that belong to no single criterion, each with its ref in front.
	Advice []string
	// Since names the earlier round whose open actions are carried over; "" where there is none.
	Since string
}

// RowList writes the ids of the rows and their criteria as the seal covers them: 1=10.94, 2=3.1. It stands in the place of a
// part's topics, whose ids have no comma either.
func (f *Form) RowList() []string {
	var out []string
	for _, r := range f.Rows {
		out = append(out, r.ID+"="+r.Ref)
	}
	return out
}

// RefsOf reads what RowList wrote: the criterion of each row, by the row's id.
func RefsOf(list []string) map[string]string {
	out := map[string]string{}
	for _, s := range list {
		if id, ref, ok := strings.Cut(s, "="); ok {
			out[id] = ref
		}
	}
	return out
}

// Added says that a row's id is that of a row for the recipient's own actions.
func Added(id string) bool { return strings.HasPrefix(id, "a") }

// Carried says that a row's id is that of an action carried over from an earlier plan.
func Carried(id string) bool { return strings.HasPrefix(id, "c") }

// Tally is what some actions come to on a day.
type Tally struct {
	// Actions counts those that say what is to be done, and By them by status.
	Actions int
	By      map[Status]int
	// Overdue counts the open ones whose day has passed, Undated and Unowned the open ones without a day or an owner.
	Overdue, Undated, Unowned int
}

// Count sums up actions.
func Count(day time.Time, list []Action) Tally {
	t := Tally{By: map[Status]int{}}
	for i := range list {
		a := &list[i]
		if !a.Planned() {
			continue
		}
		t.Actions++
		s := a.Status
		if s == NoStatus {
			s = NotStarted
		}
		t.By[s]++
		if a.Overdue(day) {
			t.Overdue++
		}
		if s.Open() && a.On.IsZero() {
			t.Undated++
		}
		if s.Open() && a.Owner.Value == "" {
			t.Unowned++
		}
	}
	return t
}

// Open counts what remains to be done.
func (t Tally) Open() int {
	n := 0
	for s, k := range t.By {
		if s.Open() {
			n += k
		}
	}
	return n
}

// OpenOf lists the actions of a plan of which something remains to be done.
func OpenOf(p *Plan) []Action {
	if p == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.Actions), func(a Action) bool { return !a.Planned() || !a.Status.Open() })
}
