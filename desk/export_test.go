package desk

import (
	"github.com/rubric-project/rubric/office/post"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
)

// Routes are all addresses for tests: method, path as asked for ({key} stands for a round), and the page that is shown.
func (d *Desk) Routes() [][3]string {
	var out [][3]string
	for _, r := range d.table() {
		path := r.path
		if r.round {
			path = "/r/{key}/" + path
		}
		if path == "/{$}" {
			path = "/"
		}
		out = append(out, [3]string{r.method, path, r.page})
	}
	return out
}

// KeyOf is how a folder is called in addresses.
var KeyOf = keyOf

// WatchEvery sets how often a watched folder is looked at, for one test.
func WatchEvery(t interface{ Cleanup(func()) }, every time.Duration) {
	before := watchesEvery
	watchesEvery = every
	t.Cleanup(func() { watchesEvery = before })
}

// SaidByTables are the texts that stand in tables, and not in calls.
func SaidByTables() []string {
	var out []string
	for _, w := range waysTo {
		if w.text != "" {
			out = append(out, w.text)
		}
	}
	for _, w := range eventWords {
		out = append(out, w)
	}
	for _, w := range eventsWords {
		out = append(out, w[0], w[1])
	}
	for _, s := range newSteps {
		out = append(out, s.title)
	}
	for _, k := range sendKinds {
		out = append(out, k.title, k.text)
	}
	out = append(out, post.StepTexts()...)
	out = append(out, post.SignInTexts()...)
	out = append(out, "Drafts in the mailbox", "%d lies as a draft in the mailbox: send it there", "%d lie as drafts in the mailbox: look them over and send them there")
	for _, t := range kindTitles {
		out = append(out, t[0], t[1])
	}
	out = append(out, "%d had it before", "%d is left: prepare again to go on", "%d are left: prepare again to go on")
	for _, m := range mattersIn {
		out = append(out, m)
	}
	return out
}

// HasWay says whether the desk's table of actions has a line for one.
func HasWay(name fault.ActionName) bool { _, ok := waysTo[name]; return ok }

// StartsWithin is how long a start link works; LinksAge makes all that were handed out so much older.
const StartsWithin = startsWithin

func (d *Desk) LinksAge(by time.Duration) {
	d.keys.mu.Lock()
	defer d.keys.mu.Unlock()
	for k, ends := range d.keys.links {
		d.keys.links[k] = ends.Add(-by)
	}
}

// SetAccounts says where sign-ins are made.
func (d *Desk) SetAccounts(a post.Accounts) { d.cfg.Accounts = a }

// LooksAge makes all looks at rounds too old to be used.
func (d *Desk) LooksAge() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, l := range d.live {
		l.forget()
	}
}
