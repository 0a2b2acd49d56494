package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/rubric-project/rubric/internal/fakecloud"
)

// TestSignInFromTheDeskInABrowser signs in with a real browser: the form of the page Mailbox, the window of its own in which
// the fake asks, its end, and the page Mailbox afterwards. RUBRIC_PICTURES_STATES is a folder for pictures.
func TestSignInFromTheDeskInABrowser(t *testing.T) {
	chromium(t)
	v, dir, path := withBooks("mailbox")(t)
	f := v.atFake(fakecloud.Settings{Users: []string{mailboxOfTest}, Ask: true})
	b := tab(t, v, dir)
	b.open(path)
	for field, text := range map[string]string{"#user": mailboxOfTest, "#client": "our-id", "#tenant": "fake.example"} {
		b.do(chromedp.Click(field), chromedp.KeyEvent(text))
	}
	b.do(chromedp.Click(`input[name="file"]`))
	b.press(`form[action$="/mailbox/in"] button`)
	b.do(chromedp.Click(`#go-on ~ .btns a.main`))
	window := b.window(f.URL)
	picture := func(b *browser, name string) {
		if to := os.Getenv("RUBRIC_PICTURES_STATES"); to != "" {
			b.picture(filepath.Join(to, name+".png"))
		}
	}
	window.do(chromedp.WaitVisible("#accept"))
	picture(b, "browser-going-on")
	window.do(chromedp.Click("#accept"), chromedp.WaitVisible("main h1"))
	if said := window.eval(`document.querySelector("main").innerText`); !strings.Contains(said, "You are signed in as "+mailboxOfTest) || !strings.Contains(said, "You can close this window") {
		t.Errorf("the window says: %s", said)
	}
	picture(window, "browser-signed-in")
	if err := chromedp.Cancel(window.ctx); err != nil { // it is closed, as it says
		t.Fatal(err)
	}
	// The page shows itself again when the sign-in has ended.
	said := ""
	for range 400 {
		said, _ = chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector("main").innerText`)) // it fails while the page changes
		if strings.Contains(said, "May collect") {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if !strings.Contains(said, mailboxOfTest) || !strings.Contains(said, "May collect") {
		t.Errorf("the page says: %s", said)
	}
	picture(b, "browser-mailbox")
	b.quiet()
	for _, x := range f.Wrong() {
		t.Errorf("%+v", x)
	}
}

// window is the window that a link opened, by the beginning of its address.
func (b *browser) window(address string) *browser {
	b.t.Helper()
	for range 200 {
		list, err := chromedp.Targets(b.ctx)
		if err != nil {
			b.t.Fatal(err)
		}
		for _, x := range list {
			if x.Type == "page" && strings.HasPrefix(x.URL, address) {
				ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithTargetID(x.TargetID))
				b.t.Cleanup(cancel)
				return &browser{t: b.t, ctx: ctx}
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("no window has come to %s", address)
	return nil
}
