package round

import (
	"fmt"
	"math"
)

// mostProblems is how many problems of a list are said one by one.
const mostProblems = 1000

// all is every problem, the last of them for those that are only counted.
func (p *listParser) all() Problems {
	if p.further == 0 {
		return p.problems
	}
	return append(p.problems, Problem{Place: p.file, Message: fmt.Sprintf("%d further problems are not listed", p.further),
		Remedy: "mend those above, and try again", line: math.MaxInt})
}

// addKind adds a problem of a kind at a cell.
func (p *listParser) addKind(kind ProblemKind, c Cell, message, remedy string) {
	if len(p.problems) == mostProblems {
		p.further++
		return
	}
	p.problems = append(p.problems, Problem{Place: c.place(p.file), Message: message, Remedy: remedy,
		Kind: kind, Row: c.Line, Cell: c.Ref, line: c.Line, column: c.Column})
}
