package words

import (
	"embed"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

//go:embed */*.yaml */*.txt
var folders embed.FS

// library is the languages that there are.
type library struct {
	english *Words
	// keys are those of all texts in the order of the English files, labels those of workbook.yaml among them,
	// messages those that have a file of their own.
	keys, labels, messages []string
	label                  map[string]bool
	// byFolder are the words by the name of their folder, in small letters.
	byFolder map[string]*Words
}

var (
	loading sync.Mutex
	loaded  atomic.Pointer[library]
)

// current is the library in use; the languages that are built in are read when the first is asked for.
func current() *library {
	if l := loaded.Load(); l != nil {
		return l
	}
	loading.Lock()
	defer loading.Unlock()
	if loaded.Load() == nil {
		l := &library{byFolder: map[string]*Words{}}
		if err := l.add(folders); err != nil {
			panic("words: the languages that are built in:\n" + err.Error()) // a test reads them all
		}
		loaded.Store(l)
	}
	return loaded.Load()
}

// Register adds languages: each folder of fsys is one, as those of this package are. A folder of a name that is there
// already takes its place; English stays. The error lists all that is wrong with the files, and then nothing is added.
// It is for the start of a program: words that were taken before stay as they were.
func Register(fsys fs.FS) error {
	old := current()
	loading.Lock()
	defer loading.Unlock()
	l := *old
	l.byFolder = maps.Clone(old.byFolder)
	if err := l.add(fsys); err != nil {
		return err
	}
	loaded.Store(&l)
	return nil
}

// Languages lists the languages that there are words in, by the tags that documents carry, English first.
func Languages() []string {
	l := current()
	var out []string
	for _, w := range l.byFolder {
		if w != l.english {
			out = append(out, w.tag)
		}
	}
	slices.Sort(out)
	return append([]string{l.english.tag}, out...)
}

func (l *library) isLabel(key string) bool { return l.label[key] }

// find is the words of the folder with a tag's name, or of the nearest that names less: zh-Hant for zh-Hant-TW. It is nil
// where there is none.
func (l *library) find(tag string) *Words {
	tag = strings.ToLower(tag)
	for tag != "" {
		if w := l.byFolder[tag]; w != nil {
			return w
		}
		tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)]
	}
	return nil
}
