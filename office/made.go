package office

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/round"
)

// Made tells the files of a round that are byte for byte as they were made from those that somebody saved since, perhaps
// with answers in them. What somebody saved is never overwritten, removed or sent.
type Made struct {
	f       *Folder
	digests map[string]bool
	books   books
	// carried are the answers that were ever written into workbooks, by recipient.
	carried map[string][]crosswalk.CarriedSet
}

// Made reads from the journal what was made.
func (f *Folder) Made() (*Made, error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	m := &Made{f: f, digests: map[string]bool{}, books: books{f: f}}
	for _, e := range events {
		switch e.Kind {
		case round.Generated, round.Drafted, round.CorrectionMade, round.Reported, round.ResultMade, round.PlanMade, round.ConsensusMade:
			m.digests[e.Digest] = true
		}
	}
	delete(m.digests, "")
	m.carried, err = f.Carried()
	return m, err
}

// Is says whether the journal has these bytes as made.
func (m *Made) Is(content []byte) bool { return m.digests[Digest(content)] }

// Workbook says whether these bytes are a workbook of the recipient as it was made. Where the journal does not have their
// digest, as in a round of an early version, they are what making the workbook again gives, or touched.
func (m *Made) Workbook(x Piece, content []byte) bool {
	if m.Is(content) {
		return true
	}
	for _, set := range append([]crosswalk.CarriedSet{{}}, m.carried[x.Recipient.ID]...) {
		var b bytes.Buffer
		if err := m.books.write(&b, x, set); err == nil && bytes.Equal(b.Bytes(), content) {
			return true
		}
	}
	return false
}

// largestMade is more than any file that this program makes for one recipient takes, in bytes.
const largestMade = 64 << 20

// there reads a file of the round that is about to be replaced; ok is false where there is none. A file that cannot be
// read, or is too large to be one of ours, comes without content: nobody can say then that it may be replaced.
func (f *Folder) there(name string) (content []byte, ok bool) {
	info, err := os.Lstat(f.path(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false
	case err != nil || !info.Mode().IsRegular() || info.Size() > largestMade:
		return nil, true
	}
	content, err = disk.ReadFile(f.path(name))
	if err != nil {
		return nil, true
	}
	return content, true
}

// Clear removes a file that was made by the program and is no longer right; name is slash-separated. One that somebody
// saved since stays, and Clear says so.
func (m *Made) Clear(name string) (touched bool, err error) {
	content, ok := m.f.there(name)
	if !ok {
		return false, nil
	}
	if !m.Is(content) {
		return true, nil
	}
	return false, m.f.RemoveIfThere(name)
}

// Replaces says whether content may be written to a file of the round: nothing lies there, the same, or what was made.
func (m *Made) Replaces(name string, content []byte) bool {
	old, ok := m.f.there(name)
	return !ok || old != nil && (len(old) == 0 || bytes.Equal(old, content) || m.Is(old))
}

// replacesWorkbook is Replaces for a workbook of outbox/.
func (m *Made) replacesWorkbook(x Piece, content []byte) bool {
	name := "outbox/" + x.Name
	if m.Replaces(name, content) {
		return true
	}
	old, _ := m.f.there(name)
	return old != nil && m.Workbook(x, old)
}

// write writes a workbook, with answers carried over where the set has some.
func (b *books) write(w io.Writer, x Piece, set crosswalk.CarriedSet) error {
	since := ""
	if len(set.Answers) > 0 {
		since = set.Title
	}
	book, err := b.of(x, since)
	if err != nil {
		return err
	}
	m := x.Manifest(b.f)
	if since != "" {
		return book.WriteCarried(w, x.Recipient, m.Sealed(b.f.Key), m.Reference(b.f.Key), set.Answers)
	}
	return book.Write(w, x.Recipient, m.Sealed(b.f.Key), m.Reference(b.f.Key))
}

// Digest is the SHA-256 of some bytes in hex, as the journal has it.
func Digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Left is where a file lies in the round folder that a return may have been saved into.
type Left string

// The places, each as a person would name a file there.
const (
	InOutbox      Left = "outbox/FILE"
	InCorrections Left = "results/corrections/FILE"
	InPlans       Left = "results/plans/FILE"
	InConsensus   Left = "results/consensus/FILE"
	Elsewhere     Left = "FILE"
)

// taking is how a file at a place of the round folder comes into returns/.
func (f *Folder) taking(at Left) actions.Action {
	return actions.Collect.On(filepath.ToSlash(filepath.Join(f.Dir, string(at))))
}

// NoteTouched names files that somebody saved since they were made, and that were therefore left alone.
func (f *Folder) NoteTouched(at Left, files []string) []Note {
	if len(files) == 0 {
		return nil
	}
	anew := "then make its workbook again"
	switch at {
	case InCorrections:
		anew = "then make the corrections again"
	case InPlans:
		anew = "then make its plan again"
	case InConsensus:
		anew = "then make its consensus workbook again"
	}
	slices.Sort(files)
	return []Note{{Text: "these files are not as the journal has them: somebody may have saved them since, perhaps with answers. They are left as they are, and not sent. Collect one that was filled in, which moves it to returns/; " + anew + ".",
		More: slices.Compact(files), Do: f.taking(at)}}
}

// IsWorkbookName says whether a file is a workbook by its name, and none that a program keeps while another is open.
func IsWorkbookName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".fods", ".numbers":
		return !strings.HasPrefix(name, "~$") && !strings.HasPrefix(name, ".")
	}
	return false
}
