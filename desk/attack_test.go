package desk_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/desk"
)

// Whoever is not let in, or comes from elsewhere, gets nothing and changes nothing.
func TestRequestsFromElsewhereAreRefused(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, _ := v.get(base + "/overview")
	mark := form(t, page)
	journal := filepath.Join(dir, ".rubric", "journal.jsonl")
	before, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	host := strings.TrimPrefix(v.url, "http://")
	own := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") }
	for _, c := range []struct {
		name, method, path string
		cookie             bool
		set                func(r *http.Request)
		want               int
	}{
		{"no cookie", "GET", base + "/overview", false, own, http.StatusForbidden},
		{"no cookie, a file", "GET", base + "/file?name=results/consolidated.xlsx", false, own, http.StatusForbidden},
		{"another host name", "GET", base + "/overview", true, func(r *http.Request) { own(r); r.Host = "rubric.example:" + strings.Split(host, ":")[1] }, http.StatusMisdirectedRequest},
		{"localhost", "GET", base + "/overview", true, func(r *http.Request) { own(r); r.Host = "localhost:" + strings.Split(host, ":")[1] }, http.StatusMisdirectedRequest},
		{"a name that was made to point here", "GET", base + "/overview", true, func(r *http.Request) { own(r); r.Host = "attacker.example" }, http.StatusMisdirectedRequest},
		{"another port, reading", "GET", base + "/overview", true, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, http.StatusForbidden},
		{"another site, reading", "GET", base + "/overview", true, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, http.StatusForbidden},
		{"another site, a picture", "GET", base + "/results.csv", true, func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			r.Header.Set("Sec-Fetch-Dest", "image")
		}, http.StatusForbidden},
		{"another origin", "GET", base + "/overview", true, func(r *http.Request) { r.Header.Set("Origin", "http://attacker.example") }, http.StatusForbidden},
		{"another site, a form", "POST", base + "/files/make", true, func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			r.Header.Set("Origin", "http://attacker.example")
		}, http.StatusForbidden},
		{"another port, a form", "POST", base + "/files/make", true, func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "same-site")
			r.Header.Set("Origin", "http://127.0.0.1:1")
		}, http.StatusForbidden},
		{"a form without an origin", "POST", base + "/files/make", true, func(*http.Request) {}, http.StatusForbidden},
		{"a form with the origin null", "POST", base + "/files/make", true, func(r *http.Request) { r.Header.Set("Origin", "null") }, http.StatusForbidden},
		{"a form as if it was typed", "POST", base + "/files/make", true, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "none") }, http.StatusForbidden},
		{"a method of no page", "PUT", base + "/files/make", true, func(r *http.Request) { own(r); r.Header.Set("Origin", v.url) }, http.StatusNotFound},
		{"the door for a second start", "POST", "/again", true, func(r *http.Request) { own(r); r.Header.Set("Origin", v.url) }, http.StatusNotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			req, err := http.NewRequest(c.method, v.url+c.path, strings.NewReader(mark.Encode()))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Accept", "text/html")
			if c.method != "GET" {
				req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			c.set(req)
			client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			if c.cookie {
				for _, k := range v.http.Jar.Cookies(&url.URL{Scheme: "http", Host: host, Path: "/"}) {
					req.AddCookie(k)
				}
			}
			resp, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			body, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != c.want {
				t.Errorf("status %d, want %d", resp.StatusCode, c.want)
			}
			if c.want != http.StatusNotFound && bytes.Contains(body, []byte("Data Maturity")) {
				t.Errorf("the answer tells something of the round:\n%.300s", body)
			}
		})
	}
	if after, err := os.ReadFile(journal); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the journal changed (%v)", err)
	}
}

// A start link opens the desk once, by the form and not by being looked at, and not after a minute.
func TestAStartLinkIsGoodOnce(t *testing.T) {
	v := visit(t, "")
	link, err := url.Parse(v.desk.StartLink(""))
	if err != nil {
		t.Fatal(err)
	}
	somebody := func(method string, fields url.Values) (*http.Response, string) {
		t.Helper()
		req, _ := http.NewRequest(method, v.url+"/start?"+link.RawQuery, strings.NewReader(fields.Encode()))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if method == "POST" {
			req.Header.Set("Origin", v.url)
		}
		resp, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		return resp, string(b)
	}
	for range 3 { // previews and scanners look at it
		if resp, body := somebody("GET", nil); resp.StatusCode != http.StatusOK || len(resp.Cookies()) > 0 || !strings.Contains(body, `action="/start"`) {
			t.Fatalf("status %d, cookies %v", resp.StatusCode, resp.Cookies())
		}
	}
	fields := url.Values{"k": {link.Query().Get("k")}}
	if resp, _ := somebody("POST", fields); resp.StatusCode != http.StatusSeeOther || len(resp.Cookies()) != 1 {
		t.Fatalf("the first time: status %d, cookies %v", resp.StatusCode, resp.Cookies())
	} else if c := resp.Cookies()[0]; !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" {
		t.Errorf("the cookie is %v", c)
	}
	if resp, body := somebody("POST", fields); resp.StatusCode != http.StatusForbidden || len(resp.Cookies()) > 0 || !strings.Contains(body, "has been used") {
		t.Errorf("the second time: status %d, cookies %v", resp.StatusCode, resp.Cookies())
	}
	late, _ := url.Parse(v.desk.StartLink(""))
	v.desk.LinksAge(desk.StartsWithin)
	if resp, _ := somebody("POST", url.Values{"k": {late.Query().Get("k")}}); resp.StatusCode != http.StatusForbidden || len(resp.Cookies()) > 0 {
		t.Errorf("after a minute: status %d, cookies %v", resp.StatusCode, resp.Cookies())
	}
}

// A form is taken once: a second press, Back and Send again, and a form of an earlier run do nothing.
func TestAFormIsGoodOnce(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, _ := v.get(base + "/files")
	fields := form(t, page)
	if _, _, status := v.post(base+"/files/make", fields); status != http.StatusOK {
		t.Fatalf("the first time: status %d", status)
	}
	if page, _, status := v.post(base+"/files/make", fields); status != http.StatusConflict || !strings.Contains(page, "This was sent already") {
		t.Errorf("the second time: status %d", status)
	}
	fields.Set("once", "from an earlier run")
	if page, _, status := v.post(base+"/files/make", fields); status != http.StatusConflict || !strings.Contains(page, "This page is from an earlier run") {
		t.Errorf("of an earlier run: status %d", status)
	}
	v.ended(base + "/files?job=ended")
}

// Files outside results/ and outbox/ are not handed out, however they are named.
func TestNoFileOutsideTheRoundIsHandedOut(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "secret.txt"), []byte("secret of the office"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := link(filepath.Join(filepath.Dir(dir), "secret.txt"), filepath.Join(dir, "results", "link.pdf")); err != nil {
		t.Fatal(err)
	}
	v := visit(t, dir)
	for _, name := range []string{"../secret.txt", "results/../../secret.txt", "results/link.pdf", "results/../.rubric/key", ".rubric/key", "/etc/passwd", "results//../.rubric/key",
		`results\..\..\secret.txt`, "results/", "round.yaml", "", "results/pdf", "outbox/../round.yaml"} {
		for _, page := range []string{"file", "pdf"} {
			body, _, status := v.get("/r/" + desk.KeyOf(dir) + "/" + page + "?name=" + url.QueryEscape(name))
			if strings.Contains(body, "secret of the office") || status == http.StatusOK && page == "file" {
				t.Errorf("%s?name=%s: status %d", page, name, status)
			}
		}
	}
}

// Only the desk's own addresses are gone back to.
func TestNobodyIsLedAway(t *testing.T) {
	v := visit(t, "")
	for _, to := range []string{"https://attacker.example/", "//attacker.example/", `/\attacker.example`, "javascript:alert(1)", "/\r\nSet-Cookie: x=y"} {
		page, _, _ := v.get("/")
		fields := form(t, page)
		fields.Set("lang", "en")
		fields.Set("back", to)
		if _, at, status := v.post("/language", fields); at != "/" || status != http.StatusOK {
			t.Errorf("%q leads to %s", to, at)
		}
	}
}
