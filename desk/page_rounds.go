package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// roundsPage is the list of rounds, and the folder chooser below it.
type roundsPage struct {
	Rounds  []roundLine
	Chooser chooser
	Example string
}

// roundLine is a round that was opened lately.
type roundLine struct {
	Key, Title, Organiser, Dir, Due string
	Returned, Recipients            int
	Stands                          shaped
	Gone, Locked                    string
	Known                           bool
}

// chooser shows a folder, since a browser tells no paths.
type chooser struct {
	In      string
	Above   []chooserFolder
	Folders []chooserFolder
	Problem string
}

type chooserFolder struct {
	Name, Dir, To string
	Round         bool
}

func (d *Desk) rounds(c *call) (answer, error) {
	data := roundsPage{Chooser: c.choose(c.query("in")), Example: filepath.Join(d.cfg.Documents, "rubric example")}
	for _, dir := range d.settings.rounds() {
		data.Rounds = append(data.Rounds, c.roundLine(dir))
	}
	h := head{Title: c.T("Rounds"), Kicker: c.T("On this computer"), Question: c.T("Which round do you want to work on?")}
	if d.has("new") {
		h.Act, h.ActTo = c.T("New round"), "/new"
	}
	return c.show("rounds", h, data), nil
}

// has says whether there is a page at an address outside rounds.
func (d *Desk) has(page string) bool {
	return slices.ContainsFunc(d.table(), func(r route) bool { return !r.round && r.path == "/"+page })
}

// roundLine looks at a round without reading what came back; what is in memory is used where the round is open.
func (c *call) roundLine(dir string) roundLine {
	line := roundLine{Key: keyOf(dir), Dir: dir, Title: filepath.Base(dir)}
	if h := office.Locked(dir); h != nil {
		line.Locked = c.T("being changed by %s on %s since %s", h.User, h.Host, c.When(h.Since))
	}
	f, err := c.office().Open(dir)
	if err != nil {
		if _, gone := os.Stat(dir); errors.Is(gone, os.ErrNotExist) {
			line.Gone = c.T("the folder is not there")
		} else {
			line.Gone = c.T("it cannot be opened")
		}
		return line
	}
	line.Title, line.Organiser, line.Due, line.Recipients = f.Config.Title, f.Config.Organiser, c.Date(f.Config.Due.Time), len(f.Recipients)
	line.Stands = c.stands(f)
	l := c.find(line.Key)
	if l != nil && l.mu.TryLock() {
		if v := l.view; v != nil {
			line.Known, line.Returned = true, returnedIn(v)
		}
		l.mu.Unlock()
	}
	return line
}

// stands says in few words where a round stands, by its journal and its due date.
func (c *call) stands(f *office.Folder) shaped {
	events, _, err := f.Journal()
	if err != nil {
		return shaped{}
	}
	made, out, results := false, false, false
	for i := range events {
		switch events[i].Kind {
		case "generated":
			made = true
		case "sent", "reminded", "drafted", "received":
			out = true
		case "result-made", "reported":
			results = true
		}
	}
	ends := f.Config.Due.AddDate(0, 0, 1)
	switch {
	case !made:
		return shaped{"none", c.T("workbooks are not made yet")}
	case !out && !results && c.office().Time().Before(ends):
		return shaped{"none", c.T("workbooks are made, and not sent yet")}
	case c.office().Time().Before(ends):
		return shaped{"part", c.T("collecting, due %s", c.away(f.Config.Due.Time))}
	case !results:
		return shaped{"look", c.T("it was due %s; no results yet", c.away(f.Config.Due.Time))}
	}
	return shaped{"in", c.T("it was due %s; results are made", c.away(f.Config.Due.Time))}
}

func returnedIn(v *view) int {
	n := 0
	for _, e := range v.Intake.Register.Entries {
		if e.Status == models.Returned {
			n++
		}
	}
	return n
}

// choose lists a folder: where it lies, and the folders in it.
func (c *call) choose(in string) chooser {
	return c.chooseBy(in, func(dir string) string { return address("/", "in", dir) + "#open" })
}

// chooseBy is choose where a folder is shown at the address that to says.
func (c *call) chooseBy(in string, to func(dir string) string) chooser {
	if in == "" {
		in = c.cfg.Documents
	}
	in = filepath.Clean(in)
	out := chooser{In: in}
	for dir := in; ; dir = filepath.Dir(dir) {
		name := filepath.Base(dir)
		out.Above = append([]chooserFolder{{Name: name, Dir: dir, To: to(dir)}}, out.Above...)
		if filepath.Dir(dir) == dir {
			break
		}
	}
	entries, err := os.ReadDir(in)
	if err != nil {
		out.Problem = c.T("This folder cannot be opened.")
		return out
	}
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		dir := filepath.Join(in, e.Name())
		_, err := os.Stat(filepath.Join(dir, "round.yaml"))
		out.Folders = append(out.Folders, chooserFolder{Name: e.Name(), Dir: dir, To: to(dir), Round: err == nil})
	}
	return out
}

// openRound opens a round folder that was chosen.
func (d *Desk) openRound(c *call) (answer, error) {
	dir := c.field("dir")
	if _, err := d.office().Open(dir); err != nil {
		return answer{}, err
	}
	l := d.add(dir)
	d.settings.opened(l.dir)
	return redirect("/r/" + l.key + "/overview"), nil
}

// forgetRound takes a round off the list. The folder stays as it is.
func (d *Desk) forgetRound(c *call) (answer, error) {
	d.settings.change(func(k *keptSettings) {
		k.Rounds = slices.DeleteFunc(k.Rounds, func(dir string) bool { return keyOf(dir) == c.field("key") })
	})
	return redirect("/"), nil
}

// makeExample plays the example round in a new folder of the user's documents.
func (d *Desk) makeExample(c *call) (answer, error) {
	template := c.field("template")
	if template == "" {
		template = "uk-dmm"
	}
	dir, err := newFolder(filepath.Join(d.cfg.Documents, "rubric example"))
	if err != nil {
		return answer{}, err
	}
	l := d.add(dir)
	d.settings.opened(l.dir)
	err = l.begin(c.T("Making the example"), "overview", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		_, err := demo.Play(ctx, o, demo.Options{Dir: dir, Template: template, Recipients: demo.Recipients, Seed: demo.Seed})
		return c.T("The example is made."), "", err
	})
	if err != nil {
		return answer{}, err
	}
	waitAWhile(l)
	return redirect("/r/" + l.key + "/job"), nil
}

// newFolder is a name for a folder that is not there yet.
func newFolder(name string) (string, error) {
	for i := 1; i < 1000; i++ {
		dir := name
		if i > 1 {
			dir = fmt.Sprintf("%s %d", name, i)
		}
		if _, err := os.Lstat(dir); errors.Is(err, os.ErrNotExist) {
			return dir, nil
		}
	}
	return "", &fault.Error{Usage: true, Message: name + " is there many times", Remedy: "delete the examples that you have seen enough of"}
}

// waitAWhile waits a moment for a job, so that what is quick needs no page in between.
func waitAWhile(l *live) {
	if j := l.latest(); j != nil {
		select {
		case <-j.done:
		case <-time.After(400 * time.Millisecond):
		}
	}
}

// chooseLanguage keeps the language that was chosen.
func (d *Desk) chooseLanguage(c *call) (answer, error) {
	d.settings.change(func(k *keptSettings) { k.Lang = c.field("lang") })
	return redirect(inside(c.field("back"))), nil
}

// inside is an address of the desk itself, or the first page for any other.
func inside(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}
