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
	// blind is an address inside a round that is asked for where the round cannot be read.
	blind bool
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

		{method: "GET", path: "/new", serve: d.newRound, page: "new"},
		{method: "POST", path: "/new", serve: d.chooseTemplate, form: free},
		{method: "GET", path: "/new/details", serve: d.newDetails, page: "new-details"},
		{method: "POST", path: "/new/details", serve: d.giveDetails, form: free},
		{method: "GET", path: "/new/recipients", serve: d.newList, page: "new-recipients"},
		{method: "POST", path: "/new/recipients", serve: d.readList, form: free},
		{method: "POST", path: "/new/recipients/file", serve: d.dropList, form: upload},
		{method: "GET", path: "/new/look", serve: d.newLook, page: "new-look"},
		{method: "POST", path: "/new/look", serve: d.giveLook, form: upload},
		{method: "GET", path: "/new/check", serve: d.newCheck, page: "new-check"},
		{method: "POST", path: "/new/check", serve: d.createRound, form: free},
		{method: "POST", path: "/new/folder", serve: d.newFolderHere, form: free},
		{method: "GET", path: "/new/sample", serve: d.newSample},
		{method: "GET", path: "/templates", serve: d.templates, page: "templates"},
		{method: "GET", path: "/templates/show", serve: d.showTemplate, page: "templates-show"},
		{method: "GET", path: "/templates/workbook", serve: d.templateFile},
		{method: "GET", path: "/templates/check", serve: d.checkTemplate, page: "templates-check"},
		{method: "GET", path: "/templates/diff", serve: d.diffTemplates, page: "templates-diff"},
		{method: "POST", path: "/templates/copy", serve: d.copyTemplate, form: free},
		{method: "POST", path: "/templates/import", serve: d.importTemplate, form: upload},

		{method: "GET", path: "/help/findings", serve: d.helpFindings, page: "help-findings"},
		{method: "GET", path: "/help/findings/{code}", serve: d.helpFinding, page: "help-finding"},

		{method: "GET", path: "overview", serve: d.overview, page: "overview", round: true},
		{method: "POST", path: "older", serve: d.takeOlder, round: true, form: free},
		{method: "GET", path: "settings", serve: d.roundSettings, page: "settings", round: true},
		{method: "POST", path: "settings", serve: d.saveSettings, round: true, form: bound},
		{method: "POST", path: "settings/logo", serve: d.takeLogo, round: true, form: upload},
		{method: "GET", path: "results", serve: d.results, page: "results", round: true},
		{method: "GET", path: "compare", serve: d.compare, page: "compare", round: true},
		{method: "GET", path: "actions", serve: d.actions, page: "actions", round: true},
		{method: "POST", path: "actions/make", serve: d.makePlans, round: true, form: bound},
		{method: "GET", path: "results.csv", serve: d.resultsCSV, round: true},
		{method: "GET", path: "files", serve: d.files, page: "files", round: true},
		{method: "POST", path: "files/make", serve: d.makeFiles, round: true, form: bound},
		{method: "POST", path: "files/edition", serve: d.makeEdition, round: true, form: bound},
		{method: "GET", path: "file", serve: d.file, round: true},
		{method: "GET", path: "pdf", serve: d.pdfPage, page: "pdf", round: true},
		{method: "GET", path: "zip", serve: d.zip, round: true},
		{method: "GET", path: "recipients", serve: d.recipients, page: "recipients", round: true},
		{method: "GET", path: "recipients/one", serve: d.recipient, page: "recipient", round: true},
		{method: "POST", path: "recipients/one", serve: d.saveRecipient, round: true, form: bound},
		{method: "GET", path: "recipients/add", serve: d.joining, page: "recipients-add", round: true},
		{method: "POST", path: "recipients/add", serve: d.joinOne, round: true, form: bound},
		{method: "GET", path: "recipients/list", serve: d.otherList, page: "recipients-list", round: true},
		{method: "POST", path: "recipients/list", serve: d.takeOtherList, round: true, form: bound},
		{method: "POST", path: "recipients/list/file", serve: d.dropOtherList, round: true, form: upload},
		{method: "GET", path: "recipients/ids", serve: d.lostIDs, page: "recipients-ids", round: true, blind: true},
		{method: "POST", path: "recipients/ids", serve: d.restoreIDs, round: true, form: free, blind: true},

		{method: "GET", path: "send", serve: d.sendPage, page: "send", round: true},
		{method: "POST", path: "send/words", serve: d.keepWords, round: true, form: bound},
		{method: "POST", path: "send/workbooks", serve: d.makeBooks, round: true, form: bound},
		{method: "POST", path: "send/consensus", serve: d.makeConsensus, round: true, form: bound},
		{method: "POST", path: "send/corrections", serve: d.makeFixes, round: true, form: bound},
		{method: "POST", path: "send/prepare", serve: d.prepareMail, round: true, form: free},
		{method: "GET", path: "send/confirm", serve: d.confirmMail, page: "send-confirm", round: true},
		{method: "POST", path: "send/go", serve: d.goMail, round: true, form: bound},

		{method: "GET", path: "mailbox", serve: d.mailbox, page: "mailbox", round: true},
		{method: "GET", path: "mailbox/it", serve: d.mailboxSteps, page: "mailbox-it", round: true},
		{method: "POST", path: "mailbox/in", serve: d.signIn, round: true, form: free},
		{method: "POST", path: "mailbox/out", serve: d.signOut, round: true, form: free},
		{method: "POST", path: "mailbox/try", serve: d.tryMailbox, round: true, form: free},
		{method: "POST", path: "mailbox/look", serve: d.lookForSent, round: true, form: free},

		{method: "GET", path: "template", serve: d.roundTemplate, page: "template", round: true},

		{method: "GET", path: "job", serve: d.showJob, page: "job", round: true},
		{method: "POST", path: "job/stop", serve: d.stopJob, round: true, form: free},

		{method: "GET", path: "returns", serve: d.returns, page: "returns", round: true},
		{method: "GET", path: "returns/list.csv", serve: d.returnsCSV, round: true},
		{method: "POST", path: "returns/add", serve: d.addReturns, round: true, form: upload},
		{method: "POST", path: "returns/corrections", serve: d.correctReturns, round: true, form: bound},
		{method: "POST", path: "returns/mailbox", serve: d.collectMailbox, round: true, form: free},
		{method: "POST", path: "returns/watch", serve: d.beginWatch, round: true, form: free},
		{method: "POST", path: "returns/watch/end", serve: d.leaveWatch, round: true, form: free},
		{method: "GET", path: "return", serve: d.oneReturn, page: "return", round: true},
		{method: "POST", path: "return/whose", serve: d.sayWhose, round: true, form: bound},
		{method: "GET", path: "return/original", serve: d.originalFile, round: true},
		{method: "GET", path: "return/inside", serve: d.insideFile, round: true},
		{method: "GET", path: "return/evidence", serve: d.evidenceFile, round: true},
		{method: "GET", path: "return/message.eml", serve: d.messageFile, round: true},
		{method: "GET", path: "decide", serve: d.decide, page: "decide", round: true},
		{method: "POST", path: "decide", serve: d.takeDecision, round: true, form: bound},
		{method: "POST", path: "decide/undo", serve: d.undoDecisions, round: true, form: bound},
		{method: "POST", path: "decide/name", serve: d.setName, round: true, form: free},
		{method: "GET", path: "history", serve: d.history, page: "history", round: true},
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
