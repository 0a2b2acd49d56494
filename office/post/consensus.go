package post

import (
	"context"
	"slices"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/consensus"
	"github.com/rubric-project/rubric/round"
)

// consensus is what goes to the contacts of recipients of whom views are back and no consensus workbook is: the workbook as
// it was made last, with all views that are back by now.
func (m *Mailing) consensus(ctx context.Context, in *office.Intake, chosen []models.Recipient) (shipment, error) {
	s := shipment{kind: mail.ConsensusKind, missing: missing{"make the consensus workbooks first", actions.Consensus.On()}, sequence: byContent}
	p, err := m.f.Pieces()
	if err != nil {
		return s, err
	}
	known, err := m.f.Made()
	if err != nil {
		return s, err
	}
	s.made = func(_ office.Piece, content []byte) bool { return known.Is(content) }
	behind := map[string]bool{}
	for _, e := range in.EntriesOf(chosen) {
		x, made := p.Consensus(e.Recipient)
		back, _ := e.PartsBack()
		if !e.HasViews() || e.Consensus || !made && back < 2 {
			continue
		}
		behind[e.Recipient.ID] = consensus.Behind(&e, x)
		s.addressees = append(s.addressees, addressee{recipient: e.Recipient, pieces: []office.Piece{x}, files: []string{consensus.Folder + x.Name}})
	}
	verify := m.post.verifyWorkbook(ctx, m.f)
	s.verify = func(x office.Piece, content []byte) error {
		again := func(message string, err error) error {
			return &fault.Error{Message: message, Remedy: "make the consensus workbook again", Do: actions.Consensus.On(x.Recipient.ID), Err: err}
		}
		if behind[x.Recipient.ID] {
			return again("views came, or were sent anew, after the consensus workbook was made", nil)
		}
		if err := verify(x, content); err != nil {
			return again(err.Error(), err)
		}
		return nil
	}
	return s, nil
}

// consensusReminders go to those who were sent a consensus workbook that is not back.
func (m *Mailing) consensusReminders(ctx context.Context, in *office.Intake, chosen []models.Recipient, events []round.Event) (shipment, error) {
	s, err := m.consensus(ctx, in, chosen)
	s.kind = mail.Reminder
	sent := map[string]bool{}
	for _, e := range events {
		if e.Kind == round.ConsensusSent || (e.Kind == round.Drafted || e.Kind == round.Unsure) && e.Note == string(mail.ConsensusKind) || e.Kind == round.Placed && e.Note == string(round.ConsensusSent) {
			sent[e.Recipient] = true
		}
	}
	s.addressees = slices.DeleteFunc(s.addressees, func(a addressee) bool { return !sent[a.recipient.ID] })
	return s, err
}
