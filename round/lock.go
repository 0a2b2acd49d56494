package round

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
)

// The lock is a file, .rubric/lock, because the folder often lies on a shared drive where the locks of the
// operating system cannot be relied upon. Its holder writes to it every beat. It is taken for left behind
// where its process is gone (on this computer) or where it was not written to for staleAfter, by the clock
// of the drive that it lies on.
const (
	lockName   = "lock"
	beat       = 20 * time.Second
	staleAfter = 3 * time.Minute
)

// Holder is who holds the lock of a round folder.
type Holder struct {
	User    string    `json:"user"`
	Host    string    `json:"host"`
	PID     int       `json:"pid"`
	Since   time.Time `json:"since"`
	Command string    `json:"command,omitempty"`
	// Token tells one holding from the next by the same process.
	Token string `json:"token"`
}

// LockedError says that someone else is working on the round folder.
type LockedError struct {
	Holder Holder
	Path   string
	// Silent says that the holder's process is there but has not been heard of for some minutes.
	Silent bool
}

// Error says who holds the lock since when, and what to do.
func (e *LockedError) Error() string {
	if e.Holder.PID == 0 {
		return "another run of rubric is starting on this round folder; wait a moment and try again, or delete " + e.Path + " if nobody is at work"
	}
	s := fmt.Sprintf("%s is working on this round folder on %s (process %d) since %s",
		e.Holder.User, e.Holder.Host, e.Holder.PID, e.Holder.Since.Local().Format("2 January 2006 15:04"))
	if e.Silent {
		return s + ", but has not been heard of for some minutes; if that process is not rubric, delete " + e.Path
	}
	return s + "; wait until it has ended, or ask them. If nobody is at work, delete " + e.Path
}

// Lock is the right to write to a round folder.
type Lock struct {
	path  string
	token string
	lost  atomic.Bool
	stop  chan struct{}
	done  sync.WaitGroup
	once  sync.Once
	// TookOver is who left the lock behind that this one replaced, or nil.
	TookOver *Holder
}

// Lock takes the round's lock for the named command, or returns a *LockedError that says who has it. The
// caller calls Unlock at the end. A lock that was left behind is taken over. A round to which a newer program wrote what
// this one does not understand is refused.
func (r *Round) Lock(command string) (*Lock, error) {
	path := filepath.Join(r.Dir, stateDir, lockName)
	l := &Lock{path: path, token: randomHex(8), stop: make(chan struct{})}
	mine, err := json.Marshal(Holder{User: userName(), Host: hostName(), PID: os.Getpid(),
		Since: time.Now().UTC().Truncate(time.Second), Command: command, Token: l.token})
	if err != nil {
		return nil, failure("the lock cannot be written", err)
	}
	mine = append(mine, '\n')
	err = createNew(path, mine)
	if errors.Is(err, fs.ErrExist) {
		err = l.takeOver(mine)
	}
	if err != nil {
		var held *LockedError
		if errors.As(err, &held) {
			return nil, err
		}
		return nil, failure("the lock "+path+" cannot be taken", err)
	}
	l.done.Add(1)
	go l.keep(mine)
	r.lock = l
	if err := r.understands(); err != nil {
		l.Unlock()
		return nil, err
	}
	r.sweep()
	return l, nil
}

// takeOver replaces the lock where it was left behind. A second file makes sure that of two processes that
// see this at once only one does it: the other finds a fresh lock when its turn comes.
func (l *Lock) takeOver(mine []byte) error {
	turn := l.path + ".takeover"
	err := createNew(turn, mine)
	if errors.Is(err, fs.ErrExist) {
		if err := l.clearTurn(turn); err != nil {
			return err
		}
		err = createNew(turn, mine)
	}
	if errors.Is(err, fs.ErrExist) {
		return &LockedError{Path: turn}
	}
	if err != nil {
		return err
	}
	defer disk.Remove(turn)
	holder, stale, silent, err := inspect(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return createNew(l.path, mine)
	case err != nil:
		return err
	case !stale:
		return &LockedError{Holder: holder, Path: l.path, Silent: silent}
	}
	l.TookOver = &holder
	return writeFile(l.path, 0o644, writeBytes(mine))
}

// clearTurn removes a turn that a crash or a full disk left behind. It is put aside first: where another process took it
// in the meantime, it gets it back.
func (l *Lock) clearTurn(turn string) error {
	seen, err := disk.ReadFile(turn)
	if err != nil {
		return ignoreGone(err)
	}
	age, err := ageOf(turn)
	if err != nil {
		return ignoreGone(err)
	}
	if age <= staleAfter {
		return &LockedError{Path: turn}
	}
	aside := turn + "." + l.token
	if err := disk.Replace(turn, aside); err != nil {
		return ignoreGone(err)
	}
	if now, err := disk.ReadFile(aside); err != nil || !bytes.Equal(now, seen) {
		disk.Replace(aside, turn)
		return &LockedError{Path: turn}
	}
	return disk.Remove(aside)
}

func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// keep writes the lock anew at every beat, and notices when it is no longer its own.
func (l *Lock) keep(mine []byte) {
	defer l.done.Done()
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for {
		select {
		case <-l.stop:
			return
		case <-tick.C:
			if !l.beat(mine) {
				return
			}
		}
	}
}

func (l *Lock) beat(mine []byte) bool {
	if !l.own() {
		l.lost.Store(true)
		return false
	}
	// A beat that fails (the network is away for a moment) is made up by the next.
	if f, err := os.OpenFile(l.path, os.O_WRONLY, 0); err == nil {
		f.WriteAt(mine, 0)
		f.Close()
	}
	return true
}

// own says whether the lock file is this lock's; a file that cannot be read just now is taken to be.
func (l *Lock) own() bool {
	b, err := disk.ReadFile(l.path)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	var h Holder
	return json.Unmarshal(b, &h) == nil && h.Token == l.token
}

// Unlock gives the lock back. It may be called more than once.
func (l *Lock) Unlock() {
	l.once.Do(func() {
		close(l.stop)
		l.done.Wait()
		if l.own() {
			disk.Remove(l.path)
		}
		l.lost.Store(true)
	})
}

// stillLocked refuses to write where a lock was taken and then lost to someone else.
func (r *Round) stillLocked() error {
	if r.lock != nil && r.lock.lost.Load() {
		return &fault.Error{Message: "the lock on the round folder was lost: someone else took it over or deleted it",
			Remedy: "try again when nobody else is at work"}
	}
	return nil
}

// createNew writes a file that must not be there yet, and leaves nothing where it fails.
func createNew(path string, content []byte) error {
	f, err := disk.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err != nil { // on a full disk: half a lock would lock the round for everybody
		disk.Remove(path)
	}
	return err
}

func randomHex(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails (crypto/rand since Go 1.24)
	return hex.EncodeToString(b)
}

func hostName() string {
	h, err := os.Hostname()
	if err != nil || h == "" {
		return "this computer"
	}
	return h
}

// userName is who runs the program, as people are known on their computers.
func userName() string {
	for _, name := range []string{"USER", "USERNAME", "LOGNAME"} {
		if s := os.Getenv(name); s != "" {
			return s
		}
	}
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "someone"
}
