package desk

import (
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/configure"
)

// settingsPage is how a round is set.
type settingsPage struct {
	Of                         string
	About, Contact, Mail, Look []input
	Rules, Reminders, Meeting  []input
	Calendar                   bool
	Languages, Papers, Prefers []listChoice
	Stays                      []fact
	Logo, LogoWhy, Accent      string
}

// settingKeys are the fields of the form, by their keys in round.yaml; all are single texts.
var settingKeys = []struct{ field, key string }{
	{"title", "title"}, {"organiser", "organiser"}, {"issued", "issued"}, {"due", "due"}, {"contact-name", "contact.name"}, {"contact-email", "contact.email"},
	{"contact-phone", "contact.phone"}, {"reply-to", "reply_to"}, {"paper", "paper"}, {"language", "language"}, {"minimum-group", "minimum_group"},
	{"completeness", "completeness"}, {"prefer", "prefer"}, {"accent", "look.accent"}, {"header", "look.header"}, {"footer", "look.footer"},
	{"marking", "look.marking"}, {"from", "mail.from"}, {"from-name", "mail.from_name"}, {"logo", "look.logo"},
	{"reminder-days", "reminders.days"}, {"reminder-quiet", "reminders.quiet"}, {"plans-due", "plans_due"}, {"meeting-date", "meeting.date"}, {"meeting-start", "meeting.start"},
	{"meeting-end", "meeting.end"}, {"meeting-zone", "meeting.zone"}, {"meeting-place", "meeting.place"}, {"calendar", "calendar"},
}

func (d *Desk) roundSettings(c *call) (answer, error) {
	s, err := configure.Of(c.view.Folder)
	if err != nil {
		return answer{}, err
	}
	return c.showSettings(s, nil, nil)
}

// showSettings shows the settings; typed are numbers and dates that could not be understood, as they were written, by field.
func (c *call) showSettings(s configure.Settings, errs []formError, typed map[string]string) (answer, error) {
	r := &s.Round
	as := func(field, value string) string {
		if x, ok := typed[field]; ok {
			return x
		}
		return value
	}
	completeness := ""
	if r.Completeness > 0 {
		completeness = strconv.Itoa(r.Completeness)
	}
	data := settingsPage{Of: s.Of, Logo: r.Look.Logo, Accent: r.Look.Accent,
		About: []input{
			{ID: "title", Label: c.T("Title of the round"), Hint: c.T("It stands on every workbook, message and summary."), Value: r.Title, Size: 50},
			{ID: "organiser", Label: c.T("Your office"), Hint: c.T("As the recipients know it."), Value: r.Organiser, Size: 50, Auto: "organization"},
			{ID: "issued", Label: c.T("Begins on"), Type: "date", Value: as("issued", r.Issued.String()), Size: 12},
			{ID: "due", Label: c.T("Workbooks are due back on"), Type: "date", Value: as("due", r.Due.String()), Size: 12, Hint: c.T("What is late is worked out anew from this day.")}},
		Contact: []input{
			{ID: "contact-name", Label: c.T("Whom recipients ask"), Value: r.Contact.Name, Size: 40},
			{ID: "contact-email", Label: c.T("E-mail address of that person or team"), Value: r.Contact.Email, Type: "email", Size: 40},
			{ID: "contact-phone", Label: c.T("Telephone, if you like"), Value: r.Contact.Phone, Type: "tel", Size: 24},
			{ID: "reply-to", Label: c.T("Where completed workbooks come back to, if to another address"), Value: r.ReplyTo, Type: "email", Size: 40}},
		Mail: []input{
			{ID: "from", Label: c.T("Address that messages are sent from"), Hint: c.T("Where none is given, it is the address of the contact."), Value: r.Mail.From, Type: "email", Size: 40},
			{ID: "from-name", Label: c.T("Name that stands with it"), Value: r.Mail.FromName, Size: 40}},
		Look: []input{
			{ID: "accent", Label: c.T("Colour of headings and bars"), Hint: c.T("Six digits after #, such as %s, which is used where you give none.", defaultAccent), Value: r.Look.Accent, Size: 10},
			{ID: "header", Label: c.T("Line at the top of each printed page"), Value: r.Look.Header, Size: 50},
			{ID: "footer", Label: c.T("Line at the bottom of each printed page"), Value: r.Look.Footer, Size: 50},
			{ID: "marking", Label: c.T("Protective marking, if your office uses one"), Hint: c.T("Such as OFFICIAL. It stands on workbooks, summaries and messages."), Value: r.Look.Marking, Size: 20}},
		Rules: []input{
			{ID: "completeness", Label: c.T("Answered at least, in per cent, for a return to count"), Hint: c.T("A return with fewer answers does not count, and its sender is asked to complete it. Not applicable is an answer. Empty: every return counts."), Value: as("completeness", completeness), Size: 4},
			{ID: "minimum-group", Label: c.T("Smallest group that is shown to others"), Hint: c.T("Figures of a group with no more returns than this are not shown in what leaves the office, so that nobody can be made out. Under 5 nothing is compared for others at all."), Value: as("minimum-group", strconv.Itoa(r.SmallestGroup())), Size: 4}},
		Papers:    c.choices(r.Paper, "a4", "A4", "letter", c.T("US letter")),
		Languages: c.languageChoices(c.view.Folder.Template, r.Language),
		Prefers:   c.choices(r.Prefer, "", c.T("The latest"), "first", c.T("The first")),
	}
	if r.Prefer == "latest" {
		data.Prefers[0].Here = true
	}
	c.fixSettings(&data, s)
	c.scheduleInputs(&data, r, as)
	for _, list := range []*[]input{&data.About, &data.Contact, &data.Mail, &data.Look, &data.Rules, &data.Reminders, &data.Meeting} {
		*list = inputsWith(*list, errs)
	}
	for _, e := range errs {
		if e.Field == "logo" {
			data.LogoWhy = e.Text
		}
		if e.Field == "accent" {
			data.Accent = ""
		}
	}
	if data.Accent == "" {
		data.Accent = defaultAccent
	}
	h := head{Title: c.T("Settings"), Kicker: c.view.Folder.Config.Title, KickerTo: c.to("overview"), Question: c.T("What is this round called, when is it due, how does it look, and what counts?"), Here: "overview"}
	if h.Errors = errs; len(errs) > 0 {
		return c.wrong("settings", h, data), nil
	}
	return c.show("settings", h, data), nil
}

// fixSettings takes what stays as it is out of the form, and says why it does.
func (c *call) fixSettings(data *settingsPage, s configure.Settings) {
	t := c.view.Folder.Template
	data.Stays = []fact{
		{c.T("Reference of the round"), s.Round.ID, c.T("Every workbook carries it: with another one, none would count.")},
		{c.T("Template"), t.Title, c.T("The workbooks are made of it. For another template, make a new round.")}}
	if s.Fixed["issued"] == configure.WentOut {
		data.Stays = append(data.Stays, fact{c.T("Begins on"), c.Date(s.Round.Issued.Time), c.T("Workbooks went out with this day.")})
		data.About = append(data.About[:2:2], data.About[3])
	}
	if s.Fixed["language"] == configure.WentOut {
		for _, l := range data.Languages {
			if l.Here {
				data.Stays = append(data.Stays, fact{c.T("Language"), l.Text, c.T("Workbooks went out in it. A single recipient can have another one: see the list of recipients.")})
			}
		}
		data.Languages = nil
	}
	if s.Fixed["minimum_group"] == configure.Published {
		data.Rules[1].Hint += " " + c.T("Figures left the office under it: it can be raised, and not lowered.")
	}
}

// settingsSaid are the settings as the form has them. Fields that it does not have stay. typed has what is no number or date.
func (c *call) settingsSaid(s *configure.Settings) (errs []formError, typed map[string]string) {
	r := &s.Round
	typed = map[string]string{}
	wrong := func(field, text string) {
		errs, typed[field] = append(errs, formError{field, text}), c.field(field)
	}
	for field, to := range map[string]*string{"title": &r.Title, "organiser": &r.Organiser, "contact-name": &r.Contact.Name, "contact-email": &r.Contact.Email,
		"contact-phone": &r.Contact.Phone, "reply-to": &r.ReplyTo, "paper": &r.Paper, "language": &r.Language, "prefer": &r.Prefer, "accent": &r.Look.Accent,
		"header": &r.Look.Header, "footer": &r.Look.Footer, "marking": &r.Look.Marking, "from": &r.Mail.From, "from-name": &r.Mail.FromName,
		"meeting-start": &r.Meeting.Start, "meeting-end": &r.Meeting.End, "meeting-zone": &r.Meeting.Zone, "meeting-place": &r.Meeting.Place} {
		if _, there := c.r.PostForm[field]; there && !(field == "prefer" && c.field(field) == "" && *to == "latest") {
			*to = strings.TrimSpace(c.field(field))
		}
	}
	if c.field("without-logo") != "" {
		r.Look.Logo = ""
	}
	for _, x := range []struct {
		field string
		to    *models.Date
	}{{"issued", &r.Issued}, {"due", &r.Due}} {
		if _, there := c.r.PostForm[x.field]; !there {
			continue
		}
		if day, err := models.ParseDate(c.field(x.field)); err != nil {
			wrong(x.field, c.T("Give a day, such as 2026-11-22"))
		} else {
			*x.to = day
		}
	}
	for _, x := range []struct {
		field, why string
		to         *int
	}{{"completeness", c.T("Give a share from 1 to 100, or leave it empty"), &r.Completeness}, {"minimum-group", c.T("Give a number of returns from 1 to 1000"), &r.MinimumGroup}} {
		said := strings.TrimSpace(c.field(x.field))
		n, err := strconv.Atoi(said)
		switch {
		case x.field == "completeness" && said == "":
			*x.to = 0
		case err != nil || n < 1:
			wrong(x.field, x.why)
		case x.field == "minimum-group" && n == r.SmallestGroup(): // what stands for it stays unsaid
		default:
			*x.to = n
		}
	}
	c.scheduleSaid(r, wrong)
	return errs, typed
}

// saveSettings puts the settings into effect.
func (d *Desk) saveSettings(c *call) (answer, error) {
	s, err := configure.Of(c.view.Folder)
	if err != nil {
		return answer{}, err
	}
	s.Of = c.field("of")
	errs, typed := c.settingsSaid(&s)
	if len(errs) > 0 {
		return c.showSettings(s, errs, typed)
	}
	var changes []configure.Change
	err = c.live.change("settings", func(o *office.Office, f *office.Folder) (err error) {
		changes, err = configure.Apply(o, f, s)
		return err
	})
	var problems configure.Problems
	switch {
	case errors.Is(err, configure.ErrChanged):
		return redirect(c.to("settings", "done", c.live.say(saying{Text: c.T("The settings were changed in the meantime."), More: c.T("These are the settings as they are now. Nothing of yours was saved: look, and change them again.")}))), nil
	case errors.As(err, &problems):
		for _, p := range problems {
			errs = append(errs, formError{fieldOf(p.Option), strings.TrimSuffix(p.Message+"; "+p.Remedy, "; ")})
		}
		return c.showSettings(s, errs, nil)
	case err != nil:
		return answer{}, err
	}
	return redirect(c.to("settings", "done", c.live.say(c.settingsSaved(changes, s.Made)))), nil
}

// inWorkbooks are the settings that a workbook shows.
var inWorkbooks = map[string]bool{"title": true, "organiser": true, "issued": true, "due": true, "contact.name": true, "contact.email": true, "contact.phone": true,
	"reply_to": true, "paper": true, "language": true, "look.accent": true, "look.header": true, "look.footer": true, "look.marking": true}

// settingsSaved says what was changed, and what of it is to be done about workbooks that are there.
func (c *call) settingsSaved(changes []configure.Change, made bool) saying {
	if len(changes) == 0 {
		return saying{Text: c.T("Nothing was changed: the settings are the same as before.")}
	}
	x := saying{Text: c.N(len(changes), "%d setting is changed.", "%d settings are changed.")}
	for _, ch := range changes {
		if made && inWorkbooks[ch.Key] {
			x.More = c.T("Workbooks that are made still show what was before. Those that are out count all the same; make the others again before you send them.")
			x.To, x.ToText = c.to("send"), c.T("See the workbooks")
			return x
		}
	}
	x.More = c.T("What was before is in the history.")
	return x
}

// fieldOf is the field of the form for a key of round.yaml.
func fieldOf(key string) string {
	key, _, _ = strings.Cut(key, "[") // an entry of a list
	for _, x := range settingKeys {
		if x.key == key {
			return x.field
		}
	}
	return ""
}

// takeLogo takes a picture for the summaries.
func (d *Desk) takeLogo(c *call) (answer, error) {
	x, err := c.takeUpload()
	switch {
	case errors.Is(err, errTooLarge):
		return answer{}, tooLargeFile()
	case err != nil:
		return answer{}, err
	}
	c.live.mu.Lock()
	defer c.live.mu.Unlock()
	if c.view, err = c.live.look(c.r.Context()); err != nil {
		return answer{}, err
	}
	wrong := func(text string) (answer, error) {
		s, err := configure.Of(c.view.Folder)
		if err != nil {
			return answer{}, err
		}
		return c.showSettings(s, []formError{{"logo", text}}, nil)
	}
	if x.file("logo") == "" {
		return wrong(c.T("Choose a picture first"))
	}
	file, err := os.Open(x.file("logo"))
	if err != nil {
		return answer{}, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, mostUpload))
	if err != nil {
		return answer{}, err
	}
	err = c.live.change("logo", func(o *office.Office, f *office.Folder) error { return configure.SetLogo(o, f, content) })
	if err != nil && office.IsMisuse(err) {
		return wrong(c.T("This is no picture that can be used: choose a PNG or JPEG file"))
	}
	if err != nil {
		return answer{}, err
	}
	return redirect(c.to("settings", "done", c.live.say(saying{Text: c.T("The logo is taken."), More: c.T("Summaries that are made from now on show it.")}))), nil
}
