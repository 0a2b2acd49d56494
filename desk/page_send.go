package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/lists"
	"github.com/rubric-project/rubric/office/post"
)

// sendKinds are what can be sent: the word in addresses, what it is called, and the job of package post.
var sendKinds = []struct {
	name, title, text string
	job               post.Job
}{
	{"invitations", "Invitation", "With the workbook.", post.Invitations},
	{"reminders", "Reminder", "To those who have not returned, or have corrections to make.", post.Reminders},
	{"corrections", "Corrections", "Their own workbook with the cells marked.", post.Corrections},
	{"results", "Results", "The summary as a PDF. Not before the results are final.", post.Results},
	{"plans", "Action plans", "The workbook in which they plan what follows.", post.Plans},
	{"consensus", "Consensus workbooks", "All views side by side, in which a meeting chooses.", post.Consensus},
}

// sendPage is what goes out, to whom, and in which words.
type sendPage struct {
	Kind, KindTitle string
	Kinds           []sendKind
	Books           *makeStep
	Fixes           bool
	Meeting         *consensusStep
	Words           string
	WordsFile       string
	OwnWords        bool
	WordsWhy        string
	WordsLang       string
	Fields          []pair
	For             string
	Choices         []listChoice
	Mail            *shownMail
	NoMail          []noMail
	About           int
	Before          []sending
	Due             *dueReminders
}

// noMail is what is in the way of a message, and where it is put right.
type noMail struct {
	Text string
	Way  way
}

// sendKind is one of the kinds, with how many would get it.
type sendKind struct {
	Name, Title, Text, To string
	N                     int
	Here                  bool
}

// makeStep says which workbooks are there.
type makeStep struct{ Missing, All int }

// shownMail is a message as one of those who get it will read it.
type shownMail struct {
	From, To, Cc, Subject, Attached, Lang string
	Paragraphs                            []string
}

// sending is messages of one kind that went out on one day.
type sending struct {
	What, When, By           string
	Messages, Drafts, Failed int
}

func (c *call) sendKind() int {
	for i, k := range sendKinds {
		if k.name == c.query("kind") {
			return i
		}
	}
	return 0
}

func (d *Desk) sendPage(c *call) (answer, error) { return c.showSend("", nil) }

// showSend shows the page; words are those that could not be kept, "" for those that are.
func (c *call) showSend(words string, errs []formError) (answer, error) {
	at := c.sendKind()
	kind := sendKinds[at]
	p := &post.Post{Office: c.office()}
	f := c.view.Folder
	data := sendPage{Kind: kind.name, KindTitle: c.T(kind.title), For: c.query("for"), Fields: c.wordFields()}
	who, err := c.whoGets()
	if err != nil {
		return answer{}, err
	}
	for i, k := range sendKinds {
		if k.job == post.Consensus && i != at && !c.hasViews() {
			continue
		}
		data.Kinds = append(data.Kinds, sendKind{k.name, c.T(k.title), c.T(k.text), c.to("send", "kind", k.name), len(who[i]), i == at})
	}
	data.About = len(who[at])
	made, err := once(c.view, "workbooks made", func() (map[string]bool, error) { return lists.Made(f) })
	if err != nil {
		return answer{}, err
	}
	if at < 2 {
		data.Books = &makeStep{All: len(f.Recipients)}
		for _, rc := range f.Recipients {
			if !made[rc.ID] {
				data.Books.Missing++
			}
		}
	}
	data.Fixes = kind.job == post.Corrections
	if kind.job == post.Consensus {
		data.Meeting = c.consensusStep()
	}
	if kind.job == post.Reminders {
		data.Due = c.remindersDue()
	}
	if data.Words, data.WordsFile, data.OwnWords, err = p.Wording(f, kind.job); err != nil {
		return answer{}, err
	}
	data.WordsLang = f.Config.Language
	if words != "" {
		data.Words, data.WordsWhy = words, errs[0].Text
	}
	c.previewFor(&data, who[at], p, kind.job)
	data.Before = c.sentBefore()
	h := head{Title: c.T("Send"), Kicker: f.Config.Title, KickerTo: c.to("overview"), Question: c.T("What goes out, to whom, and when?"), Here: "send", Facts: c.sendFacts(len(made))}
	if h.Errors = errs; len(errs) > 0 {
		return c.wrong("send", h, data), nil
	}
	return c.show("send", h, data), nil
}

func (c *call) sendFacts(made int) []fact {
	f := c.view.Folder
	due := c.N(int(f.Config.Due.Sub(c.office().Time().Truncate(24*time.Hour)).Hours()/24), "in %d day", "in %d days")
	if f.Config.Due.Time.Before(c.office().Time().Truncate(24 * time.Hour)) {
		due = c.T("it is over")
	}
	facts := []fact{{c.T("Workbooks made"), c.T("%d of %d", made, len(f.Recipients)), ""}, {c.T("Due"), c.Date(f.Config.Due.Time), due}}
	if s := c.mailServer(); s.Host != "" {
		facts = append(facts, fact{c.T("Mail server"), s.Host, ""})
	}
	return facts
}

// mostChoices is how many recipients are offered to show a message for.
const mostChoices = 50

// previewFor makes the message of one of those who get it.
func (c *call) previewFor(data *sendPage, who []string, p *post.Post, job post.Job) {
	f := c.view.Folder
	names := map[string]string{}
	for _, rc := range f.Recipients {
		names[rc.ID] = rc.Name
	}
	if data.For == "" && len(who) > 0 {
		data.For = who[0]
	}
	if data.For == "" && job == post.Invitations && len(f.Recipients) > 0 {
		data.For = f.Recipients[0].ID
	}
	for _, id := range who[:min(len(who), mostChoices)] {
		data.Choices = append(data.Choices, listChoice{id, id + " " + cutText(names[id], 60), id == data.For})
	}
	if data.For == "" || names[data.For] == "" {
		return
	}
	if !slices.ContainsFunc(data.Choices, func(x listChoice) bool { return x.Here }) {
		data.Choices = append(data.Choices, listChoice{data.For, data.For + " " + cutText(names[data.For], 60), true})
	}
	// The words are no part of what a view is known by; a file in outbox/ that was saved since is found when the messages are
	// prepared.
	shown, _ := once(c.view, fmt.Sprint("preview ", job, data.For, "\x00", data.Words), func() (preview, error) { return c.previewOf(p, job, data.For), nil })
	data.Mail = shown.mail
	for _, n := range shown.notes {
		data.NoMail = append(data.NoMail, noMail{n.Text, c.way(n.Do)})
	}
}

// preview is a message, or what is in the way of it.
type preview struct {
	mail  *shownMail
	notes []office.Note
}

func (c *call) previewOf(p *post.Post, job post.Job, id string) (out preview) {
	f := c.view.Folder
	m, err := p.Prepare(c.r.Context(), f, job, post.Options{Only: []string{id}})
	if err != nil {
		out.notes = append(out.notes, office.AsNote(err))
		return out
	}
	out.notes = append(out.notes, m.Problems...)
	for _, x := range m.Outlines()[:min(m.Len(), 1)] {
		from := f.Config.Mail.From
		if from == "" {
			from = f.Config.Contact.Email
		}
		out.mail = &shownMail{From: from, To: x.To, Cc: x.Cc, Subject: x.Subject, Attached: x.Attachment, Lang: f.Config.Language}
		for paragraph := range strings.SplitSeq(x.Text, "\n\n") {
			out.mail.Paragraphs = append(out.mail.Paragraphs, strings.TrimSpace(paragraph))
		}
	}
	return out
}

// sentBefore are the messages of each kind and day, the last first.
func (c *call) sentBefore() []sending {
	out, _ := once(c.view, "sent before "+c.lang, func() ([]sending, error) {
		titles := map[string]string{"sent": "Invitation", "reminded": "Reminder", "corrections-sent": "Corrections", "results-sent": "Results", "plans-sent": "Action plans", "consensus-sent": "Consensus workbooks", "drafted": "Drafts", "placed": "Drafts in the mailbox", "not-sent": "Not sent"}
		var list []sending
		at := map[string]int{}
		for _, e := range c.view.Events {
			title, ok := titles[string(e.Kind)]
			if !ok {
				continue
			}
			key := fmt.Sprint(e.Kind, e.By, e.Time.Local().Format("2006-01-02"))
			i, there := at[key]
			if !there {
				i = len(list)
				at[key] = i
				list = append(list, sending{What: c.T(title), When: c.When(e.Time), By: e.By})
			}
			switch e.Kind {
			case "drafted", "placed":
				list[i].Drafts++
			case "not-sent":
				list[i].Failed++
			default:
				list[i].Messages++
			}
		}
		slices.Reverse(list)
		return list[:min(len(list), 30)], nil
	})
	return out
}

// keepWords keeps the words of a kind of message, or goes back to the given ones.
func (d *Desk) keepWords(c *call) (answer, error) {
	kind := sendKinds[c.sendKind()]
	text := c.field("words")
	given := c.field("do") == "given"
	if given {
		text = ""
	}
	err := c.live.change("words", func(o *office.Office, f *office.Folder) error {
		return (&post.Post{Office: o}).SetWording(f, kind.job, text)
	})
	switch {
	case err != nil && office.IsMisuse(err) && text != "":
		return c.showSend(text, []formError{{"words", err.Error()}})
	case err != nil:
		return answer{}, err
	}
	x := saying{Text: c.T("The words are kept."), More: c.T("The message below is made with them.")}
	if given {
		x = saying{Text: c.T("These are the given words again.")}
	}
	return redirect(c.to("send", "kind", kind.name, "for", c.query("for"), "done", c.live.say(x)) + "#words-title"), nil
}

// noteLines shows notes of the core as lines of a job.
func noteLines(j *job, shape string, notes []office.Note) {
	for _, n := range notes {
		j.Line(jobLine{What: n.Text, Became: "", Shape: shape, Found: strings.Join(n.More, "; ")})
	}
}

// count writes a number.
func count(n int) string { return strconv.Itoa(n) }
