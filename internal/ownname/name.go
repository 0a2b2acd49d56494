// Package ownname says what a person is called who works with the program on this computer, so that decisions carry a name
// that colleagues know and not an account such as "x04711". The name is set once on the desk, which keeps it among the
// person's own settings: a round folder on a shared drive has several people at work.
package ownname

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
)

// longest is how many bytes of a name are taken.
const longest = 120

// Get is the name, or "" where none was set or it cannot be read.
func Get() string {
	home := os.Getenv("RUBRIC_DESK_HOME") // as the desk has it
	if home == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return ""
		}
		home = filepath.Join(dir, "rubric")
	}
	b, err := os.ReadFile(filepath.Join(home, "desk.json"))
	var kept struct {
		By string `json:"by"`
	}
	if err != nil || json.Unmarshal(b, &kept) != nil {
		return ""
	}
	return strings.TrimSpace(text.HeadBytes(text.OneLine(kept.By), longest))
}
