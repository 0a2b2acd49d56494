package mail

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Address is one mailbox with the name people see beside it.
type Address struct {
	// Name may hold any printable characters; Write encodes and quotes it as needed.
	Name string
	// Mailbox is local-part@domain, the domain in its ASCII form (RFC 5891). The local part may hold
	// characters beyond ASCII (RFC 6531).
	Mailbox string
}

// ParseAddresses reads addresses separated by semicolons or commas, each bare or as Name <address>. An
// international domain name is turned into its ASCII form. The error names the address that cannot be one;
// an empty list is no error.
func ParseAddresses(list string) ([]Address, error) {
	var out []Address
	for _, piece := range splitAddresses(list) {
		piece = strings.TrimSpace(piece)
		if piece == "" {
			continue
		}
		a, err := parseAddress(piece)
		if err != nil {
			return nil, err
		}
		if !contains(out, a.Mailbox) {
			out = append(out, a)
		}
	}
	return out, nil
}

func contains(list []Address, mailbox string) bool {
	for _, a := range list {
		if strings.EqualFold(a.Mailbox, mailbox) {
			return true
		}
	}
	return false
}

// splitAddresses cuts at semicolons and commas that stand outside quotes, comments and angle brackets.
func splitAddresses(list string) []string {
	var out []string
	quoted, escaped, depth, start := false, false, 0, 0
	for i, r := range list {
		switch {
		case escaped:
			escaped = false
		case r == '\\' && quoted:
			escaped = true
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '(' || r == '<':
			depth++
		case r == ')' || r == '>':
			depth--
		case (r == ';' || r == ',') && depth <= 0:
			out = append(out, list[start:i])
			start = i + 1
		}
	}
	return append(out, list[start:])
}

func parseAddress(s string) (Address, error) {
	bad := func(why string) (Address, error) {
		return Address{}, fmt.Errorf("%q is not an email address: %s", shorten(printable(s), 120), why)
	}
	if strings.ContainsFunc(s, unicode.IsControl) || !utf8.ValidString(s) {
		return bad("it holds a control character")
	}
	if !strings.Contains(s, "@") {
		return bad("the @ is missing")
	}
	parsed, err := mail.ParseAddress(s)
	if err != nil {
		return bad("write it as name@organisation.example")
	}
	at := strings.LastIndexByte(parsed.Address, '@')
	local, domain := parsed.Address[:at], parsed.Address[at+1:]
	if len(local) > 64 { // RFC 5321, 4.5.3.1.1
		return bad("the part before the @ is longer than 64 characters")
	}
	ascii := domain
	if !strings.HasPrefix(domain, "[") {
		if ascii, err = idna.Lookup.ToASCII(domain); err != nil || !isDomain(ascii) {
			return bad("the part after the @ is not the name of a domain")
		}
	}
	// net/mail quotes a local part that needs it.
	box := (&mail.Address{Address: local + "@" + ascii}).String()
	box = strings.TrimSuffix(strings.TrimPrefix(box, "<"), ">")
	return Address{Name: strings.TrimSpace(parsed.Name), Mailbox: box}, nil
}

// isDomain says whether a domain's labels have lengths that they may have (RFC 1035, 2.3.4): those in other scripts grow
// when they are written in ASCII, and characters that nobody sees are dropped, so that nothing may be left.
func isDomain(ascii string) bool {
	return len(ascii) <= 253 && !slices.ContainsFunc(strings.Split(ascii, "."), func(label string) bool { return label == "" || len(label) > 63 })
}

// Domain is the part after the @, in ASCII.
func (a Address) Domain() string {
	return a.Mailbox[strings.LastIndexByte(a.Mailbox, '@')+1:]
}

// international says that the local part needs a server that supports SMTPUTF8 (RFC 6531).
func (a Address) international() bool { return !isASCII(a.Mailbox) }

// header is the address as it stands in a header: the name quoted or encoded as RFC 5322 and RFC 2047 ask.
func (a Address) header() string {
	name := printable(a.Name)
	switch {
	case name == "":
		return a.Mailbox
	case !isASCII(name) || strings.Contains(name, "=?"):
		name = encodedWords(name)
	case strings.ContainsAny(name, `()<>[]:;@\,."`):
		name = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	}
	return name + " <" + a.Mailbox + ">"
}

// SenderFits says whether a message's sender is one of the addresses in a recipient's list.
func SenderFits(recipients, sender string) bool {
	list, err := ParseAddresses(recipients)
	if err != nil {
		return false
	}
	from, err := ParseAddresses(sender)
	return err == nil && len(from) == 1 && contains(list, from[0].Mailbox)
}
