package account_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail/account"
)

// TestCredentialManager keeps the key in Windows' own store, from where another process takes it, and leaves what lay there
// before.
func TestCredentialManager(t *testing.T) {
	const service, user = "rubric", "key of the sign-ins"
	before, err := keyring.Get(service, user)
	if err != nil && !errors.Is(err, keyring.ErrNotFound) {
		t.Fatal(err)
	}
	if err == nil {
		if err := keyring.Delete(service, user); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = keyring.Set(service, user, before) })
	}
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{office}})
	s := signIn(f, filepath.Join(t.TempDir(), "accounts"))
	s.Store.InFile = false
	var page seen
	if _, err := s.InBrowser(t.Context(), browse(&page)); err != nil {
		t.Fatal(err)
	}
	if key, err := keyring.Get(service, user); err != nil || len(key) != 44 || !s.Store.Sealed() {
		t.Fatalf("the store has %d characters, %v", len(key), err)
	}
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childEnv+"="+s.Store.Dir+" "+f.URL)
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("another process: %s %v", out, err)
	}
	if was, err := account.SignOut(t.Context(), s); !was || err != nil {
		t.Error(was, err)
	}
	if _, err := keyring.Get(service, user); !errors.Is(err, keyring.ErrNotFound) {
		t.Errorf("the key is still there: %v", err)
	}
}
