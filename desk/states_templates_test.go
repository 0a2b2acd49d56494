package desk_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// away is a page outside rounds.
func away(path string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) { return visit(t, ""), "", path }
}

// badTemplate is a page about a file that is no template.
func badTemplate(page string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		name := filepath.Join(t.TempDir(), "mine.yaml")
		if err := os.WriteFile(name, []byte("id: Mine\ntitle: \"<b>x</b>\"\nlevels:\n  - {number: 1, name: One, meaning: x}\ncolour: red\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return visit(t, ""), "", page + url.QueryEscape(name)
	}
}

const matrix = "Ref,Topic,Subject,Level 1,Level 2,Level 3\n1.1,Collecting,<b>Planning</b>,No plan,A plan for parts,A plan for all\n1.2,Collecting,Forms,No forms,Some forms,One form for all\n2.1,Using,Reports,None,Some,All\n"

// imported is a page after an import of a table.
func imported(t *testing.T) (*visitor, string, string) {
	v := visit(t, "")
	page, _, _ := v.get("/templates")
	page, at, status := v.upload(uploadAction(t, page), map[string]string{"id": "ours", "title": "Our <i>model</i>", "lang": "en-GB"}, "file", "matrix.csv", []byte(matrix))
	if status != http.StatusOK || !strings.Contains(at, "/templates/show") {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	return v, "", at
}

func init() {
	addStates("/templates", state{name: "empty", reach: away("/templates")}, state{name: "full", reach: func(t *testing.T) (*visitor, string, string) {
		v, _, _ := imported(t)
		return v, "", "/templates?back=/new"
	}}, state{name: "error", reach: away("/templates"), click: ".drop button"})
	addStates("/templates/show", state{name: "empty", why: "a template has at least one criterion"}, state{name: "full", reach: away("/templates/show?name=uk-dmm&back=/new")},
		state{name: "imported", reach: imported}, state{name: "error", reach: away("/templates/show?name=nothing")})
	addStates("/templates/check", state{name: "empty", reach: away("/templates/check?name=uk-dmm")}, state{name: "full", reach: badTemplate("/templates/check?name=")}, state{name: "error", reach: away("/templates/check?name=nothing")})
	addStates("/templates/diff", state{name: "empty", reach: away("/templates/diff")}, state{name: "full", reach: away("/templates/diff?a=uk-dmm&b=csis-cdm3")},
		state{name: "same", reach: away("/templates/diff?a=uk-dmm&b=uk-dmm")}, state{name: "error", reach: away("/templates/diff?a=uk-dmm&b=nothing")})
	addStates("/r/{key}/template", state{name: "empty", why: "a round always has a template"}, state{name: "full", reach: at("template")}, state{name: "one", reach: at("template?ref=1.1")}, state{name: "error", reach: atBroken("template")})
}

// A table becomes a template that says what was understood, can be read, checked, copied and edited, and chosen for a round.
func TestImportATemplate(t *testing.T) {
	v, _, at := imported(t)
	page, _, _ := v.get(at + "&back=" + url.QueryEscape("/new"))
	for _, want := range []string{"What was understood", "Our &lt;i&gt;model&lt;/i&gt;", "&lt;b&gt;Planning&lt;/b&gt;", "A plan for parts", "Choose this template", "<b>1.1</b>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	if strings.Contains(page, "<b>Planning") || strings.Contains(page, "rubric-desk-") {
		t.Errorf("markup of the file, or the folder of the upload, is shown:\n%s", page)
	}
	q, _ := url.Parse(at)
	name := q.Query().Get("name")
	if filepath.Base(name) != "ours.yaml" {
		t.Errorf("it lies in %s", name)
	}
	book, _, status := v.get("/templates/workbook?name=" + url.QueryEscape(name))
	if status != http.StatusOK || !strings.HasPrefix(book, "PK") {
		t.Fatalf("the workbook to edit: %d", status)
	}
	page, _, _ = v.get("/templates")
	page, at, status = v.upload(uploadAction(t, page), nil, "file", "edited.xlsx", []byte(book))
	if status != http.StatusOK || !strings.Contains(at, "ours+2.yaml") || !strings.Contains(page, "a workbook for editing a template") {
		t.Errorf("%s: %d\n%s", at, status, page)
	}
	if page, _, _ = v.get("/templates/diff?a=" + url.QueryEscape(name) + "&b=" + url.QueryEscape(strings.TrimSuffix(name, ".yaml")+" 2.yaml")); !strings.Contains(page, "The two are the same") {
		t.Errorf("what was edited and not changed is different:\n%s", page)
	}
	if page, _, _ = v.get("/new"); !strings.Contains(page, "ours.yaml") {
		t.Error("it cannot be chosen for a round")
	}
	page, _, _ = v.get("/templates")
	page, _, status = v.upload(uploadAction(t, page), nil, "file", "nothing.csv", []byte("a,b\n1,2\n"))
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "nothing.csv could not be read as a template") || strings.Contains(page, "rubric-desk-") {
		t.Errorf("%d\n%s", status, page)
	}
}

// A copy is the user's own, and a file that is wrong says where.
func TestCopyAndCheckATemplate(t *testing.T) {
	v := visit(t, "")
	page, _, _ := v.get("/templates/show?name=csis-cdm3")
	page, at, status := v.fill(page, "/templates/copy", "name", "csis-cdm3")
	if status != http.StatusOK || !strings.Contains(at, "csis-cdm3-copy.yaml") || !strings.Contains(page, "This is your copy.") {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	_, _, path := badTemplate("/templates/check?name=")(t)
	page, _, status = v.get(path)
	if status != http.StatusOK || !strings.Contains(page, "things are wrong") || !strings.Contains(page, "<th scope=\"row\">5:1</th>") {
		t.Errorf("%d\n%s", status, page)
	}
}
