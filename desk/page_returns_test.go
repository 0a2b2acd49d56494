package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// dropped is a file that somebody drops on a page.
type dropped struct {
	name    string
	content []byte
}

var dropAddress = regexp.MustCompile(`action="([^"]*/returns/add\?once=[^"]+)"`)

// drop sends files as the form on a page does.
func (v *visitor) drop(page string, files []dropped) (answer string, at string, status int) {
	v.t.Helper()
	m := dropAddress.FindStringSubmatch(page)
	if m == nil {
		v.t.Fatalf("no place to drop files:\n%.1000s", page)
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range files {
		part, err := w.CreateFormFile("files", f.name)
		if err == nil {
			_, err = part.Write(f.content)
		}
		if err != nil {
			v.t.Fatal(err)
		}
	}
	w.Close()
	return v.postBody(html.UnescapeString(m[1]), w.FormDataContentType(), &b)
}

func (v *visitor) postBody(path, kind string, body io.Reader) (page, at string, status int) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, v.url+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Origin", v.url)
	req.Header.Set("Content-Type", kind)
	return v.send(req)
}

// ended is a page of a round when no job runs any more.
func (v *visitor) ended(path string) string {
	v.t.Helper()
	for range 600 {
		page, _, _ := v.get(path)
		if !strings.Contains(page, "<progress") {
			return page
		}
		time.Sleep(100 * time.Millisecond)
	}
	v.t.Fatal("the job does not end")
	return ""
}

// fortyFiles are 28 returns that count and 12 files that do not, from the example round, with what each becomes.
func fortyFiles(t *testing.T, dir string) (files []dropped, became map[string]string) {
	t.Helper()
	became = map[string]string{}
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(dir, "returns", name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	add := func(name string, content []byte, word string) {
		files = append(files, dropped{name, content})
		became[name] = word
	}
	entries, err := os.ReadDir(filepath.Join(dir, "returns"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch name := e.Name(); name {
		case "01051 assessment.xlsx", "01072.xlsx", "01156.xlsx", "01184.xlsx", "01233.pdf", "01254.xlsx":
			add(name, read(name), "rejected")
		case "01205 first try.xlsx":
			add(name, read(name), "superseded")
		case "~$01079.xlsx":
			add(name, read(name), "passed over")
		default:
			if strings.HasSuffix(name, ".xlsx") {
				add("from "+name, read(name), "counts")
			}
		}
	}
	add("01044 again.xlsx", read("01044.xlsx"), "already here")
	add("minutes.txt", []byte("What was said in the meeting."), "rejected")
	add("empty.xlsx", nil, "rejected")
	add("broken.zip", []byte("PK\x03\x04 and nothing more"), "could not be taken")
	add("scan.png", []byte("\x89PNG\r\n\x1a\n0000"), "rejected")
	for i := len(files); i < 40; i++ {
		add(fmt.Sprintf("note %d.csv", i), fmt.Appendf(nil, "ref,level\n1.1,%d\n", i), "rejected")
	}
	return files, became
}

// withoutReturns is the example round before anything came back, but for what the journal says.
func withoutReturns(t *testing.T) string {
	t.Helper()
	dir := demoRound(t, "uk-dmm")
	err := os.RemoveAll(filepath.Join(dir, "returns"))
	if err == nil {
		err = os.Mkdir(filepath.Join(dir, "returns"), 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestDropShowsEachFile(t *testing.T) {
	files, became := fortyFiles(t, demoRound(t, "uk-dmm"))
	if len(files) != 40 {
		t.Fatalf("%d files, want 40", len(files))
	}
	dir := withoutReturns(t)
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, _ := v.get(base + "/returns")
	page, at, status := v.drop(page, files)
	if status != http.StatusOK || !strings.HasPrefix(at, base+"/returns?") {
		t.Fatalf("%s: %d\n%.2000s", at, status, page)
	}
	page = v.ended(base + "/returns?job=ended")
	row := regexp.MustCompile(`<tr><th scope="row"><span class="file">(?:<a [^>]*>)?([^<]*)(?:</a>)?</span></th><td><span class="st st-[a-z]+">([^<]*)</span></td>`)
	_, job, ok := strings.Cut(page, `class="job`)
	if !ok {
		t.Fatalf("no job on the page:\n%.3000s", page)
	}
	job, _, _ = strings.Cut(job, "</section>")
	got := map[string]string{}
	for _, m := range row.FindAllStringSubmatch(job, -1) {
		got[html.UnescapeString(m[1])] = m[2]
	}
	bad := 0
	for name, word := range became {
		if got[name] != word {
			t.Errorf("%s: %q, want %q", name, got[name], word)
		}
		if word != "counts" && word != "already here" {
			bad++
		}
	}
	if len(got) != 40 || bad < 12 {
		t.Errorf("%d lines, %d of them of files that do not count", len(got), bad)
	}
	sameJournal(t, dir, files)
}

// sameJournal holds what a drop wrote down against what collecting the same files writes, but for the times.
func sameJournal(t *testing.T, dir string, files []dropped) {
	t.Helper()
	other := withoutReturns(t)
	var sources []string
	for i, f := range files {
		from := filepath.Join(t.TempDir(), fmt.Sprint(i))
		if err := os.MkdirAll(from, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(from, f.name), f.content, 0o644); err != nil {
			t.Fatal(err)
		}
		sources = append(sources, from)
	}
	o := &office.Office{}
	f, unlock, _, err := o.OpenToWrite(other, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	if _, err := (&post.Post{Office: o}).Collect(context.Background(), f, sources, post.CollectOptions{}); err != nil {
		t.Fatal(err)
	}
	told := func(dir string) (out []string) {
		f, err := o.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		events, _, err := f.Journal()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			e.Time = time.Time{}
			b, _ := json.Marshal(e)
			out = append(out, string(b))
		}
		return out
	}
	if a, b := told(dir), told(other); !slices.Equal(a, b) {
		t.Errorf("the journals differ: %d and %d events\n%s\n%s", len(a), len(b), a[len(a)-1], b[len(b)-1])
	}
}

// Names that are paths, markup or too long lead nowhere, and are shown as text.
func TestDropMakesNamesSafe(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, _ := v.get(base + "/returns")
	names := []string{"../../../escaped.xlsx", `..\..\escaped2.xlsx`, "<script>alert(1)</script>.xlsx", `"><img src=x onerror=alert(2)>.xlsx`, "/etc/escaped3.xlsx", strings.Repeat("long", 200) + ".xlsx"}
	var files []dropped
	for i, name := range names {
		files = append(files, dropped{name, fmt.Appendf(nil, "content %d", i)})
	}
	v.drop(page, files)
	page = v.ended(base + "/returns?job=ended&files=all")
	if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img src=x") {
		t.Error("a name is shown as markup")
	}
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil || len(entries) != 1 {
		t.Errorf("files outside the round: %v, %v", entries, err)
	}
	f, err := (&office.Office{}).Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	events, _, _ := f.Journal()
	n := 0
	for _, e := range events[len(events)-len(names):] {
		if e.Kind == office.Received && filepath.IsLocal(e.File) && !strings.ContainsAny(e.File, `/\<>"`) {
			n++
		}
	}
	if n != len(names) {
		t.Errorf("%d of %d files came in under safe names", n, len(names))
	}
}

// zeros is an endless body that is never held in memory.
type zeros struct{ left int64 }

func (z *zeros) Read(b []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(b)), z.left)
	clear(b[:n])
	z.left -= n
	return int(n), nil
}

func TestThreeGigabytesAreRefusedInWords(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	page, _, _ := v.get("/r/" + desk.KeyOf(dir) + "/returns")
	m := dropAddress.FindStringSubmatch(page)
	head := "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.xlsx\"\r\n\r\n"
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, v.url+html.UnescapeString(m[1]), io.MultiReader(strings.NewReader(head), &zeros{3 << 30}))
	if err != nil {
		t.Fatal(err)
	}
	req.ContentLength = int64(len(head)) + 3<<30
	req.Header.Set("Origin", v.url)
	req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	resp, err := v.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(b), "These files are too large to add together") {
		t.Errorf("%d\n%.1500s", resp.StatusCode, b)
	}
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), "rubric-dropped-*"))
	for _, x := range left {
		if info, err := os.Stat(x); err == nil && time.Since(info.ModTime()) < time.Minute {
			t.Errorf("%s is left", x)
		}
	}
}

func TestRegisterIsNarrowedDown(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, _ := v.get(base + "/returns?status=late&g0=Culture")
	if !strings.Contains(page, "<b>1 recipient</b>") || !strings.Contains(page, "Allotments 2") {
		t.Errorf("late in Culture:\n%.3000s", page)
	}
	csv, _, _ := v.get(base + "/returns/list.csv?status=late&g0=Culture")
	if lines := strings.Split(strings.TrimSpace(csv), "\n"); len(lines) != 2 || !strings.HasPrefix(lines[1], "01212,") {
		t.Errorf("the download does not keep the filter:\n%s", csv)
	}
	page, _, _ = v.get(base + "/returns?q=first+try")
	if !strings.Contains(page, "<b>1 recipient</b>") || !strings.Contains(page, "Example Ferries 2 Agency") {
		t.Error("the search does not find a file's name")
	}
}

func TestFolderIsWatched(t *testing.T) {
	desk.WatchEvery(t, 20*time.Millisecond)
	dir, arrives := demoRound(t, "uk-dmm"), t.TempDir()
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, _ := v.get(base + "/returns")
	fields := form(t, page)
	fields.Set("folder", filepath.Join(dir, "returns"))
	page, _, status := v.post(base+"/returns/watch", fields)
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "own folder cannot be watched") {
		t.Fatalf("%d\n%.2000s", status, page)
	}
	fields = form(t, page)
	fields.Set("folder", arrives)
	if page, _, _ = v.post(base+"/returns/watch", fields); !strings.Contains(page, "The folder is watched.") {
		t.Fatalf("%.2000s", page)
	}
	for _, name := range []string{"arrived.csv", "~$arrived.xlsx", "arrived.csv.tmp"} {
		if err := os.WriteFile(filepath.Join(arrives, name), []byte("ref,level\n1.1,3\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for i := 0; ; i++ {
		if _, err := os.Stat(filepath.Join(dir, "returns", "arrived.csv")); err == nil {
			break
		}
		if i > 500 {
			t.Fatal("nothing was collected")
		}
		time.Sleep(20 * time.Millisecond)
	}
	page = v.ended(base + "/returns?files=all")
	if strings.Contains(page, "arrived.csv.tmp") || strings.Contains(page, "~$arrived") {
		t.Error("what is unfinished was taken")
	}
	if page, _, _ = v.post(base+"/returns/watch/end", form(t, page)); !strings.Contains(page, "no longer watched") {
		t.Errorf("%.2000s", page)
	}
}
