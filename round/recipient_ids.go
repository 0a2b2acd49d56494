package round

import (
	"regexp"
)

var (
	// 1.23E+13, as Excel writes a number of more than 11 digits in a narrow column or in CSV.
	scientific = regexp.MustCompile(`^[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,3}$`)
	// 03-Apr or Apr-03, as Excel makes of 3-4.
	excelDate = regexp.MustCompile(`^(?i:[0-9]{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{1,2})$`)
)

func (p *listParser) checkID(cell Cell, id string) {
	switch {
	case id == "":
		p.addKind(ProblemID, cell, "the id is empty", "give the recipient a code of its own, such as its school or district code")
		return
	case scientific.MatchString(id):
		p.addKind(ProblemChanged, cell, "the id "+quote(id)+" is a long number that a spreadsheet program shortened, and its digits are lost",
			"format the column as text in the original list and save it again")
	case cell.Date, excelDate.MatchString(id):
		p.addKind(ProblemChanged, cell, "the id "+quote(id)+" looks like a code such as 3-4 that a spreadsheet program took for a date",
			"format the column as text in the original list and save it again; or choose another id")
	}
	p.checkLength(cell, "id", id, maxID)
	key := foldName(id)
	if first, twice := p.seen[key]; twice {
		message := "the id " + quote(id) + " stands in the list twice, first in " + first.where()
		if first.id != id {
			message = "the ids " + quote(id) + " and " + quote(first.id) + " (" + first.where() + ") differ only by upper and lower case"
		}
		p.addKind(ProblemID, cell, message, "give each recipient an id of its own, or delete the line")
		return
	}
	p.seen[key] = seenID{id, cell.Ref, cell.Line}
}
