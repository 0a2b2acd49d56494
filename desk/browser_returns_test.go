package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/rubric-project/rubric/desk"
)

// text is what the page shows as text.
func (b *browser) text() string {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector("main")?.innerText ?? ""`))
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// Files that are dropped on the heading of the page are added, without a button, and each has its line.
func TestDropInABrowser(t *testing.T) {
	dir := withoutReturns(t)
	files, became := fortyFiles(t, demoRound(t, "uk-dmm"))
	v := visit(t, dir)
	b := tab(t, v, dir)
	from := t.TempDir()
	var names []string
	for _, f := range files {
		name := filepath.Join(from, f.name)
		if err := os.WriteFile(name, f.content, 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	b.open("/r/" + desk.KeyOf(dir) + "/returns")
	data := &input.DragData{Items: []*input.DragDataItem{}, Files: names, DragOperationsMask: 1}
	for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		if _, err := chromedp.Call(b.ctx, input.DispatchDragEvent, input.DispatchDragEventParams{Type: kind, X: 500, Y: 100, Data: data}); err != nil {
			t.Fatal(err)
		}
	}
	page := ""
	for range 300 {
		time.Sleep(200 * time.Millisecond)
		if page = b.text(); strings.Contains(page, "files are new") {
			break
		}
	}
	for name, word := range became {
		if !strings.Contains(page, name) {
			t.Errorf("%s (%s) has no line", name, word)
		}
	}
}

// With the focus in the grid, n goes to the next finding and p back, and a letter in a field is a letter.
func TestKeysGoThroughTheFindings(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	b := tab(t, v, dir)
	b.open("/r/" + desk.KeyOf(dir) + "/return?file=01247.xlsx")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("[data-walk] .scroll").focus()`))
	at := func() string {
		id, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.activeElement.id`))
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	for _, step := range []struct{ key, want string }{{"n", "E21"}, {"n", "E32"}, {"n", "E41"}, {"p", "E32"}} {
		b.do(chromedp.KeyEvent(step.key))
		if got := at(); got != step.want {
			t.Errorf("%s leads to %q, want %q", step.key, got, step.want)
		}
	}
}
