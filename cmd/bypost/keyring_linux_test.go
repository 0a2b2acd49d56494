package bypost_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail"
)

// sessionBus starts a bus of a session, on which nothing starts by itself, and makes it the test's.
func sessionBus(t *testing.T) {
	dir, err := os.MkdirTemp("", "rubric-bus-") // the name of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	config := filepath.Join(dir, "session.conf")
	err = os.WriteFile(config, []byte(`<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=`+dir+`/bus</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	start := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--nopidfile")
	if err := start.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { start.Process.Kill(); start.Wait() })
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+dir+"/bus")
	eventually(t, "the bus", func() bool { _, err := os.Stat(dir + "/bus"); return err == nil })
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 400 {
		if is() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s did not come", what)
}

// secretService starts GNOME's keyring on the test's bus, opened with a password, or locked where that is "". It ends with end.
func secretService(t *testing.T, password string) (end func()) {
	t.Helper()
	args := []string{"--foreground", "--components=secrets", "--control-directory=" + t.TempDir()}
	if password != "" {
		args = append(args, "--unlock")
	}
	c := exec.Command("gnome-keyring-daemon", args...)
	var said bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(password), &said, &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	owned := func() bool {
		out, _ := exec.Command("dbus-send", "--session", "--dest=org.freedesktop.DBus", "--print-reply", "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets").Output()
		return bytes.Contains(out, []byte("boolean true"))
	}
	eventually(t, "the keyring", owned)
	ended := false
	end = func() {
		if !ended {
			ended = true
			c.Process.Kill()
			c.Wait()
		}
	}
	t.Cleanup(end)
	return end
}

// TestARealKeyring signs in, sends and signs out with the key in a keyring that somebody else wrote: open, locked, not there,
// open again.
func TestARealKeyring(t *testing.T) {
	for _, name := range []string{"dbus-daemon", "dbus-send", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed (Debian: apt-get install dbus-daemon dbus-bin gnome-keyring)", name)
		}
	}
	base := ownFolders(t)
	t.Setenv("XDG_DATA_HOME", filepath.Join(base, "home", "data")) // where the keyring lies
	t.Setenv("XDG_RUNTIME_DIR", filepath.Join(base, "tmp"))
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{postUser}})
	s := &cmdtest.Session{T: t, Dir: filepath.Join(base, "round"), Clock: cmdtest.ClockAt(time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC))}
	s.Set = atFake(f, s.Clock)
	roundWithMail(t, s, base, 3, accountOfTest)
	says := func(what string, words ...string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(s.All.String(), w) {
				t.Errorf("%s: it is not said: %s\n%s", what, w, s.All.String())
			}
		}
		s.All.Reset()
	}
	const closed, instead = "this computer has no keyring that is open", "--store file"

	s.Run(2, "login")
	says("no bus", closed, instead)
	sessionBus(t)
	s.Run(2, "login")
	says("a bus and no keyring", closed, instead)

	end := secretService(t, "the password of the session")
	s.Run(0, "login")
	if out := s.All.String(); !strings.Contains(out, "Signed in as "+postUser) || strings.Contains(out, "lies in a file") {
		t.Errorf("login: %s", out)
	}
	inKeyring := func() bool {
		key, err := keyring.Get("rubric", "key of the sign-ins")
		if err != nil && !errors.Is(err, keyring.ErrNotFound) {
			t.Error(err)
		}
		return key != ""
	}
	if _, err := os.Stat(filepath.Join(base, "home", ".config", "rubric", "accounts", "key")); err == nil || !inKeyring() {
		t.Error("the key does not lie in the keyring")
	}
	s.Run(0, "login", "--check")
	var report mail.Report
	decode(t, s.Run(0, "send", "--via", "microsoft", "--yes", "--json", "--only", "000"), &report)
	if len(report.Sent) != 1 {
		t.Errorf("%+v", report)
	}
	end()

	s.All.Reset()
	s.Run(2, "send", "--via", "microsoft", "--yes", "--only", "001")
	says("the keyring is gone", closed)
	end = secretService(t, "") // the same, and nobody opened it
	s.Run(2, "send", "--via", "microsoft", "--yes", "--only", "001")
	says("the keyring is locked", closed)
	s.Run(0, "status")
	end()

	end = secretService(t, "the password of the session")
	decode(t, s.Run(0, "send", "--via", "microsoft", "--yes", "--json"), &report)
	if len(report.Sent) != 2 || len(report.Already) != 1 || len(f.Delivered()) != 3 {
		t.Errorf("%+v, %d delivered", report, len(f.Delivered()))
	}
	s.Run(0, "logout")
	if inKeyring() {
		t.Error("the key is still in the keyring")
	}
	end()

	s.All.Reset()
	s.Run(0, "login", "--store", "file")
	says("the key in a file", "The key to the sign-in lies in a file: whoever can read your files can use it.")
	s.Run(0, "status", "--sent")
	if got := secretsIn(t, base); len(got) != 0 {
		t.Errorf("secrets lie in %v", got)
	}
}
