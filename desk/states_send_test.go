package desk_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// withBooks is a page of the small round with its workbooks made.
func withBooks(page string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		v, dir, path := small("send")(t)
		first, _, _ := v.get(path)
		v.fill(first, path+"/workbooks?kind=invitations")
		v.settle(path)
		return v, dir, strings.TrimSuffix(path, "send") + page
	}
}

// settle waits for the job of a round to end.
func (v *visitor) settle(path string) (page string) {
	v.t.Helper()
	for range 300 {
		if page, _, _ = v.get(path); !strings.Contains(page, "<progress") {
			return page
		}
		time.Sleep(100 * time.Millisecond)
	}
	v.t.Fatal("the job does not end")
	return ""
}

// ready is the page that asks for the last confirmation.
func ready(t *testing.T) (*visitor, string, string) {
	v, dir, path := withBooks("send")(t)
	page, _, _ := v.get(path)
	_, at, _ := v.fill(page, path+"/prepare?kind=invitations")
	if strings.Contains(at, "/confirm") {
		return v, dir, at
	}
	page = v.settle(path + "?job=ended")
	i := strings.Index(page, path+"/confirm?m=")
	if i < 0 {
		t.Fatalf("nothing is ready:\n%s", page)
	}
	return v, dir, page[i : i+strings.IndexByte(page[i:], '"')]
}

func init() {
	addStates("/r/{key}/send", state{name: "empty", reach: small("send")}, state{name: "full", reach: at("send?kind=reminders")}, state{name: "made", reach: withBooks("send")},
		state{name: "error", reach: func(t *testing.T) (*visitor, string, string) {
			v, dir, path := withBooks("send")(t)
			err := os.MkdirAll(filepath.Join(dir, "messages"), 0o755)
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, "messages", "invitation.txt"), []byte("Subject: x\n\n{{.Nobody}}"), 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
			return v, dir, path
		}, click: `button[value="keep"]`})
	addStates("/r/{key}/send/confirm", state{name: "empty", why: "where nobody is to be written to it says so in place of the list"}, state{name: "full", reach: ready},
		state{name: "error", reach: ready, click: `button[value="smtp"]`}, state{name: "gone", reach: small("send/confirm?m=9")})
}

// smtp is a mail server that takes everything but what goes to eight@, and says to whom.
func smtp(t *testing.T) (port int, took func() []string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	var mu sync.Mutex
	var to []string
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				r := bufio.NewReader(conn)
				fmt.Fprint(conn, "220 test\r\n")
				for {
					line, err := r.ReadString('\n')
					if err != nil {
						return
					}
					switch word := strings.ToUpper(line); {
					case strings.HasPrefix(word, "RCPT TO:<EIGHT"):
						fmt.Fprint(conn, "550 5.1.1 no such mailbox\r\n")
					case strings.HasPrefix(word, "RCPT"):
						mu.Lock()
						to = append(to, strings.Trim(strings.TrimSpace(line)[len("RCPT TO:"):], "<>"))
						mu.Unlock()
						fmt.Fprint(conn, "250 ok\r\n")
					case strings.HasPrefix(word, "DATA"):
						fmt.Fprint(conn, "354 go\r\n")
						for line != ".\r\n" {
							if line, err = r.ReadString('\n'); err != nil {
								return
							}
						}
						fmt.Fprint(conn, "250 ok\r\n")
					case strings.HasPrefix(word, "QUIT"):
						fmt.Fprint(conn, "221 bye\r\n")
						return
					default:
						fmt.Fprint(conn, "250 ok\r\n")
					}
				}
			}()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port, func() []string { mu.Lock(); defer mu.Unlock(); return append([]string(nil), to...) }
}

// The words are kept where they can be sent, and shown for one recipient; markup in a name is text.
func TestWordsOfMessages(t *testing.T) {
	v, dir, path := withBooks("send")(t)
	page, _, _ := v.get(path + "?for=008")
	if !strings.Contains(page, "3 workbooks are made") || !strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;") || strings.Contains(page, "<script>alert") || !strings.Contains(page, "Prepare: 2 messages") {
		t.Errorf("%s", page)
	}
	words := path + "/words?kind=invitations&for=008"
	page, _, status := v.fill(page, words, "do", "keep", "words", "Subject: Hello\n\nTo {{.Organization}}")
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "did you mean {{.Organisation}}?") || !strings.Contains(page, "To {{.Organization}}</textarea>") {
		t.Fatalf("%d\n%s", status, page)
	}
	page, at, status := v.fill(page, words, "do", "keep", "words", "Subject: Hello\n\nTo {{.Organisation}}")
	if status != http.StatusOK || !strings.Contains(page, "The words are kept.") || !strings.Contains(page, "To &lt;script&gt;alert(1)&lt;/script&gt;</span></p>") {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "messages", "invitation.txt")); err != nil || string(b) != "Subject: Hello\n\nTo {{.Organisation}}" {
		t.Errorf("%q, %v", b, err)
	}
}

// Drafts are written for exactly those who were shown, and a second confirmation does nothing.
func TestDraftsAreWrittenOnce(t *testing.T) {
	v, dir, confirm := ready(t)
	page, _, _ := v.get(confirm)
	for _, want := range []string{"2 messages will go out", "Save 2 drafts as files", "Send 2 messages", "1 cannot get one", "Ninth School (009) has no email address"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	path := confirm[:strings.Index(confirm, "/confirm")]
	m := confirm[strings.Index(confirm, "m=")+2:]
	fields := form(t, page[strings.Index(page, path+"/go"):])
	fields.Set("m", m)
	fields.Set("do", "drafts")
	v.post(path+"/go", fields)
	page = v.settle(path + "?job=ended")
	if !strings.Contains(page, "2 drafts are in the folder outbox") {
		t.Errorf("%s", page)
	}
	if drafts, _ := filepath.Glob(filepath.Join(dir, "outbox", "*.eml")); len(drafts) != 2 {
		t.Errorf("%d drafts", len(drafts))
	}
	if page, _, status := v.post(path+"/go", fields); status != http.StatusConflict || !strings.Contains(page, "This was sent already") {
		t.Errorf("the same form again: %d", status)
	}
	if _, _, status := v.get(confirm); status != http.StatusConflict {
		t.Errorf("the page on the way back: %d", status)
	}
}

// Messages are sent through a server, each once; what was refused is said, and the password is nowhere.
func TestSend(t *testing.T) {
	port, took := smtp(t)
	v, dir, confirm := ready(t)
	page, _, _ := v.get(confirm)
	path := confirm[:strings.Index(confirm, "/confirm")]
	m := confirm[strings.Index(confirm, "m=")+2:]
	page, _, status := v.fill(page, path+"/go", "m", m, "do", "smtp", "host", "127.0.0.1", "user", "office", "port", "no")
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "A port is a number") || !strings.Contains(page, "Type the password") {
		t.Fatalf("%d\n%s", status, page)
	}
	v.fill(page, path+"/go", "m", m, "do", "smtp", "host", "127.0.0.1", "port", fmt.Sprint(port), "tls", "unencrypted", "open", "yes", "password", "s3cret-never-kept")
	page = v.settle(path + "?job=ended")
	if !strings.Contains(page, "1 message was sent; 1 was refused") || !strings.Contains(page, "no such mailbox") {
		t.Errorf("%s", page)
	}
	if got := took(); len(got) != 1 || got[0] != "seven@example.org" {
		t.Errorf("the server has taken messages to %v", got)
	}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if b, err := os.ReadFile(name); err != nil || strings.Contains(string(b), "s3cret-never-kept") {
				t.Errorf("%s: the password stands in it, %v", name, err)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	page, _, _ = v.get(path)
	if !strings.Contains(page, "Prepare: 1 message<") || !strings.Contains(page, `<td class="r">1</td>`) {
		t.Errorf("what is left is not said:\n%s", page)
	}
}
