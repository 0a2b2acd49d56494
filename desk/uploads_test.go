package desk_test

import (
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/rubric-project/rubric/desk"
)

// mostUploadHeap is how much more memory a thousand uploads of a megabyte each may take than there was before, in bytes: what comes is
// not held. Half of what comes: the thousand connections, both their ends in this process, need up to 200 MB themselves.
const mostUploadHeap = 500 << 20

// heldInMemory is what was in use when memory was last collected. What waits to be collected is no part of it: that grows with what
// the tests before this one hold.
func heldInMemory() uint64 {
	x := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(x)
	return x[0].Value.Uint64()
}

// onceMarks are the marks of the forms of a page, each good for any form.
var onceMarks = regexp.MustCompile(`(?:once=|name="once" value=")([^"&]+)`)

// A thousand uploads at once: each file comes in, or is refused in words; what they bring is not held in memory, and no
// temporary folder stays.
func TestManyUploadsAtOnce(t *testing.T) {
	const uploads, size = 1000, 1 << 20
	dir := withoutReturns(t)
	v := visit(t, dir)
	v.http.Transport = &http.Transport{} // all at once, however many
	base := "/r/" + desk.KeyOf(dir)
	var marks []string
	for len(marks) < uploads {
		page, _, _ := v.get(base + "/returns?q=none")
		for _, m := range onceMarks.FindAllStringSubmatch(page, -1) {
			marks = append(marks, m[1])
		}
	}
	runtime.GC()
	before := heldInMemory()
	var most atomic.Uint64
	end := make(chan struct{})
	go func() {
		for {
			most.Store(max(most.Load(), heldInMemory()))
			select {
			case <-end:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	var wg sync.WaitGroup
	var taken, refused atomic.Int64
	for i := range uploads {
		wg.Go(func() {
			r, w := io.Pipe()
			form := multipart.NewWriter(w)
			go func() {
				part, err := form.CreateFormFile("files", fmt.Sprintf("%d.csv", i))
				if err == nil {
					fmt.Fprintf(part, "a,%d\n", i)
					_, err = io.Copy(part, &zeros{size})
				}
				form.Close()
				w.CloseWithError(err)
			}()
			page, _, status := v.postBody(base+"/returns/add?once="+html.UnescapeString(marks[i]), form.FormDataContentType(), r)
			switch {
			case status == http.StatusOK:
				taken.Add(1)
			case status == http.StatusServiceUnavailable && strings.Contains(page, "Too many files are being added at once"):
				refused.Add(1)
			default:
				t.Errorf("%d: status %d\n%.600s", i, status, page)
			}
		})
	}
	wg.Wait()
	close(end)
	v.ended(base + "/returns?q=none&job=ended")
	t.Logf("%d taken, %d refused, %d MB more memory", taken.Load(), refused.Load(), (max(most.Load(), before)-before)>>20)
	if more := max(most.Load(), before) - before; more > mostUploadHeap {
		t.Errorf("%d MB more memory were held, of %d MB that came", more>>20, uploads*size>>20)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "returns"))
	if n := int(taken.Load()); err != nil || len(entries) != n || n+int(refused.Load()) != uploads || n == 0 {
		t.Errorf("%d taken, %d refused, %d in returns/, %v", n, refused.Load(), len(entries), err)
	}
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), "rubric-dropped-*"))
	for _, x := range left {
		if info, err := os.Stat(x); err == nil && time.Since(info.ModTime()) < time.Minute {
			t.Errorf("%s is left", x)
		}
	}
}

// Two tabs add files at the same time: one waits for the other, and all files of both come in.
func TestTwoTabsAddFilesAtOnce(t *testing.T) {
	dir := withoutReturns(t)
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	var wg sync.WaitGroup
	for tab := range 2 {
		page, _, _ := v.get(base + "/returns")
		var files []dropped
		for i := range 20 {
			files = append(files, dropped{fmt.Sprintf("note %d.csv", i), fmt.Appendf(nil, "of tab %d,%d\n", tab, i)}) // both have the same names
		}
		wg.Go(func() {
			if page, at, status := v.drop(page, files); status != http.StatusOK || !strings.HasPrefix(at, base+"/returns?") {
				t.Errorf("tab %d: %s, %d\n%.800s", tab, at, status, page)
			}
		})
	}
	wg.Wait()
	v.ended(base + "/returns?job=ended")
	got := map[string]bool{}
	entries, err := os.ReadDir(filepath.Join(dir, "returns"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, _ := os.ReadFile(filepath.Join(dir, "returns", e.Name()))
		got[string(b)] = true
	}
	if len(entries) != 40 || len(got) != 40 {
		t.Errorf("%d files, %d of them different", len(entries), len(got))
	}
}

// folderOf makes a folder with more files than a browser tells of at once, some of them in folders within.
func folderOf(t *testing.T) (dir string, files int) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "what came")
	put := func(name string) {
		files++
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, fmt.Appendf(nil, "number,%d\n", files), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 130 {
		put(fmt.Sprintf("note %d.csv", i))
	}
	put("north/note 1.csv")
	put("north/far/note 1.csv")
	return dir, files
}

// arrived waits until so many files lie in returns/.
func arrived(t *testing.T, dir string, files int) {
	t.Helper()
	n := 0
	for range 300 {
		entries, _ := os.ReadDir(filepath.Join(dir, "returns"))
		if n = len(entries); n == files {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("%d files came in, not %d", n, files)
}

func TestAFolderIsDropped(t *testing.T) {
	dir := withoutReturns(t)
	from, files := folderOf(t)
	v := visit(t, dir)
	b := tab(t, v, dir)
	b.open("/r/" + desk.KeyOf(dir) + "/returns")
	data := &input.DragData{Items: []*input.DragDataItem{}, Files: []string{from}, DragOperationsMask: 1}
	for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		if _, err := chromedp.Call(b.ctx, input.DispatchDragEvent, input.DispatchDragEventParams{Type: kind, X: 500, Y: 100, Data: data}); err != nil {
			t.Fatal(err)
		}
	}
	arrived(t, dir, files)
	v.ended("/r/" + desk.KeyOf(dir) + "/returns?job=ended")
	b.quiet()
}

// A folder can be chosen as well, also where script is switched off.
func TestAFolderIsChosenWithoutScript(t *testing.T) {
	dir := withoutReturns(t)
	from, files := folderOf(t)
	v := visit(t, dir)
	b := tab(t, v, dir)
	hand := noScript{}
	hand.begin(b)
	b.open("/r/" + desk.KeyOf(dir) + "/returns")
	b.do(chromedp.Click("form.drop details summary"))
	b.files("#folder-files", from)
	hand.click(b, "form.drop details button")
	arrived(t, dir, files)
	v.ended("/r/" + desk.KeyOf(dir) + "/returns?job=ended")
}
