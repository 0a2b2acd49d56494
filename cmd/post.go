package cmd

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// postOptions are the flags of the commands that send messages.
type postOptions struct {
	Via              string
	DryRun, Yes      bool
	AllowUnencrypted bool
	Only, Resend     []string
	Limit            int
	SMTP             models.SMTP
}

func (o *postOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.Via, "via", "drafts", "drafts: one .eml for each recipient in outbox/, ready to open and send; smtp: send now")
	f.BoolVar(&o.DryRun, "dry-run", false, "show what would go to whom, and write and send nothing")
	f.BoolVar(&o.Yes, "yes", false, "do not ask before sending")
	f.StringSliceVar(&o.Only, "only", nil, "only these recipients, by id, separated by commas")
	f.IntVar(&o.Limit, "limit", 0, "at most so many messages now; the rest next time")
	f.StringSliceVar(&o.Resend, "resend", nil, "send to these recipients again, although it is known or unsure that they have the message")
	f.BoolVar(&o.AllowUnencrypted, "allow-unencrypted", false, "with tls: unencrypted, let messages go over the network readable for others")
	f.StringVar(&o.SMTP.Host, "host", "", "the mail server, in place of mail: smtp: in round.yaml")
	f.IntVar(&o.SMTP.Port, "port", 0, "its port")
	f.StringVar(&o.SMTP.TLS, "tls", "", "starttls, implicit or unencrypted")
	f.StringVar(&o.SMTP.User, "user", "", "the user who signs in; the password is asked for, or comes from --password-env or --password-file")
	f.StringVar(&o.SMTP.Auth, "auth", "", "password or xoauth2")
	f.StringVar(&o.SMTP.PasswordEnv, "password-env", "", "the environment variable that holds the password or token")
	f.StringVar(&o.SMTP.PasswordFile, "password-file", "", "the file whose first line is the password or token")
	f.StringVar(&o.SMTP.CAFile, "ca-file", "", "certificates (PEM) to trust beside the system's")
}

// shipment is what one command sends: messages of one kind.
type shipment struct {
	kind       mail.Kind
	addressees []addressee
	// label is added to the name of an attachment as the recipient sees it.
	label string
	// verify checks that the file is the recipient's, and the part that it is to be.
	verify func(p piece, content []byte) error
	// sequence tells messages of this kind to one addressee apart.
	sequence func(content []byte) int
	missing  string // what to do where a file is not there
}

// parcel is one message, made but for the attachments' bytes.
type parcel struct {
	shipment
	addressee
	message     *mail.Message
	attachments []string
	draft       string
}

// post writes drafts or sends. The caller holds the lock.
func (app *App) post(ctx context.Context, f *folder, o postOptions, list []shipment) error {
	if o.Via != "drafts" && o.Via != "smtp" {
		return usagef("--via %s: choose drafts or smtp", o.Via)
	}
	journal, err := newPostJournal(f.Round)
	if err != nil {
		return err
	}
	parcels, problems, err := app.parcels(f, o, list, journal)
	if err != nil {
		return err
	}
	if o.Limit > 0 && len(parcels) > o.Limit {
		parcels = parcels[:o.Limit]
	}
	for _, p := range problems {
		fmt.Fprintln(app.Err, "rubric: "+plain(p))
	}
	if len(parcels) > 0 {
		switch {
		case o.DryRun:
			err = app.showParcels(parcels)
		case o.Via == "drafts":
			err = app.writeDrafts(ctx, f, parcels)
		default:
			err = app.sendParcels(ctx, f, o, parcels, journal)
		}
	} else {
		app.printf("There is nothing to send.\n")
	}
	if err == nil && len(problems) > 0 {
		return errFindings
	}
	return err
}

// parcels makes every message before any is sent, so that a mistake in the wording stops nothing half way.
// Addressees who cannot get one are problems; the others go on.
func (app *App) parcels(f *folder, o postOptions, list []shipment, journal *postJournal) (out []parcel, problems []string, err error) {
	drafts := f.FileNames(".eml")
	for _, s := range list {
		if len(s.addressees) == 0 {
			continue
		}
		composers, err := composersOf(app, f, s)
		if err != nil {
			return nil, nil, err
		}
		for _, a := range s.addressees {
			p, problem := app.parcel(f, o, s, a, composers[f.languageOf(a.recipient)], journal)
			if problem != "" {
				problems = append(problems, problem)
				continue
			}
			p.draft = "outbox/" + drafts[a.recipient.ID]
			if a.respondent != "" {
				p.draft = "outbox/" + strings.TrimSuffix(a.pieces[0].name, ".xlsx") + ".eml"
			}
			if s.kind != mail.Invitation {
				p.draft = "outbox/" + string(s.kind) + strings.TrimPrefix(p.draft, "outbox")
			}
			out = append(out, p)
		}
	}
	return out, problems, nil
}

// parcel makes one message, or says what is in the way.
func (app *App) parcel(f *folder, o postOptions, s shipment, a addressee, composer *mail.Composer, journal *postJournal) (p parcel, problem string) {
	var all []byte
	for _, file := range a.files {
		content, err := os.ReadFile(filepath.Join(f.Dir, filepath.FromSlash(file)))
		if err != nil {
			return p, fmt.Sprintf("%s: %s is not there; %s", a.who(), file, s.missing)
		}
		all = append(all, content...)
	}
	if a.respondent != "" && a.recipient.Email == "" {
		return p, fmt.Sprintf("%s has no email address; add it to respondents.csv, or take the workbook from outbox/ and send it another way", a.who())
	}
	p = parcel{shipment: s, addressee: a, attachments: a.names(f, s.label)}
	letter := mail.Letter{Recipient: a.recipient, Respondent: a.respondent, Topics: a.topics(f.Template), Reference: a.reference(f),
		Problems: a.problems, Names: p.attachments, Sequence: s.sequence(all)}
	m, err := composer.Message(letter)
	for err == nil && o.isResent(a.recipient.ID) && journal.last[m.ID].Outcome == mail.Sent {
		letter.Sequence++ // another message, that no mail program takes for the same
		m, err = composer.Message(letter)
	}
	if err != nil {
		return p, err.Error()
	}
	journal.kinds[m.ID] = sentKinds[s.kind]
	p.message = m
	return p, ""
}

// make adds the attachments as they are on the disk now.
func (p parcel) make(f *folder) (*mail.Message, error) {
	m := *p.message
	m.Attachments = nil
	for i, file := range p.files {
		content, err := os.ReadFile(filepath.Join(f.Dir, filepath.FromSlash(file)))
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
		if err := p.verify(p.pieces[i], a.Content); err != nil {
			return fmt.Errorf("%s: %w", p.files[i], err)
		}
	}
	return nil
}

func (app *App) showParcels(parcels []parcel) error {
	type line struct {
		ID, Name, To, Cc, Subject, Attachment, File string
	}
	var lines []line
	var rows [][]any
	for _, p := range parcels {
		l := line{p.recipient.ID, p.recipient.Name, addressList(p.message.To), addressList(p.message.Cc), p.message.Subject, strings.Join(p.attachments, "; "), strings.Join(p.files, "; ")}
		lines = append(lines, l)
		rows = append(rows, []any{l.ID, l.Name, l.To, l.Cc, l.Attachment})
	}
	if app.JSON {
		return app.printJSON(lines)
	}
	app.tableOf([]string{"id", "name", "to", "cc", "attachment"}, rows)
	app.printf("%s would go out. The first reads:\n\nSubject: %s\n\n%s\n", count(len(parcels), "message"), plain(parcels[0].message.Subject), parcels[0].message.Text)
	return nil
}

func addressList(list []mail.Address) string {
	var out []string
	for _, a := range list {
		out = append(out, a.Mailbox)
	}
	return strings.Join(out, "; ")
}

// writeDrafts writes one .eml for each recipient. The same round gives the same bytes.
func (app *App) writeDrafts(ctx context.Context, f *folder, parcels []parcel) error {
	events := make([]round.Event, len(parcels))
	withheld := make([]error, len(parcels))
	err := app.each(ctx, "writing drafts", len(parcels), func(i int) error {
		p := parcels[i]
		m, err := p.make(f)
		if err == nil {
			err = p.checked(m)
		}
		if err != nil { // nobody gets another's workbook, and the others get theirs
			withheld[i] = fmt.Errorf("%s: %w", p.who(), err)
			return removeIfThere(f, p.draft)
		}
		m.Unsent = true
		events[i] = round.Event{Time: app.Now(), Kind: round.Drafted, Recipient: p.recipient.ID, File: p.draft, Address: addressList(m.To), Note: string(p.kind)}
		return f.WriteFile(p.draft, func(w io.Writer) error { return m.Write(w) })
	})
	if err != nil {
		return err
	}
	events = slices.DeleteFunc(events, func(e round.Event) bool { return e.Kind == "" })
	if err := f.Record(events...); err != nil {
		return err
	}
	if err := app.printDrafts(parcels, len(events)); err != nil {
		return err
	}
	if err := errors.Join(withheld...); err != nil {
		fmt.Fprintln(app.Err, "rubric: "+strings.ReplaceAll(err.Error(), "\n", "\nrubric: "))
		return errFindings
	}
	return nil
}

func (app *App) printDrafts(parcels []parcel, written int) error {
	folder := filepath.ToSlash(filepath.Dir(parcels[0].draft))
	if app.JSON {
		return app.printJSON(map[string]any{"drafts": written, "folder": folder})
	}
	app.printf("%s written to %s/. Open each in Outlook or Thunderbird, look at it and send it.\n", count(written, "draft"), folder)
	return nil
}

// confirm asks before messages leave.
func (app *App) confirm(question string) error {
	fmt.Fprint(app.Err, question+" [y/N] ")
	answer, _ := bufio.NewReader(app.In).ReadString('\n')
	if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
		return usagef("nothing was sent; answer y, or say --yes in a script")
	}
	return nil
}
