package office

import (
	"context"
	"sync"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/scoring"
)

// Intake is what came back: every file read, the register over all, and the figures of what counts. The returns are
// packed and the members have no scorecards, as a large round would not fit into memory otherwise; what is made of the
// round asks for those of one member at a time.
type Intake struct {
	Register models.Register
	// Findings are all findings, sorted.
	Findings []models.Finding
	// Members are all recipients in the order of the list, with the return that counts, or nil.
	Members []models.Member
	Scoring models.Scoring
	Notes   []Note

	// cards prepares the scoring of members by a template, and card is it for the round's.
	cards         func(*models.Template) func(member int) *models.Scorecard
	card          func(member int) *models.Scorecard
	consolidation func() models.Consolidation
	// lines are the places of files in Register.Files.
	lines map[string]int
}

// Consolidation is the scores of all. It is worked out when it is first asked for: the register does without.
func (in *Intake) Consolidation() models.Consolidation { return in.consolidation() }

// Scorecard is a member's, by its place in Members; nil where no return counts.
func (in *Intake) Scorecard(member int) *models.Scorecard { return in.card(member) }

// EntriesOf keeps the register's entries of the chosen recipients.
func (in *Intake) EntriesOf(chosen []models.Recipient) []models.Entry {
	wanted := idsOf(chosen)
	var out []models.Entry
	for _, e := range in.Register.Entries {
		if wanted[e.Recipient.ID] {
			out = append(out, e)
		}
	}
	return out
}

// membersOf lists the places in Members of the chosen recipients, in the order of the recipients list.
func (in *Intake) membersOf(chosen []models.Recipient) []int {
	wanted := idsOf(chosen)
	var out []int
	for i := range in.Members {
		if wanted[in.Members[i].Recipient.ID] {
			out = append(out, i)
		}
	}
	return out
}

func idsOf(list []models.Recipient) map[string]bool {
	out := map[string]bool{}
	for _, rc := range list {
		out[rc.ID] = true
	}
	return out
}

// TakeIn reads every file in returns/, decides whose each is, and scores what counts. It is done once for a Folder; its
// notes are said by whoever comes first.
func (o *Office) TakeIn(ctx context.Context, f *Folder) (*Intake, error) {
	if f.intake != nil {
		again := *f.intake
		again.Notes = nil
		return &again, nil
	}
	in, err := o.takeIn(ctx, f)
	if err != nil {
		return nil, err
	}
	f.intake = in
	return in, nil
}

// Forget lets the next use case read anew what came back: after files were put into returns/, or the journal says more.
// The use cases of this package and of office/post do it themselves.
func (f *Folder) Forget() { f.intake = nil }

func (o *Office) takeIn(ctx context.Context, f *Folder) (*Intake, error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	if err := f.Round.Unchanged(events, f.Template.ID); err != nil {
		return nil, err
	}
	returns, passedOver, err := o.readReturns(ctx, f)
	if err != nil {
		return nil, err
	}
	if err := f.ForeignTo(f.sealedRounds(returns)); err != nil {
		return nil, err
	}
	in := &Intake{Scoring: f.Config.ScoringFor(f.Template)}
	if in.Notes, err = templateChanged(f); err != nil {
		return nil, err
	}
	assigned, received := round.Settled(events, returns)
	for i := range returns {
		if t, ok := received[returns[i].File]; ok {
			returns[i].Received = t
		}
	}
	now, ever := round.PartsMade(events)
	carried, err := f.Carried()
	if err != nil {
		return nil, err
	}
	in.Register = checks.Register(checks.RegisterInput{
		Round: f.Config, Template: f.Template, TemplateDigest: f.TemplateDigest, Key: f.Key,
		Recipients: f.Recipients, Returns: returns, Today: models.Date{Time: o.Time()}, Assigned: assigned, Sent: round.SentWorkbooks(events), Prefer: f.Config.Prefer,
		PreferFiles: round.PreferredFiles(events, returns),
		Parts:       now, MadeParts: ever, Settled: round.Decisions(events, returns), Carried: carried,
	})
	in.lines = map[string]int{}
	for i := range in.Register.Files {
		in.lines[in.Register.Files[i].File] = i
	}
	in.noteSenders(returns, events)
	in.Findings = passedOver
	for _, line := range in.Register.Files {
		in.Findings = append(in.Findings, line.Findings...)
	}
	models.SortFindings(in.Findings)
	for _, e := range in.Register.Entries {
		in.Members = append(in.Members, models.Member{Recipient: e.Recipient, Return: e.Return})
	}
	in.cards = scoring.Cards(in.Scoring, in.Members)
	in.card = in.cards(f.Template)
	in.consolidation = sync.OnceValue(func() models.Consolidation {
		return scoring.Consolidate(f.Template, in.Scoring, f.Config.Groups, f.Config.SmallestGroup(), in.Members)
	})
	return in, nil
}
