package office

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/round/store"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/templates"
)

// Folder is an opened round folder with its template. It is one look at the round: what came back is read once, and
// whoever wants to see what changed since opens it anew. It is for one goroutine at a time.
type Folder struct {
	*round.Round
	Template *models.Template

	// languages are those of all recipients, the round's first.
	languages []string
	intake    *Intake
	compared  *comparison
	// haveRead gives what was read of a file elsewhere; it may be nil.
	haveRead func(file string) ([]models.Return, []models.Finding, bool)
	// stores are those that the texts of returns come from.
	stores []*store.Store
}

// Open opens a round folder to look at it. For its errors IsMisuse tells what a person wrote wrongly from what could not
// be done.
func (o *Office) Open(dir string) (*Folder, error) {
	r, err := round.Open(dir)
	if err != nil {
		return nil, err
	}
	return o.opened(r)
}

// OpenFiles opens a round whose files lie in another file system than the disk, to look at it; see round.OpenFiles. What is
// made of it goes into the folder dir.
func (o *Office) OpenFiles(files fs.FS, dir string) (*Folder, error) {
	r, err := round.OpenFiles(files, dir)
	if err != nil {
		return nil, err
	}
	return o.opened(r)
}

// opened loads what the round is of.
func (o *Office) opened(r *round.Round) (*Folder, error) {
	t, err := templates.Load("template.yaml", bytes.NewReader(r.TemplateSource))
	if err != nil {
		return nil, err
	}
	if err := scoring.Suits(t, r.Config.ScoringFor(t)); err != nil {
		return nil, misuse("round.yaml: scoring: "+err.Error(), "choose another method, or delete scoring to have the template's own")
	}
	for _, m := range r.Config.ScoringFor(t).Also {
		if err := scoring.Suits(t, models.Scoring{Method: m}); err != nil {
			return nil, misuse("round.yaml: scoring: also: "+err.Error(), "remove it from the list of further methods")
		}
	}
	if problems := checks.Asked(t, r.Recipients); len(problems) > 0 {
		return nil, misuse("template.yaml: "+strings.Join(problems, "; "), "mend applies_to in template.yaml, or the recipients list")
	}
	f := &Folder{Round: r, Template: t}
	f.languages = f.Languages(r.Recipients)
	return f, nil
}

// OpenToWrite opens a round folder for a job that writes to it, such as "generate"; until unlock nobody else does.
func (o *Office) OpenToWrite(dir, job string) (f *Folder, unlock func(), notes []Note, err error) {
	if f, err = o.Open(dir); err != nil {
		return nil, nil, nil, err
	}
	unlock, notes, err = o.Lock(f, job)
	return f, unlock, notes, err
}

// Lock takes the lock of an opened round folder. One that somebody left behind is taken over, which the notes say.
func (o *Office) Lock(f *Folder, job string) (unlock func(), notes []Note, err error) {
	lock, err := f.Round.Lock(job)
	if err != nil {
		return nil, nil, err
	}
	if h := lock.TookOver; h != nil && h.PID == 0 {
		notes = noted("a run that did not come to its end left its lock behind; it was taken over. What it wrote is whole; run it again if you miss something.")
	} else if h != nil {
		notes = noted(fmt.Sprintf("the run of '%s' that %s began on %s did not come to its end; its lock was taken over. What it wrote is whole; run it again if you miss something.",
			h.Command, h.User, h.Since.Local().Format("2 January 2006 15:04")))
	}
	return lock.Unlock, notes, nil
}

// WriteFile writes a file as round.Round.WriteFile does. None is written of which texts could not be read any more.
func (f *Folder) WriteFile(name string, write func(io.Writer) error) error {
	return f.Round.WriteFile(name, func(w io.Writer) error {
		if err := write(w); err != nil {
			return err
		}
		return f.lost()
	})
}

// lost is the error of texts of a large round that lie on the disk and could not be read from there.
func (f *Folder) lost() error {
	for _, s := range f.stores {
		if err := s.Err(); err != nil {
			return &fault.Error{Message: "what was read of the returns cannot be had from the disk any more", Remedy: "see that the round folder can be reached, and do it again", Err: err}
		}
	}
	return nil
}

// manifest is what a recipient's workbook says about itself, not yet sealed.
func (f *Folder) manifest(rc models.Recipient) models.Manifest {
	return models.Manifest{Round: f.Config.ID, Template: f.Template.ID, TemplateVersion: f.Template.Version,
		TemplateDigest: f.TemplateDigest, Recipient: rc.ID, Name: rc.Name}
}

// path is where a file of the folder lies; name is slash-separated.
func (f *Folder) path(name string) string { return filepath.Join(f.Dir, filepath.FromSlash(name)) }

// RemoveIfThere removes a file that an earlier run made; name is slash-separated.
func (f *Folder) RemoveIfThere(name string) error { return f.Round.Remove(name) }

// unreadable says that a file named by a person could not be read.
func unreadable(name string, err error) error {
	if why, remedy := disk.Words(err); why != "" {
		return &fault.Error{Message: name + " cannot be read: " + why, Remedy: remedy, Err: err}
	}
	return &fault.Error{Message: name + " cannot be read", Remedy: "close it in other programs, and check that you may read it", Err: err}
}

// remedyForOwn is what to do about a finding in a file of the office's own, of which there is no sender to ask.
func remedyForOwn(f models.Finding) string {
	if f.Action.Name != actions.AskSender && !strings.Contains(f.Remedy, "sender") {
		return f.Remedy
	}
	return "Open it in the program that it was made with, save it anew as Excel Workbook (.xlsx), and try again."
}

// openEarlier opens the folder of an earlier round, which an option names. What is wrong with it is that option's matter.
func (o *Office) openEarlier(option Option, dir string) (*Folder, error) {
	f, err := o.Open(dir)
	if wrong := new(fault.Error); errors.As(err, &wrong) && wrong.Usage && wrong.Do.Name == actions.OpenRound {
		remedy := "give the folder of an earlier round"
		if len(wrong.Do.On) > 0 {
			remedy = wrong.Remedy
		}
		return nil, badContent(option, " ", dir, ": ", wrong.Message, "; ", remedy)
	}
	if IsMisuse(err) {
		return nil, badContent(option, " ", dir, ": ", err)
	}
	return f, err
}
