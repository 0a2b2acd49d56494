package desk

import (
	"crypto/subtle"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// runningFile says where the user's desk runs. Only its user can read it.
const runningFile = "desk-running.json"

// running is a desk that runs.
type running struct {
	file    string
	Address string `json:"address"`
	Secret  string `json:"secret"`
}

// secretHeader carries the secret of the file from a second start to the running desk. No page can send it to another
// site without being asked, and it is held against what only the user can read.
const secretHeader = "X-Rubric-Desk"

// announce writes where the desk runs. A file that cannot be written only means that a second start opens a second desk.
func announce(home, address string) *running {
	r := &running{file: filepath.Join(home, runningFile), Address: address, Secret: secret()}
	if b, err := json.Marshal(r); err == nil {
		replaceFile(r.file, b)
	}
	return r
}

// end takes the word back, where it is still this desk's.
func (r *running) end() {
	if now := readRunning(r.file); now != nil && now.Secret == r.Secret {
		os.Remove(r.file)
	}
}

func readRunning(file string) *running {
	b, err := os.ReadFile(file)
	r := &running{}
	if err != nil || json.Unmarshal(b, r) != nil || !strings.HasPrefix(r.Address, "127.") {
		return nil
	}
	return r
}

// linkOfRunning asks the desk that runs for a new link; "" where none runs, whatever a crash left behind.
func linkOfRunning(home, dir string) string {
	r := readRunning(filepath.Join(home, runningFile))
	if r == nil {
		return ""
	}
	req, err := http.NewRequest(http.MethodPost, "http://"+r.Address+"/again", strings.NewReader(url.Values{"dir": {dir}}.Encode()))
	if err != nil {
		return ""
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set(secretHeader, r.Secret)
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{Proxy: nil, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, 4096))
	link := string(b)
	if err != nil || resp.StatusCode != http.StatusOK || !strings.HasPrefix(link, "http://"+r.Address+"/start?") {
		return ""
	}
	return link
}

// handler is the desk's, with the door for a second start beside it.
func (r *running) handler(d *Desk) http.Handler {
	inner := d.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if q.URL.Path != "/again" {
			inner.ServeHTTP(w, q)
			return
		}
		if q.Method != http.MethodPost || q.Host != r.Address || q.Header.Get("Origin") != "" ||
			subtle.ConstantTimeCompare([]byte(q.Header.Get(secretHeader)), []byte(r.Secret)) != 1 {
			http.Error(w, "", http.StatusForbidden)
			return
		}
		q.Body = http.MaxBytesReader(w, q.Body, mostForm)
		dir := q.PostFormValue("dir")
		if dir != "" {
			d.settings.opened(d.add(dir).dir)
		}
		io.WriteString(w, d.StartLink(dir))
	})
}

// silent writes nothing down: what a server would log holds addresses, and they hold names.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }
