package office

import (
	"context"
	"time"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// A large round is read and decided about in parts, by several programs at once: see package office/apart, which is to be
// used. Here are the steps that a use case takes for the round as a whole.

// ReadOne reads one file of returns/ as every use case does, and keeps nothing of it in the store. Received is as the file
// or its message says.
func (o *Office) ReadOne(ctx context.Context, f *Folder, file round.ReturnFile) ([]models.Return, []models.Finding) {
	r := &reader{f: f, opt: o.ReadOptions(f), parsed: o.Parsed}
	return r.read(ctx, file)
}

// HaveRead lets the use cases take what ReadOne gave elsewhere. lookup is asked for each file in returns/, perhaps by several at
// once, and says whether it has it.
func (f *Folder) HaveRead(lookup func(file string) ([]models.Return, []models.Finding, bool)) {
	f.Forget()
	f.haveRead = lookup
}

// Rules are what deciding about returns needs of the round at a time.
func (f *Folder) Rules(now time.Time, events []round.Event) (checks.RegisterInput, error) {
	return f.rules(now, events)
}

// Came puts some of the round's returns into a register's input, with what the journal says of them.
func (f *Folder) Came(in *checks.RegisterInput, returns []models.Return, events []round.Event) {
	journalled(returns, events)
	f.came(in, returns, events)
}

// Taken is the intake of some recipients, whose register was made: the findings of its files, its members and their scores.
// returns are those that the register was made from, and passedOver the findings that belong to none of them.
func (f *Folder) Taken(reg models.Register, returns []models.Return, passedOver []models.Finding, events []round.Event) *Intake {
	in := &Intake{Scoring: f.Config.ScoringFor(f.Template), returns: returns, passedOver: passedOver}
	in.take(f, reg, events)
	return in
}

// ResultsApart are the results of some recipients, that their rows are made from. What is over all is not in it.
func (o *Office) ResultsApart(f *Folder, in *Intake) *models.Results {
	return models.NewResults(models.Results{
		Round: f.Config, Template: f.Template, TemplateSource: f.TemplateSource, Scoring: in.Scoring,
		Members: in.Members, Register: in.Register, Findings: in.Findings, Decisions: in.effective(), Version: o.Version, Cards: in.cards,
	})
}
