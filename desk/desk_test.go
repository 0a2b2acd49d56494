package desk_test

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/office"
)

// visitor is somebody at a browser that was let in, without script.
type visitor struct {
	t    testing.TB
	desk *desk.Desk
	url  string
	http *http.Client
}

// visit opens a desk for a test, lets a visitor in, and closes it at the end. dir is a round folder, or "".
func visit(t testing.TB, dir string) *visitor {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	d, err := desk.New(desk.Config{Office: office.Office{Jobs: 2}, Home: t.TempDir(), Documents: t.TempDir(), Host: server.Listener.Addr().String()})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = d.Handler()
	server.Start()
	t.Cleanup(func() { d.Stop(); server.Close() })
	jar, _ := cookiejar.New(nil)
	v := &visitor{t: t, desk: d, url: server.URL, http: &http.Client{Jar: jar}}
	link, err := url.Parse(d.StartLink(dir))
	if err != nil {
		t.Fatal(err)
	}
	v.post("/start", url.Values{"k": {link.Query().Get("k")}, "r": {link.Query().Get("r")}})
	return v
}

// get is a page as the visitor sees it, with the address that it is at in the end.
func (v *visitor) get(path string) (page, at string, status int) {
	v.t.Helper()
	return v.do(http.MethodGet, path, nil)
}

// post sends a form. Its mark is that of the page that holds it, where the caller has put it into fields.
func (v *visitor) post(path string, fields url.Values) (page, at string, status int) {
	v.t.Helper()
	return v.do(http.MethodPost, path, strings.NewReader(fields.Encode()))
}

func (v *visitor) do(method, path string, body io.Reader) (page, at string, status int) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, v.url+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html")
	if method == http.MethodPost {
		req.Header.Set("Origin", v.url)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return v.send(req)
}

// send sends a request as it is.
func (v *visitor) send(req *http.Request) (page, at string, status int) {
	v.t.Helper()
	resp, err := v.http.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return string(b), resp.Request.URL.RequestURI(), resp.StatusCode
}

// speak chooses a language.
func (v *visitor) speak(lang string) {
	v.t.Helper()
	page, _, _ := v.get("/")
	fields := form(v.t, page)
	fields.Set("lang", lang)
	fields.Set("back", "/")
	v.post("/language", fields)
}

var marks = regexp.MustCompile(`name="once" value="([^"]+)"(?:><input type="hidden" name="at" value="(\d+)")?`)

// form is the fields that any form of a page needs, with a mark of its own.
func form(t testing.TB, page string) url.Values {
	t.Helper()
	m := marks.FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no form on the page:\n%.2000s", page)
	}
	return url.Values{"once": {m[1]}, "at": {m[2]}}
}

// demoRound is an example round of the template in a folder of its own. It is played once for all tests.
func demoRound(t *testing.T, template string) string {
	t.Helper()
	made, err := played(template)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "round")
	if err := os.CopyFS(dir, os.DirFS(made)); err != nil {
		t.Fatal(err)
	}
	return dir
}

var (
	playing  sync.Mutex
	examples = map[string]string{}
)

func played(template string) (string, error) {
	playing.Lock()
	defer playing.Unlock()
	if dir, ok := examples[template]; ok {
		return dir, nil
	}
	dir, err := os.MkdirTemp("", "rubric-desk-test-")
	if err != nil {
		return "", err
	}
	dir = filepath.Join(dir, "round")
	_, err = demo.Play(context.Background(), &office.Office{Jobs: 2}, demo.Options{Dir: dir, Template: template, Recipients: demo.Recipients, Seed: demo.Seed})
	examples[template] = dir
	return dir, err
}

func TestMain(m *testing.M) {
	status := m.Run()
	endBrowser()
	for _, dir := range examples {
		os.RemoveAll(filepath.Dir(dir))
	}
	os.Exit(status)
}

func TestRoundsAndOverview(t *testing.T) {
	v := visit(t, "")
	page, _, status := v.get("/")
	if status != http.StatusOK || !strings.Contains(page, "No round yet") {
		t.Fatalf("status %d:\n%s", status, page)
	}
	fields := form(t, page)
	fields.Set("dir", demoRound(t, "uk-dmm"))
	page, at, status := v.post("/open", fields)
	if status != http.StatusOK || !strings.HasSuffix(at, "/overview") || !strings.Contains(page, "Data Maturity Assessment") {
		t.Fatalf("%s: status %d:\n%s", at, status, page)
	}
}

// What became of a job is said on the next page of its place, also where it ended before that page was asked for.
func TestAJobThatEndedIsSaid(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, _ := v.get(base + "/send")
	page, at, _ := v.post(base+"/send/prepare?kind=invitations", form(t, page))
	if strings.Contains(at, "/send/confirm") {
		return // it was done before the answer: the browser is where it leads to
	}
	v.ended(base + "/overview")
	if strings.Contains(page, "Nothing was sent yet.") {
		return // it ended while the answer was made
	}
	if page, _, _ = v.get(base + "/send"); !strings.Contains(page, "Nothing was sent yet.") || !strings.Contains(page, "/send/confirm?m=") {
		t.Fatal("nothing says that the messages are ready")
	}
	if page, _, _ = v.get(base + "/send"); strings.Contains(page, "Nothing was sent yet.") {
		t.Error("it is said twice")
	}
}
