package cmd

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// folder is an opened round folder with its template.
type folder struct {
	*round.Round
	Template *models.Template
}

// open opens the round folder of the flag --dir.
func (app *App) open() (*folder, error) {
	r, err := round.Open(app.Dir)
	if err != nil {
		return nil, err
	}
	t, err := templates.Load("template.yaml", bytes.NewReader(r.TemplateSource))
	if err != nil {
		return nil, err
	}
	if err := scoring.Suits(t, r.Config.ScoringFor(t)); err != nil {
		return nil, &round.UsageError{Message: "round.yaml: scoring: " + err.Error(), Remedy: "choose another method, or delete scoring to have the template's own"}
	}
	for _, m := range r.Config.ScoringFor(t).Also {
		if err := scoring.Suits(t, models.Scoring{Method: m}); err != nil {
			return nil, &round.UsageError{Message: "round.yaml: scoring: also: " + err.Error(), Remedy: "remove it from the list of further methods"}
		}
	}
	if problems := checks.Asked(t, r.Recipients); len(problems) > 0 {
		return nil, &round.UsageError{Message: "template.yaml: " + strings.Join(problems, "; "), Remedy: "mend applies_to in template.yaml, or the recipients list"}
	}
	return &folder{r, t}, nil
}

// openLocked opens the round folder for a command that writes to it; until unlock nobody else does. A lock that
// somebody left behind is taken over, and said so.
func (app *App) openLocked(command string) (f *folder, unlock func(), err error) {
	if f, err = app.open(); err != nil {
		return nil, nil, err
	}
	unlock, err = app.lock(f, command)
	return f, unlock, err
}

// lock takes the lock of an opened round folder.
func (app *App) lock(f *folder, command string) (unlock func(), err error) {
	lock, err := f.Lock(command)
	if err != nil {
		return nil, err
	}
	if h := lock.TookOver; h != nil {
		fmt.Fprintf(app.Err, "rubric: the run of 'rubric %s' that %s began on %s did not come to its end; its lock was taken over. What it wrote is whole; run it again if you miss something.\n",
			plain(h.Command), plain(h.User), h.Since.Local().Format("2 January 2006 15:04"))
	}
	return lock.Unlock, nil
}

// intake is what came back: every file read, the register over all, and the scores of what counts. The returns are
// packed and the members have no scorecards, unless it is whole: see takeInWhole. A large round would not fit into
// memory otherwise.
type intake struct {
	Register      models.Register
	Findings      []models.Finding
	Members       []models.Member
	Scoring       models.Scoring
	Consolidation models.Consolidation

	cards func(*models.Template) func(member int) *models.Scorecard
}

// takeInWhole is takeIn for commands that go from recipient to recipient: with all answers and scorecards.
func (app *App) takeInWhole(ctx context.Context, f *folder) (*intake, error) {
	in, err := app.takeIn(ctx, f)
	if err != nil {
		return nil, err
	}
	card := in.cards(f.Template)
	for i := range in.Members {
		in.Members[i].Scorecard = card(i)
		if ret := in.Members[i].Return; ret != nil {
			ret = ret.LaidOut()
			in.Members[i].Return, in.Register.Entries[i].Return = ret, ret
		}
	}
	return in, nil
}

// takeIn reads every file in returns/, decides whose each is, and scores what counts.
func (app *App) takeIn(ctx context.Context, f *folder) (*intake, error) {
	returns, passedOver, err := app.readReturns(ctx, f)
	if err != nil {
		return nil, err
	}
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	if err := app.sayTemplateChanged(f); err != nil {
		return nil, err
	}
	assigned, received := round.Settled(events, returns)
	for i := range returns {
		if t, ok := received[returns[i].File]; ok {
			returns[i].Received = t
		}
	}
	now, ever := round.PartsMade(events)
	in := &intake{Scoring: f.Config.ScoringFor(f.Template)}
	carried, err := f.Carried()
	if err != nil {
		return nil, err
	}
	in.Register = checks.Register(checks.RegisterInput{
		Round: f.Config, Template: f.Template, TemplateDigest: f.TemplateDigest, Key: f.Key,
		Recipients: f.Recipients, Returns: returns, Today: models.Date{Time: app.Now()}, Assigned: assigned, Sent: round.SentWorkbooks(events), Prefer: f.Config.Prefer,
		PreferFiles: round.PreferredFiles(events, returns),
		Parts:       now, MadeParts: ever, Settled: round.Decisions(events, returns), Carried: carried,
	})
	noteSenders(&in.Register, returns, events)
	in.Findings = passedOver
	for _, line := range in.Register.Files {
		in.Findings = append(in.Findings, line.Findings...)
	}
	models.SortFindings(in.Findings)
	for _, e := range in.Register.Entries {
		in.Members = append(in.Members, models.Member{Recipient: e.Recipient, Return: e.Return})
	}
	in.cards = scoring.Cards(in.Scoring, in.Members)
	in.Consolidation = scoring.Consolidate(f.Template, in.Scoring, f.Config.Groups, f.Config.SmallestGroup(), in.Members)
	return in, nil
}

// readReturns reads the files of returns/, in the order of their paths, and says what was passed over.
func (app *App) readReturns(ctx context.Context, f *folder) ([]models.Return, []models.Finding, error) {
	files, passedOver, err := f.ReturnFiles()
	if err != nil {
		return nil, nil, err
	}
	read := make([][]models.Return, len(files))
	found := make([][]models.Finding, len(files))
	reader := newReader(f, app.Parsed)
	err = app.each(ctx, "reading returns", len(files), func(i int) error {
		read[i], found[i] = reader.read(ctx, files[i])
		return ctx.Err()
	})
	if err == nil {
		reader.store.Flush()
	}
	return slices.Concat(read...), append(passedOver, slices.Concat(found...)...), err
}

// readFile reads one file; whatever is wrong with it is a finding. content is its bytes, or nil where they are not at
// hand, and digest theirs.
func readFile(ctx context.Context, f *folder, opt returns.ReadOptions, file round.ReturnFile, content []byte, digest string) models.Return {
	if content != nil {
		opt.Digest = digest
		return returns.Read(ctx, bytes.NewReader(content), int64(len(content)), file.File, opt)
	}
	src, err := f.OpenReturn(file.File)
	if err != nil {
		return models.Return{File: file.File, Findings: []models.Finding{
			models.NewFinding(models.FileUnreadable, models.Origin{File: file.File}, "The file could not be opened: "+err.Error()+".")}}
	}
	defer src.Close()
	return returns.Read(ctx, src, file.Size, file.File, opt)
}

// received sets when a return came, as far as the file says it: its own time, or that of the message it came in, if that
// is earlier and in Received already.
func received(ret *models.Return, modified time.Time) {
	if modified = modified.UTC().Truncate(time.Second); ret.Received.IsZero() || !ret.Received.Before(modified) {
		ret.Received = modified
	}
}

// readOptions say how the round's returns are read: in every language that a workbook can have gone out in.
func (f *folder) readOptions() returns.ReadOptions {
	return returns.ReadOptions{Template: f.Template, Limits: limitsOf(f.Config.Limits), Languages: f.languages(f.Recipients),
		Password: cmp.Or(f.Config.WorkbookPassword, os.Getenv("RUBRIC_WORKBOOK_PASSWORD"))}
}

// limitsOf are the limits that round.yaml gives; what it leaves out is 0, and so as by default.
func limitsOf(l models.ReadLimits) xlsx.Limits {
	out := xlsx.Limits{Packed: int64(l.FileMB) << 20, Unpacked: int64(l.UnpackedMB) << 20, Time: time.Duration(l.Seconds) * time.Second}
	if d := xlsx.DefaultLimits(); out.Unpacked > d.Unpacked {
		times := int((out.Unpacked + d.Unpacked - 1) / d.Unpacked)
		out.Cells, out.Text = d.Cells*times, d.Text*times
	}
	return out
}

// outcome is the error that ends a command which did its work: errFindings where a finding is an error.
func outcome(list []models.Finding) error {
	if errors, _, _ := models.Count(list); errors > 0 {
		return errFindings
	}
	return nil
}
