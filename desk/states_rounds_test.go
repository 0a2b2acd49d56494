package desk_test

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

func nothing(t *testing.T) (*visitor, string, string) { return visit(t, ""), "", "/" }

// at is a page of the example round of uk-dmm.
func at(page string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		dir := demoRound(t, "uk-dmm")
		return visit(t, dir), dir, "/r/" + desk.KeyOf(dir) + "/" + page
	}
}

// atCSIS is a page of the example round of csis-cdm3.
func atCSIS(page string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		dir := demoRound(t, "csis-cdm3")
		return visit(t, dir), dir, "/r/" + desk.KeyOf(dir) + "/" + page
	}
}

// atBroken is a page of a round whose round.yaml cannot be understood.
func atBroken(page string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		v, dir, path := at(page)(t)
		name := filepath.Join(dir, "round.yaml")
		b, err := os.ReadFile(name)
		if err == nil {
			err = os.WriteFile(name, append(b, "colour_of_sky: blue\n"...), 0o644)
		}
		if err == nil {
			err = os.Chtimes(name, time.Time{}, time.Now().Add(time.Hour))
		}
		if err != nil {
			t.Fatal(err)
		}
		return v, dir, path
	}
}

func init() {
	addStates("/start", state{name: "empty", why: "it is a button"}, state{name: "full", why: "it is a button, which every test in a browser goes through"},
		state{name: "error", reach: func(t *testing.T) (*visitor, string, string) { return visit(t, ""), "", "/start?k=late" }})
	addStates("/", state{name: "empty", reach: nothing},
		state{name: "full", reach: func(t *testing.T) (*visitor, string, string) {
			v, dir, _ := at("overview")(t)
			v.get("/r/" + desk.KeyOf(dir) + "/overview")
			return v, dir, "/?in=" + url.QueryEscape(filepath.Dir(dir))
		}},
		state{name: "error", reach: func(t *testing.T) (*visitor, string, string) {
			v, dir, _ := at("overview")(t)
			v.get("/r/" + desk.KeyOf(dir) + "/overview")
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			return v, "", "/?in=" + url.QueryEscape(filepath.Join(dir, "gone"))
		}})
	addStates("/r/{key}/overview", state{name: "empty", reach: atNew("overview")}, state{name: "full", reach: at("overview")}, state{name: "error", reach: atBroken("overview")})
	addStates("/r/{key}/results", state{name: "empty", reach: atNew("results")}, state{name: "full", reach: at("results?g=sector%3DTransport&t=4&c=4.33&at=1&q=e")},
		state{name: "error", reach: at("results?g=sector%3Dnone")}, state{name: "staged", reach: atCSIS("results?l=1&t=level-2")})
	addStates("/r/{key}/compare", state{name: "empty", reach: atNew("compare")}, state{name: "full", reach: at("compare?a=sector%3DTransport&b=01037")},
		state{name: "error", reach: at("compare?a=%3Cscript%3E&b=example&round=000000000000")})
	addStates("/r/{key}/files", state{name: "empty", reach: atNew("files")}, state{name: "full", reach: at("files?list=summaries&q=example")}, state{name: "error", reach: atBroken("files")},
		state{name: "nothing found", reach: at("files?list=summaries&q=zzz")})
	addStates("/r/{key}/pdf", state{name: "empty", why: "it shows one file"}, state{name: "full", reach: at("pdf?name=results%2Fpdf%2Foverview.pdf")},
		state{name: "error", reach: at("pdf?name=results%2Fpdf%2Fgone.pdf")})
	addStates("/r/{key}/job", state{name: "empty", reach: at("job")}, state{name: "full", why: "the pages that begin jobs show them"},
		state{name: "error", reach: atBroken("job")})
}

// atNew is a page of a round of which nothing was made, sent or returned yet.
func atNew(page string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		dir := newRound(t, "id,name,email,region\n0001,Example School One,one@example.org,North\n0002,Example School Two,,South\n")
		return visit(t, dir), dir, "/r/" + desk.KeyOf(dir) + "/" + page
	}
}

// newRound makes a round of uk-dmm with these recipients.
func newRound(t *testing.T, list string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "new round")
	file := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(file, []byte(list), 0o644); err != nil {
		t.Fatal(err)
	}
	due := models.Date{Time: time.Now().AddDate(0, 1, 0)}
	_, err := (&office.Office{Jobs: 1}).Init(t.Context(), office.InitOptions{Dir: dir, Template: "uk-dmm", Recipients: file, Title: "Spring <b>check</b>", Due: due,
		Contact: models.Contact{Email: "office@example.org"}})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
