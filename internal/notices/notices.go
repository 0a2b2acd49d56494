// Package notices holds the licences of everything that rubric is made of, for whoever gets the program: the modules, Go
// itself, and the typeface. A test makes the text anew from the modules and fails where they are not the same; after a
// change of modules run
//
//	go test ./internal/notices -update
package notices

import _ "embed"

// Text is all notices, in the order of the modules' names, each text once.
//
//go:embed THIRD-PARTY-NOTICES.txt
var Text string
