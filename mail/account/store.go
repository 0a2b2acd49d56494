package account

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/settings"
)

// Store keeps sign-ins in a folder of the user's, one sealed file for each account.
type Store struct {
	// Dir is the folder; it is made where it is not there.
	Dir string
	// InFile says that a new key may lie in a file beside what it seals, where there is no keyring. The user must have said so.
	InFile bool
}

// kept is what a sealed file holds.
type kept struct {
	// Who is the address that the provider says signed in.
	Who     string    `json:"who"`
	Granted []string  `json:"granted"`
	Refresh string    `json:"refresh"`
	Access  string    `json:"access"`
	Expires time.Time `json:"expires"`
}

// ErrSignedOut says that nobody is signed in to an account here.
var ErrSignedOut error = &fault.Error{Message: "nobody is signed in to the mailbox on this computer", Remedy: "sign in first", Do: actions.SignIn.On()}

// fileOf is the stem of an account's files: what tells one account from another, and gives nothing away.
func (s *Store) fileOf(a settings.Account) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.Join([]string{a.Provider, a.Cloud, a.Tenant, a.ClientID, a.User}, "\x00"))))
	return filepath.Join(s.Dir, a.Provider+"-"+hex.EncodeToString(sum[:8]))
}

// lock keeps other processes from the account until unlock.
func (s *Store) lock(a settings.Account) (unlock func(), err error) {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return nil, cannot("kept", err)
	}
	f, err := os.OpenFile(s.fileOf(a)+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, cannot("kept", err)
	}
	if err := lockFile(f); err != nil {
		f.Close()
		return nil, cannot("kept", err)
	}
	return func() { unlockFile(f); f.Close() }, nil
}

func cannot(what string, err error) error {
	why, remedy := disk.Words(err)
	return &fault.Error{Message: "the sign-in cannot be " + what + ": " + why, Remedy: remedy, Err: err}
}

// load reads what is kept of an account. The error is ErrSignedOut where nothing is.
func (s *Store) load(a settings.Account) (k kept, err error) {
	file := s.fileOf(a) + ".sealed"
	sealed, err := disk.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return k, ErrSignedOut
	}
	if err != nil {
		return k, cannot("read", err)
	}
	key, err := s.key()
	if err != nil {
		return k, err
	}
	box, err := seal(key)
	if err != nil {
		return k, err
	}
	lost := &fault.Error{Message: "the sign-in that is kept here cannot be opened: its key is another one, or the file is damaged", Remedy: "sign in again", Do: actions.SignIn.On()}
	if len(sealed) < box.NonceSize() {
		return k, lost
	}
	plain, err := box.Open(nil, sealed[:box.NonceSize()], sealed[box.NonceSize():], []byte(filepath.Base(file)))
	if err != nil || json.Unmarshal(plain, &k) != nil {
		return k, lost
	}
	return k, nil
}

// save keeps what is known of an account. It is on the disk when save returns.
func (s *Store) save(a settings.Account, k kept) error {
	key, err := s.newKey()
	if err != nil {
		return err
	}
	box, err := seal(key)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(k)
	if err != nil {
		return err
	}
	file := s.fileOf(a) + ".sealed"
	nonce := make([]byte, box.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return err
	}
	if err := replace(file, box.Seal(nonce, nonce, plain, []byte(filepath.Base(file)))); err != nil {
		return cannot("kept", err)
	}
	return nil
}

func seal(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// forget deletes what is kept of an account, and says whether there was anything.
func (s *Store) forget(a settings.Account) (bool, error) {
	err := disk.Remove(s.fileOf(a) + ".sealed")
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, cannot("deleted", err)
	}
	if rest, err := filepath.Glob(filepath.Join(s.Dir, "*.sealed")); err == nil && len(rest) == 0 {
		return true, s.forgetKey()
	}
	return true, nil
}

// replace writes a file that only the user can read, whole or not at all.
func replace(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = disk.Replace(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
