package desk_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// hand is a way to use a page: with the mouse, with the keyboard alone, or with the mouse where script is switched off.
type hand interface {
	name() string
	// click presses a button or follows a link, choose marks a box or a choice, and fill types a text in place of the one
	// that is there.
	click(b *browser, sel string)
	choose(b *browser, sel string)
	fill(b *browser, sel, text string)
	// begin prepares the tab.
	begin(b *browser)
}

type mouse struct{}

func (mouse) name() string   { return "mouse" }
func (mouse) begin(*browser) {}
func (mouse) click(b *browser, s string) {
	b.t.Helper()
	b.there(s)
	b.leave(func() { b.do(chromedp.Click(s)) })
}
func (mouse) choose(b *browser, s string) { b.t.Helper(); b.there(s); b.do(chromedp.Click(s)) }
func (mouse) fill(b *browser, s, text string) {
	b.t.Helper()
	b.there(s)
	if b.is(s, "input[type=date]") { // its parts are typed in the order of the browser's country
		b.do(chromedp.SetJavascriptAttribute(s, "value", text))
		return
	}
	b.do(chromedp.Click(s), chromedp.KeyEvent("a", chromedp.KeyModifiers(2)), chromedp.KeyEvent(text))
}

// noScript is the mouse in a browser that runs no script.
type noScript struct{ mouse }

func (noScript) name() string { return "no script" }
func (noScript) begin(b *browser) {
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		b.t.Fatal(err)
	}
}

// keys is the keyboard alone: the tab key leads to what is to be used, return and space use it.
type keys struct{}

func (keys) name() string   { return "keyboard" }
func (keys) begin(*browser) {}
func (k keys) click(b *browser, s string) {
	b.t.Helper()
	k.reach(b, s)
	b.leave(func() { b.do(chromedp.KeyEvent(kb.Enter)) })
}
func (k keys) choose(b *browser, s string) {
	b.t.Helper()
	k.reach(b, s)
	if !b.is(s, ":checked") {
		b.do(chromedp.KeyEvent(" "))
	}
}
func (k keys) fill(b *browser, s, text string) {
	b.t.Helper()
	k.reach(b, s)
	if b.is(s, "input[type=date]") {
		b.do(chromedp.SetJavascriptAttribute(s, "value", text))
		return
	}
	b.do(chromedp.KeyEvent("a", chromedp.KeyModifiers(2)), chromedp.KeyEvent(text))
}

// reach goes with the tab key until the focus is on what is meant, and sees that it can be seen there.
func (keys) reach(b *browser, s string) {
	b.t.Helper()
	b.there(s)
	radio := b.is(s, "input[type=radio]")
	for range 600 {
		if b.eval(fmt.Sprintf("document.activeElement.matches(%s)", strconv.Quote(s))) == "true" {
			return
		}
		if radio && b.eval(fmt.Sprintf("document.activeElement.name === document.querySelector(%s).name", strconv.Quote(s))) == "true" {
			b.do(chromedp.KeyEvent(kb.ArrowDown)) // within a group the arrows choose
			continue
		}
		b.do(chromedp.KeyEvent(kb.Tab))
	}
	b.t.Fatalf("the keyboard does not reach %s", s)
}

// eval is what an expression says on the page.
func (b *browser) eval(expression string) string {
	out, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](expression))
	if err != nil {
		return "" // the page is just being left
	}
	return fmt.Sprint(out)
}

func (b *browser) is(s, what string) bool {
	return b.eval(fmt.Sprintf("!!document.querySelector(%s)?.matches(%s)", strconv.Quote(s), strconv.Quote(what))) == "true"
}

// there waits until something is on the page.
func (b *browser) there(s string) {
	b.t.Helper()
	for range 300 {
		if b.eval(fmt.Sprintf("document.readyState === 'complete' && !!document.querySelector(%s)", strconv.Quote(s))) == "true" {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	b.t.Fatalf("there is no %s at %s:\n%s", s, b.eval("location.href"), strings.TrimSpace(b.eval("document.querySelector('main')?.innerText?.slice(0, 1500)")))
}

// leave does something that leads to another page, and waits until that is there.
func (b *browser) leave(do func()) {
	b.t.Helper()
	b.eval("window.left = true")
	do()
	for range 300 {
		if b.eval("document.readyState === 'complete' && !window.left") == "true" {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("nothing follows at %s", b.eval("location.href"))
}

// files chooses files in a field, as the window for it does.
func (b *browser) files(s string, names ...string) {
	b.t.Helper()
	b.there(s)
	b.do(chromedp.SetUploadFiles(s, names))
}
