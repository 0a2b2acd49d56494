package desk

import (
	"github.com/rubric-project/rubric/office"
)

// stepsWay is something that is done in several steps, of which one is shown.
type stepsWay struct {
	Name, Note string
	Steps      []wayStep
}

type wayStep struct {
	Text, To   string
	Here, Done bool
}

// newSteps are the steps of a new round: the address, and its title in the list of steps.
var newSteps = []struct{ name, title string }{
	{"template", "1. Template"}, {"details", "2. Title, dates, office"}, {"recipients", "3. Recipients"}, {"look", "4. Look and wording"}, {"check", "5. Check and create"},
}

// newTo is the address of a step.
func newTo(step string, dr *draft, pairs ...string) string {
	path := "/new"
	if step != "template" {
		path += "/" + step
	}
	if dr != nil {
		pairs = append([]string{"d", dr.key}, pairs...)
	}
	return address(path, pairs...)
}

// newHead is the head of a step.
func (c *call) newHead(step string, dr *draft, title, question string) head {
	way := &stepsWay{Name: c.T("New round"), Note: c.T("Nothing is made before step 5.")}
	n := 0
	for i, s := range newSteps {
		if s.name == step {
			n = i + 1
		}
		way.Steps = append(way.Steps, wayStep{c.T(s.title), newTo(s.name, dr), s.name == step, dr != nil && dr.done[s.name]})
	}
	return head{Title: title, Question: question, Kicker: c.T("New round, step %d of %d", n, len(newSteps)), Where: c.T("New round, not made yet"), Way: way}
}

// theDraft is the new round that the address or the form names, held until release is called. Where there is none any more,
// the browser goes back to the first step.
func (c *call) theDraft() (dr *draft, release func(), gone answer) {
	dr = c.draft(c.query("d"))
	if dr == nil {
		return nil, func() {}, redirect("/new")
	}
	dr.mu.Lock()
	return dr, dr.mu.Unlock, answer{}
}

// templatePage is the first step.
type templatePage struct {
	Key       string
	Templates []templateLine
	// Back comes back here from the pages about templates.
	Back string
	Why  string
}

// templateLine is a template to choose, or one that cannot be used as it is, with what is wrong.
type templateLine struct {
	Name, ID, Title, Publisher, File, Lang, Wrong string
	Criteria, Levels                              int
	Here                                          bool
}

// newRound is the first step: which template?
func (d *Desk) newRound(c *call) (answer, error) {
	dr := d.draft(c.query("d"))
	if dr != nil {
		dr.mu.Lock()
		defer dr.mu.Unlock()
	}
	return c.showTemplates(dr, nil, "")
}

func (c *call) showTemplates(dr *draft, errs []formError, chosen string) (answer, error) {
	data := templatePage{}
	if dr != nil {
		data.Key, chosen = dr.key, dr.Template
	}
	if t := c.query("template"); t != "" {
		chosen = t
	}
	data.Back = newTo("template", dr)
	lines, err := c.templateLines()
	if err != nil {
		return answer{}, err
	}
	for _, l := range lines {
		l.Here = l.Name == chosen
		data.Templates = append(data.Templates, l)
	}
	h := c.newHead("template", dr, c.T("What is assessed?"), c.T("A template holds the criteria and the levels. The round keeps its own copy."))
	if h.Errors = errs; len(errs) > 0 {
		data.Why = errs[0].Text
		return c.wrong("new", h, data), nil
	}
	return c.show("new", h, data), nil
}

// chooseTemplate takes the first step, and begins the new round.
func (d *Desk) chooseTemplate(c *call) (answer, error) {
	dr := d.draft(c.field("d"))
	name := c.field("template")
	if name == "" {
		if dr != nil {
			dr.mu.Lock()
			defer dr.mu.Unlock()
		}
		return c.showTemplates(dr, []formError{{"template-0", c.T("Choose a template")}}, "")
	}
	if _, _, err := office.TemplateNamed(name); err != nil {
		return answer{}, err
	}
	if dr == nil {
		dr = d.newDraft()
	}
	dr.mu.Lock()
	defer dr.mu.Unlock()
	dr.Template = name
	dr.done["template"] = true
	return redirect(newTo("details", dr)), nil
}

// input is a field of a form: its id is its name as well.
type input struct {
	ID, Label, Hint, Type, Value, Why, Auto string
	Size                                    int
}

// inputsWith puts what is wrong beside the fields.
func inputsWith(list []input, errs []formError) []input {
	for i := range list {
		for _, e := range errs {
			if e.Field == list[i].ID {
				list[i].Why = e.Text
			}
		}
		if list[i].Type == "" {
			list[i].Type = "text"
		}
	}
	return list
}

// detailsPage is the second step.
type detailsPage struct {
	Key, Lang             string
	About, Contact, Dates []input
}

func (d *Desk) newDetails(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	return c.showDetails(dr, nil), nil
}

func (c *call) showDetails(dr *draft, errs []formError) answer {
	x := dr.Details
	if x.Issued == "" {
		x.Issued = c.office().Time().Format("2006-01-02")
	}
	data := detailsPage{Key: dr.key,
		About: inputsWith([]input{
			{ID: "title", Label: c.T("Title of the round"), Hint: c.T("It stands on every workbook, message and summary."), Value: x.Title, Size: 50},
			{ID: "organiser", Label: c.T("Your office"), Hint: c.T("As the recipients know it."), Value: x.Organiser, Size: 50, Auto: "organization"}}, errs),
		Dates: inputsWith([]input{
			{ID: "issued", Label: c.T("Begins on"), Type: "date", Value: x.Issued, Size: 12, Hint: c.T("The day that the workbooks go out.")},
			{ID: "due", Label: c.T("Workbooks are due back on"), Type: "date", Value: x.Due, Size: 12, Hint: c.T("The calendar of the field is that of your computer.")}}, errs),
		Contact: inputsWith([]input{
			{ID: "contact-name", Label: c.T("Whom recipients ask"), Value: x.ContactName, Size: 40},
			{ID: "contact-email", Label: c.T("E-mail address of that person or team"), Hint: c.T("Messages are sent from it, unless you say otherwise when you send."), Type: "email", Value: x.ContactEmail, Size: 40},
			{ID: "contact-phone", Label: c.T("Telephone, if you like"), Type: "tel", Value: x.ContactPhone, Size: 24},
			{ID: "reply-to", Label: c.T("Where completed workbooks come back to, if to another address"), Type: "email", Value: x.ReplyTo, Size: 40}}, errs),
	}
	h := c.newHead("details", dr, c.T("What is the round called, and when is it due?"), c.T("Only the title and the day are needed. Look them over: they stand in every workbook and message."))
	if h.Errors = errs; len(errs) > 0 {
		return c.wrong("new-details", h, data)
	}
	return c.show("new-details", h, data)
}

// giveDetails takes the second step.
func (d *Desk) giveDetails(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	dr.Details = draftDetails{Title: c.field("title"), Organiser: c.field("organiser"), Issued: c.field("issued"), Due: c.field("due"), ContactName: c.field("contact-name"),
		ContactEmail: c.field("contact-email"), ContactPhone: c.field("contact-phone"), ReplyTo: c.field("reply-to")}
	errs, err := c.wrongIn(dr, "title", "organiser", "issued", "due", "contact-name", "contact-email", "contact-phone", "reply-to")
	if err != nil {
		return answer{}, err
	}
	if dr.done["details"] = len(errs) == 0; len(errs) > 0 {
		return c.showDetails(dr, errs), nil
	}
	return redirect(newTo("recipients", dr)), nil
}

// wrongIn says what is wrong with some fields of a new round.
func (c *call) wrongIn(dr *draft, fields ...string) ([]formError, error) {
	opts, dates := dr.options()
	problems, err := c.office().CheckRound(opts)
	if err != nil {
		return nil, err
	}
	known := map[string]string{}
	for _, p := range problems {
		known[p.Option] = p.Message
		if p.Remedy != "" {
			known[p.Option] += "; " + p.Remedy
		}
	}
	for field, text := range dates {
		known[field] = text
	}
	if dr.Details.Title == "" {
		known["title"] = c.T("Give the round a title")
	}
	if dr.Details.Due == "" {
		known["due"] = c.T("Say when the workbooks are due back")
	}
	var out []formError
	for _, f := range fields {
		if known[f] != "" {
			out = append(out, formError{f, known[f]})
		}
	}
	return out, nil
}
