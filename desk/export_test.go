package desk

import "github.com/rubric-project/rubric/internal/fault"

// Routes are all addresses for tests: method, path as asked for ({key} stands for a round), and the page that is shown.
func (d *Desk) Routes() [][3]string {
	var out [][3]string
	for _, r := range d.table() {
		path := r.path
		if r.round {
			path = "/r/{key}/" + path
		}
		if path == "/{$}" {
			path = "/"
		}
		out = append(out, [3]string{r.method, path, r.page})
	}
	return out
}

// KeyOf is how a folder is called in addresses.
var KeyOf = keyOf

// SaidByTables are the texts that stand in tables, and not in calls.
func SaidByTables() []string {
	var out []string
	for _, w := range waysTo {
		if w.text != "" {
			out = append(out, w.text)
		}
	}
	for _, w := range eventWords {
		out = append(out, w)
	}
	return out
}

// HasWay says whether the desk's table of actions has a line for one.
func HasWay(name fault.ActionName) bool { _, ok := waysTo[name]; return ok }
