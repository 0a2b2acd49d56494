package desk

import "net/http"

// route is one address of the desk. The tests take all pages, and all forms, from this table.
type route struct {
	method, path string
	serve        handler
	// page is the file in pages/ that it shows when all is well; "" for a form or a file.
	page string
	// round says that the address is inside a round.
	round bool
	form  form
}

// form says how a form is taken in.
type form int

const (
	none form = iota
	// free is good once.
	free
	// bound is good once, and carries the position in the journal that it was drawn from: where somebody changed the round
	// since, both are shown before anything is done.
	bound
	// upload is good once and brings files. Its marks stand in the address, and it is read while it comes.
	upload
)

// table is every address. Those inside a round begin with /r/KEY/.
func (d *Desk) table() []route {
	return []route{
		{method: "GET", path: "/start", serve: d.start, page: "start"},
		{method: "POST", path: "/start", serve: d.started},
		{method: "POST", path: "/end", serve: d.end, form: free},
		{method: "POST", path: "/language", serve: d.chooseLanguage, form: free},

		{method: "GET", path: "/{$}", serve: d.rounds, page: "rounds"},
		{method: "POST", path: "/open", serve: d.openRound, form: free},
		{method: "POST", path: "/forget", serve: d.forgetRound, form: free},
		{method: "POST", path: "/example", serve: d.makeExample, form: free},

		{method: "GET", path: "overview", serve: d.overview, page: "overview", round: true},
		{method: "GET", path: "results", serve: d.results, page: "results", round: true},
		{method: "GET", path: "compare", serve: d.compare, page: "compare", round: true},
		{method: "GET", path: "results.csv", serve: d.resultsCSV, round: true},
		{method: "GET", path: "files", serve: d.files, page: "files", round: true},
		{method: "POST", path: "files/make", serve: d.makeFiles, round: true, form: bound},
		{method: "POST", path: "files/edition", serve: d.makeEdition, round: true, form: bound},
		{method: "GET", path: "file", serve: d.file, round: true},
		{method: "GET", path: "pdf", serve: d.pdfPage, page: "pdf", round: true},
		{method: "GET", path: "zip", serve: d.zip, round: true},
		{method: "GET", path: "job", serve: d.showJob, page: "job", round: true},
		{method: "POST", path: "job/stop", serve: d.stopJob, round: true, form: free},
	}
}

func (d *Desk) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range d.table() {
		path := r.path
		if r.round {
			path = "/r/{key}/" + path
		}
		mux.HandleFunc(r.method+" "+path, func(w http.ResponseWriter, q *http.Request) { d.serve(r, w, q) })
	}
	mux.HandleFunc("GET /assets/{name}", d.asset)
	mux.HandleFunc("/", func(w http.ResponseWriter, q *http.Request) {
		d.serve(route{serve: func(c *call) (answer, error) { return c.missing(), nil }}, w, q)
	})
	return mux
}
