package round

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
)

// The names in a round folder.
const (
	ConfigFile     = "round.yaml"
	RecipientsFile = "recipients.csv"
	TemplateFile   = "template.yaml"
	CrosswalkFile  = "crosswalk.yaml"
	OutboxDir      = "outbox"
	ReturnsDir     = "returns"
	ResultsDir     = "results"
	JournalFile    = stateDir + "/" + journalName
	stateDir       = ".rubric"
	keyName        = "key"
)

// keySize is the length of the sealing key in bytes: the output size of SHA-256, as RFC 2104 section 3 advises.
const keySize = 32

// Round is an open round folder.
type Round struct {
	// Dir is the folder, as an absolute path.
	Dir string
	// Config is round.yaml, checked.
	Config *models.Round
	// Recipients is the recipients list in its order; ids are unique also where case does not count.
	Recipients []models.Recipient
	// GroupColumns is the headings of the list's further columns, in order.
	GroupColumns []string
	// TemplateSource is template.yaml for package templates to load, with plain line ends whatever an editor made of them.
	TemplateSource []byte
	// TemplateDigest is the first 16 hex digits of the SHA-256 of TemplateSource; in a round whose workbooks an earlier
	// version made from a file with other line ends, it is that of the file as it was then.
	TemplateDigest string
	// Key seals workbooks; see models.Manifest.
	Key []byte

	lock *Lock
	// files is where the round is read from, where that is not Dir.
	files fs.FS
}

// Open reads the round folder at dir. The error is a Problems with every mistake in round.yaml and the
// recipients list, or a *fault.Error, which says whether dir is no round folder or could not be read.
func Open(dir string) (*Round, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, failure("the folder cannot be found", err)
	}
	if !isRound(dir) {
		return nil, notARound(dir)
	}
	return open(&Round{Dir: dir})
}

// open reads the round, of which only its place is known.
func open(r *Round) (*Round, error) {
	config, err := r.read(ConfigFile)
	if err != nil {
		return nil, failure(ConfigFile+" cannot be read", err)
	}
	settings := readConfig(ConfigFile, config)
	l, err := r.readRecipients(settings.rd.Columns)
	rd, configErr := settings.heldAgainst(l)
	if err := joined(configErr, err); err != nil {
		return nil, err
	}
	r.Config, r.Recipients, r.GroupColumns = rd, l.recipients, l.groups
	if r.TemplateSource, err = r.read(TemplateFile); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, &fault.Error{Usage: true, Message: "the round folder has no " + TemplateFile,
				Remedy: "put back the file that the round was made with; a built-in template can be written into a file",
				Do:     actions.ExportTemplate.On(rd.Template)}
		}
		return nil, failure(TemplateFile+" cannot be read", err)
	}
	r.readTemplate(r.TemplateSource)
	if r.Key, err = r.readKey(); err != nil {
		return nil, err
	}
	return r, nil
}

// joined puts the problems of several files together; another kind of error comes first.
func joined(errs ...error) error {
	var all Problems
	for _, err := range errs {
		var list Problems
		if err != nil && !errors.As(err, &list) {
			return err
		}
		all = append(all, list...)
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// readRecipients reads the recipients list row by row: the cells of a large round take far more room than what is kept.
func (r *Round) readRecipients(mapped map[string]string) (list, error) {
	data, err := r.read(RecipientsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return list{}, &fault.Error{Usage: true, Message: "the round folder has no " + RecipientsFile,
			Remedy: "put the recipients list there as CSV UTF-8, with the columns id, name, email, contact"}
	}
	if err != nil {
		return list{}, failure(RecipientsFile+" cannot be read", err)
	}
	p := newListParser(RecipientsFile, mapped)
	p.out.recipients = make([]models.Recipient, 0, bytes.Count(data, []byte{'\n'})+1)
	if err := eachRow(RecipientsFile, data, func(row []Cell) error { p.row(row); return nil }); err != nil {
		return list{}, err
	}
	l, problems := p.end()
	return l, problems.orNil()
}

// notARound explains why dir cannot be opened, and finds the round folder that was probably meant.
func notARound(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return &fault.Error{Usage: true, Message: "there is no folder " + dir, Remedy: "check the path"}
	}
	if !info.IsDir() {
		return &fault.Error{Usage: true, Message: dir + " is a file, not a folder", Remedy: "give the round folder", Do: actions.OpenRound.On()}
	}
	e := &fault.Error{Usage: true, Message: dir + " is not a round folder: it has no " + ConfigFile,
		Remedy: "give the round folder, or make a new one", Do: actions.OpenRound.On()}
	if parent := filepath.Dir(dir); isRound(parent) {
		e.Remedy, e.Do = "did you mean the folder above it, "+parent+"?", actions.OpenRound.On(parent)
	} else if found, _ := filepath.Glob(filepath.Join(dir, "*", ConfigFile)); len(found) == 1 {
		e.Remedy, e.Do = "did you mean "+filepath.Dir(found[0])+"?", actions.OpenRound.On(filepath.Dir(found[0]))
	}
	return e
}

func isRound(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, ConfigFile))
	return err == nil && info.Mode().IsRegular()
}

func (r *Round) readKey() ([]byte, error) {
	text, err := r.read(state(keyName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &fault.Error{Usage: true, Message: "the round's sealing key, .rubric/key, is missing, so that no workbook can be told to be from this round",
			Remedy: "restore the folder .rubric from a backup; it is hidden on some systems and easily left out of a copy"}
	}
	if err != nil {
		return nil, failure(".rubric/key cannot be read", err)
	}
	key, err := hex.DecodeString(string(trimNewline(text)))
	if err != nil || len(key) != keySize {
		return nil, &fault.Error{Usage: true, Message: "the round's sealing key, .rubric/key, is damaged", Remedy: "restore it from a backup"}
	}
	return key, nil
}

func trimNewline(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == '\n' || b[len(b)-1] == '\r' || b[len(b)-1] == ' ') {
		b = b[:len(b)-1]
	}
	return b
}

// digest is the first 16 hex digits of the SHA-256 of b.
func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

func (r *Round) ids() []string {
	ids := make([]string, len(r.Recipients))
	for i, rc := range r.Recipients {
		ids[i] = rc.ID
	}
	return ids
}

// noRecipient says that nobody is called so, and who may be meant: by a part of the name, or by an id or name that is near.
func (r *Round) noRecipient(word string) error {
	var parts, names []string
	key := nameKey(word)
	for _, rc := range r.Recipients {
		names = append(names, rc.Name)
		if len(key) > 2 && strings.Contains(nameKey(rc.Name), key) {
			parts = append(parts, rc.ID+" ("+rc.Name+")")
		}
	}
	remedy := text.DidYouMean(word, r.ids())
	if near := sameNumber(word, r.ids()); near != "" {
		remedy = "did you mean " + quote(near) + "?"
	} else if text.Nearest(word, r.ids()) != "" {
		// an id is meant
	} else if len(parts) > 0 {
		remedy = "did you mean " + text.FirstFew(parts, 5, " or ", ", or one of %d more") + "?"
	} else if near := text.Nearest(word, names); near != "" {
		remedy = "did you mean " + quote(near) + "?"
	}
	return &fault.Error{Usage: true, Message: "there is no recipient with the id or name " + quote(word) + " in " + RecipientsFile, Remedy: remedy}
}

// Select finds recipients by their ids or names, in the order of the list; no words mean all. A name must be exact, but
// for case and spaces, and one recipient's alone. A name with commas may come as several words, as a list cut at commas has
// it. A word that is neither is a *fault.Error of wrong usage that suggests the nearest, or names the candidates.
func (r *Round) Select(words []string) ([]models.Recipient, error) {
	if len(words) == 0 {
		return r.Recipients, nil
	}
	wanted := map[string]bool{}
	find := r.finder()
	for i := 0; i < len(words); i++ {
		id, err := find(words[i])
		for k := i + 2; err != nil && k <= len(words); k++ {
			if whole, none := find(strings.Join(words[i:k], ",")); none == nil {
				id, err, i = whole, nil, k-1
			}
		}
		if err != nil {
			return nil, err
		}
		wanted[id] = true
	}
	var out []models.Recipient
	for _, rc := range r.Recipients {
		if wanted[rc.ID] {
			out = append(out, rc)
		}
	}
	return out, nil
}

// Find is the id of the recipient that a person calls by its id or its name; see Select.
func (r *Round) Find(word string) (id string, err error) { return r.finder()(word) }

// finder prepares Find for many words.
func (r *Round) finder() func(word string) (string, error) {
	ids, names := map[string]bool{}, map[string][]string{}
	for i := range r.Recipients {
		rc := &r.Recipients[i]
		ids[rc.ID] = true
		key := nameKey(rc.Name)
		names[key] = append(names[key], rc.ID)
	}
	return func(word string) (string, error) {
		called := names[nameKey(word)]
		switch trimmed := strings.TrimSpace(word); {
		case ids[word]:
			return word, nil
		case ids[trimmed]:
			return trimmed, nil
		case len(called) == 1 && trimmed != "":
			return called[0], nil
		case len(called) > 1 && trimmed != "":
			return "", &fault.Error{Usage: true, Message: "several recipients are called " + quote(trimmed), Remedy: "give the id of one: " + text.FirstFew(called, 12, ", ", " and %d more")}
		}
		return "", r.noRecipient(word)
	}
}

// nameKey is a name for comparison: without regard to case, and to how many spaces stand between words.
func nameKey(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// FileNames gives each recipient a file name with the extension, by id: the id and the name, safe and
// different for all. It depends on the whole list, so that a recipient keeps its name when only some are made.
func (r *Round) FileNames(extension string) map[string]string {
	var names Names
	out := make(map[string]string, len(r.Recipients))
	for _, rc := range r.Recipients {
		out[rc.ID] = names.Take(rc.ID+" "+rc.Name, extension)
	}
	return out
}

func writeBytes(b []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
}
