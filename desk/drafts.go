package desk

import (
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/rubric-project/rubric/models"
	roundyaml "github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office"
)

// mostDrafts is how many new rounds are thought out at once at most; the oldest is forgotten first.
const mostDrafts = 20

// drafts are new rounds that are not made yet. They live as long as the desk does.
type drafts struct {
	mu    sync.Mutex
	list  map[string]*draft
	order []string
}

// draft is a new round as far as it was said: what each step's form had in it.
type draft struct {
	mu  sync.Mutex
	key string

	Template string // a built-in template's id, or a file
	Details  draftDetails
	List     draftList
	Look     draftLook
	// Into is the folder that the round's folder is made in, and Folder its name.
	Into, Folder string
	// done has the steps that were gone through.
	done map[string]bool
}

// draftDetails are title, dates and office as they were typed.
type draftDetails struct {
	Title, Organiser, Issued, Due           string
	ContactName, ContactEmail, ContactPhone string
	ReplyTo                                 string
}

// draftLook is how workbooks and summaries will look. Logo is a file.
type draftLook struct {
	Language, Paper, Accent, Logo, Header, Footer, Marking string
}

// draftList is the recipients list, and what was said about it.
type draftList struct {
	File string
	At   time.Time
	// Sheet and Row say where the headings are; "" where they are found.
	Sheet, Row string
	// Columns says of each column, by its letter, what it is; nil as long as nothing was said.
	Columns map[string]string
	// Unsure says that they were said before it was known which columns to compare by: then that is proposed once more.
	Unsure               bool
	HiddenRows, ShortIDs string
	// Encoding is that of a CSV file that is not in UTF-8, once a person has seen that it fits.
	Encoding string
	// groups are the headings of the columns to compare by, once the list was understood.
	groups []string
}

// options are the list as office takes it.
func (l *draftList) options() office.ListOptions {
	opts := office.ListOptions{File: l.File, Sheet: l.Sheet, HiddenRows: l.HiddenRows, ShortIDs: l.ShortIDs, Encoding: l.Encoding}
	var said []string
	if l.Row != "" {
		said = append(said, "row="+l.Row)
	}
	if l.Columns != nil {
		for _, key := range listColumns {
			letter := "none"
			for at, is := range l.Columns {
				if is == key {
					letter = at
				}
			}
			if letter != "none" || key == "email" || key == "contact" {
				said = append(said, key+"="+letter)
			}
		}
	}
	opts.Map = strings.Join(said, ",")
	return opts
}

// listColumns are the columns of a list that have a meaning of their own and may be called anything.
var listColumns = []string{"id", "name", "email", "contact"}

// draft is the new round of the address or the form, or nil.
func (d *Desk) draft(key string) *draft {
	d.drafts.mu.Lock()
	defer d.drafts.mu.Unlock()
	return d.drafts.list[key]
}

// newDraft begins a new round.
func (d *Desk) newDraft() *draft {
	x := &d.drafts
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.list == nil {
		x.list = map[string]*draft{}
	}
	dr := &draft{key: secret()[:12], done: map[string]bool{}}
	x.list[dr.key] = dr
	if x.order = append(x.order, dr.key); len(x.order) > mostDrafts {
		delete(x.list, x.order[0])
		x.order = x.order[1:]
	}
	return dr
}

// made forgets a draft whose round is made.
func (d *Desk) made(dr *draft) {
	d.drafts.mu.Lock()
	defer d.drafts.mu.Unlock()
	delete(d.drafts.list, dr.key)
}

// options are the draft as office takes it. Dates that are none are said by what is returned besides, by field.
func (dr *draft) options() (opts office.InitOptions, wrong map[string]string) {
	wrong = map[string]string{}
	date := func(field, value string) (out models.Date) {
		var err error
		if value != "" {
			if out, err = models.ParseDate(value); err != nil {
				wrong[field] = err.Error()
			}
		}
		return out
	}
	x := dr.Details
	opts = office.InitOptions{Template: dr.Template, Title: strings.TrimSpace(x.Title), Organiser: x.Organiser, Issued: date("issued", x.Issued), Due: date("due", x.Due),
		Contact: models.Contact{Name: x.ContactName, Email: x.ContactEmail, Phone: x.ContactPhone}, ReplyTo: x.ReplyTo,
		Language: dr.Look.Language, Paper: dr.Look.Paper, Logo: dr.Look.Logo,
		Look:       roundyaml.Look{Accent: dr.Look.Accent, Header: dr.Look.Header, Footer: dr.Look.Footer, Marking: dr.Look.Marking},
		Recipients: dr.List.File, List: dr.List.options(), Groups: dr.List.groups}
	if dr.Folder != "" {
		opts.Dir = filepath.Join(dr.Into, dr.Folder)
	}
	return opts, wrong
}
