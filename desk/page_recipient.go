package desk

import (
	"errors"
	"net/http"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/lists"
)

// recipientPage is one recipient: its entries, and its whole story.
type recipientPage struct {
	ID     string
	Inputs []input
	Stands shaped
	Files  []storyFile
	Views  *viewsCard
	Story  []storyLine
	Action string
	Button string
	// New says that it is one who joins.
	New bool
}

// storyFile is a file of the recipient's in returns/.
type storyFile struct {
	File  string
	State shaped
}

// storyLine is something that happened.
type storyLine struct{ When, What, Note string }

// mostStory is how many lines of a story are shown; the last are.
const mostStory = 200

func (d *Desk) recipient(c *call) (answer, error) {
	rc, ok := c.recipientOf(c.query("id"))
	if !ok {
		return c.told(http.StatusNotFound, c.T("There is no such recipient"), c.T("It may have left the list. The list shows who is in it.")), nil
	}
	return c.showRecipient(rc, nil)
}

func (c *call) recipientOf(id string) (models.Recipient, bool) {
	for _, rc := range c.view.Folder.Recipients {
		if rc.ID == id {
			return rc, true
		}
	}
	return models.Recipient{}, false
}

func (c *call) showRecipient(rc models.Recipient, errs []formError) (answer, error) {
	log, err := c.office().Log(c.r.Context(), c.view.Folder, rc.ID)
	if err != nil {
		return answer{}, err
	}
	data := recipientPage{ID: rc.ID, Inputs: c.recipientInputs(rc, errs), Action: c.to("recipients/one", "id", rc.ID), Button: c.T("Save")}
	for i := range log.Now {
		e := &log.Now[i]
		data.Stands, data.Views = c.statusOf(e.Status), c.viewsOf(e, log.Events)
		for _, f := range e.Files {
			data.Files = append(data.Files, storyFile{f, shaped{"in", c.T("counts")}})
		}
		if len(e.Files) == 0 && e.File != "" {
			data.Files = append(data.Files, storyFile{e.File, shaped{"in", c.T("counts")}})
		}
		for _, f := range e.Others {
			data.Files = append(data.Files, storyFile{f, shaped{"past", c.T("does not count")}})
		}
	}
	events := log.Events[max(0, len(log.Events)-mostStory):]
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		note := e.Note
		if e.Address != "" {
			note = strings.Trim(e.Address+" · "+note, " ·")
		}
		e.Recipient = ""
		data.Story = append(data.Story, storyLine{c.When(e.Time), c.event(e), cutText(note, 300)})
	}
	h := head{Title: cutText(rc.Name, 120), Kicker: c.T("Recipients"), KickerTo: c.to("recipients"), Question: c.T("Who is it, and what happened so far?"), Here: "recipients",
		Facts: []fact{{c.T("Reference"), rc.ID, ""}, {c.T("Stands"), data.Stands.Text, ""}}}
	if h.Errors = errs; len(errs) > 0 {
		return c.wrong("recipient", h, data), nil
	}
	return c.show("recipient", h, data), nil
}

// recipientInputs are the entries of a recipient that can be changed: all but the reference.
func (c *call) recipientInputs(rc models.Recipient, errs []formError) []input {
	out := []input{
		{ID: "name", Label: c.T("Name"), Value: rc.Name, Size: 50},
		{ID: "email", Label: c.T("E-mail address"), Hint: c.T("Several are parted by semicolons. Empty where the workbook goes another way."), Value: rc.Email, Size: 50},
		{ID: "contact", Label: c.T("Contact"), Value: rc.Contact, Size: 40},
		{ID: "language", Label: c.T("Language of its messages"), Hint: c.T("Such as es or en-US; empty for that of the round."), Value: rc.Language, Size: 8}}
	for i, g := range c.view.Folder.GroupColumns {
		out = append(out, input{ID: "g" + letters(i), Label: g, Value: rc.Groups[g], Size: 30})
	}
	return inputsWith(out, errs)
}

// recipientSaid is a recipient as a form has it.
func (c *call) recipientSaid(id string) models.Recipient {
	rc := models.Recipient{ID: id, Name: strings.TrimSpace(c.field("name")), Email: strings.TrimSpace(c.field("email")), Contact: strings.TrimSpace(c.field("contact")),
		Language: strings.TrimSpace(c.field("language")), Groups: map[string]string{}}
	for i, g := range c.view.Folder.GroupColumns {
		rc.Groups[g] = strings.TrimSpace(c.field("g" + letters(i)))
	}
	return rc
}

// wrongEntries says which fields a mistake in a list is about.
func wrongEntries(err error) []formError {
	field := "name"
	text := err.Error()
	switch {
	case strings.Contains(text, "email"):
		field = "email"
	case strings.Contains(text, "language"):
		field = "language"
	case strings.Contains(text, "id"):
		field = "id"
	}
	if i := strings.Index(text, ": "); i > 0 && strings.HasPrefix(text, "recipients.csv:") {
		text = text[i+2:]
	}
	return []formError{{field, text}}
}

// saveRecipient changes the entries of one recipient.
func (d *Desk) saveRecipient(c *call) (answer, error) {
	rc := c.recipientSaid(c.query("id"))
	if _, ok := c.recipientOf(rc.ID); !ok {
		return c.told(http.StatusNotFound, c.T("There is no such recipient"), c.T("It may have left the list. The list shows who is in it.")), nil
	}
	if rc.Name == "" {
		return c.showRecipient(rc, []formError{{"name", c.T("Give the recipient a name")}})
	}
	var fields []lists.Field
	err := c.live.change("recipient", func(o *office.Office, f *office.Folder) (err error) {
		fields, err = lists.Edit(o, f, rc)
		return err
	})
	switch {
	case err != nil && office.IsMisuse(err):
		return c.showRecipient(rc, wrongEntries(err))
	case err != nil:
		return answer{}, err
	case len(fields) == 0:
		return redirect(c.to("recipients/one", "id", rc.ID, "done", c.live.say(saying{Text: c.T("Nothing was changed: the entries are the same as before.")}))), nil
	}
	x := saying{Text: c.T("Saved."), More: c.T("The list before is kept in the folder.")}
	for _, f := range fields {
		if f.Name == "name" {
			x.More = c.T("Its workbook still has the name before; make it again where that matters. The one that is out is read all the same.")
		}
	}
	return redirect(c.to("recipients/one", "id", rc.ID, "done", c.live.say(x))), nil
}

// joining is the form for one who joins late.
func (d *Desk) joining(c *call) (answer, error) { return c.showJoining(models.Recipient{}, nil), nil }

func (c *call) showJoining(rc models.Recipient, errs []formError) answer {
	data := recipientPage{New: true, Action: c.to("recipients/add"), Button: c.T("Add this recipient"),
		Inputs: append(inputsWith([]input{{ID: "id", Label: c.T("Reference"), Hint: c.T("A code of its own, which never changes: it says whose a workbook is."), Value: rc.ID, Size: 20}}, errs), c.recipientInputs(rc, errs)...)}
	h := head{Title: c.T("Add recipients"), Kicker: c.T("Recipients"), KickerTo: c.to("recipients"), Question: c.T("Who joins the round?"), Here: "recipients"}
	if h.Errors = errs; len(errs) > 0 {
		return c.wrong("recipients-add", h, data)
	}
	return c.show("recipients-add", h, data)
}

// joinOne adds a recipient.
func (d *Desk) joinOne(c *call) (answer, error) {
	rc := c.recipientSaid(strings.TrimSpace(c.field("id")))
	var errs []formError
	if rc.ID == "" {
		errs = append(errs, formError{"id", c.T("Give the recipient a reference of its own")})
	}
	if rc.Name == "" {
		errs = append(errs, formError{"name", c.T("Give the recipient a name")})
	}
	if len(errs) > 0 {
		return c.showJoining(rc, errs), nil
	}
	err := c.live.change("recipient", func(o *office.Office, f *office.Folder) error { return lists.Add(o, f, rc) })
	if err != nil && office.IsMisuse(err) {
		return c.showJoining(rc, wrongEntries(err)), nil
	}
	if err != nil {
		return answer{}, err
	}
	return redirect(c.to("recipients/one", "id", rc.ID, "done", c.live.say(saying{Text: c.T("Added: %s.", rc.Name), More: c.T("It has no workbook yet."), To: c.to("send"), ToText: c.T("Make its workbook")}))), nil
}

// errList says that a proposal is about another list than there is now.
func errList(err error) bool { return errors.Is(err, lists.ErrListChanged) }
