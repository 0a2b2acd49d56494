package cluster

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rubric-project/rubric/buckets/bucket"
	"github.com/rubric-project/rubric/round"
)

// giveBack writes what was made of a round in a bucket to where it belongs, from the temporary folder that it was made in: evidence
// that came with returns, results/, and last the journal, which says so. Where it goes elsewhere the journal stays as it is.
func (o Options) giveBack(ctx ctx, dir string) error {
	if !bucket.Is(o.Round) {
		return nil
	}
	to, err := placeOf(cmp.Or(o.Results, o.Round))
	if err != nil {
		return err
	}
	for _, name := range []string{round.AttachmentsDir, round.ResultsDir} {
		if err := upload(ctx, dir, name, to); err != nil {
			return err
		}
	}
	if o.Results != "" {
		return nil
	}
	return o.addToJournal(ctx, dir, to)
}

// addToJournal puts into the bucket the events that were recorded meanwhile, unless somebody else has recorded any.
func (o Options) addToJournal(ctx ctx, dir string, to place) error {
	now, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(round.JournalFile)))
	if err != nil {
		return err
	}
	before, err := to.read(round.JournalFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	switch {
	case bytes.Equal(now, before):
		return nil
	case !bytes.HasPrefix(now, before):
		return errors.New("results/ is written, and the journal is not: somebody recorded something in the round meanwhile; run it again")
	}
	return writeTo(ctx, to, round.JournalFile, now)
}

// upload writes a folder in dir to a place, in the order of names. One that is not there holds nothing.
func upload(ctx ctx, dir, folder string, to place) error {
	return fs.WalkDir(os.DirFS(dir), folder, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == folder {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return err
		}
		if err := to.write(ctx, name, info.Size(), f); err != nil {
			return fmt.Errorf("%s is not written: %w", name, err)
		}
		return nil
	})
}
