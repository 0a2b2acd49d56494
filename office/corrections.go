package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/rubric-project/rubric/models"
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

// writeCorrections writes results/corrections/: for each recipient whose return counts and has findings of
// severity error, the return itself with its cells marked, to be sent back; where it came in parts, each of them that
// has some. Those of an earlier run that no longer apply are removed. It returns how many there are, and
// the files of which no such copy can be made, such as .ods.
func (o *Office) writeCorrections(ctx context.Context, f *Folder, in *Intake) (n int, without []string, err error) {
	p, err := f.Pieces()
	if err != nil {
		return 0, nil, err
	}
	findings := map[string][]models.Finding{}
	for _, line := range in.Register.Files {
		findings[line.File] = line.Findings
	}
	stale := map[string][]string{} // by recipient
	for key, name := range p.names {
		stale[key[0]] = append(stale[key[0]], name)
	}
	var written atomic.Int64
	var mu sync.Mutex
	err = o.Each(ctx, "writing corrections", len(in.Register.Entries), func(i int) error {
		e := in.Register.Entries[i]
		kept := map[string]bool{}
		for _, c := range p.Correctable(in, e) {
			ok, err := writeCorrection(ctx, f, c, findings[c.File])
			if err != nil {
				return err
			}
			if kept[c.Name] = ok; ok {
				written.Add(1)
				continue
			}
			mu.Lock()
			without = append(without, c.File)
			mu.Unlock()
		}
		for _, name := range stale[e.Recipient.ID] {
			if !kept[name] {
				if err := f.RemoveIfThere("results/corrections/" + name); err != nil {
					return err
				}
			}
		}
		return nil
	})
	slices.Sort(without)
	return int(written.Load()), without, err
}

// writeCorrection writes the marked copy of one file, or says that there is none to be made.
func writeCorrection(ctx context.Context, f *Folder, c Correctable, findings []models.Finding) (bool, error) {
	var b bytes.Buffer
	content, err := returnContent(f, c.File)
	if err == nil {
		err = returns.WriteCorrections(ctx, &b, returns.CorrectionsInput{Round: f.Config, Template: f.Template, Workbook: content, Findings: findings, Limits: limitsOf(f.Config.Limits)})
	}
	if errors.Is(err, returns.ErrNotCorrectable) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("%s: the correction workbook cannot be made: %w", c.File, err)
	}
	return true, f.WriteFile("results/corrections/"+c.Name, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
}
