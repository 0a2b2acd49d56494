package post

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
)

// Watch looks at a folder from time to time, since shared drives do not tell of changes, and says which files in it are
// ready to be collected: those whose size and time were the same at two looks. Each is given once, and again when it
// changes. It is for one goroutine at a time.
type Watch struct {
	dir         string
	seen, given map[string]fileLook
}

type fileLook struct {
	size int64
	time time.Time
}

// NewWatch watches a folder for a round. A folder that is none, and one that holds the round or lies in it, is refused.
func NewWatch(round, dir string) (*Watch, error) {
	w := &Watch{dir: filepath.Clean(dir), given: map[string]fileLook{}}
	refused := func(message, remedy string) (*Watch, error) {
		return nil, &fault.Error{Usage: true, Message: message, Remedy: remedy}
	}
	if !filepath.IsAbs(dir) {
		return refused("the folder to be watched is not named whole", `give its whole name, such as S:\Scans\assessment`)
	}
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return refused("the folder to be watched is not there: "+dir, "look at its name, or connect the drive that it is on")
	case !info.IsDir():
		return refused(dir+" is a file, not a folder", "give the folder that it lies in")
	}
	_, inside := placeIn(round, dir)
	_, around := placeIn(dir, round)
	if inside || around {
		return refused("the round's own folder cannot be watched: what is in returns/ is read as it is", "choose the folder where files arrive")
	}
	return w, nil
}

// Look gives the files that are ready, sorted, and how many are still being written. Folders in the folder are not looked
// into. An error means that it could not be read now; the next look may.
func (w *Watch) Look() (ready []string, waiting int, err error) {
	entries, err := os.ReadDir(w.dir)
	if err != nil {
		return nil, 0, err
	}
	now := map[string]fileLook{}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !e.Type().IsRegular() || unfinished(e) {
			continue
		}
		look := fileLook{info.Size(), info.ModTime()}
		now[e.Name()] = look
		before, known := w.seen[e.Name()]
		switch {
		case w.given[e.Name()] == look:
		case known && before == look:
			ready = append(ready, filepath.Join(w.dir, e.Name()))
		default:
			waiting++
		}
	}
	w.seen = now
	for name := range w.given {
		if _, there := now[name]; !there {
			delete(w.given, name)
		}
	}
	slices.Sort(ready)
	return ready, waiting, nil
}

// Given notes that files were collected as they were at the last look.
func (w *Watch) Given(files []string) {
	for _, f := range files {
		if look, ok := w.seen[filepath.Base(f)]; ok {
			w.given[filepath.Base(f)] = look
		}
	}
}

// unfinished knows what programs write before a file has its name, and what they keep beside an open one.
func unfinished(e fs.DirEntry) bool {
	name := strings.ToLower(e.Name())
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") || slices.Contains([]string{".tmp", ".crdownload", ".part", ".partial", ".download"}, filepath.Ext(name))
}
