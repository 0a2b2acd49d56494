package post

import (
	"bytes"
	"context"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// Job is what a mailing is for.
type Job int

// The jobs.
const (
	// Invitations go to all, with the workbooks of outbox/.
	Invitations Job = iota
	// Corrections go to those whose returns need another look, with the workbooks of results/corrections/.
	Corrections
	// Results go to those whose returns count, with their summaries of results/pdf/.
	Results
	// Reminders go to those of whom nothing came that counts, or whose return needs corrections; to nobody twice within two
	// days.
	Reminders
	// Plans go to those whose returns count and whose plan is not back, with the workbooks of results/plans/.
	Plans
	// Consensus goes to the contacts of those whose respondents gave views, with the workbooks of results/consensus/.
	Consensus
)

// shipment is messages of one kind.
type shipment struct {
	kind       mail.Kind
	addressees []addressee
	// label is added to the name of an attachment as the recipient sees it.
	label string
	// verify checks that the file is the recipient's, and the part that it is to be.
	verify func(x office.Piece, content []byte) error
	// made says whether the file is byte for byte as it was made; nil where verify says so.
	made func(x office.Piece, content []byte) bool
	// sequence tells messages of this kind to one addressee apart.
	sequence func(content []byte) int
	missing  missing
}

// missing says what to do where a file of a shipment is not there.
type missing struct {
	remedy string
	do     actions.Action
}

var makeWorkbooks = missing{"make the workbooks first", actions.Generate.On()}

// errTouched says that somebody saved a file since it was made.
var errTouched = errors.New("somebody saved it since it was made, perhaps with answers in it")

// asMade says whether a file is as it was made.
func (s *shipment) asMade(x office.Piece, content []byte) bool {
	return s.made == nil || s.made(x, content)
}

// verified checks what is about to be sent: that nobody changed it, and that it is the addressee's.
func (s *shipment) verified(x office.Piece, content []byte) error {
	if !s.asMade(x, content) {
		return errTouched
	}
	return s.verify(x, content)
}

// shipments says what a job sends to whom.
func (m *Mailing) shipments(ctx context.Context, job Job) ([]shipment, error) {
	chosen, err := m.f.Select(m.opts.Only)
	if err != nil {
		return nil, err
	}
	if len(m.opts.Resend) > 0 {
		again, err := m.f.Select(m.opts.Resend)
		if err != nil {
			return nil, err
		}
		m.opts.Resend = nil
		for _, rc := range again {
			m.opts.Resend = append(m.opts.Resend, rc.ID)
		}
	}
	var in *office.Intake
	if job != Invitations {
		if in, err = m.post.TakeIn(ctx, m.f); err != nil {
			return nil, err
		}
		m.Notes = append(m.Notes, in.Notes...)
	}
	one := func(s shipment, err error) ([]shipment, error) { return []shipment{s}, err }
	switch job {
	case Corrections:
		emails, err := m.emails()
		if err != nil {
			return nil, err
		}
		return one(m.corrections(ctx, in, chosen, emails))
	case Results:
		return one(m.summaries(ctx, in, chosen))
	case Reminders:
		return m.reminders(ctx, in, chosen)
	case Plans:
		return one(m.plans(ctx, in, chosen))
	case Consensus:
		return one(m.consensus(ctx, in, chosen))
	}
	return one(m.invitations(ctx, chosen))
}

func (m *Mailing) emails() (map[[2]string]string, error) {
	emails, notes, err := respondentEmails(m.f)
	m.Notes = append(m.Notes, notes...)
	return emails, err
}

// byContent tells messages apart by what they carry: another workbook is another message; the same one is sent once.
func byContent(content []byte) int { return int(crc32.ChecksumIEEE(content) >> 1) }

func (m *Mailing) invitations(ctx context.Context, chosen []models.Recipient) (shipment, error) {
	s := shipment{kind: mail.Invitation, verify: m.post.verifyWorkbook(ctx, m.f), missing: makeWorkbooks, sequence: func([]byte) int { return 0 }}
	p, err := m.f.Pieces()
	if err != nil {
		return s, err
	}
	if s.made, err = m.asGenerated(); err != nil {
		return s, err
	}
	emails, err := m.emails()
	if err != nil {
		return s, err
	}
	for _, rc := range chosen {
		s.addressees = append(s.addressees, addressees(p.Of(rc), "outbox", emails)...)
	}
	return s, nil
}

// asGenerated says whether a workbook is as it was generated.
func (m *Mailing) asGenerated() (func(office.Piece, []byte) bool, error) {
	known, err := m.f.Made()
	if err != nil {
		return nil, err
	}
	return known.Workbook, nil
}

// corrections is what goes to those whose workbooks need another look.
func (m *Mailing) corrections(ctx context.Context, in *office.Intake, chosen []models.Recipient, emails map[[2]string]string) (shipment, error) {
	madeOf := map[[2]string]string{}
	s := shipment{kind: mail.CorrectionsKind, label: "corrections", missing: missing{"have the corrections written first", actions.Corrections.On()}, sequence: byContent,
		verify: func(x office.Piece, content []byte) error {
			if err := m.post.CheckCorrection(ctx, m.f, madeOf[[2]string{x.Recipient.ID, x.Part.ID}], content); err != nil {
				return &fault.Error{Message: err.Error(), Remedy: "have the corrections written again", Do: actions.Corrections.On(), Err: err}
			}
			return nil
		}}
	p, err := m.f.Pieces()
	if err != nil {
		return s, err
	}
	known, err := m.f.Made()
	if err != nil {
		return s, err
	}
	marked := map[string]office.Correctable{} // by the name of the copy
	s.made = func(x office.Piece, content []byte) bool {
		if known.Is(content) {
			return true
		}
		again, _, err := m.post.Correction(ctx, m.f, in, marked[x.Name])
		return err == nil && again != nil && bytes.Equal(again, content)
	}
	for _, e := range in.EntriesOf(chosen) {
		for _, c := range p.Correctable(in, e) {
			marked[c.Name] = c
			madeOf[[2]string{c.Recipient.ID, c.Part.ID}] = c.File
			for _, a := range addressees([]office.Piece{c.Piece}, "results/corrections", emails) {
				a.problems = c.Errors
				s.addressees = append(s.addressees, a)
			}
		}
	}
	return s, nil
}

// summaries is what goes to the recipients whose returns count.
func (m *Mailing) summaries(ctx context.Context, in *office.Intake, chosen []models.Recipient) (shipment, error) {
	check, err := m.post.CheckSummaries(ctx, m.f, in)
	m.before = func() error { return m.post.RecordComparison(ctx, m.f, in) }
	s := shipment{kind: mail.ResultsKind, label: "results", missing: missing{"make the reports first", actions.Report.On()}, sequence: byContent,
		verify: func(x office.Piece, content []byte) error { return check(x.Recipient, content) }}
	names := m.f.FileNames(".pdf")
	findings := m.post.Findings(m.f, in)
	for _, e := range in.EntriesOf(chosen) {
		if e.Return != nil {
			said, err := findings(e.Recipient.ID)
			if err != nil {
				return s, err
			}
			s.addressees = append(s.addressees, addressee{recipient: e.Recipient, pieces: []office.Piece{{Recipient: e.Recipient}}, files: []string{"results/pdf/" + names[e.Recipient.ID]}, findings: said[:min(len(said), mostFindings)]})
		}
	}
	return s, err
}

// mostFindings is how many sentences a message says of what came out.
const mostFindings = 3

func (m *Mailing) reminders(ctx context.Context, in *office.Intake, chosen []models.Recipient) ([]shipment, error) {
	events, _, err := m.f.Journal()
	if err != nil {
		return nil, err
	}
	day := 1 + int(reminderDay(events, m.post.Time()).Truncate(24*time.Hour).Sub(m.f.Config.Issued.Time).Hours()/24)
	today := func([]byte) int { return day }
	p, err := m.f.Pieces()
	if err != nil {
		return nil, err
	}
	emails, err := m.emails()
	if err != nil {
		return nil, err
	}
	reminder := shipment{kind: mail.Reminder, verify: m.post.verifyWorkbook(ctx, m.f), sequence: today, missing: makeWorkbooks}
	if reminder.made, err = m.asGenerated(); err != nil {
		return nil, err
	}
	open, err := m.corrections(ctx, in, chosen, emails)
	if err != nil {
		return nil, err
	}
	open.sequence = today
	// Where no corrections were prepared, there is nothing to remind of.
	open.addressees = slices.DeleteFunc(open.addressees, func(a addressee) bool {
		_, err := os.Stat(filepath.Join(m.f.Dir, filepath.FromSlash(a.files[0])))
		return err != nil
	})
	// Whoever has corrections to make, as of a return that is too empty, is reminded of these and not to begin anew.
	correcting := map[[2]string]bool{}
	for _, a := range open.addressees {
		for _, x := range a.pieces {
			correcting[[2]string{x.Recipient.ID, x.Part.ID}] = true
		}
	}
	for _, e := range in.EntriesOf(chosen) {
		if e.Status == models.Returned {
			continue
		}
		missing := slices.DeleteFunc(p.Of(e.Recipient), func(x office.Piece) bool {
			return isBack(e, x.Part.ID) || correcting[[2]string{x.Recipient.ID, x.Part.ID}]
		})
		reminder.addressees = append(reminder.addressees, addressees(missing, "outbox", emails)...)
	}
	agreeing, err := m.consensusReminders(ctx, in, chosen, events)
	if err != nil {
		return nil, err
	}
	agreeing.sequence = today
	due := newSchedule(m.f.Config, events, m.post.Time())
	reminder.addressees, open.addressees, agreeing.addressees = due.keep(reminder.addressees), due.keep(open.addressees), due.keep(agreeing.addressees)
	m.Notes = append(m.Notes, due.notes()...)
	return []shipment{reminder, open, agreeing}, nil
}

// isBack says whether a part of a recipient is not waited for any more.
func isBack(e models.Entry, part string) bool {
	return slices.ContainsFunc(e.Parts, func(l models.PartLine) bool { return l.ID == part && l.Status == models.Returned })
}

// reminderDay is the day that tells this reminder from the next: the day on which reminding began, if that was
// less than two days ago. So a run that was stopped and is resumed, be it the next morning, makes the same
// messages, and nobody who had the reminder gets it again.
func reminderDay(events []round.Event, now time.Time) time.Time {
	day := now
	for _, e := range events {
		if (e.Kind == round.Reminded || e.Kind == round.Placed && e.Note == string(round.Reminded)) && now.Sub(e.Time) < 48*time.Hour && e.Time.Before(day) {
			day = e.Time
		}
	}
	return day
}
