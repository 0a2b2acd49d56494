package round

import (
	"fmt"
	"net/mail"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

func (p *listParser) checkLength(cell Cell, what, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		p.add(cell, fmt.Sprintf("the %s is %d characters long, and at most %d are possible", what, n, most), "shorten it")
	}
}

var (
	// 1.23E+13, as Excel writes a number of more than 11 digits in a narrow column or in CSV.
	scientific = regexp.MustCompile(`^[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,3}$`)
	// 03-Apr or Apr-03, as Excel makes of 3-4.
	excelDate = regexp.MustCompile(`^(?i:[0-9]{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{1,2})$`)
)

func (p *listParser) checkID(cell Cell, id string) {
	switch {
	case id == "":
		p.add(cell, "the id is empty", "give the recipient a code of its own, such as its school or district code")
		return
	case scientific.MatchString(id):
		p.add(cell, "the id "+quote(id)+" is a long number that a spreadsheet program shortened, and its digits are lost",
			"format the column as text in the original list and save it again")
	case cell.Date, excelDate.MatchString(id):
		p.add(cell, "the id "+quote(id)+" looks like a code such as 3-4 that a spreadsheet program took for a date",
			"format the column as text in the original list and save it again; or choose another id")
	}
	p.checkLength(cell, "id", id, maxID)
	key := foldName(id)
	if first, twice := p.seen[key]; twice {
		message := "the id " + quote(id) + " stands in the list twice, first in " + first.where()
		if first.id != id {
			message = "the ids " + quote(id) + " and " + quote(first.id) + " (" + first.where() + ") differ only by upper and lower case"
		}
		p.add(cell, message, "give each recipient an id of its own, or delete the line")
		return
	}
	p.seen[key] = seenID{id, cell.Ref, cell.Line}
}

func (s seenID) where() string {
	if s.ref != "" {
		return "cell " + s.ref
	}
	return fmt.Sprintf("line %d", s.line)
}

// addresses checks the email addresses, separated by semicolons, and writes them with one "; " between.
func (p *listParser) addresses(cell Cell, text string) string {
	if text == "" {
		return ""
	}
	var good []string
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if problem := addressProblem(part); problem != "" {
			p.add(cell, quote(part)+" is not an email address: "+problem, "correct it, or leave the cell empty if the workbook goes another way")
			continue
		}
		good = append(good, part)
	}
	return strings.Join(good, "; ")
}

// addressProblem says what keeps a text from being an address that a message can be sent to, or "".
func addressProblem(s string) string {
	local, domain, found := strings.Cut(s, "@")
	switch {
	case !found:
		return "it has no @"
	case strings.Contains(domain, "@") && strings.ContainsAny(s, ", "):
		return "it seems to hold several; separate them by semicolons"
	case strings.Contains(domain, "@"):
		return "it has more than one @"
	case local == "":
		return "nothing stands before the @"
	case domain == "":
		return "nothing stands after the @"
	case strings.ContainsFunc(s, unicode.IsSpace):
		return "it has a space in it"
	case !strings.Contains(strings.Trim(domain, "."), "."):
		return "the part after the @ has no dot"
	case strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") || strings.Contains(s, ".."):
		return "a dot stands in the wrong place"
	}
	if a, err := mail.ParseAddress(s); err != nil || a.Address != s || a.Name != "" {
		return "it has a character that an address cannot have"
	}
	if strings.ContainsAny(domain, `[]()<>,:;"\_!#$%&'*+/=?^{|}~`+"`") {
		return "the part after the @ has a character that it cannot have"
	}
	return ""
}

func isExcelError(s string) bool {
	switch s {
	case "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!":
		return true
	}
	return len(s) > 2 && strings.Trim(s, "#") == ""
}

// unseen recognises characters that a person cannot see in a list and that would make two ids differ, or a
// name turn around on the page. The joiners are left: some scripts and emoji need them.
func unseen(r rune) bool {
	if r == '\u200c' || r == '\u200d' {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError
}

// tidy trims a text and makes one space of any white space inside it, line breaks and non-breaking spaces too.
func tidy(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	if isTidy(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isTidy says that a text of ASCII is as tidy makes it.
func isTidy(s string) bool {
	space := true
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf || c < ' ' || c == ' ' && space:
			return false
		default:
			space = c == ' '
		}
	}
	return s == "" || !space
}

func blankRow(row []Cell) bool {
	for _, c := range row {
		if strings.TrimSpace(c.Text) != "" {
			return false
		}
	}
	return true
}
