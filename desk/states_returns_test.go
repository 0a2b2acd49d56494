package desk_test

import (
	"os"
	"path/filepath"
	"testing"
)

// atNothingBack is a page of a round to which nothing came back.
func atNothingBack(page string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		v, dir, path := at(page)(t)
		if err := os.RemoveAll(filepath.Join(dir, "returns")); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(filepath.Join(dir, "returns"), 0o755); err != nil {
			t.Fatal(err)
		}
		return v, dir, path
	}
}

func init() {
	addStates("/r/{key}/returns", state{name: "empty", reach: atNothingBack("returns")}, state{name: "full", reach: at("returns")},
		state{name: "error", reach: atBroken("returns")}, state{name: "no recipient fits", reach: at("returns?q=nobody+has+this+name")},
		state{name: "all files", reach: at("returns?files=all&status=returned&found=look&by=name")},
		state{name: "folder refused", reach: at("returns"), click: "form[action$='/watch'] button"})
}
