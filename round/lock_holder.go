package round

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
)

// inspect reads a lock and says whether it was left behind.
func inspect(path string) (h Holder, stale, silent bool, err error) {
	b, err := disk.ReadFile(path)
	if err != nil {
		return h, false, false, err
	}
	age, err := ageOf(path)
	if err != nil {
		return h, false, false, err
	}
	old := age > staleAfter
	if json.Unmarshal(b, &h) != nil || h.PID == 0 {
		// Its writer is between creating and writing it, or crashed there.
		return Holder{}, old, false, nil
	}
	if h.Host != hostName() {
		return h, old, false, nil
	}
	if !alive(h.PID) {
		return h, true, false, nil
	}
	return h, false, old, nil
}

// ageOf is how long ago a file was written to. Both times are those of the drive: a new file beside it
// says what the time is there.
func ageOf(path string) (time.Duration, error) {
	written, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	probe, err := os.CreateTemp(filepath.Dir(path), temporary)
	if err != nil {
		return 0, err
	}
	defer disk.Remove(probe.Name())
	_, err = probe.Write([]byte{'\n'})
	err = errors.Join(err, probe.Close())
	if err != nil {
		return 0, err
	}
	now, err := os.Stat(probe.Name())
	if err != nil {
		return 0, err
	}
	return now.ModTime().Sub(written.ModTime()), nil
}

// LockHolder says who works on the round folder at dir now; nil where nobody does, or where the lock was left behind.
func LockHolder(dir string) *Holder {
	h, stale, _, err := inspect(filepath.Join(dir, stateDir, lockName))
	if err != nil || stale || h.PID == 0 {
		return nil
	}
	return &h
}
