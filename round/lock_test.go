package round_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/round"
)

// otherProcess opens the round in a second process, which takes the lock, says what came of it, and holds it
// until its input ends.
func otherProcess(t *testing.T, r *round.Round) (said string, end func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestLockOtherProcess$")
	cmd.Env = append(os.Environ(), "RUBRIC_TEST_LOCK="+r.Dir, "USER=Someone Else")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, _ = bufio.NewReader(out).ReadString('\n')
	return strings.TrimSpace(said), func() {
		in.Close()
		cmd.Wait()
	}
}

func TestLockOtherProcess(t *testing.T) {
	folder := os.Getenv("RUBRIC_TEST_LOCK")
	if folder == "" {
		return // it is only run as the second process of the other lock tests
	}
	r, err := round.Open(folder)
	if err != nil {
		fmt.Println(err)
		os.Exit(0)
	}
	lock, err := r.Lock("generate")
	if err != nil {
		fmt.Println(err)
		os.Exit(0)
	}
	fmt.Println("locked")
	io.Copy(io.Discard, os.Stdin)
	if os.Getenv("RUBRIC_TEST_CRASH") == "" {
		lock.Unlock()
	}
	os.Exit(0)
}

func TestLockTwoProcesses(t *testing.T) {
	r := newRound(t)
	said, end := otherProcess(t, r)
	if said != "locked" {
		t.Fatalf("the other process says %q", said)
	}
	_, err := r.Lock("send")
	var held *round.LockedError
	if !errors.As(err, &held) || held.Holder.User != "Someone Else" || held.Holder.Command != "generate" || time.Since(held.Holder.Since) > time.Minute {
		t.Fatalf("got %v", err)
	}
	host, _ := os.Hostname()
	for _, part := range []string{"Someone Else", host, fmt.Sprint(held.Holder.PID), held.Holder.Since.Local().Format("15:04"), "delete"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the message lacks %q: %v", part, err)
		}
	}
	end()
	lock, err := r.Lock("send")
	if err != nil {
		t.Fatalf("after the other has ended: %v", err)
	}
	if lock.TookOver != nil {
		t.Errorf("took over from %+v, though the lock was given back", lock.TookOver)
	}
	if said, end := otherProcess(t, r); !strings.Contains(said, "is working on this round folder") {
		end()
		t.Errorf("the other process says %q while this one has the lock", said)
	}
	lock.Unlock()
	lock.Unlock()
	if _, err := os.Stat(filepath.Join(r.Dir, ".rubric", "lock")); !os.IsNotExist(err) {
		t.Errorf("the lock was left behind: %v", err)
	}
}

// The lock of a process that died is taken over at once.
func TestLockAfterCrash(t *testing.T) {
	t.Setenv("RUBRIC_TEST_CRASH", "yes")
	r := newRound(t)
	said, end := otherProcess(t, r)
	end()
	if said != "locked" {
		t.Fatalf("the other process says %q", said)
	}
	lock, err := r.Lock("send")
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()
	if lock.TookOver == nil || lock.TookOver.User != "Someone Else" {
		t.Errorf("took over from %+v", lock.TookOver)
	}
}

// leftBehind puts a lock into the round folder, written so long ago.
func leftBehind(t *testing.T, r *round.Round, h round.Holder, ago time.Duration) {
	t.Helper()
	b, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(r.Dir, ".rubric", "lock")
	write(t, path, string(b))
	then := time.Now().Add(-ago)
	if err := os.Chtimes(path, then, then); err != nil {
		t.Fatal(err)
	}
}

func TestLockLeftBehind(t *testing.T) {
	host, _ := os.Hostname()
	since := time.Now().Add(-time.Hour)
	cases := []struct {
		name   string
		holder round.Holder
		ago    time.Duration
		want   string // "" where the lock is taken over
	}{
		{"another computer, just now", round.Holder{User: "Ann", Host: "elsewhere", PID: 1, Since: since}, time.Minute, "Ann is working on this round folder on elsewhere (process 1) since"},
		{"another computer, long silent", round.Holder{User: "Ann", Host: "elsewhere", PID: 1, Since: since}, 4 * time.Minute, ""},
		{"this computer, process gone", round.Holder{User: "Ann", Host: host, PID: 1 << 30, Since: since}, time.Second, ""},
		{"this computer, process there", round.Holder{User: "Ann", Host: host, PID: os.Getpid(), Since: since}, time.Second, "Ann is working"},
		{"this computer, process there but silent", round.Holder{User: "Ann", Host: host, PID: os.Getpid(), Since: since}, time.Hour, "has not been heard of for some minutes"},
		{"being written", round.Holder{}, time.Second, "another run of rubric is starting"},
		{"never finished", round.Holder{}, time.Hour, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := newRound(t)
			leftBehind(t, r, c.holder, c.ago)
			lock, err := r.Lock("generate")
			if c.want == "" {
				if err != nil || lock.TookOver == nil {
					t.Fatalf("not taken over: %v", err)
				}
				lock.Unlock()
				return
			}
			var held *round.LockedError
			if !errors.As(err, &held) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if got := read(t, filepath.Join(r.Dir, ".rubric", "lock")); !strings.Contains(got, c.holder.Host) {
				t.Errorf("the lock was changed to %s", got)
			}
		})
	}
}

// Of several processes that find a lock left behind, one takes it over.
func TestLockTakeOverOnce(t *testing.T) {
	r := newRound(t)
	leftBehind(t, r, round.Holder{User: "Ann", Host: "elsewhere", PID: 1}, time.Hour)
	const n = 6
	type result struct {
		said string
		end  func()
	}
	results := make(chan result, n)
	for range n {
		go func() {
			said, end := otherProcess(t, r)
			results <- result{said, end}
		}()
	}
	locked := 0
	var ends []func()
	for range n {
		x := <-results
		ends = append(ends, x.end)
		if x.said == "locked" {
			locked++
		} else if !strings.Contains(x.said, "rubric is starting") && !strings.Contains(x.said, "is working") {
			t.Errorf("a process says %q", x.said)
		}
	}
	for _, end := range ends {
		end()
	}
	if locked != 1 {
		t.Errorf("%d processes have the lock", locked)
	}
	if names := dir(t, filepath.Join(r.Dir, ".rubric")); len(names) != 2 {
		t.Errorf("left behind: %q", names)
	}
}

// Without the lock of its own a round writes nothing more.
func TestLockGivenBack(t *testing.T) {
	r := newRound(t)
	lock, err := r.Lock("generate")
	if err != nil {
		t.Fatal(err)
	}
	if err := r.WriteFile("outbox/a", text("a")); err != nil {
		t.Fatal(err)
	}
	// Someone deletes the lock and takes it: giving ours back must leave theirs.
	path := filepath.Join(r.Dir, ".rubric", "lock")
	write(t, path, `{"user":"Ann","host":"elsewhere","pid":1,"token":"theirs"}`)
	lock.Unlock()
	if got := read(t, path); !strings.Contains(got, "theirs") {
		t.Errorf("the other's lock became %s", got)
	}
	if err := r.WriteFile("outbox/a", text("b")); err == nil {
		t.Error("written without a lock")
	}
}

// What a full disk leaves of a lock, an empty file or half of one, locks the round for some minutes and not for ever.
func TestLockLeftByAFullDisk(t *testing.T) {
	for _, left := range []string{"", `{"user":"off`} {
		r := newRound(t)
		for _, name := range []string{"lock", "lock.takeover"} {
			if err := os.WriteFile(filepath.Join(r.Dir, ".rubric", name), []byte(left), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		_, err := r.Lock("generate")
		var held *round.LockedError
		if !errors.As(err, &held) || held.Path != filepath.Join(r.Dir, ".rubric", "lock.takeover") {
			t.Fatalf("a fresh one: %v", err)
		}
		long := time.Now().Add(-time.Hour)
		for _, name := range []string{"lock", "lock.takeover"} {
			if err := os.Chtimes(filepath.Join(r.Dir, ".rubric", name), long, long); err != nil {
				t.Fatal(err)
			}
		}
		lock, err := r.Lock("generate")
		if err != nil {
			t.Fatal(err)
		}
		if lock.TookOver == nil || lock.TookOver.PID != 0 {
			t.Errorf("took over from %+v", lock.TookOver)
		}
		lock.Unlock()
		if rest, _ := filepath.Glob(filepath.Join(r.Dir, ".rubric", "lock*")); len(rest) > 0 {
			t.Errorf("left: %q", rest)
		}
	}
}
