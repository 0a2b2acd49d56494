package desk

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
