package round

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
)

// decisionsSince is the first version that knows answers by the office and decisions taken back by number. Earlier ones
// would pass such events over, and make other results.
const decisionsSince = "0.2.0"

// placedSince is the first version that knows messages which lie as drafts in the office's mailbox.
const placedSince = "0.2.0"

// viewsSince is the first version that knows views and what is agreed on among them. Earlier ones would take a view for a
// workbook of nobody's.
const viewsSince = "0.2.0"

// understood is the version whose journal this program understands. It goes up with Event.Needs.
const understood = decisionsSince

// needed is the newest version that the journal asks for, "" for none. Only lines that may name one are decoded.
func (r *Round) needed() (string, error) {
	b, err := r.read(state(journalName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", failure("the journal cannot be read", err)
	}
	newest := ""
	for line := range bytes.Lines(b) {
		var e Event
		if bytes.Contains(line, []byte(`"needs"`)) && json.Unmarshal(line, &e) == nil && after(e.Needs, newest) {
			newest = e.Needs
		}
	}
	return newest, nil
}

// understands refuses a round to which a newer program wrote what this one does not understand.
func (r *Round) understands() error {
	needs, err := r.needed()
	if err != nil || !after(needs, understood) {
		return err
	}
	return &fault.Error{Usage: true, Message: "a newer version of rubric has worked on this round; to write to it takes " + needs + " or later, and this is an earlier one",
		Remedy: "install " + needs + " or later. This version can still look at the round, but passes over what it does not know"}
}

// Newer is the version that Event.Needs asks for where this program does not understand the journal, "" where it does.
func Newer(events []Event) string {
	newest := ""
	for i := range events {
		if after(events[i].Needs, newest) {
			newest = events[i].Needs
		}
	}
	if !after(newest, understood) {
		return ""
	}
	return newest
}

// after says whether a version, such as 1.10.2, comes after another; "" comes before all.
func after(a, b string) bool {
	if b == "" {
		return a != ""
	}
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(x), len(y)) {
		var n, m int
		if i < len(x) {
			n, _ = strconv.Atoi(x[i])
		}
		if i < len(y) {
			m, _ = strconv.Atoi(y[i])
		}
		if n != m {
			return n > m
		}
	}
	return false
}
