package round

import (
	"net/mail"
	"strings"
	"unicode"
)

// addresses checks the email addresses, separated by semicolons, and writes them with one "; " between.
func (p *listParser) addresses(cell Cell, text string) string {
	if text == "" {
		return ""
	}
	var good []string
	for part := range strings.SplitSeq(text, ";") {
		if part = bareAddress(strings.TrimSpace(part)); part == "" {
			continue
		}
		if problem := addressProblem(part); problem != "" {
			p.addKind(ProblemEmail, cell, quote(part)+" is not an email address: "+problem, "correct it, or leave the cell empty if the workbook goes another way")
			continue
		}
		good = append(good, part)
	}
	return strings.Join(good, "; ")
}

// bareAddress takes off an address what programs put around it: the name in Name <a@b.example>, and mailto:.
func bareAddress(s string) string {
	if i := strings.LastIndexByte(s, '<'); i >= 0 && strings.HasSuffix(s, ">") && strings.Count(s, "<") == 1 && strings.Count(s, "@") >= 1 {
		s = strings.TrimSpace(s[i+1 : len(s)-1])
	}
	if len(s) > len("mailto:") && strings.EqualFold(s[:len("mailto:")], "mailto:") {
		s, _, _ = strings.Cut(strings.TrimSpace(s[len("mailto:"):]), "?")
	}
	return s
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
