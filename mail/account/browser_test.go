package account_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail/account"
)

// TestSignInInARealBrowser signs in with Debian's Chromium: the question of the fake is answered with a click, and the page at
// the end is what a person sees. RUBRIC_PICTURES is a folder for a picture of it.
func TestSignInInARealBrowser(t *testing.T) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium")
	}
	home, err := os.MkdirTemp("", "rubric-browser-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(home)
	allocator, end := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(home), chromedp.Flag("disable-background-networking", true), chromedp.WindowSize(1000, 640))...)
	defer end()
	tab, cancel := chromedp.NewContext(allocator)
	defer cancel()
	if err := chromedp.Do(tab, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		set         fakecloud.Settings
		title, says string
		picture     string
	}{
		{fakecloud.Settings{Users: []string{office}, Ask: true}, "Signed in", "You are signed in as " + office + ".", "signed-in"},
		{fakecloud.Settings{Users: []string{office}, Ask: true, Refuse: "consent_required", RefuseText: "AADSTS90094: An administrator"}, "Not signed in", "An administrator has to agree before this program may use the mailbox.", "not-signed-in"},
	} {
		f := fakecloud.Start(t, x.set)
		s := signIn(f, t.TempDir())
		var title, body, address string
		done := make(chan error, 1)
		signed, err := s.InBrowser(t.Context(), func(at string) error {
			go func() {
				ctx, cancel := context.WithTimeout(tab, 30*time.Second)
				defer cancel()
				err := chromedp.Do(ctx, chromedp.Navigate(at), chromedp.Click("#accept"), chromedp.WaitVisible("main h1"))
				for k, to := range []*string{&title, &body, &address} {
					if err == nil {
						*to, err = chromedp.Run(ctx, chromedp.Evaluate[string]([]string{`document.querySelector("h1").innerText`, `document.querySelector("main").innerText`, `location.href`}[k]))
					}
				}
				done <- err
			}()
			return nil
		})
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if good := x.set.Refuse == ""; good != (err == nil) || good && signed.Who != office {
			t.Fatalf("%+v, %v", signed, err)
		}
		if title != x.title || !strings.Contains(body, x.says) || !strings.Contains(body, "You can close this window") || strings.Contains(address, "code") || !strings.HasSuffix(address, "/signed-in") {
			t.Errorf("%s: %q, %q", address, title, body)
		}
		if dir := os.Getenv("RUBRIC_PICTURES"); dir != "" {
			png, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(dir+"/"+x.picture+".png", png, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		_, _ = account.SignOut(t.Context(), s)
	}
}
