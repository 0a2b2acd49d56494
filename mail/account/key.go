package account

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models/actions"
)

// What the keyring's entry is called.
const (
	keyService = "rubric"
	keyUser    = "key of the sign-ins"
)

// keyringPatience is how long the keyring is waited for. It may ask the user for a password; some never answer
// (zalando/go-keyring, issue 88).
const keyringPatience = time.Minute

// ErrNoKeyring says that the system has no keyring, or none that answers.
var ErrNoKeyring error = &fault.Error{Usage: true, Message: "this computer has no keyring that is open, in which the key to the sign-in could lie",
	Remedy: "unlock it, or sign in at its screen; or say that the key may lie in a file beside the sign-in, which whoever can read your files can then use", Do: actions.SignInWithFile.On()}

func (s *Store) keyFile() string { return filepath.Join(s.Dir, "key") }

// key is the key that is there.
func (s *Store) key() ([]byte, error) {
	if b, err := disk.ReadFile(s.keyFile()); err == nil {
		return decodedKey(string(b))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, cannot("read", err)
	}
	if !hasKeyring() {
		return nil, ErrNoKeyring
	}
	var text string
	err := within(keyringPatience, func() (err error) { text, err = keyring.Get(keyService, keyUser); return err })
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return nil, ErrSignedOut
	case err != nil:
		return nil, ErrNoKeyring
	}
	return decodedKey(text)
}

func decodedKey(text string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != 32 {
		return nil, &fault.Error{Message: "the key to the sign-in is damaged", Remedy: "sign out, and sign in again"}
	}
	return key, nil
}

// newKey is the key that is there, or else one that is made now.
func (s *Store) newKey() ([]byte, error) {
	key, err := s.key()
	if err == nil || err != ErrSignedOut && (err != ErrNoKeyring || !s.InFile) {
		return key, err
	}
	key = make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	text := base64.StdEncoding.EncodeToString(key)
	if s.InFile {
		if err := replace(s.keyFile(), []byte(text)); err != nil {
			return nil, cannot("kept", err)
		}
		return key, nil
	}
	if err := within(keyringPatience, func() error { return keyring.Set(keyService, keyUser, text) }); err != nil {
		return nil, ErrNoKeyring
	}
	return key, nil
}

func (s *Store) forgetKey() error {
	if err := disk.Remove(s.keyFile()); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return cannot("deleted", err)
	}
	if hasKeyring() {
		// That the entry stays does no harm: what it opens is gone.
		_ = within(keyringPatience, func() error { return keyring.Delete(keyService, keyUser) })
	}
	return nil
}

// Sealed says where the key lies: in the keyring, or in a file.
func (s *Store) Sealed() (inKeyring bool) {
	_, err := os.Stat(s.keyFile())
	return err != nil
}

// hasKeyring says whether there can be a keyring. On Linux it is asked for over the session's bus; without one, the library
// would start a bus of its own.
func hasKeyring() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || mocked {
		return true
	}
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	info, err := os.Stat("/run/user/" + strconv.Itoa(os.Getuid()) + "/bus")
	return err == nil && info.Mode()&fs.ModeSocket != 0
}

// mocked says that a test has put another keyring in place of the system's.
var mocked bool

// errNoAnswer says that something took too long.
var errNoAnswer = errors.New("no answer")

// within gives up waiting after a while; the work goes on by itself and is lost.
func within(d time.Duration, work func() error) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-time.After(d):
		return errNoAnswer
	}
}
