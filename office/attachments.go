package office

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// takeTogether says of files that were collected one by one which came in one message or archive.
func takeTogether(returns []models.Return, events []round.Event) {
	came := round.CameIn(events)
	for i := range returns {
		if returns[i].Container == "" {
			returns[i].Container = came[returns[i].Digest]
		}
	}
}

// showKept puts into the register what attachments/ holds: where the attachments lie that returns bring with them, and
// those that were collected.
func (in *Intake) showKept(f *Folder, events []round.Event) {
	for _, e := range events {
		if e.Kind != round.Kept {
			continue
		}
		line := in.keptFor(e)
		if line == nil { // of a part of the round the journal has all
			continue
		}
		size, there := f.AttachedSize(e.File)
		if !there {
			continue
		}
		known := false
		for i := range line.Attachments {
			if a := &line.Attachments[i]; a.Digest == e.Digest {
				a.File, known = e.File, true
			}
		}
		if !known {
			line.Attachments = append(line.Attachments, models.Attachment{Name: path.Base(e.File), File: e.File, Digest: e.Digest, Size: size})
		}
	}
}

// keptFor is the line of the return that an attachment came beside, or else of the recipient's return that counts.
func (in *Intake) keptFor(e round.Event) *models.FileLine {
	var counts, any *models.FileLine
	for _, i := range in.linesOf(e.Recipient) {
		line := &in.Register.Files[i]
		switch {
		case line.Digest == e.Of && line.Status != models.Rejected:
			return line
		case line.Status == models.Counted:
			counts = line
		default:
			any = line
		}
	}
	if counts != nil {
		return counts
	}
	return any
}

// linesOf are the places in Register.Files of a recipient's files.
func (in *Intake) linesOf(id string) []int {
	if in.ofRecipient == nil {
		in.ofRecipient = map[string][]int{}
		for i := range in.Register.Files {
			if who := in.Register.Files[i].Recipient; who != "" {
				in.ofRecipient[who] = append(in.ofRecipient[who], i)
			}
		}
	}
	return in.ofRecipient[id]
}

// keepAttachments writes into attachments/ what returns brought with them and is not there yet. The folder is open to
// write.
func (o *Office) keepAttachments(ctx context.Context, f *Folder, in *Intake) error {
	content := insideOf{f: f}
	for i := range in.Register.Files {
		line := &in.Register.Files[i]
		for k := range line.Attachments {
			a := &line.Attachments[k]
			if a.File != "" {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			b, ok := content.get(a.From, a.Digest)
			if !ok {
				continue // the file was changed or taken away just now
			}
			finding, _, err := f.attach(a, b, round.Event{Time: o.Time(), Recipient: line.Recipient, Of: line.Digest, Note: a.From})
			if err != nil {
				return err
			}
			if finding != nil {
				in.Findings = append(in.Findings, *finding)
				models.SortFindings(in.Findings)
			}
		}
	}
	return nil
}

// attach keeps one file, or says in a finding that the recipient's folder is full.
func (f *Folder) attach(a *models.Attachment, content []byte, e round.Event) (left *models.Finding, isNew bool, err error) {
	file, isNew, err := f.Attach(a.Name, content, e)
	if errors.Is(err, round.ErrAttachmentsFull) {
		x := models.NewFinding(models.EvidenceLeft, models.Origin{File: a.From}, "The folder %s/ is full: the file stays where it came.", f.AttachmentsOf(e.Recipient))
		x.Recipient = e.Recipient
		return &x, false, nil
	}
	a.File = file
	return nil, isNew, err
}

// insideOf finds files in containers, each of which it opens once as long as they are asked for in turn.
type insideOf struct {
	f         *Folder
	container string
	files     map[string][]byte
}

// get is a file of this digest that lies in a container; from is as in models.Return.
func (x *insideOf) get(from, digest string) ([]byte, bool) {
	for i := range from {
		if from[i] != '!' || !x.open(from[:i]) {
			continue
		}
		if b, ok := x.files[from]; ok && Digest(b) == digest {
			return b, true
		}
	}
	return nil, false
}

func (x *insideOf) open(container string) bool {
	if x.container == container {
		return true
	}
	src, err := x.f.OpenReturn(container)
	if err != nil {
		return false
	}
	defer src.Close()
	info, err := src.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	items, err := unpack(container, io.ReaderAt(src), info.Size())
	if err != nil {
		return false
	}
	x.container, x.files = container, map[string][]byte{}
	for _, it := range items {
		if file := fileOf(it); file != nil {
			x.files[strings.Join(file.Path, "!")] = file.Content
		}
	}
	return true
}
