package desk_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/rubric-project/rubric/desk"
)

// browser is a tab of a real browser that was let in to a desk.
type browser struct {
	t   *testing.T
	ctx context.Context
	url string

	mu      sync.Mutex
	console []string
}

// chromium is the browser that the tests drive; a test is left out where there is none.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium: this test drives a browser")
	return ""
}

// The tests share one browser; each has a tab of its own.
var (
	starting   sync.Mutex
	theBrowser context.Context
	endBrowser = func() {}
)

// running is the browser, which is started when it is first asked for.
func running(t *testing.T) context.Context {
	t.Helper()
	path := chromium(t)
	starting.Lock()
	defer starting.Unlock()
	if theBrowser != nil {
		return theBrowser
	}
	home, err := os.MkdirTemp("", "rubric-desk-browser-")
	if err != nil {
		t.Fatal(err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(home), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true), chromedp.WindowSize(1366, 768))
	allocator, end := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	theBrowser, endBrowser = ctx, func() { cancel(); end(); os.RemoveAll(home) }
	return ctx
}

// tab opens a tab and lets it in. dir is a round folder, or "".
func tab(t *testing.T, v *visitor, dir string) *browser {
	t.Helper()
	ctx, cancel := chromedp.NewContext(running(t))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx, url: v.url}
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if m.Source == "network" { // that a page has the status of an error is no news
				continue
			}
			b.mu.Lock()
			b.console = append(b.console, m.Text)
			b.mu.Unlock()
		}
	}()
	b.do(chromedp.EmulateViewport(1366, 768), chromedp.Navigate(v.desk.StartLink(dir)), chromedp.WaitVisible("header.top"))
	return b
}

// said is what was written on the console so far.
func (b *browser) said() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.console)
}

// do does steps, and fails the test where one cannot be done.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// open goes to an address of the desk.
func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url+path), chromedp.WaitReady("main"))
}

// picture writes a picture of the whole page.
func (b *browser) picture(file string) {
	b.t.Helper()
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(file, png, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// TestPictures takes a picture of every page, for people to look at: RUBRIC_PICTURES names the folder, RUBRIC_PICTURES_ROUND
// a round (the example where it is not given), RUBRIC_PICTURES_ONLY words that addresses must hold, RUBRIC_PICTURES_QUERY what
// is asked of them, such as ?file=a.xlsx.
func TestPictures(t *testing.T) {
	to := os.Getenv("RUBRIC_PICTURES")
	if to == "" {
		t.Skip("RUBRIC_PICTURES names no folder for pictures")
	}
	dir := os.Getenv("RUBRIC_PICTURES_ROUND")
	if dir == "" {
		dir = demoRound(t, "uk-dmm")
	}
	v := visit(t, dir)
	b := tab(t, v, dir)
	// Further addresses inside the round, parted by semicolons, each with the name of its picture before it: drill=results?t=4.
	for _, x := range strings.Split(os.Getenv("RUBRIC_PICTURES_AT"), ";") {
		if name, path, ok := strings.Cut(x, "="); ok {
			b.open("/r/" + desk.KeyOf(dir) + "/" + path)
			b.picture(filepath.Join(to, name+".png"))
		}
	}
	for _, r := range v.desk.Routes() {
		if r[0] != "GET" || r[2] == "" || r[2] == "start" || !strings.Contains(r[1], os.Getenv("RUBRIC_PICTURES_ONLY")) {
			continue
		}
		if strings.Contains(strings.ReplaceAll(r[1], "{key}", ""), "{") {
			continue
		}
		b.open(strings.ReplaceAll(r[1], "{key}", desk.KeyOf(dir)) + os.Getenv("RUBRIC_PICTURES_QUERY"))
		b.picture(filepath.Join(to, r[2]+".png"))
	}
}
