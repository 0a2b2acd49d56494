package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// correctable is a file that counts and has findings of severity error, with the name that its corrected copy gets.
type correctable struct {
	piece
	file   string
	errors int
}

// correctable lists the files of a recipient that count and have errors: one, or some of its parts.
func (p *pieces) correctable(in *intake, e models.Entry) []correctable {
	var out []correctable
	for _, name := range e.Counts() {
		i := slices.IndexFunc(in.Register.Files, func(l models.FileLine) bool { return l.File == name })
		if i < 0 {
			continue
		}
		line := in.Register.Files[i]
		errors, _, _ := models.Count(line.Findings)
		part := models.Part{ID: line.Part}
		for _, l := range e.Parts {
			if l.ID == line.Part {
				part = l.Part
			}
		}
		x := p.piece(e.Recipient, part)
		if errors > 0 && x.name != "" {
			out = append(out, correctable{x, name, errors})
		}
	}
	return out
}

// writeCorrections writes results/corrections/: for each recipient whose return counts and has findings of
// severity error, the return itself with its cells marked, to be sent back; where it came in parts, each of them that
// has some. Those of an earlier run that no longer apply are removed. It returns how many there are, and
// the files of which no such copy can be made, such as .ods.
func (app *App) writeCorrections(ctx context.Context, f *folder, in *intake) (n int, without []string, err error) {
	p, err := f.pieces()
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
	err = app.each(ctx, "writing corrections", len(in.Register.Entries), func(i int) error {
		e := in.Register.Entries[i]
		kept := map[string]bool{}
		for _, c := range p.correctable(in, e) {
			ok, err := writeCorrection(ctx, f, c, findings[c.file])
			if err != nil {
				return err
			}
			if kept[c.name] = ok; ok {
				written.Add(1)
				continue
			}
			mu.Lock()
			without = append(without, c.file)
			mu.Unlock()
		}
		for _, name := range stale[e.Recipient.ID] {
			if !kept[name] {
				if err := removeIfThere(f, "results/corrections/"+name); err != nil {
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
func writeCorrection(ctx context.Context, f *folder, c correctable, findings []models.Finding) (bool, error) {
	var b bytes.Buffer
	content, err := returnContent(f, c.file)
	if err == nil {
		err = returns.WriteCorrections(ctx, &b, returns.CorrectionsInput{Round: f.Config, Template: f.Template, Workbook: content, Findings: findings, Limits: limitsOf(f.Config.Limits)})
	}
	if errors.Is(err, returns.ErrNotCorrectable) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("%s: the correction workbook cannot be made: %w", c.file, err)
	}
	return true, f.WriteFile("results/corrections/"+c.name, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
}

func removeIfThere(f *folder, name string) error {
	if err := os.Remove(filepath.Join(f.Dir, filepath.FromSlash(name))); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s is of an earlier run and cannot be removed; close it in other programs", name)
	}
	return nil
}
