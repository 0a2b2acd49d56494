package store

import (
	"errors"
	"io/fs"
	"os"
	"sync"
)

// textsInMemory is how many bytes of evidence and comments stay in memory, those of some ten thousand returns. What comes after
// them is kept in a file, as the texts of a large round take far more room than everything else.
const textsInMemory = 64 << 20

// texts keeps the texts of answers in a file of its own, which goes with the process: it has no name where the system allows
// that, and else one that package round deletes in its time. Where it cannot be made or written, texts stay in memory.
type texts struct {
	dir string

	mu     sync.Mutex
	total  int64 // of all texts so far
	file   *os.File
	end    int64 // of the file
	broken bool
}

// Keep is for models.TextStore.
func (t *texts) Keep(text string) (at int64, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.total += int64(len(text)); t.total <= textsInMemory || t.broken {
		return 0, false
	}
	if t.file == nil {
		f, err := createTexts(t.dir)
		if err != nil {
			t.broken = true
			return 0, false
		}
		t.file = f
	}
	if _, err := t.file.WriteAt([]byte(text), t.end); err != nil {
		t.broken = true // the disk is full; what lies in the file stays good
		return 0, false
	}
	at = t.end
	t.end += int64(len(text))
	return at, true
}

// At is for models.TextStore.
func (t *texts) At(at int64, n int) (string, error) {
	t.mu.Lock()
	f := t.file
	t.mu.Unlock()
	b := make([]byte, n)
	if _, err := f.ReadAt(b, at); err != nil {
		return "", err
	}
	return string(b), nil
}

// createTexts makes the file in the folder of the store, which is made where it is not there. It is open to nobody else.
func createTexts(dir string) (*os.File, error) {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	f, err := os.CreateTemp(dir, temporary+"*")
	if err != nil {
		return nil, err
	}
	os.Remove(f.Name()) // Windows does not
	return f, nil
}
