package post

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/office"
)

// Post is an office that sends and fetches.
type Post struct {
	*office.Office
	// Clock is what waits between messages; nil stands for the computer's.
	Clock Clock
	// Ask asks a person for a password; nil where there is nobody.
	Ask func(question string) (string, error)
	// Told is called with what became of each message while they are sent; nil where nobody looks.
	Told func(Entry)
	// Accounts are the mailboxes that are signed in to; the zero value is the user's own.
	Accounts Accounts
}

// Clock, Report and Entry are those of package mail.
type (
	Clock  = mail.Clock
	Report = mail.Report
	Entry  = mail.Entry
)

// Options say who is written to.
type Options struct {
	// Only are the ids of recipients; none stand for all. Those in Resend get the message again, although it is known or
	// unsure that they have it.
	Only, Resend []string
	// Limit is how many messages go out at most; 0 for no limit.
	Limit int
	// Calendar makes messages carry entries for the calendar, whatever the round says.
	Calendar bool
}

// Mailing is messages that are made and not yet sent. The round folder stays open to write until it is done with.
type Mailing struct {
	// Problems say which addressees cannot get a message, and why; the others can.
	Problems []office.Note
	Notes    []office.Note

	// touched are files that somebody saved since they were made, and stale the drafts that have them attached.
	touched, stale []string

	post    *Post
	f       *office.Folder
	opts    Options
	parcels []parcel
	journal *postJournal
	// before is done once before the first message is handed over or written as a draft.
	before func() error
}

// begin does what is to be done before the first message goes out.
func (m *Mailing) begin() error {
	if len(m.parcels) == 0 {
		return nil
	}
	if err := m.recordDates(); err != nil {
		return err
	}
	if m.before == nil {
		return nil
	}
	return m.before()
}

// Prepare makes every message of a job before any is sent, so that a mistake in the wording stops nothing half way.
// Where there is an error the mailing has what was noted until then.
func (p *Post) Prepare(ctx context.Context, f *office.Folder, job Job, opts Options) (*Mailing, error) {
	m := &Mailing{post: p, f: f, opts: opts}
	if err := f.Unchanged(); err != nil {
		return m, err
	}
	list, err := m.shipments(ctx, job)
	if err != nil {
		return m, err
	}
	if m.journal, err = newPostJournal(f.Round); err != nil {
		return m, err
	}
	for _, s := range list {
		if err := m.pack(s); err != nil {
			return m, err
		}
	}
	in := office.InOutbox
	switch job {
	case Corrections:
		in = office.InCorrections
	case Plans:
		in = office.InPlans
	case Consensus:
		in = office.InConsensus
	}
	m.Notes = append(m.Notes, f.NoteTouched(in, m.touched)...)
	if opts.Limit > 0 && len(m.parcels) > opts.Limit {
		m.parcels = m.parcels[:opts.Limit]
	}
	return m, nil
}

// Len is how many messages there are.
func (m *Mailing) Len() int { return len(m.parcels) }

// Outline is a message in short.
type Outline struct {
	ID, Name, To, Cc, Subject, Attachment, File string
	Text                                        string `json:"-"`
	// Outcome is what the journal holds of it: sent, begun or unsure for one that Send leaves out, "" or another word for
	// one that it hands over.
	Outcome mail.Outcome `json:"-"`
	// Open says that it was handed over, and that Send looks what became of it before anything else: by the way that it was
	// handed over by.
	Open bool `json:"-"`
}

// Due says that Send would hand it over.
func (o Outline) Due() bool {
	return !mayBeOut(o.Outcome)
}

// Outlines shows what would go to whom.
func (m *Mailing) Outlines() []Outline {
	var out []Outline
	for _, p := range m.parcels {
		attached := p.attachments
		if p.message.Calendar != nil {
			attached = append(attached[:len(attached):len(attached)], p.message.Calendar.Name)
		}
		out = append(out, Outline{p.recipient.ID, p.recipient.Name, addressList(p.message.To), addressList(p.message.Cc), p.message.Subject,
			strings.Join(attached, "; "), strings.Join(p.files, "; "), p.message.Text, m.journal.last[p.message.ID].Outcome, isOpen(m.journal.last[p.message.ID])})
	}
	return out
}

// isOpen says that a message was handed over, and that it can be looked up what became of it.
func isOpen(e Entry) bool {
	return e.Handle != "" && (e.Outcome == mail.Begun || e.Outcome == mail.Unsure)
}

// parcel is one message, made but for the attachments' bytes.
type parcel struct {
	shipment
	addressee
	message     *mail.Message
	attachments []string
	draft       string
}

// pack makes the messages of a shipment. Addressees who cannot get one are problems.
func (m *Mailing) pack(s shipment) error {
	if len(s.addressees) == 0 {
		return nil
	}
	composers, notes, err := m.post.composersOf(m.f, s)
	m.Notes = append(m.Notes, notes...)
	if err == nil {
		err = m.carry(composers)
	}
	if err != nil {
		return err
	}
	drafts := m.f.FileNames(".eml")
	for _, a := range s.addressees {
		p, problem := m.parcel(s, a, composers[m.f.LanguageOf(a.recipient)])
		p.draft = draftOf(s.kind, a, drafts)
		if problem != nil {
			m.Problems = append(m.Problems, office.AsNote(problem))
			m.stale = append(m.stale, p.draft)
			continue
		}
		m.parcels = append(m.parcels, p)
	}
	return nil
}

// draftOf is where the draft for an addressee lies; names are those of the recipients' drafts.
func draftOf(kind mail.Kind, a addressee, names map[string]string) string {
	name := names[a.recipient.ID]
	if a.respondent != "" {
		name = strings.TrimSuffix(a.pieces[0].Name, ".xlsx") + ".eml"
	}
	if kind != mail.Invitation {
		name = string(kind) + "/" + name
	}
	return "outbox/" + name
}

// parcel makes one message, or says what is in the way.
func (m *Mailing) parcel(s shipment, a addressee, composer *mail.Composer) (p parcel, problem error) {
	var all []byte
	var touched error
	for i, file := range a.files {
		content, err := disk.ReadFile(filepath.Join(m.f.Dir, filepath.FromSlash(file)))
		if err != nil {
			return p, &fault.Error{Message: fmt.Sprintf("%s: %s is not there", a.who(), file), Remedy: s.missing.remedy, Do: s.missing.do}
		}
		if !s.asMade(a.pieces[i], content) {
			m.touched = append(m.touched, file)
			touched = fmt.Errorf("%s: %s is not sent: %w", a.who(), file, errTouched)
		}
		all = append(all, content...)
	}
	if touched != nil {
		return p, touched
	}
	if a.respondent != "" && a.recipient.Email == "" {
		return p, fmt.Errorf("%s has no email address; add it to respondents.csv, or take the workbook from outbox/ and send it another way", a.who())
	}
	p = parcel{shipment: s, addressee: a, attachments: a.names(m.f, s.label)}
	letter := mail.Letter{Recipient: a.recipient, Respondent: a.respondent, Topics: a.topics(m.f.Template), Reference: a.reference(m.f),
		Problems: a.problems, Findings: a.findings, Names: p.attachments, Sequence: s.sequence(all)}
	msg, err := composer.Message(letter)
	for err == nil && m.opts.isResent(a.recipient.ID) && isOut(m.journal.last[msg.ID].Outcome) {
		letter.Sequence++ // another message, that no mail program takes for the same
		msg, err = composer.Message(letter)
	}
	if err != nil {
		return p, err
	}
	m.journal.kinds[msg.ID] = sentKinds[s.kind]
	p.message = msg
	return p, nil
}

// isOut says that a message was sent, or lies where a person may send it.
func isOut(o mail.Outcome) bool { return o == mail.Sent || o == mail.Placed }

// mayBeOut says that a message is out, or that it is not known whether it is.
func mayBeOut(o mail.Outcome) bool { return isOut(o) || o == mail.Begun || o == mail.Unsure }

// make adds the attachments as they are on the disk now.
func (p parcel) make(f *office.Folder) (*mail.Message, error) {
	m := *p.message
	m.Attachments = nil
	for i, file := range p.files {
		content, err := disk.ReadFile(filepath.Join(f.Dir, filepath.FromSlash(file)))
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read", file)
		}
		m.Attachments = append(m.Attachments, mail.Attachment{Name: p.attachments[i], Content: content})
	}
	return &m, nil
}

// checked holds every attachment against the one whom it is to go to.
func (p parcel) checked(m *mail.Message) error {
	for i, a := range m.Attachments {
		if err := p.verified(p.pieces[i], a.Content); err != nil {
			return fmt.Errorf("%s: %w", p.files[i], err)
		}
	}
	return nil
}

func addressList(list []mail.Address) string {
	var out []string
	for _, a := range list {
		out = append(out, a.Mailbox)
	}
	return strings.Join(out, "; ")
}
