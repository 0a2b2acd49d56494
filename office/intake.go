package office

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
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
	// settled is what a person decided where files differ, and decided are all decisions.
	settled []models.Settlement
	decided []decisions.Decision
	// read is what was read, before the journal was asked, and passedOver what was not; returns are the same as they count. Of a
	// large round read is nil: there is no room for both.
	read, returns []models.Return
	passedOver    []models.Finding
	// places are those of recipients in Members, by id.
	places map[string]int
	// byDigest are the places in Register.Files by content, and decisionsOf what a recipient's results rest on; both are
	// empty where nothing was decided.
	byDigest    map[string][]int
	decisionsOf map[string][]decisions.Decision
	// lines are the places of files in Register.Files.
	lines map[string]int
	// ofRecipient are the places of a recipient's files there.
	ofRecipient map[string][]int
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
func (f *Folder) Forget() { f.intake, f.compared = nil, nil }

func (o *Office) takeIn(ctx context.Context, f *Folder) (*Intake, error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	if err := f.Round.Unchanged(events, f.Template.ID); err != nil {
		return nil, err
	}
	return o.takeInAsOf(ctx, f, events, nil, o.Time())
}

// takeInAsOf takes in what had come back when the journal had these events, of the files that had is true for; nil stands
// for all.
func (o *Office) takeInAsOf(ctx context.Context, f *Folder, events []round.Event, had func(digest string) bool, now time.Time) (*Intake, error) {
	returns, passedOver, err := o.readReturns(ctx, f)
	if err != nil {
		return nil, err
	}
	if err := f.ForeignTo(f.sealedRounds(returns)); err != nil {
		return nil, err
	}
	if had != nil {
		returns = slices.DeleteFunc(slices.Clone(returns), func(r models.Return) bool { return !had(r.Digest) })
	}
	notes, err := templateChanged(f)
	if err != nil {
		return nil, err
	}
	in, err := f.judge(returns, passedOver, events, now)
	if err != nil {
		return nil, err
	}
	in.Notes = notes
	if needs := round.Newer(events); needs != "" {
		in.Notes = append(in.Notes, noted("a newer version of rubric has worked on this round. What this one does not know is passed over, so that figures may be others than there; "+needs+" or later shows all.")...)
	}
	return in, nil
}

// mostKept is up to how many returns are kept as they were read, beside what is made of them.
const mostKept = 20_000

// judge makes an intake of what was read, by what the journal says of it. The list is the intake's own from here on where it is
// longer than mostKept.
func (f *Folder) judge(read []models.Return, passedOver []models.Finding, events []round.Event, now time.Time) (*Intake, error) {
	in := &Intake{Scoring: f.Config.ScoringFor(f.Template), passedOver: passedOver, returns: read}
	if len(read) <= mostKept {
		in.read, in.returns = read, slices.Clone(read)
	}
	journalled(in.returns, events)
	reg, err := f.register(now, in.returns, events)
	if err != nil {
		return nil, err
	}
	in.take(f, reg, events)
	return in, nil
}

// journalled puts into returns what the journal says of how they came.
func journalled(returns []models.Return, events []round.Event) {
	_, received := round.Settled(events, returns)
	for i := range returns {
		if t, ok := received[returns[i].File]; ok {
			returns[i].Received = t
		}
	}
	takeTogether(returns, events)
}

// take fills the intake with a register of its returns.
func (in *Intake) take(f *Folder, reg models.Register, events []round.Event) {
	returns := in.returns
	in.Register, in.decided = reg, round.Decisions(events)
	in.settled = round.Settlements(events, returns)
	in.lines = map[string]int{}
	for i := range in.Register.Files {
		in.lines[in.Register.Files[i].File] = i
	}
	in.noteSenders(returns, events)
	in.showKept(f, events)
	total := 0
	for i := range in.Register.Files {
		total += len(in.Register.Files[i].Findings)
	}
	in.Findings = slices.Grow(slices.Clone(in.passedOver), total)
	for _, line := range in.Register.Files {
		in.Findings = append(in.Findings, line.Findings...)
	}
	models.SortFindings(in.Findings)
	in.places = make(map[string]int, len(in.Register.Entries))
	in.Members = slices.Grow(in.Members, len(in.Register.Entries))
	for i, e := range in.Register.Entries {
		in.places[e.Recipient.ID] = i
		in.Members = append(in.Members, models.Member{Recipient: e.Recipient, Return: e.Return})
	}
	in.endDecisions()
	in.cards = scoring.Cards(in.Scoring, in.Members)
	in.card = in.cards(f.Template)
	in.consolidation = sync.OnceValue(func() models.Consolidation {
		return scoring.Consolidate(f.Template, in.Scoring, f.Config.Groups, in.Members)
	})
}

// register says whose each of some returns is, and which counts. In returns, what was decided about answers
// counts from here on.
func (f *Folder) register(now time.Time, returns []models.Return, events []round.Event) (models.Register, error) {
	in, err := f.rules(now, events)
	if err != nil {
		return models.Register{}, err
	}
	f.came(&in, returns, events)
	return checks.Register(in), nil
}

// rules are what a register needs of the round, whatever came back.
func (f *Folder) rules(now time.Time, events []round.Event) (checks.RegisterInput, error) {
	made, ever := round.PartsMade(events)
	carried, err := f.Carried()
	return checks.RegisterInput{
		Round: f.Config, Template: f.Template, TemplateDigest: f.TemplateDigest, Key: f.Key,
		Recipients: f.Recipients, Today: models.Date{Time: now}, Sent: round.SentWorkbooks(events), Prefer: f.Config.Prefer,
		Parts: made, MadeParts: ever, Plans: round.PlansMade(events), Consensus: round.ConsensusBooks(events), Carried: carried,
	}, err
}

// came puts some returns into a register's input, with what the journal says of them.
func (f *Folder) came(in *checks.RegisterInput, returns []models.Return, events []round.Event) {
	in.Returns = returns
	in.Assigned, _ = round.Settled(events, returns)
	in.PreferFiles, in.Settled = round.PreferredFiles(events, returns), round.Settlements(events, returns)
	in.AsRead = checks.Decide(f.Template, returns, round.Decisions(events))
}
