package desk

import (
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// remindAfter is how long after the last message a reminder is the next thing to do.
const remindAfter = 7 * 24 * time.Hour

// steps are the steps of a round, in the order in which they are taken. The first that is open is the next one.
func (c *call) steps(t tally) ([]step, error) {
	all := len(c.view.Folder.Recipients)
	done, under, none, look := shaped{"in", c.T("done")}, "part", "none", "look"
	outstanding := t.status[models.Outstanding] + t.status[models.Late] + t.status[models.Partial]
	reminded := outstanding + t.status[models.Corrections]

	recipients := step{Name: c.T("Recipients"), Says: c.T("%d in the list, all with an address.", all), State: done, Do: c.T("See recipients"), To: c.to("recipients")}
	if missing := all - t.addressed; missing > 0 {
		recipients.Says = c.N(missing, "%d of the %d in the list has no address.", "%d of the %d in the list have no address.", all)
		recipients.State = shaped{look, c.T("look at it")}
	}

	workbooks := step{Name: c.T("Workbooks made"), Says: c.N(t.made, "%d workbook, one for each recipient.", "%d workbooks, one for each recipient."), State: done,
		Do: c.T("See workbooks"), To: c.to("send")}
	if t.made < all {
		workbooks.open = true
		workbooks.Says = c.T("%d of %d recipients have one.", t.made, all)
		workbooks.State = shaped{none, c.T("not made")}
		workbooks.Post = c.to("send/workbooks")
		workbooks.Do = c.N(all-t.made, "Make %d workbook", "Make %d workbooks")
		workbooks.Title = c.N(all-t.made, "Next: make %d workbook", "Next: make %d workbooks")
		workbooks.More = c.T("Each recipient gets a workbook of its own, with its name in it and a seal by which it is known when it comes back.")
	}

	unsent := t.post["not yet sent"] + t.post["drafted"] + t.post["not sent"]
	sent := step{Name: c.T("Sent"), State: done, Do: c.T("See what was sent"), To: c.to("send")}
	switch {
	case t.sentFirst.IsZero() && t.post["drafted"] > 0:
		sent.Says = c.N(t.post["drafted"], "%d draft is in the folder outbox, to be sent from your mail program.", "%d drafts are in the folder outbox, to be sent from your mail program.")
		sent.State = shaped{under, c.T("drafted")}
	case unsent == 0:
		sent.Says = c.T("First on %s.", c.Date(t.sentFirst))
	case t.answered > 0:
		sent.Says = c.N(unsent, "%d is not known to be sent.", "%d are not known to be sent.")
		sent.State = shaped{under, c.T("by other ways")}
	default:
		sent.open = !workbooks.open
		sent.Says = c.N(unsent, "%d message is not sent yet.", "%d messages are not sent yet.")
		sent.State = shaped{none, c.T("not sent")}
		sent.Do = c.N(unsent, "Send %d", "Send %d")
		sent.Title = c.N(unsent, "Next: send %d workbook", "Next: send %d workbooks")
		sent.More = c.T("You see each message before it goes, and how many go. Your own mail program can send them as well.")
	}

	returns := step{Name: c.T("Returns"), Says: c.back(t, all), State: done, Do: c.T("Add returns"), To: c.to("returns")}
	if outstanding > 0 || t.status[models.Corrections] > 0 {
		returns.State = shaped{under, c.T("collecting")}
		if t.files == 0 {
			returns.State = shaped{none, c.T("none yet")}
		}
		returns.open = t.files == 0 || c.collecting(t)
		returns.Also, returns.AlsoTo = c.T("or see the results so far"), c.to("results")
		returns.Title = c.T("Next: add the returns that come")
		returns.More = c.T("Drop workbooks, saved messages and zip files on the page Returns, or have a folder or mailbox looked at. What has come is read at once.")
	}

	remind := step{Name: c.T("Reminder"), Do: c.N(reminded, "Remind %d", "Remind %d"), To: c.to("send", "kind", "reminders"), State: shaped{"past", c.T("nothing to do")},
		Says: c.T("Nobody is outstanding.")}
	if outstanding > 0 {
		remind.Says = c.N(outstanding, "%d recipient has not returned all.", "%d recipients have not returned all.")
		remind.State = shaped{none, c.T("if you like")}
		if late := t.status[models.Late]; late > 0 {
			remind.State = shaped{look, c.N(late, "%d late", "%d late")}
			remind.open = t.sentAt.IsZero() || c.office().Time().Sub(t.sentAt) > remindAfter
			remind.Title = c.N(reminded, "Next: remind %d recipient", "Next: remind %d recipients")
			remind.More = c.T("The due date is past. You see the words and the number of messages before any goes; nobody is reminded twice within two days.")
			remind.Also, remind.AlsoTo = c.T("or add returns that have come"), c.to("returns")
		}
	}

	results, summaries, err := c.resultSteps(t)
	if err != nil {
		return nil, err
	}
	decide, ok, err := c.decideStep()
	returns.open = returns.open && (t.files == 0 || !decide.open) // what waits for a person comes before what may come
	steps := []step{recipients, workbooks, sent, returns}
	if ok {
		steps = append(steps, decide)
	}
	return append(steps, remind, results, summaries), err
}

// collecting says that the due date is ahead and that something is still to come.
func (c *call) collecting(t tally) bool {
	ends := c.view.Folder.Config.Due.Time.AddDate(0, 0, 1)
	return t.status[models.Returned] < len(c.view.Folder.Recipients) && c.office().Time().Before(ends)
}

// back says in one line what came back.
func (c *call) back(t tally, all int) string {
	says := []string{c.T("%d of %d", t.status[models.Returned], all)}
	for _, x := range []struct {
		n    int
		text string
	}{{t.status[models.Partial], c.T("%d in part", t.status[models.Partial])}, {t.status[models.Late], c.T("%d late", t.status[models.Late])},
		{t.status[models.Corrections], c.T("%d with corrections to make", t.status[models.Corrections])}, {t.rejected, c.N(t.rejected, "%d file that does not count", "%d files that do not count")}} {
		if x.n > 0 {
			says = append(says, x.text)
		}
	}
	return strings.Join(says, ", ") + "."
}

// resultSteps are the two last steps: what is made of the returns, and who gets it.
func (c *call) resultSteps(t tally) (results, summaries step, err error) {
	products, err := c.products()
	if err != nil {
		return results, summaries, err
	}
	there, old := 0, 0
	for _, p := range products {
		if p.Name == office.FindingsWorkbook || p.Name == office.CorrectionWorkbooks || p.Name == office.ActionPlans {
			continue // they are for the work on the returns
		}
		there += p.Files
		old += p.Old
		if p.Files > 0 && p.Made.After(results.made) {
			results.made = p.Made
		}
	}
	results.Name, results.Do, results.To = c.T("Results"), c.T("See the files"), c.to("files")
	switch {
	case there == 0:
		results.Says, results.State = c.T("Nothing is made yet."), shaped{"none", c.T("not made")}
		results.open = t.answered > 0 && !c.collecting(t)
		results.Do = c.T("Make the results")
		results.Title = c.T("Next: make the results")
		results.More = c.N(t.answered, "%d return counts. The consolidated workbook and the summaries can be made at any time, and made anew when more has come.", "%d returns count. The consolidated workbook and the summaries can be made at any time, and made anew when more has come.")
	case old > 0:
		results.Says, results.State = c.T("Made on %s. What came back has changed since.", c.Date(results.made)), shaped{"look", c.T("out of date")}
		results.open = true
		results.Do = c.N(old, "Make %d file anew", "Make %d files anew")
		results.Title = c.N(old, "Next: make %d file anew", "Next: make %d files anew")
		results.More = c.T("They show less, or other answers, than what counts now.")
	default:
		results.Says, results.State = c.T("Made on %s, of all that counts.", c.Date(results.made)), shaped{"in", c.T("done")}
	}
	summaries = step{Name: c.T("Summaries to recipients"), Do: c.T("Preview a summary"), To: c.to("send", "kind", "results"), State: shaped{"none", c.T("not sent")},
		Says: c.N(t.answered, "%d is entitled to one.", "%d are entitled to one.")}
	if t.answered > 0 && t.resultsSent == 0 && there > 0 && !c.collecting(t) {
		summaries.open = true
		summaries.Title = c.T("Next: send the summaries")
		summaries.More = c.N(t.answered, "%d recipient whose return counts gets its own summary. Read some of them first.", "%d recipients whose returns count get their own summaries. Read some of them first.")
	}
	if t.resultsSent > 0 {
		summaries.State = shaped{"part", c.T("%d sent", t.resultsSent)}
		if t.resultsSent >= t.answered {
			summaries.State = shaped{"in", c.T("done")}
		}
	}
	return results, summaries, nil
}

// decideStep is the step of what a person must settle; ok is false where nothing ever was.
func (c *call) decideStep() (out step, ok bool, err error) {
	items, err := c.toDecide()
	if err != nil {
		return out, false, err
	}
	made, err := c.decided()
	if err != nil {
		return out, false, err
	}
	n := len(items)
	out = step{Name: c.T("To decide"), Says: c.T("Nothing waits for you."), State: shaped{"in", c.T("done")}, Do: c.T("See what was decided"), To: c.to("history")}
	if n > 0 {
		out.open = true
		out.Says = c.N(n, "%d question that only a person can settle.", "%d questions that only a person can settle.")
		out.State = shaped{"look", c.N(n, "%d waits for you", "%d wait for you")}
		out.Do, out.To = c.N(n, "Decide %d", "Decide %d"), c.to("decide")
		out.Title = c.N(n, "Next: decide %d thing that waits for you", "Next: decide %d things that wait for you")
		out.More = c.T("The results cannot be final before. Each shows what the file holds, what happens without you, and what you can choose.")
		out.Also, out.AlsoTo = c.T("or add returns that have come"), c.to("returns")
	}
	return out, n > 0 || len(made) > 0, nil
}
