package post

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// own sorts out sources that lie in the round folder itself. A workbook that somebody filled in in outbox/ or results/ is
// moved to returns/, not copied: moving lists such files. Of the whole folder outbox/ or results/ it takes those that
// are not as they were made. The other sources are returned as they are.
func (c *collecting) own(sources []string) (rest, moving []string, err error) {
	known, err := c.f.Made()
	if err != nil {
		return nil, nil, err
	}
	for _, source := range sources {
		inside, ok := placeIn(c.f.Dir, source)
		switch top, _, _ := strings.Cut(inside, "/"); {
		case !ok || inside != "." && top != round.OutboxDir && top != round.ResultsDir:
			rest = append(rest, source)
			continue
		case inside == ".":
			c.out.Problems = append(c.out.Problems, source+" is the round folder itself; name the files in it that are returns")
			continue
		}
		files, problem := c.ownFiles(known, source, inside)
		if problem != "" {
			c.out.Problems = append(c.out.Problems, problem)
		}
		rest, moving = append(rest, files...), append(moving, files...)
	}
	return rest, moving, nil
}

// ownFiles are the files of a source in outbox/ or results/ that are not as they were made; inside is its place there.
func (c *collecting) ownFiles(known *office.Made, source, inside string) (files []string, problem string) {
	if office.IsResult(inside) {
		return nil, source + " is made from all returns, and is no return"
	}
	info, err := os.Lstat(source)
	if err != nil || !info.IsDir() && !info.Mode().IsRegular() {
		return nil, source + " cannot be opened: there is no such file or folder, or it is a link to another place"
	}
	if !info.IsDir() {
		if content, err := disk.ReadFile(source); err == nil && c.isMade(known, source, content) {
			return nil, source + " is as it was made: nothing was filled in"
		}
		return []string{source}, ""
	}
	err = filepath.WalkDir(source, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !office.IsWorkbookName(d.Name()) {
			return err
		}
		if place, ok := placeIn(c.f.Dir, path); !ok || office.IsResult(place) {
			return nil
		}
		if content, err := disk.ReadFile(path); err == nil && !c.isMade(known, path, content) {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		return nil, source + " cannot be read"
	}
	if len(files) == 0 {
		return nil, source + ": everything in it is as it was made"
	}
	return files, ""
}

// isMade says whether a file is as it was made: by its digest, or as the workbook that its name says.
func (c *collecting) isMade(known *office.Made, path string, content []byte) bool {
	if known.Is(content) {
		return true
	}
	pieces, err := c.f.Pieces()
	if err != nil {
		return false
	}
	for _, rc := range c.f.Recipients {
		i := slices.IndexFunc(pieces.Of(rc), func(x office.Piece) bool { return x.Name == filepath.Base(path) })
		if i >= 0 {
			return known.Workbook(pieces.Of(rc)[i], content)
		}
	}
	return false
}

// move takes files away whose bytes are in returns/ now.
func (c *collecting) move(files []string) {
	for _, file := range files {
		content, err := disk.ReadFile(file)
		if err != nil || !c.in.Has(content) {
			continue // it was not taken in, which was said
		}
		if again, err := disk.ReadFile(file); err != nil || !bytes.Equal(again, content) {
			continue
		}
		if err := disk.Remove(file); err != nil {
			c.out.Problems = append(c.out.Problems, fmt.Sprintf("%s is in returns/ now, and cannot be taken away from where it was; close it in other programs and delete it", file))
			continue
		}
		c.out.Moved = append(c.out.Moved, file)
	}
}

// placeIn says where a source lies in a folder, slash-separated; "." for the folder itself. Links are followed, so that
// the same place is known by every name.
func placeIn(dir, source string) (inside string, ok bool) {
	abs, err := filepath.Abs(source)
	if err != nil {
		return "", false
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		abs = filepath.Join(real, filepath.Base(abs))
	}
	rel, err := filepath.Rel(dir, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}
