// Package desk is the whole round in the browser, for people who never open a terminal: the same operations as the command
// line (package office), on the same folder, with the same bytes. It is served by rubric itself, on this computer only.
//
// Run opens it: it listens on a loopback address, hands the browser a link that works once, and ends by the button on
// every page or after eight idle hours. New makes the handler alone, for tests.
//
// Where things are: routes.go has every address; a page is a file page_NAME.go, which turns what office says into what is
// shown, and pages/NAME.html, which says it. guard.go refuses whatever does not come from the desk's own pages, live.go
// holds a round in memory and sees when its files change, jobs.go runs what takes longer, one at a time for each round.
// Rules of assessments stand in office and below; there are none here.
package desk
