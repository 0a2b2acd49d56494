package desk_test

import (
	"testing"
	"time"
)

// A page with a job that ends just when somebody goes elsewhere does not call them back; one that nobody leaves is read anew.
func TestTheEndOfAJobCallsNobodyBack(t *testing.T) {
	chromium(t)
	v := visit(t, demoRound(t, "uk-dmm"))
	b := tab(t, v, "")
	// The script once more, on a page with a job: each time it asks, the job has ended, and somebody is going elsewhere.
	b.eval(`document.querySelector("main").insertAdjacentHTML("beforeend", '<section data-job="/job"><h2></h2><progress></progress></section>');
		window.asked = 0;
		window.leaving = true;
		window.fetch = async () => {
			window.asked++;
			if (window.leaving) dispatchEvent(new Event("beforeunload"));
			return new Response("", { headers: { "X-Job-Ended": "yes" } });
		};
		import("/assets/desk.js?again");
		null`)
	until := func(expression string) bool {
		for range 200 {
			if b.eval(expression) == "true" {
				return true
			}
			time.Sleep(100 * time.Millisecond)
		}
		return false
	}
	if !until("window.asked >= 3") {
		t.Fatalf("it asked %s times, and is at %s", b.eval("window.asked"), b.eval("location.href"))
	}
	b.eval("window.leaving = false")
	if !until(`location.search.includes("job=ended")`) {
		t.Errorf("the page is not read anew: %s", b.eval("location.href"))
	}
}
