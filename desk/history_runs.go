package desk

import (
	"time"

	"github.com/rubric-project/rubric/office"
)

// What one run does to many is one line of the history: how far apart two events of a run are at most, and from how many of
// a kind on they are one line.
const (
	runGap  = 2 * time.Minute
	runFrom = 3
)

// namedOfRun is how many of a run are named below its line.
const namedOfRun = 10

// eventsWords are what many events of a kind are called together, for one and for many. Other kinds stand by themselves.
var eventsWords = map[string][2]string{
	"generated": {"%d workbook was made", "%d workbooks were made"}, "drafted": {"%d draft was written", "%d drafts were written"},
	"sent": {"%d message was sent", "%d messages were sent"}, "sending": {"%d message was about to be sent", "%d messages were about to be sent"},
	"reminded": {"%d reminder was sent", "%d reminders were sent"}, "not-sent": {"%d message could not be sent", "%d messages could not be sent"},
	"received": {"%d file came in", "%d files came in"}, "kept": {"%d file of evidence was kept", "%d files of evidence were kept"},
	"reported": {"%d summary was made", "%d summaries were made"}, "correction-made": {"%d workbook to send back was made", "%d workbooks to send back were made"},
	"result-made": {"%d file of results was made", "%d files of results were made"}, "corrections-sent": {"%d set of corrections was sent", "%d sets of corrections were sent"},
	"results-sent": {"%d summary was sent", "%d summaries were sent"}, "bounced": {"%d message came back", "%d messages came back"},
	"recipient-added": {"%d recipient joined the list", "%d recipients joined the list"}, "recipient-removed": {"%d recipient left the list", "%d recipients left the list"},
	"recipient-changed": {"The entries of %d recipient were changed", "The entries of %d recipients were changed"}, "ids-restored": {"%d id got its zeros back", "%d ids got their zeros back"},
}

// inRuns puts events of one kind that one run made together, in the order in which the first of each stands.
func inRuns(events []*office.Event) (out [][]*office.Event) {
	for from := 0; from < len(events); {
		to := from + 1
		for to < len(events) && sameRun(events[to-1], events[to]) {
			to++
		}
		at := map[string]int{}
		var run [][]*office.Event
		for _, e := range events[from:to] {
			if i, ok := at[string(e.Kind)]; ok {
				run[i] = append(run[i], e)
				continue
			}
			at[string(e.Kind)] = len(run)
			run = append(run, []*office.Event{e})
		}
		for _, list := range run {
			if len(list) >= runFrom {
				out = append(out, list)
				continue
			}
			for _, e := range list {
				out = append(out, []*office.Event{e})
			}
		}
		from = to
	}
	return out
}

// sameRun says that one run made two events that stand beside one another.
func sameRun(a, b *office.Event) bool {
	gap := a.Time.Sub(b.Time).Abs()
	return eventsWords[string(a.Kind)][0] != "" && eventsWords[string(b.Kind)][0] != "" && whoDid(a) == whoDid(b) && gap <= runGap
}

// runRow is the line of a run.
func (c *call) runRow(list []*office.Event) historyRow {
	first := list[len(list)-1]
	w := eventsWords[string(first.Kind)]
	r := historyRow{When: c.When(first.Time), By: whoDid(first), What: c.N(len(list), w[0], w[1])}
	for _, e := range list[:min(len(list), namedOfRun)] {
		one := c.historyRow(e, nil)
		text := one.Whose
		if text == "" {
			text = one.More
		}
		r.Of = append(r.Of, text)
	}
	r.Rest = len(list) - len(r.Of)
	r.EachTo = c.with("each", "yes")
	return r
}
