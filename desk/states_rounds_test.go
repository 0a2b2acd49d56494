package desk_test

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rubric-project/rubric/desk"
)

func nothing(t *testing.T) (*visitor, string, string) { return visit(t, ""), "", "/" }

// at is a page of the example round of uk-dmm.
func at(page string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		dir := demoRound(t, "uk-dmm")
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
		state{name: "error", reach: func(t *testing.T) (*visitor, string, string) { return visit(t, ""), "", "/start?k=late" }, click: "main button"})
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
	addStates("/r/{key}/overview", state{name: "full", reach: at("overview")}, state{name: "error", reach: atBroken("overview")})
	addStates("/r/{key}/job", state{name: "empty", reach: at("job")}, state{name: "full", why: "the pages that begin jobs show them"},
		state{name: "error", reach: atBroken("job")})
}
