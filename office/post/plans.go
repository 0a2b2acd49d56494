package post

import (
	"context"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/planning"
)

// plans is what goes to the recipients whose returns count and whose action plan has not come back: their plans as they were
// made last.
func (m *Mailing) plans(ctx context.Context, in *office.Intake, chosen []models.Recipient) (shipment, error) {
	verify := m.post.verifyWorkbook(ctx, m.f)
	again := actions.Plan.On()
	s := shipment{kind: mail.PlansKind, missing: missing{"make the action plans first", again}, sequence: byContent,
		verify: func(x office.Piece, content []byte) error {
			if err := verify(x, content); err != nil {
				return &fault.Error{Message: err.Error(), Remedy: "make the action plan again", Do: again, Err: err}
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
	s.made = func(_ office.Piece, content []byte) bool { return known.Is(content) }
	for _, e := range in.EntriesOf(chosen) {
		if e.Return == nil || e.Plan != "" {
			continue
		}
		x, _ := p.Plan(e.Recipient)
		s.addressees = append(s.addressees, addressee{recipient: e.Recipient, pieces: []office.Piece{x}, files: []string{planning.Folder + x.Name}})
	}
	return s, nil
}
