package mail_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
)

// diary is a journal in a file, one line for each entry, flushed to disk.
type diary struct {
	f    *os.File
	last map[string]mail.Entry
}

func openDiary(path string) (*diary, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	d := &diary{f: f, last: map[string]mail.Entry{}}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var e mail.Entry
		if json.Unmarshal(lines.Bytes(), &e) == nil { // a line cut off by the end of the process is none
			d.last[e.Key] = e
		}
	}
	_, err = f.WriteString("\n")
	return d, err
}

func (d *diary) Last(key string) (mail.Entry, bool) {
	e, ok := d.last[key]
	return e, ok
}

func (d *diary) Append(e mail.Entry) error {
	b, err := json.Marshal(e)
	if err == nil {
		_, err = d.f.Write(append(b, '\n'))
	}
	if err == nil {
		err = d.f.Sync()
	}
	d.last[e.Key] = e
	return err
}

const childEnv = "RUBRIC_MAIL_TEST_CHILD"

// TestMain lets the test binary run itself as a sending process that can be killed.
func TestMain(m *testing.M) {
	if where := os.Getenv(childEnv); where != "" {
		if err := sendAsChild(where); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const killRecipients = 12

func killRun(dir string, port int) (mail.Report, error) {
	journal, err := openDiary(filepath.Join(dir, "journal"))
	if err != nil {
		return mail.Report{}, err
	}
	defer journal.f.Close()
	c, err := mail.NewComposer(exampleRound(), mail.Invitation, nil, newClock().Now())
	if err != nil {
		return mail.Report{}, err
	}
	var list []mail.Posting
	for i := range killRecipients {
		rc := recipient(i + 1)
		m, err := c.Message(mail.Letter{Recipient: rc, Names: []string{"w.xlsx"}})
		if err != nil {
			return mail.Report{}, err
		}
		m.Attachments = []mail.Attachment{{Name: "w.xlsx", Content: []byte("workbook of " + rc.ID)}}
		list = append(list, mail.Posting{Key: m.ID, Recipient: rc.ID, Make: func() (*mail.Message, error) { return m, nil }})
	}
	run := &mail.Run{Carrier: &mail.Server{Host: "127.0.0.1", Port: port, TLS: mail.Unencrypted, Timeout: 10 * time.Second},
		Journal: journal, Verify: belongs, Clock: newClock(), Retry: mail.DefaultRetry()}
	return run.Send(context.Background(), list)
}

func sendAsChild(where string) error {
	port, err := strconv.Atoi(os.Getenv(childEnv + "_PORT"))
	if err != nil {
		return err
	}
	_, err = killRun(where, port)
	return err
}

// killer kills the child at the n-th thing that happens at the server, or at a moment without regard to it.
type killer struct {
	mu    sync.Mutex
	left  int
	child *exec.Cmd
}

func (k *killer) event() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.left--; k.left == 0 && k.child != nil {
		k.child.Process.Kill()
		time.Sleep(time.Millisecond) // so that what follows finds it dead
	}
}

// TestKilledRunsLeaveNobodyOutAndWriteToNobodyTwice kills sending processes at random points and resumes them.
// Each of 200 kills must leave every recipient with one message, or named as unsure.
func TestKilledRunsLeaveNobodyOutAndWriteToNobodyTwice(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	unsure, killed := 0, 0
	for n := range kills {
		k := &killer{}
		box := newLetterbox(t, nil, func(_ *smtp.Server, b *letterbox) {
			b.rcpt = func(string, int) error { k.event(); return nil }
			b.data = func([]byte) error { k.event(); return nil }
			b.taken = k.event
		})
		dir := t.TempDir()
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childEnv+"="+dir, childEnv+"_PORT="+strconv.Itoa(box.port))
		child.Stderr = os.Stderr
		k.child = child
		if n%4 != 0 {
			k.left = 1 + random.IntN(3*killRecipients)
		}
		k.mu.Lock()
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		k.mu.Unlock()
		if n%4 == 0 {
			time.Sleep(time.Duration(random.IntN(60)) * time.Millisecond)
			child.Process.Kill()
		}
		if child.Wait() != nil {
			killed++
		}
		time.Sleep(5 * time.Millisecond) // the server may still be taking what the child had handed over
		k.mu.Lock()
		k.left = 0
		k.mu.Unlock()
		report, err := killRun(dir, box.port)
		if err != nil {
			t.Fatalf("kill %d: the resumed run: %v", n, err)
		}
		got := box.countByAddress()
		named := map[string]bool{}
		for _, e := range report.Unsure {
			named[e.Recipient] = true
		}
		unsure += len(named)
		for i := range killRecipients {
			rc := recipient(i + 1)
			switch count := got[rc.Email]; {
			case count > 1:
				t.Errorf("kill %d: %s got %d messages", n, rc.ID, count)
			case count == 0 && !named[rc.ID]:
				t.Errorf("kill %d: %s was left out and not named", n, rc.ID)
			}
		}
		if len(named) > 1 || len(report.Sent)+len(report.Already)+len(named) != killRecipients {
			t.Errorf("kill %d: sent %d, already %d, unsure %v", n, len(report.Sent), len(report.Already), named)
		}
	}
	t.Logf("%d processes were killed, %d messages were named as unsure", killed, unsure)
	if killed < kills/2 {
		t.Errorf("only %d of %d processes were killed before they were done", killed, kills)
	}
}

func exampleRecipients(n int) []models.Recipient {
	var out []models.Recipient
	for i := range n {
		out = append(out, recipient(i+1))
	}
	return out
}
