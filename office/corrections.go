package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// Correctable is a file that counts and has findings of severity error, with the name that its corrected copy gets.
type Correctable struct {
	Piece
	// File is as in models.Return, Errors how many entries are to be corrected.
	File   string
	Errors int
}

// Correctable lists the files of a recipient that count and have errors: one, or some of its parts.
func (p *Pieces) Correctable(in *Intake, e models.Entry) []Correctable {
	var out []Correctable
	for _, name := range e.Counts() {
		i, ok := in.lines[name]
		if !ok {
			continue
		}
		line := &in.Register.Files[i]
		errors, _, _ := models.Count(line.Findings)
		part := models.Part{ID: line.Part}
		for _, l := range e.Parts {
			if l.ID == line.Part {
				part = l.Part
			}
		}
		x := p.piece(e.Recipient, part)
		if errors > 0 && x.Name != "" {
			out = append(out, Correctable{x, name, errors})
		}
	}
	return out
}

// Corrections is what was written to be sent back.
type Corrections struct {
	Written int
	// NotMarked are files of which no such copy can be made, such as .ods.
	NotMarked []string
	// Touched are earlier ones that somebody saved since, and that were left as they are.
	Touched []string
}

// writeCorrections writes results/corrections/: for each recipient whose return counts and has findings of
// severity error, the return itself with its cells marked, to be sent back; where it came in parts, each of them that
// has some. Those of an earlier run that no longer apply are removed. What somebody saved since stays as it is.
func (o *Office) writeCorrections(ctx context.Context, f *Folder, in *Intake) (out Corrections, err error) {
	p, err := f.Pieces()
	if err != nil {
		return out, err
	}
	known, err := f.Made()
	if err != nil {
		return out, err
	}
	old := map[string][]string{} // by recipient
	for key, name := range p.names {
		old[key[0]] = append(old[key[0]], name)
	}
	var mu sync.Mutex
	var events []round.Event
	err = o.Each(ctx, "writing corrections", len(in.Register.Entries), func(i int) error {
		e := in.Register.Entries[i]
		kept := map[string]bool{}
		for _, c := range p.Correctable(in, e) {
			content, err := o.Correction(ctx, f, in, c)
			if err != nil {
				return err
			}
			name := "results/corrections/" + c.Name
			fits := content != nil && known.Replaces(name, content)
			mu.Lock()
			switch kept[c.Name] = content != nil; {
			case content == nil:
				out.NotMarked = append(out.NotMarked, c.File)
			case !fits:
				out.Touched = append(out.Touched, name)
			default:
				out.Written++
			}
			mu.Unlock()
			if !fits {
				continue
			}
			if !known.Is(content) {
				mu.Lock()
				events = append(events, round.Event{Time: o.Time(), Kind: round.CorrectionMade, Recipient: e.Recipient.ID, File: name, Digest: Digest(content)})
				mu.Unlock()
			}
			if err := f.WriteFile(name, func(w io.Writer) error { _, err := w.Write(content); return err }); err != nil {
				return err
			}
		}
		for _, name := range old[e.Recipient.ID] {
			if kept[name] {
				continue
			}
			touched, err := known.Clear("results/corrections/" + name)
			if err != nil {
				return err
			}
			if touched {
				mu.Lock()
				out.Touched = append(out.Touched, "results/corrections/"+name)
				mu.Unlock()
			}
		}
		return nil
	})
	slices.Sort(out.NotMarked)
	slices.Sort(out.Touched)
	slices.SortFunc(events, func(a, b round.Event) int { return strings.Compare(a.File, b.File) })
	if recordErr := f.Record(events...); err == nil {
		err = recordErr
	}
	return out, err
}

// Correction makes the marked copy of one file; nil where there is none to be made.
func (o *Office) Correction(ctx context.Context, f *Folder, in *Intake, c Correctable) ([]byte, error) {
	var findings []models.Finding
	if i, ok := in.lines[c.File]; ok {
		findings = in.Register.Files[i].Findings
	}
	var b bytes.Buffer
	content, err := returnContent(f, c.File)
	if err == nil {
		err = returns.WriteCorrections(ctx, &b, returns.CorrectionsInput{Round: f.Config, Template: f.Template, Workbook: content, Findings: findings, Limits: limitsOf(f.Config.Limits)})
	}
	if errors.Is(err, returns.ErrNotCorrectable) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: the correction workbook cannot be made: %w", c.File, err)
	}
	return b.Bytes(), nil
}
