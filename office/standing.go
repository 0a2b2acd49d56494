package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/round"
)

// The files of results/ that show all returns.
const (
	consolidatedFile = "results/consolidated.xlsx"
	publishedFile    = "results/published.xlsx"
	overviewFile     = "results/pdf/overview.pdf"
	mergedFile       = "results/pdf/all-summaries.pdf"
	plansFile        = "results/plans.xlsx"
)

var resultFiles = []string{consolidatedFile, publishedFile, overviewFile, mergedFile, plansFile}

// state is a digest of what results are made from: the files that came back, what became of each, whom they are credited
// to, and how they are scored. Reading alone tells it, so that a look at the register need not score anything.
func (in *Intake) state(f *Folder) string {
	h := sha256.New()
	digest(h, f.TemplateDigest, in.Scoring, f.Config.Groups, f.Config.SmallestGroup(), f.Recipients, in.settled)
	for i := range in.Register.Files {
		line := &in.Register.Files[i]
		digest(h, line.File, line.Digest, line.Recipient, line.Status, line.Part)
	}
	for _, d := range in.effective() { // what is shown of it beside the answers
		digest(h, d)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// answersFrom is a digest of the files that a member's answers come from, by its place in Members.
func (in *Intake) answersFrom(member int) string {
	e := &in.Register.Entries[member]
	h := sha256.New()
	for _, name := range e.Counts() {
		if i, ok := in.lines[name]; ok {
			digest(h, in.Register.Files[i].Digest)
		}
	}
	for _, s := range in.settled {
		if s.Recipient == e.Recipient.ID {
			digest(h, s)
		}
	}
	for _, d := range in.decisionsOf[e.Recipient.ID] {
		if d.Kind == decisions.Answer {
			digest(h, d.Number, d.Ref, d.Value)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// outdated are the summaries in results/pdf/ that were made from other files than those that count now.
func (f *Folder) outdated(in *Intake) ([]string, error) {
	last, err := f.reported()
	if err != nil {
		return nil, err
	}
	var out []string
	for i, m := range in.Members {
		e := last[m.Recipient.ID]
		if m.Return != nil && e.Made != nil && e.Made.Returns != "" && e.Made.Returns != in.answersFrom(i) && f.isThere(e.File) {
			out = append(out, e.File)
		}
	}
	return out, nil
}

// writeResult writes a file that shows all returns, and remembers from which it was made.
func (o *Office) writeResult(f *Folder, in *Intake, name string, write func(io.Writer) error) error {
	sum := sha256.New()
	if err := f.WriteFile(name, func(w io.Writer) error { return write(io.MultiWriter(w, sum)) }); err != nil {
		return err
	}
	e := round.Event{Time: o.Time(), Kind: round.ResultMade, File: name, Digest: hex.EncodeToString(sum.Sum(nil)), Made: &round.ReportMade{State: in.state(f)}}
	last, err := f.resultsMade()
	if err != nil || last[name].Digest == e.Digest && last[name].Made.State == e.Made.State {
		return err
	}
	return f.Record(e)
}

// resultsMade finds in the journal how the files that show all returns were last made, by name.
func (f *Folder) resultsMade() (map[string]round.Event, error) {
	events, _, err := f.Journal()
	out := map[string]round.Event{}
	for _, e := range events {
		if e.Kind == round.ResultMade && e.Made != nil {
			out[e.File] = e
		}
	}
	return out, err
}

// oldResults are the files that show all returns, of those that there are, which no longer show what came back.
func (o *Office) oldResults(ctx context.Context, f *Folder, in *Intake) (map[string]bool, error) {
	made, err := f.resultsMade()
	if err != nil {
		return nil, err
	}
	old := map[string]bool{}
	for _, name := range resultFiles {
		if !f.isThere(name) {
			continue
		}
		now := in.state(f)
		if name == publishedFile { // it would be made of the comparison set again
			c, err := o.compareWith(ctx, f, in, nil, false)
			if err != nil {
				continue // making it again says what is the matter
			}
			now = c.in.state(f)
		}
		e, known := made[name]
		old[name] = known && e.Made.State != now || !known && in.newerThan(f, name)
	}
	return old, nil
}

// noteResults says which files of results/ no longer show what came back.
func (o *Office) noteResults(ctx context.Context, f *Folder, in *Intake) ([]Note, error) {
	isOld, err := o.oldResults(ctx, f, in)
	if err != nil {
		return nil, err
	}
	var old []string
	for _, name := range resultFiles {
		if isOld[name] {
			old = append(old, name)
		}
	}
	withdrawn, err := f.withdrawn(in)
	if err != nil {
		return nil, err
	}
	var notes []Note
	if len(old) > 0 {
		notes = append(notes, Note{Text: "these results are older than what came back: " + strings.Join(old, ", ") + ". Make the consolidated workbook and the summaries again.", Do: actions.Consolidate.On()})
	}
	outdated, err := f.outdated(in)
	if err != nil {
		return nil, err
	}
	if len(outdated) > 0 {
		notes = append(notes, Note{Text: "these summaries are older than the returns that count now; make them again.", More: outdated, Do: actions.Report.On()})
	}
	if len(withdrawn) > 0 {
		var names []string
		for _, e := range withdrawn {
			names = append(names, e.File)
		}
		notes = append(notes, Note{Text: fmt.Sprintf("no return counts any more behind %s; making the summaries again removes what nothing stands behind.", text.Count(len(names), "summary", "summaries")),
			More: names, Do: actions.Report.On()})
	}
	return notes, nil
}

func (f *Folder) isThere(name string) bool {
	_, err := os.Lstat(f.path(name))
	return err == nil
}

// newerThan says whether a return that counts came in after a file was written, of which the journal knows nothing.
func (in *Intake) newerThan(f *Folder, name string) bool {
	info, err := os.Stat(f.path(name))
	return err == nil && slices.ContainsFunc(in.Register.Files, func(line models.FileLine) bool {
		return line.Status == models.Counted && line.Received.After(info.ModTime())
	})
}

// withdrawn are the summaries in results/pdf/ of recipients of whom no return counts, as the journal has them: the last
// event of each.
func (f *Folder) withdrawn(in *Intake) ([]round.Event, error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	counts := map[string]bool{}
	for _, m := range in.Members {
		counts[m.Recipient.ID] = m.Return != nil
	}
	last := map[string]round.Event{}
	for _, e := range events {
		if e.Kind == round.Reported && strings.HasPrefix(e.File, "results/pdf/") {
			last[e.File] = e
		}
	}
	var out []round.Event
	for name, e := range last {
		if !counts[e.Recipient] && f.isThere(name) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b round.Event) int { return strings.Compare(a.File, b.File) })
	return out, nil
}

// clearReports removes what earlier runs wrote and nothing stands behind any more: the summaries of recipients of whom no
// return counts, and with all also the overview and the summaries in one file that this run did not write. What somebody
// changed since stays, and is named.
func (f *Folder) clearReports(in *Intake, all bool, written map[string]bool) ([]Note, error) {
	known, err := f.Made()
	if err != nil {
		return nil, err
	}
	withdrawn, err := f.withdrawn(in)
	if err != nil {
		return nil, err
	}
	var names, removed, left []string
	for _, e := range withdrawn {
		names = append(names, e.File)
	}
	made, err := f.resultsMade()
	if err != nil {
		return nil, err
	}
	for _, name := range []string{overviewFile, mergedFile} {
		if e, ok := made[name]; all && ok && !written[name] && f.isThere(name) && e.Made.State != in.state(f) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		touched, err := known.Clear(name)
		switch {
		case err != nil:
			return nil, err
		case touched:
			left = append(left, name)
		default:
			removed = append(removed, name)
		}
	}
	var notes []Note
	if len(removed) > 0 {
		notes = append(notes, Note{Text: "removed, as the returns that they were made from count no more, or others came:", More: removed})
	}
	if len(left) > 0 {
		notes = append(notes, Note{Text: "these are out of date, and somebody changed them since they were made; they were left as they are:", More: left})
	}
	return notes, nil
}
