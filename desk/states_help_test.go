package desk_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

func init() {
	addStates("/help/findings", state{name: "empty", why: "there are always codes"}, state{name: "full", reach: away("/help/findings")},
		state{name: "error", reach: away("/help/findings?back=" + url.QueryEscape("https://elsewhere.example/"))})
	addStates("/help/findings/{code}", state{name: "empty", why: "a code always has a meaning"}, state{name: "error", reach: away("/help/findings/%3Cb%3Eno")},
		state{name: "full", reach: func(t *testing.T) (*visitor, string, string) {
			v, dir, from := at("return?file=01247.xlsx")(t)
			return v, dir, "/help/findings/answer-not-in-list?back=" + url.QueryEscape(from)
		}})
}

// Each code of the catalogue has its page, in both languages, with what is said of it in the findings workbook and in
// docs/findings.md.
func TestHelpForEachCode(t *testing.T) {
	spanish, _ := words.For("es")
	v := visit(t, "")
	for _, in := range []struct{ lang, severity, meaning string }{{"en", "Severity", "What it means"}, {"es", "Gravedad", "Qué significa"}} {
		said := func(s string) string {
			if in.lang == "es" {
				s = spanish.TextOf(s)
			}
			return html.EscapeString(s)
		}
		list, _, _ := v.speaking(in.lang, "/help/findings")
		for _, x := range models.Catalogue() {
			page, _, status := v.speaking(in.lang, "/help/findings/"+string(x.Code))
			for _, want := range []string{"<h1>" + string(x.Code) + "</h1>", in.severity, in.meaning, said(x.Meaning), said(x.Remedy), said(x.Severity.Name()), `lang="` + in.lang + `"`} {
				if status != http.StatusOK || !strings.Contains(page, want) {
					t.Errorf("%s, %s: status %d, no %q", x.Code, in.lang, status, want)
				}
			}
			if !strings.Contains(list, `href="/help/findings/`+string(x.Code)+`">`+string(x.Code)+"</a>") || !strings.Contains(list, said(x.Meaning)) {
				t.Errorf("%s: not in the list of %s", x.Code, in.lang)
			}
		}
	}
	list, _, _ := v.get("/help/findings")
	for _, mark := range []string{`<dt><span class="st st-out">Error</span></dt>`, `<dt><span class="st st-look">Warning</span></dt>`, `<dt><span class="st st-past">Repair</span></dt>`} {
		if !strings.Contains(list, mark) {
			t.Errorf("the list does not say what its mark stands for: no %s", mark)
		}
	}
	parts := regexp.MustCompile(`href="#(area-[^"]*)"`).FindAllStringSubmatch(list, -1)
	if len(parts) == 0 || len(parts) != strings.Count(list, `<section id="area-`) {
		t.Errorf("%d ways to the parts of the list, of %d", len(parts), strings.Count(list, `<section id="area-`))
	}
	for _, m := range parts {
		if !strings.Contains(list, `id="`+m[1]+`"`) {
			t.Errorf("#%s leads nowhere", m[1])
		}
	}
	page, _, status := v.get("/help/findings/answer-not-in")
	if status != http.StatusNotFound || !strings.Contains(page, "There is no such finding") || !strings.Contains(page, "answer-not-in-list") {
		t.Errorf("a code that is none: %d\n%.600s", status, page)
	}
}

var toHelp = regexp.MustCompile(`href="(/help/findings/([a-z-]+)\?back=[^"]*)"`)

// Wherever the desk shows a finding, its code leads to what it means, and from there back; in a round the remedy can be done.
func TestFindingsLeadToTheirHelp(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir) + "/"
	for path, want := range map[string]string{
		"return?file=01247.xlsx": "answer-", "returns?files=all": "", "returns?files=rejected": "file-", "decide": "",
	} {
		page, _, _ := v.get(base + path)
		links := toHelp.FindAllStringSubmatch(page, -1)
		if len(links) == 0 {
			t.Errorf("%s: no finding leads to its help", path)
			continue
		}
		found := false
		for _, link := range links {
			found = found || strings.HasPrefix(link[2], want)
		}
		if !found {
			t.Errorf("%s: no code begins with %q in %q", path, want, links)
		}
		help, _, status := v.get(html.UnescapeString(links[0][1]))
		if status != http.StatusOK || !strings.Contains(help, `href="`+html.EscapeString(base+path)+`"`) {
			t.Errorf("%s: its help is %d, and does not lead back\n%s", path, status, help)
		}
	}
	help, _, _ := v.get("/help/findings/answer-missing?back=" + url.QueryEscape(base+"decide"))
	if !strings.Contains(help, `href="`+base+`returns">Make corrections</a>`) {
		t.Errorf("what the remedy asks for cannot be done from the page:\n%s", help)
	}
	for _, elsewhere := range []string{"https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"} {
		if help, _, _ := v.get("/help/findings/answer-missing?back=" + url.QueryEscape(elsewhere)); strings.Contains(help, elsewhere) || strings.Contains(help, "Make corrections") {
			t.Errorf("it leads to %s", elsewhere)
		}
	}
}

// speaking is get in a language that the browser asks for.
func (v *visitor) speaking(lang, path string) (page, at string, status int) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, v.url+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html")
	req.Header.Set("Accept-Language", lang)
	return v.send(req)
}
