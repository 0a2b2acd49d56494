package account_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail/account"
	"github.com/rubric-project/rubric/models/settings"
)

const office = "office@fake.example"

// signIn is one at a fake.
func signIn(f *fakecloud.Fake, dir string) account.SignIn {
	return account.SignIn{Account: settings.Account{Provider: account.Microsoft, User: office, ClientID: "our-id", Tenant: "fake.example"}, Store: &account.Store{Dir: dir, InFile: true},
		Endpoints: &account.Endpoints{Authorize: f.URL + "/t/oauth2/v2.0/authorize", Token: f.URL + "/t/oauth2/v2.0/token", Device: f.URL + "/t/oauth2/v2.0/devicecode", Graph: f.URL + "/v1.0", Redirect: "localhost"}}
}

// seen is a page as the browser saw it.
type seen struct{ atomic.Value }

// browse is what a browser does, with the page that it comes to.
func browse(page *seen) func(string) error {
	return func(address string) error {
		go func() {
			r, err := http.Get(address)
			if err != nil {
				return
			}
			b, _ := io.ReadAll(r.Body)
			r.Body.Close()
			page.Store(r.Request.URL.String() + "\n" + string(b))
		}()
		return nil
	}
}

func TestInBrowser(t *testing.T) {
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{office}})
	s := signIn(f, t.TempDir())
	var page seen
	x, err := s.InBrowser(t.Context(), browse(&page))
	if err != nil || x.Who != office || !account.Allows(x.Granted, account.MailReadWrite) {
		t.Fatalf("%+v, %v", x, err)
	}
	time.Sleep(50 * time.Millisecond)
	got, _ := page.Load().(string)
	if !strings.Contains(got, "/signed-in\n") || !strings.Contains(got, "You can close this window") || !strings.Contains(got, office) || strings.Contains(got, fakecloud.Prefix) {
		t.Errorf("the page reads: %s", got)
	}
	tokens, err := account.NewTokens(s)
	if err != nil || tokens.Who() != office {
		t.Fatal(err)
	}
	a, err := tokens.Token(t.Context())
	b, err2 := tokens.Renewed(t.Context(), a)
	if err != nil || err2 != nil || a == b || !strings.HasPrefix(a, fakecloud.Prefix) {
		t.Errorf("%v, %v", err, err2)
	}
	for _, x := range f.Log() {
		if x.Wrong != "" {
			t.Error(x.Wrong)
		}
	}
	if was, err := account.SignOut(t.Context(), s); !was || err != nil {
		t.Error(was, err)
	}
	if left, _ := filepath.Glob(filepath.Join(s.Store.Dir, "*.sealed")); len(left) > 0 {
		t.Error("the sign-in is still there")
	}
	if _, err := os.Stat(filepath.Join(s.Store.Dir, "key")); err == nil {
		t.Error("the key is still there")
	}
	if _, err := account.NewTokens(s); !errors.Is(err, account.ErrSignedOut) {
		t.Error(err)
	}
}

// TestStrangersAtTheDoor: what does not know the state, or comes under another name, ends nothing.
func TestStrangersAtTheDoor(t *testing.T) {
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{office}})
	s := signIn(f, t.TempDir())
	x, err := s.InBrowser(t.Context(), func(address string) error {
		u, err := url.Parse(address)
		if err != nil {
			return err
		}
		back := u.Query().Get("redirect_uri")
		port := back[strings.LastIndexByte(back, ':'):]
		go func() {
			for _, host := range []string{"127.0.0.1", "[::1]"} {
				for _, path := range []string{"/?code=x&state=wrong", "/?error=access_denied", "/signed-in", "/favicon.ico"} {
					r, err := http.Get("http://" + host + port + path)
					if err != nil {
						t.Errorf("nobody listens on %s: %v", host, err)
						continue
					}
					if r.Body.Close(); r.StatusCode != http.StatusNotFound {
						t.Errorf("%s was answered with %s", path, r.Status)
					}
				}
			}
			q, _ := http.NewRequest("GET", "http://127.0.0.1"+port+"/", nil)
			q.Host = "evil.example" + port
			if r, err := http.DefaultClient.Do(q); err != nil || r.StatusCode != http.StatusForbidden {
				t.Error("another name is let in")
			}
			var page seen
			_ = browse(&page)(address)
		}()
		return nil
	})
	if err != nil || x.Who != office {
		t.Fatalf("%+v, %v", x, err)
	}
}

func TestRefusals(t *testing.T) {
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{office}})
	for _, x := range []struct{ code, text, want string }{
		{"consent_required", "AADSTS90094: An administrator of fake has set a policy.", "administrator has to agree"},
		{"invalid_request", "AADSTS65001: The user or administrator has not consented", "nobody has agreed"},
		{"access_denied", "AADSTS65004: User declined to consent", "answered with no"},
		{"access_denied", "AADSTS53003: Access has been blocked by Conditional Access policies", "conditional access"},
		{"something_else", "Strange\x1b[31m news.\r\nTrace ID: 1", "it said: Strange"},
	} {
		f.Set(fakecloud.Settings{Users: []string{office}, Refuse: x.code, RefuseText: x.text})
		s := signIn(f, t.TempDir())
		var page seen
		_, err := s.InBrowser(t.Context(), browse(&page))
		if err == nil || !strings.Contains(err.Error(), x.want) || strings.ContainsRune(err.Error(), 0x1b) {
			t.Errorf("%s: %v", x.code, err)
		}
	}
	f.Set(fakecloud.Settings{Users: []string{"somebody@fake.example"}})
	s := signIn(f, t.TempDir())
	var page seen
	if _, err := s.InBrowser(t.Context(), browse(&page)); err == nil || !strings.Contains(err.Error(), "somebody@fake.example signed in, and not "+office) {
		t.Error(err)
	}
	if _, err := account.NewTokens(s); !errors.Is(err, account.ErrSignedOut) {
		t.Error("another's sign-in was kept")
	}
}

func TestOnDevice(t *testing.T) {
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{office}})
	s := signIn(f, t.TempDir())
	told := ""
	x, err := s.OnDevice(t.Context(), func(address, code string) { told = address + " " + code })
	if err != nil || x.Who != office || told != "https://fake.example/device FAKE-CODE" {
		t.Fatalf("%+v, %s, %v", x, told, err)
	}
	f.Set(fakecloud.Settings{Users: []string{office}, Refuse: "invalid_grant", RefuseText: "AADSTS53003: blocked"})
	if _, err = s.OnDevice(t.Context(), func(string, string) {}); err == nil || !strings.Contains(err.Error(), "often forbidden") {
		t.Error(err)
	}
	s.Account.Provider = account.Google
	s.Endpoints = nil
	if _, err = s.OnDevice(t.Context(), func(string, string) {}); err == nil || !strings.Contains(err.Error(), "Google lets nobody") {
		t.Error(err)
	}
}

const childEnv = "RUBRIC_ACCOUNT_TEST_CHILD"

// TestMain lets the test binary run itself as another process that wants a token.
func TestMain(m *testing.M) {
	if at := os.Getenv(childEnv); at != "" {
		dir, where, _ := strings.Cut(at, " ")
		s := signIn(&fakecloud.Fake{URL: where}, dir)
		tokens, err := account.NewTokens(s)
		for range 5 {
			if err == nil {
				var a string
				if a, err = tokens.Token(context.Background()); err == nil {
					_, err = tokens.Renewed(context.Background(), a)
				}
			}
		}
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestProcessesTakeTurns: where a refresh token is worth nothing once it was exchanged, processes that renew at once must not
// do so with the same one.
func TestProcessesTakeTurns(t *testing.T) {
	set := fakecloud.Settings{Users: []string{office}, Strict: true}
	f := fakecloud.Start(t, set)
	s := signIn(f, t.TempDir())
	var page seen
	if _, err := s.InBrowser(t.Context(), browse(&page)); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			c := exec.Command(os.Args[0])
			c.Env = append(os.Environ(), childEnv+"="+s.Store.Dir+" "+f.URL)
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("%s %v", out, err)
			}
		})
	}
	group.Wait()
	// One token that is in memory of several goroutines is renewed once.
	tokens, err := account.NewTokens(s)
	if err != nil {
		t.Fatal(err)
	}
	before := len(f.Log())
	a, err := tokens.Token(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		group.Go(func() {
			if _, err := tokens.Renewed(t.Context(), a); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := len(f.Log()) - before; n != 1 {
		t.Errorf("%d renewals for one token", n)
	}
}

// TestAnswerLost: the provider exchanged the token and its answer did not come.
func TestAnswerLost(t *testing.T) {
	for _, strict := range []bool{false, true} {
		f := fakecloud.Start(t, fakecloud.Settings{Users: []string{office}, Strict: strict})
		s := signIn(f, t.TempDir())
		var page seen
		if _, err := s.InBrowser(t.Context(), browse(&page)); err != nil {
			t.Fatal(err)
		}
		tokens, err := account.NewTokens(s)
		if err != nil {
			t.Fatal(err)
		}
		a, err := tokens.Token(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		f.Set(fakecloud.Settings{Users: []string{office}, Strict: strict, Faults: []fakecloud.Fault{{On: "token", Nth: 1, Do: "drop-after"}}})
		lost := new(account.Error)
		if _, err = tokens.Renewed(t.Context(), a); !errors.As(err, &lost) || !lost.Temporary || strings.Contains(err.Error(), fakecloud.Prefix) {
			t.Errorf("%v", err)
		}
		_, err = tokens.Renewed(t.Context(), a)
		if strict && (err == nil || !strings.Contains(err.Error(), "sign in again") || strings.Contains(err.Error(), fakecloud.Prefix)) || !strict && err != nil {
			t.Errorf("strict %v: %v", strict, err)
		}
	}
}

// TestSealed: what is kept can be read by its user only, holds nothing in clear, and opens with its key only.
func TestSealed(t *testing.T) {
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{office}})
	keyring.MockInit()
	account.Mocked(true)
	defer account.Mocked(false)
	s := signIn(f, filepath.Join(t.TempDir(), "accounts"))
	s.Store.InFile = false
	var page seen
	if _, err := s.InBrowser(t.Context(), browse(&page)); err != nil {
		t.Fatal(err)
	}
	key, err := keyring.Get("rubric", "key of the sign-ins")
	if err != nil || len(key) != 44 || !s.Store.Sealed() {
		t.Fatalf("the keyring has %d characters, %v", len(key), err)
	}
	list, _ := filepath.Glob(filepath.Join(s.Store.Dir, "*"))
	for _, name := range list {
		b, err := os.ReadFile(name)
		info, err2 := os.Stat(name)
		if err != nil || err2 != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, err, info.Mode())
		}
		for _, secret := range []string{fakecloud.Prefix, key, office, "refresh"} {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
	if info, err := os.Stat(s.Store.Dir); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Error(err, info.Mode())
	}
	if err := keyring.Set("rubric", "key of the sign-ins", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="); err != nil {
		t.Fatal(err)
	}
	if _, err := account.NewTokens(s); err == nil || !strings.Contains(err.Error(), "cannot be opened") {
		t.Errorf("another key opens it: %v", err)
	}
	keyring.MockInitWithError(errors.New("locked"))
	if _, err := account.NewTokens(s); !errors.Is(err, account.ErrNoKeyring) {
		t.Error(err)
	}
	account.Mocked(false)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	other := signIn(f, t.TempDir())
	other.Store.InFile = false
	if _, err := other.InBrowser(t.Context(), browse(&page)); !errors.Is(err, account.ErrNoKeyring) || !strings.Contains(err.Error(), "whoever can read your files") {
		t.Errorf("without a keyring: %v", err)
	}
}

// TestUsage counts a day's addresses.
func TestUsage(t *testing.T) {
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{office}})
	s := signIn(f, t.TempDir())
	var page seen
	if _, err := s.InBrowser(t.Context(), browse(&page)); err != nil {
		t.Fatal(err)
	}
	tokens, err := account.NewTokens(s)
	if err != nil {
		t.Fatal(err)
	}
	u := &account.Usage{Tokens: tokens}
	now := time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)
	for range 9 {
		if until, err := u.Take(1000, now); err != nil || !until.IsZero() {
			t.Fatal(until, err)
		}
	}
	if until, err := u.Take(600, now.Add(3*time.Hour)); err != nil || !until.Equal(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)) {
		t.Error(until, err)
	}
	if until, err := u.Take(500, now.Add(3*time.Hour)); err != nil || !until.IsZero() {
		t.Error(until, err)
	}
	if until, err := u.Take(600, now.Add(25*time.Hour)); err != nil || !until.IsZero() {
		t.Error(until, err)
	}
}
