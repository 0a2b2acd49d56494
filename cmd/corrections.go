package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx"
)

// writeCorrections writes results/corrections/: for each recipient whose return counts and has findings of
// severity error, the return itself with its cells marked, to be sent back. Those of an earlier run that no
// longer apply are removed. It returns how many there are.
func (app *App) writeCorrections(ctx context.Context, f *folder, in *intake) (int, error) {
	names := f.FileNames(".xlsx")
	findings := map[string][]models.Finding{}
	for _, line := range in.Register.Files {
		findings[line.File] = line.Findings
	}
	var written atomic.Int64
	err := app.each(ctx, "writing corrections", len(in.Register.Entries), func(i int) error {
		e := in.Register.Entries[i]
		name := "results/corrections/" + names[e.Recipient.ID]
		var b bytes.Buffer
		if e.Return == nil || e.Errors == 0 {
			return removeIfThere(f, name)
		}
		content, err := returnContent(f, e.File)
		if err == nil {
			err = xlsx.WriteCorrections(ctx, &b, xlsx.CorrectionsInput{Round: f.Config, Template: f.Template, Workbook: content, Findings: findings[e.File]})
		}
		if errors.Is(err, xlsx.ErrNotCorrectable) {
			return removeIfThere(f, name)
		}
		if err != nil {
			return fmt.Errorf("%s: the correction workbook cannot be made: %w", e.File, err)
		}
		written.Add(1)
		return f.WriteFile(name, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
	})
	return int(written.Load()), err
}

func removeIfThere(f *folder, name string) error {
	if err := os.Remove(filepath.Join(f.Dir, filepath.FromSlash(name))); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s is of an earlier run and cannot be removed; close it in other programs", name)
	}
	return nil
}
