package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Overview and Results begin with what came out, as the reports say it; a group with what came out there. Before the first
// return there is nothing to say.
func TestHeadlinesOnThePages(t *testing.T) {
	v, dir, path := at("overview")(t)
	low := "“Having the right data skills and knowledge” stands low"
	for _, page := range []string{"overview", "results"} {
		got, _, _ := v.get(strings.Replace(path, "overview", page, 1))
		if !strings.Contains(got, low) || !strings.Contains(got, "What came out") {
			t.Errorf("%s does not say that %s", page, low)
		}
	}
	page, _, _ := v.get(strings.Replace(path, "overview", "results?g=sector%3DTransport", 1))
	if !strings.Contains(page, "What came out in Transport") || strings.Contains(page, low) {
		t.Errorf("a group of 7 says what 10 are needed for:\n%.200s", page)
	}
	// What the office has to be told begins as a sentence does.
	page, _, _ = v.get(path)
	if strings.Contains(page, ">the round&#39;s sealing key") {
		t.Error("a note begins in lower case")
	}
	v.speak("es")
	if page, _, _ = v.get(path); !strings.Contains(page, "queda bajo") || !strings.Contains(page, "Qué ha resultado hasta ahora") {
		t.Errorf("in Spanish:\n%.200s", page[strings.Index(page, "<main"):])
	}
	// The office's own text takes their place only as long as it was written from these figures.
	if err := os.WriteFile(filepath.Join(dir, "summary.md"), []byte("Ours <b>alone</b>.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	v = visit(t, dir)
	if page, _, _ = v.get(path); !strings.Contains(page, low) || strings.Contains(page, "<b>alone") || !strings.Contains(page, "summary.md does not say which figures it was written from") {
		t.Errorf("with a text of the office:\n%.200s", page[strings.Index(page, "<main"):])
	}
	v, _, path = small("overview")(t)
	if page, _, _ = v.get(path); strings.Contains(page, "What came out") {
		t.Error("a new round says what came out")
	}
}

// The letter that goes with a summary says the recipient's own findings, and nothing of others: the topic stands apart from
// its own others for 01065, and for 01128 only as long as its blanks are not the highest.
func TestResultsLettersSayFindings(t *testing.T) {
	v, _, path := at("send?kind=results&for=01065")(t)
	page, _, _ := v.get(path)
	_, letter, _ := strings.Cut(page, `<div class="mail">`)
	letter, _, _ = strings.Cut(letter, "</div>")
	if !strings.Contains(letter, "In short: ") || !strings.Contains(letter, "“Having the right data skills and knowledge”") || strings.Contains(letter, "middle half") || strings.Contains(letter, "returns") {
		t.Errorf("%s", letter)
	}
	page, _, _ = v.get(strings.Replace(path, "01065", "01128", 1))
	_, letter, _ = strings.Cut(page, `<div class="mail">`)
	letter, _, _ = strings.Cut(letter, "</div>")
	if !strings.Contains(letter, "In short: ") || strings.Contains(letter, "stands low") {
		t.Errorf("%s", letter)
	}
}
