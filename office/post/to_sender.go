package post

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// SenderMessage is a message to whoever sent a file that does not count, drafted for a person to read and send.
type SenderMessage struct{ To, Subject, Text string }

// ToSender drafts the message to the sender of a file: what is wrong with it, and what would help, or, where it counts, that
// little in it is filled in. It goes to the address that the file came from, or else to the recipient's; it has none where
// neither is known.
func ToSender(f *office.Folder, in *office.Intake, file string) SenderMessage {
	line, _ := in.FileLine(file)
	return aboutFile(f, in, line, file)
}

func aboutFile(f *office.Folder, in *office.Intake, line models.FileLine, file string) SenderMessage {
	name := path.Base(file[strings.LastIndexByte(file, '!')+1:])
	m := SenderMessage{Subject: fmt.Sprintf("%s: your file %s", f.Config.Title, name), To: cameFrom(f, line)}
	greeting := "Dear colleague,"
	id := line.Recipient
	if id == "" && len(line.Candidates) > 0 {
		id = line.Candidates[0]
	}
	for _, rc := range f.Recipients {
		if rc.ID == id {
			m.To = cmp.Or(m.To, rc.Email)
			if rc.Contact != "" {
				greeting = "Dear " + rc.Contact + ","
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nThank you for sending %s. ", greeting, name)
	if line.Status == models.Counted {
		b.WriteString(askForMore(in, line))
	} else {
		writeReasons(&b, line)
	}
	fmt.Fprintf(&b, "\n\nThe due date is %s.", f.Config.Due.Long())
	if !unfilled(line) {
		b.WriteString(" Your file is kept as you sent it: nothing that you filled in is lost.")
	}
	fmt.Fprintf(&b, "\n\nWith kind regards\n%s\n", cmp.Or(f.Config.Contact.Name, f.Config.Organiser))
	m.Text = b.String()
	return m
}

// writeReasons says why a file does not count.
func writeReasons(b *strings.Builder, line models.FileLine) {
	b.WriteString("We have received it, and could not count it yet:\n")
	said := map[string]bool{}
	for _, x := range line.Findings {
		if x.Severity != models.Error {
			continue
		}
		what := x.Message
		if help := askedOfSender(x.Remedy); help != "" {
			what += " " + help
		}
		if !said[what] {
			said[what] = true
			fmt.Fprintf(b, "\n- %s", what)
		}
	}
}

// askForMore says how little of a return that counts is filled in.
func askForMore(in *office.Intake, line models.FileLine) string {
	for _, e := range in.Register.Entries {
		if e.Recipient.ID == line.Recipient {
			return fmt.Sprintf("We have received it. %d of its %d questions are answered. If there is more to say, please answer the others in the same workbook, save it and send it again; \"not applicable\" is an answer too. If that is all, please tell us.", e.Answered, e.Criteria)
		}
	}
	return "We have received it."
}

// unfilled says that nothing was filled in in a file.
func unfilled(line models.FileLine) bool {
	return slices.ContainsFunc(line.Findings, func(x models.Finding) bool {
		return x.Code == models.ReturnedAsSent || x.Code == models.Unfilled || x.Code == models.EmptyCopy
	})
}

// askedOfSender is the remedy of a finding as it is said to the sender; "" where it is for the office alone.
func askedOfSender(remedy string) string {
	rest, ok := strings.CutPrefix(remedy, "Ask the sender ")
	if !ok {
		return ""
	}
	rest, _, _ = strings.Cut(rest, ";") // what follows is for the office
	for _, aside := range []string{", or put", " if it matters", " if they matter", " if the score matters", " before it is quoted"} {
		rest, _, _ = strings.Cut(rest, aside)
	}
	rest = strings.NewReplacer(" they ", " you ", " their ", " your ", "whether they", "whether you").Replace(strings.TrimRight(rest, "."))
	switch {
	case strings.HasPrefix(rest, "to "):
		rest = "Please " + rest[len("to "):]
	case strings.HasPrefix(rest, "not to "):
		rest = "Please do not " + rest[len("not to "):]
	case strings.HasPrefix(rest, "for "):
		rest = "Please send us " + rest[len("for "):]
	default:
		rest = "Please tell us " + rest
	}
	return strings.TrimRight(rest, ".") + "."
}

// cameFrom is the address that a file came from, as the journal has it.
func cameFrom(f *office.Folder, line models.FileLine) (address string) {
	events, _, err := f.Journal()
	if err != nil {
		return ""
	}
	for _, e := range events {
		if e.Kind == round.Received && e.Digest == line.Digest && e.Address != "" {
			parts := strings.Split(e.Address, "; ")
			address = parts[len(parts)-1] // who wrote it, not who forwarded it
		}
	}
	return address
}

// EML is the message as a draft that mail programs open ready to be sent.
func (m SenderMessage) EML(f *office.Folder, at time.Time) ([]byte, error) {
	to, err := mail.ParseAddresses(m.To)
	if err != nil {
		return nil, office.Bad("the address of the sender: ", err)
	}
	from, err := mail.ParseAddresses(cmp.Or(f.Config.Mail.From, f.Config.Contact.Email))
	if err != nil {
		return nil, office.Bad("the sender in round.yaml: ", err)
	}
	msg := mail.Message{ID: office.Digest([]byte(m.Subject + m.Text))[:24] + "@rubric.invalid", Date: at, To: to, Subject: m.Subject, Text: m.Text, Unsent: true}
	if len(from) > 0 {
		msg.From = from[0]
	}
	if err := msg.Check(); err != nil {
		return nil, office.Bad(err)
	}
	var b bytes.Buffer
	err = msg.Write(&b)
	return b.Bytes(), err
}
