package office

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/round"
)

// noticed says what lies in the round folder where it should not, and what is out of date.
func (o *Office) noticed(ctx context.Context, f *Folder, in *Intake) ([]Note, error) {
	pieces, err := f.Pieces()
	if err != nil {
		return nil, err
	}
	notes, err := o.noteLeft(ctx, f, in, pieces)
	if err != nil {
		return notes, err
	}
	old, err := o.noteResults(ctx, f, in)
	if err != nil {
		return slices.Concat(notes, old), err
	}
	texts, err := o.noteOwnTexts(f, in)
	return slices.Concat(notes, old, texts, f.noteDeepFolder(pieces), f.noteKey()), err
}

// noteKey remarks on a sealing key that others on the computer can read. Windows, and drives that know no owners, do not
// say so.
func (f *Folder) noteKey() []Note {
	info, err := os.Stat(f.path(".rubric/key"))
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o004 == 0 {
		return nil
	}
	return noted("the round's sealing key, .rubric/key, can be read by everybody who uses this computer, and whoever has it can make workbooks that pass for this round's. Let only its owner read it.")
}

// noteLeft names returns that lie elsewhere in the round folder than in returns/, where nobody reads them.
func (o *Office) noteLeft(ctx context.Context, f *Folder, in *Intake, pieces *Pieces) ([]Note, error) {
	known, err := f.Made()
	if err != nil {
		return nil, err
	}
	candidates, err := f.lying()
	if err != nil {
		return nil, err
	}
	back := map[string]bool{} // by digest, what is in returns/ as well
	for _, line := range in.Register.Files {
		back[line.Digest] = true
	}
	byName := map[string]Piece{}
	for _, rc := range f.Recipients {
		for _, x := range pieces.Of(rc) {
			byName[x.Name] = x
		}
	}
	corrections := map[string]Correctable{}
	for _, e := range in.Register.Entries {
		for _, c := range pieces.Correctable(in, e) {
			corrections[c.Name] = c
		}
	}
	var mu sync.Mutex
	left := map[Left][]string{}
	err = o.Each(ctx, "looking for returns elsewhere", len(candidates), func(i int) error {
		name := candidates[i]
		content, _ := f.there(name)
		if len(content) == 0 || known.Is(content) || back[Digest(content)] {
			return ctx.Err()
		}
		at := Elsewhere
		x, named := byName[path.Base(name)]
		switch path.Dir(name) {
		case round.OutboxDir:
			at = InOutbox
		case "results/corrections":
			at = InCorrections
		case "results/plans":
			at, named = InPlans, false
		case "results/consensus":
			at, named = InConsensus, false
		default:
			named = false
		}
		if at == InCorrections && o.isCorrection(ctx, f, in, corrections[path.Base(name)], content) || named && known.Workbook(x, content) || !named && !o.saysWhose(ctx, f, name, content, back) {
			return ctx.Err()
		}
		mu.Lock()
		left[at] = append(left[at], name)
		mu.Unlock()
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	notes := slices.Concat(f.NoteTouched(InOutbox, left[InOutbox]), f.NoteTouched(InCorrections, left[InCorrections]), f.NoteTouched(InPlans, left[InPlans]), f.NoteTouched(InConsensus, left[InConsensus]))
	if list := left[Elsewhere]; len(list) > 0 {
		slices.Sort(list)
		notes = append(notes, Note{Text: "returns lie outside returns/, where they are not read; collect them.", More: list, Do: f.taking(Elsewhere)})
	}
	return notes, nil
}

// isCorrection says whether making a correction again gives these bytes.
func (o *Office) isCorrection(ctx context.Context, f *Folder, in *Intake, c Correctable, content []byte) bool {
	if c.File == "" {
		return false
	}
	again, _, err := o.Correction(ctx, f, in, c)
	return err == nil && again != nil && bytes.Equal(again, content)
}

// saysWhose says whether a file is a workbook that says whose it is, or holds one, and is not in returns/ as well.
func (o *Office) saysWhose(ctx context.Context, f *Folder, name string, content []byte, back map[string]bool) bool {
	list, _ := read(ctx, name, bytes.NewReader(content), int64(len(content)), o.ReadOptions(f))
	for i := range list {
		if len(list[i].Claims) > 0 && !back[list[i].Digest] {
			return true
		}
	}
	return false
}

// lying lists the workbooks, archives and saved messages in the round folder where people leave them by mistake: beside
// round.yaml, in outbox/ and in results/, and in folders of their own there. Our own drafts and results are not among them.
func (f *Folder) lying() ([]string, error) {
	var out []string
	looked := 0
	var look func(dir string, deep int)
	look = func(dir string, deep int) {
		entries, err := os.ReadDir(filepath.Join(f.Dir, filepath.FromSlash(dir)))
		if err != nil || deep > 0 && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == round.ConfigFile }) {
			return // what is not there holds nothing, and another round's is its own
		}
		for _, e := range entries {
			name := path.Join(dir, e.Name())
			if looked++; looked > mostLying && deep > 0 {
				return
			}
			switch {
			case e.IsDir() && deep < 3 && !strings.HasPrefix(e.Name(), ".") && !ownFolders[name]:
				look(name, deep+1)
			case isReturnName(e, dir) && !IsResult(name):
				out = append(out, name)
			}
		}
	}
	for _, dir := range []string{".", round.OutboxDir, round.ResultsDir} {
		look(dir, 0)
	}
	look("results/corrections", 0)
	look("results/plans", 0)
	return out, nil
}

// mostLying is how many entries of folders that people made are looked at.
const mostLying = 1000

// ownFolders are the folders in a round whose files are looked at elsewhere, or are this program's own.
var ownFolders = map[string]bool{round.ReturnsDir: true, round.OutboxDir: true, round.ResultsDir: true, round.AttachmentsDir: true, "messages": true,
	"outbox/corrections": true, "results/corrections": true, "results/pdf": true, "results/data": true, "results/plans": true}

// IsResult says whether a file of the round, by its place, is one that this program writes from all returns, and that nobody
// fills in.
func IsResult(name string) bool {
	switch name {
	case consolidatedFile, publishedFile, plansFile, "results/findings.xlsx":
		return true
	}
	return strings.HasPrefix(name, "results/pdf/") || strings.HasPrefix(name, "results/data/")
}

// isReturnName says whether a file can be a return, or hold one, by its name.
func isReturnName(e fs.DirEntry, dir string) bool {
	if !e.Type().IsRegular() {
		return false
	}
	if IsWorkbookName(e.Name()) {
		return true
	}
	switch strings.ToLower(path.Ext(e.Name())) {
	case ".zip", ".msg":
		return true
	case ".eml":
		return dir != round.OutboxDir && !strings.HasPrefix(dir, round.OutboxDir+"/")
	}
	return false
}
