package round

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	roundyaml "github.com/rubric-project/rubric/models/settings"
)

// Options is what a new round is made of.
type Options struct {
	// ID tells the round from others; made from the title and the key where it is empty.
	ID        string
	Title     string
	Organiser string
	// TemplateID names the template, and Template is its YAML, which is copied in as it is.
	TemplateID string
	Template   []byte
	// RecipientsFile is the list as the user gave it, for messages; Recipients is its rows with the headings.
	RecipientsFile string
	Recipients     [][]Cell
	Issued, Due    models.Date
	Contact        models.Contact
	ReplyTo        string
	// Paper is a4 (the default) or letter; Language is en-GB where it is empty.
	Paper    string
	Language string
	// Groups names columns of the list by which recipients are compared; nil stands for the list's further
	// columns, but for those in which every recipient has another entry.
	Groups []string
	// Columns are headings that stand for id, name and so on, by those, in lists that come later.
	Columns      map[string]string
	MinimumGroup int
	Scoring      *models.Scoring
	// Look is how workbooks and summaries present themselves.
	Look roundyaml.Look
	// Fonts are those of Files that are fonts, as round.yaml names them.
	Fonts []string
	// Earlier is the round that this one follows, or nil: what is not given above is taken over from it, but for
	// its title, dates and id.
	Earlier *models.Round
	// Files are further files of the new folder, by name: a logo, a crosswalk.
	Files map[string][]byte
	// Key is the sealing key, 32 bytes; a random one is made where it is nil. Only a demonstration, which
	// must come out the same each time, gives it.
	Key []byte
}

// Init makes a round folder at dir, which may be there but must not hold a round yet, and opens it. The error
// is a Problems with every mistake in the options and in the recipients list, or a *fault.Error.
func Init(dir string, o Options) (*Round, error) {
	if err := nameable(dir); err != nil { // of the path that follows Windows makes \\.\Aux
		return nil, err
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, failure("the folder cannot be made", err)
	}
	if err := free(dir); err != nil {
		return nil, err
	}
	if o.Key == nil {
		o.Key = make([]byte, keySize)
		rand.Read(o.Key)
	}
	if len(o.Key) != keySize {
		return nil, &fault.Error{Usage: true, Message: fmt.Sprintf("the sealing key has %d bytes, and must have %d", len(o.Key), keySize)}
	}
	rd := o.Config()
	l, problems := parseList(o.RecipientsFile, o.Recipients, rd.Columns)
	if rd.Groups == nil {
		rd.Groups = comparedBy(l)
	}
	if err := joined(o.check(rd, l), problems.orNil()); err != nil {
		return nil, err
	}
	recipients, err := encodeList(o.Recipients, rd.Columns)
	if err != nil {
		return nil, failure(RecipientsFile+" cannot be written", err)
	}
	if err := keepsList(filepath.Join(dir, RecipientsFile), l); err != nil {
		return nil, err
	}
	for _, sub := range []string{OutboxDir, ReturnsDir, ResultsDir, stateDir} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return nil, failure("the folder "+filepath.Join(dir, sub)+" cannot be made", err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Files)) {
		if err := WriteFile(filepath.Join(dir, name), writeBytes(o.Files[name])); err != nil {
			return nil, err
		}
	}
	// round.yaml comes last: a folder without it is no round, so that an init cut short can be run again.
	for _, f := range []struct {
		name    string
		mode    os.FileMode
		content []byte
	}{
		{RecipientsFile, 0o644, recipients},
		{TemplateFile, 0o644, o.Template},
		{filepath.Join(stateDir, keyName), 0o600, []byte(hex.EncodeToString(o.Key) + "\n")},
		{ConfigFile, 0o644, encodeConfig(rd)},
	} {
		if err := writeFile(filepath.Join(dir, f.name), f.mode, writeBytes(f.content)); err != nil {
			return nil, err
		}
	}
	r, err := Open(dir)
	if err != nil {
		return nil, err
	}
	return r, r.Record(Event{Kind: Initialised, Template: r.TemplateDigest, Round: rd.ID, Note: rd.Template})
}

// Check says what is wrong with the options of a new round, the recipients list left aside, as Init would: a Problems, or
// nil. Nothing is made.
func Check(o Options) error {
	if o.Template == nil {
		o.Template = []byte("not chosen yet")
	}
	if o.TemplateID == "" {
		o.TemplateID = "not-chosen-yet"
	}
	rd := o.Config()
	if rd.ID == "" {
		rd.ID = "untitled"
	}
	return o.check(rd, list{})
}

// nameable refuses a name that no folder can have on Windows.
func nameable(dir string) error {
	if name := filepath.Base(dir); text.IsDevice(name) {
		return &fault.Error{Usage: true, Message: "Windows keeps the name " + name + " for itself", Remedy: "choose another name for the round folder"}
	}
	return nil
}

// free refuses a folder that holds a round, or what is left of one.
func free(dir string) error {
	if err := nameable(dir); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	switch {
	case os.IsNotExist(err):
		return nil
	case err != nil:
		return failure("the folder "+dir+" cannot be looked at", err)
	case !info.IsDir():
		return &fault.Error{Usage: true, Message: dir + " is a file", Remedy: "choose another name for the round folder"}
	case isRound(dir):
		return &fault.Error{Usage: true, Message: dir + " already holds a round", Remedy: "choose another folder; an existing round is changed in its " + ConfigFile}
	}
	for _, name := range []string{filepath.Join(stateDir, journalName), TemplateFile} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return &fault.Error{Usage: true, Message: dir + " holds what is left of a round (" + filepath.ToSlash(name) + ") without its " + ConfigFile,
				Remedy: "restore " + ConfigFile + ", or choose another folder"}
		}
	}
	return nil
}

// Config is the round.yaml that the options make, not yet checked.
func (o *Options) Config() *models.Round {
	rd := o.config()
	if o.Earlier != nil {
		o.takeOver(rd)
	}
	return rd
}

func (o *Options) config() *models.Round {
	rd := &models.Round{ID: o.ID, Title: strings.TrimSpace(o.Title), Organiser: strings.TrimSpace(o.Organiser), Template: o.TemplateID,
		Issued: o.Issued, Due: o.Due, Contact: o.Contact, ReplyTo: o.ReplyTo, Paper: o.Paper, Language: o.Language,
		Groups: o.Groups, Columns: o.Columns, MinimumGroup: o.MinimumGroup, Scoring: o.Scoring, Look: o.Look, Fonts: o.Fonts}
	if rd.Paper == "" && o.Earlier == nil {
		rd.Paper = "a4"
	}
	if rd.Language == "" && o.Earlier == nil {
		rd.Language = "en-GB"
	}
	if rd.ID == "" && rd.Title != "" {
		// Two rounds of one title have different keys, and so different ids.
		rd.ID = slug(rd.Title, 40) + "-" + digest(o.Key)[:6]
	}
	return rd
}

// maxGroups is the number of groups that a round can have, as in the tag of models.Round.
const maxGroups = 10

// comparedBy picks the columns by which recipients can be compared: not a telephone number or an address, of
// which each has one of its own.
func comparedBy(l list) []string {
	var out []string
	for _, g := range l.groups {
		seen, repeated := map[string]bool{}, false
		for _, rc := range l.recipients {
			v := rc.Groups[g]
			repeated = repeated || v != "" && seen[v]
			seen[v] = true
		}
		if (repeated || len(l.recipients) < new(models.Round).SmallestGroup()) && len(out) < maxGroups {
			out = append(out, g)
		}
	}
	return out
}

// slug makes lower-case letters, digits and single hyphens out of a title.
func slug(s string, most int) string {
	var b strings.Builder
	for _, r := range foldName(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= most {
			break
		}
	}
	if out := strings.Trim(b.String(), "-"); out != "" {
		return out
	}
	return "round"
}

// optionNames is what options are called that have another name than their key in round.yaml.
var optionNames = map[string]string{"contact.name": "contact-name", "contact.email": "contact-email", "contact.phone": "contact-phone",
	"reply_to": "reply-to", "minimum_group": "minimum-group", "scoring.method": "method", "scoring.mean": "mean", "look.accent": "accent",
	"look.header": "header", "look.footer": "footer", "look.marking": "marking"}

// check holds the options against the rules of round.yaml.
func (o *Options) check(rd *models.Round, l list) error {
	var problems Problems
	add := func(option, message, remedy string) {
		problems = append(problems, Problem{Option: option, Message: message, Remedy: remedy})
	}
	wrong := map[string]bool{}
	for _, b := range strictyaml.Check(rd) {
		key, _, _ := strings.Cut(b.Path, "[")
		if key == "id" && rd.Title == "" {
			continue // it is made from the title
		}
		option := key
		if name, ok := optionNames[key]; ok {
			option = name
		}
		wrong[key] = true
		add(option, b.Message, b.Remedy)
	}
	if p, ok := dueTooEarly(rd); ok && !wrong["due"] && !wrong["issued"] {
		problems = append(problems, p)
	}
	if l.heading != nil {
		for _, g := range rd.Groups {
			if !slices.Contains(l.groups, g) {
				add("groups", fmt.Sprintf("the recipients list has no column %s to compare recipients by", quote(g)), groupRemedy(g, l.groups))
			}
		}
	}
	if len(o.Template) == 0 && !wrong["template"] {
		add("template", "the template is empty", "give the id of a built-in template, or a template file")
	}
	if len(problems) == 0 {
		return nil
	}
	return problems
}

// dueTooEarly is what is wrong with a due date before the date of issue.
func dueTooEarly(rd *models.Round) (Problem, bool) {
	return Problem{Option: "due", Message: fmt.Sprintf("the due date %s is before the date of issue, %s", rd.Due, rd.Issued), Remedy: "give a later date, or an earlier date of issue"},
		rd.Due.Before(rd.Issued.Time)
}
