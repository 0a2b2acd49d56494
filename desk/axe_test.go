package desk_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axe is the source of axe-core, as npm installs it; a test is left out where it is not there.
func axe(t *testing.T) string {
	t.Helper()
	for _, dir := range append(filepath.SplitList(os.Getenv("NODE_PATH")), "node_modules", "../node_modules") {
		if b, err := os.ReadFile(filepath.Join(dir, "axe-core", "axe.min.js")); err == nil {
			return string(b)
		}
	}
	t.Skip("no axe-core in NODE_PATH: npm install axe-core")
	return ""
}

// wholeBrowser says that everything is gone through in the browser, which takes some minutes: RUBRIC_BROWSER=all, as .ci/run
// has it. Otherwise the pages are looked at when they are full, and a round is played with the mouse.
func wholeBrowser() bool { return os.Getenv("RUBRIC_BROWSER") == "all" }

// violation is one rule that a page breaks.
type violation struct {
	ID    string `json:"id"`
	Nodes []struct {
		HTML string `json:"html"`
	} `json:"nodes"`
}

// TestPagesAreAccessible holds every page of the router in every state against axe-core's rules for WCAG 2.2 A and AA and
// its best practice, in both languages, light and dark. Nothing is said on the console, the policy blocks nothing, and no page
// is scrolled sideways at a zoom of 400 %.
func TestPagesAreAccessible(t *testing.T) {
	if testing.Short() {
		t.Skip("drives a browser through every page")
	}
	source := axe(t)
	chromium(t)
	var routes []string
	for r := range states {
		routes = append(routes, r)
	}
	slices.Sort(routes)
	only := os.Getenv("RUBRIC_STATES")
	for _, route := range routes {
		if !strings.Contains(route, only) {
			continue
		}
		for _, s := range states[route] {
			if s.reach == nil || s.name != "full" && !wholeBrowser() {
				continue
			}
			t.Run(strings.Trim(route, "/")+"/"+s.name, func(t *testing.T) {
				v, dir, path := s.reach(t)
				b := tab(t, v, dir)
				for i, lang := range []string{"en", "es"} {
					v.speak(lang)
					b.scheme([]string{"light", "dark"}[i])
					b.state(path, s.click)
					b.axe(source, lang)
				}
				b.do(chromedp.EmulateViewport(320, 768)) // what a zoom of 400 % leaves of a window 1280 wide
				if wide := b.wider(); wide != "" {
					t.Errorf("at 320 pixels %s", wide)
				}
				b.quiet()
			})
		}
	}
}

// state comes to a state of a page.
func (b *browser) state(path, click string) {
	b.t.Helper()
	b.open(path)
	if click != "" {
		b.press(click)
	}
}

// press presses a button that leads to another page, and waits for that.
func (b *browser) press(button string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void]("window.before = true"), chromedp.Click(button))
	for range 300 {
		there, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`!window.before && document.readyState === "complete"`))
		if err == nil && there {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("%s leads nowhere", button)
}

// scheme asks for light or dark.
func (b *browser) scheme(name string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) axe(source, lang string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](source+";0")); err != nil {
		b.t.Fatal(err)
	}
	const run = `axe.run(document, {runOnly: {type: "tag", values: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]}}).then(r => JSON.stringify(r.violations))`
	out, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](run, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatal(err)
	}
	var found []violation
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		b.t.Fatal(err)
	}
	for _, x := range found {
		html := ""
		for i, n := range x.Nodes {
			if i < 3 {
				html += "\n    " + n.HTML
			}
		}
		b.t.Errorf("%s: axe finds %s%s", lang, x.ID, html)
	}
	said, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("document.documentElement.lang"))
	if err != nil || said != lang {
		b.t.Errorf("the page is in %s, not in %s (%v)", said, lang, err)
	}
}

// wider says what is wider than the window, so that the page is scrolled sideways; "" for nothing.
func (b *browser) wider() string {
	return b.eval(`(() => {
		const wide = document.documentElement.scrollWidth, most = document.documentElement.clientWidth;
		if (wide <= most) return "";
		const out = [...document.querySelectorAll("main *, header *, footer *, nav *")].filter(x => x.getBoundingClientRect().right > most + 1 && !x.closest(".scroll, pre"));
		return "the page is " + wide + " wide: " + out.slice(0, 3).map(x => x.outerHTML.slice(0, 120)).join(" | ");
	})()`)
}

// quiet fails where the page said something on the console, or the policy blocked something.
func (b *browser) quiet() {
	b.t.Helper()
	for _, x := range b.said() {
		b.t.Errorf("on the console: %s", x)
	}
}
