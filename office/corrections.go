package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// Correctable is a file that goes back to its sender, with the name that its corrected copy gets: it counts and has
// findings of severity error, or it is too empty to count.
type Correctable struct {
	Piece
	// File is as in models.Return, Errors how many entries are to be corrected.
	File   string
	Errors int
}

// Correctable lists the files of a recipient that go back: one, or some of its parts.
func (p *Pieces) Correctable(in *Intake, e models.Entry) []Correctable {
	names := e.Counts()
	if len(names) == 0 {
		names = in.incomplete(e)
	}
	names = slices.Clone(names)
	if e.Plan != "" {
		names = append(names, e.Plan)
	}
	for _, name := range in.viewsOf(e) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	var out []Correctable
	for _, name := range names {
		i, ok := in.lines[name]
		if !ok {
			continue
		}
		line := &in.Register.Files[i]
		errors, _, _ := models.Count(line.Findings)
		if isIncomplete(line) { // each answer that is missing is to be given
			errors = max(errors-1+countCode(line, models.AnswerMissing), 1)
		}
		part := models.Part{ID: line.Part}
		if line.Part == plans.PartID {
			part = partOfPlan(e)
		}
		for _, l := range e.Parts {
			if l.ID == line.Part {
				part = l.Part
			}
		}
		x := p.piece(e.Recipient, part)
		if errors > 0 && x.Name != "" {
			out = append(out, Correctable{x, name, errors})
		}
	}
	return out
}

// viewsOf lists the files of a recipient that are views, and those that are too empty for one.
func (in *Intake) viewsOf(e models.Entry) []string {
	var out []string
	for _, p := range e.Parts {
		if p.View != nil {
			out = append(out, p.File)
		}
	}
	for _, i := range in.linesOf(e.Recipient.ID) {
		line := &in.Register.Files[i]
		if (models.Part{ID: line.Part}).IsView() && isIncomplete(line) && !slices.ContainsFunc(e.Parts, func(p models.PartLine) bool { return p.ID == line.Part && p.View != nil }) {
			out = append(out, line.File)
		}
	}
	return out
}

// partOfPlan is the part that the plan of an entry is, as it says itself.
func partOfPlan(e models.Entry) models.Part {
	out := models.Part{ID: plans.PartID}
	for _, c := range e.PlanReturn.Claims {
		if c.Manifest.Part == plans.PartID {
			out.Topics = models.TopicIDs(c.Manifest.Topics)
		}
	}
	return out
}

func countCode(line *models.FileLine, code models.Code) int {
	n := 0
	for _, f := range line.Findings {
		if f.Code == code {
			n++
		}
	}
	return n
}

func isIncomplete(line *models.FileLine) bool { return countCode(line, models.ReturnIncomplete) > 0 }

// incomplete lists the files of a recipient that are too empty to count, of each part the one that came last.
func (in *Intake) incomplete(e models.Entry) []string {
	last := map[string]*models.FileLine{}
	for _, name := range e.Others {
		line := &in.Register.Files[in.lines[name]]
		if !isIncomplete(line) {
			continue
		}
		if was := last[line.Part]; was == nil || came(line).After(came(was)) {
			last[line.Part] = line
		}
	}
	var out []string
	for _, line := range last {
		out = append(out, line.File)
	}
	slices.Sort(out)
	return out
}

// came is when a file was saved, or else received.
func came(line *models.FileLine) time.Time {
	if line.Saved.IsZero() {
		return line.Received
	}
	return line.Saved
}

// Corrections is what was written to be sent back.
type Corrections struct {
	Written int
	// NotMarked are those of which no such copy can be made, such as .ods.
	NotMarked []NotMarked
	// Touched are earlier ones that somebody saved since, and that were left as they are.
	Touched []string

	names []string // of those written
}

// NotMarked is a return that goes back and whose cells cannot be marked, with the reason as a clause.
type NotMarked struct{ File, Why string }

// CheckCorrection holds a correction workbook against the return that it was made of: it must say the same about itself,
// and hold the same answers. A place that says whose it is may be missing, where a program of the sender's dropped it.
func (o *Office) CheckCorrection(ctx context.Context, f *Folder, file string, workbook []byte) error {
	content, err := returnContent(f, file)
	if err != nil {
		return err
	}
	opt := o.ReadOptions(f)
	read := func(b []byte) models.Return { return returns.Read(ctx, bytes.NewReader(b), int64(len(b)), file, opt) }
	if now := read(workbook); len(now.Answers()) == 0 && now.Plan == nil || !returns.Same(read(content), now) {
		return errors.New("the workbook does not hold what the recipient's return holds now")
	}
	return nil
}

// writeCorrections writes results/corrections/: for each recipient whose return counts and has findings of
// severity error, the return itself with its cells marked, to be sent back; where it came in parts, each of them that
// has some. Those of an earlier run that no longer apply are removed. What somebody saved since stays as it is.
func (o *Office) writeCorrections(ctx context.Context, f *Folder, in *Intake) (out Corrections, err error) {
	p, err := f.Pieces()
	if err != nil {
		return out, err
	}
	known, err := f.Made()
	if err != nil {
		return out, err
	}
	old := map[string][]string{} // by recipient
	for key, name := range p.names {
		old[key[0]] = append(old[key[0]], name)
	}
	in.linesOf("") // they are found once, and not by several at a time
	var mu sync.Mutex
	var events []round.Event
	err = o.Each(ctx, "writing corrections", len(in.Register.Entries), func(i int) error {
		e := in.Register.Entries[i]
		kept := map[string]bool{}
		for _, c := range p.Correctable(in, e) {
			content, why, err := o.Correction(ctx, f, in, c)
			if err != nil {
				return err
			}
			name := "results/corrections/" + c.Name
			fits := content != nil && known.Replaces(name, content)
			mu.Lock()
			switch kept[c.Name] = content != nil; {
			case content == nil:
				out.NotMarked = append(out.NotMarked, NotMarked{c.File, why})
			case !fits:
				out.Touched = append(out.Touched, name)
			default:
				out.Written++
				out.names = append(out.names, name)
			}
			mu.Unlock()
			if !fits {
				continue
			}
			if !known.Is(content) {
				mu.Lock()
				events = append(events, round.Event{Time: o.Time(), Kind: round.CorrectionMade, Recipient: e.Recipient.ID, File: name, Digest: Digest(content)})
				mu.Unlock()
			}
			if err := f.WriteFile(name, func(w io.Writer) error { _, err := w.Write(content); return err }); err != nil {
				return err
			}
		}
		for _, name := range old[e.Recipient.ID] {
			if kept[name] {
				continue
			}
			touched, err := known.Clear("results/corrections/" + name)
			if err != nil {
				return err
			}
			if touched {
				mu.Lock()
				out.Touched = append(out.Touched, "results/corrections/"+name)
				mu.Unlock()
			}
		}
		return nil
	})
	slices.SortFunc(out.NotMarked, func(a, b NotMarked) int { return strings.Compare(a.File, b.File) })
	slices.Sort(out.Touched)
	slices.SortFunc(events, func(a, b round.Event) int { return strings.Compare(a.File, b.File) })
	if recordErr := f.Record(events...); err == nil {
		err = recordErr
	}
	return out, err
}

// Correction makes the marked copy of one file, in its recipient's language, or says why there is none to be made.
func (o *Office) Correction(ctx context.Context, f *Folder, in *Intake, c Correctable) (workbook []byte, why string, err error) {
	var findings []models.Finding
	if i, ok := in.lines[c.File]; ok {
		findings = in.Register.Files[i].Findings
	}
	var b bytes.Buffer
	content, err := returnContent(f, c.File)
	if err == nil {
		err = returns.WriteCorrections(ctx, &b, returns.CorrectionsInput{Round: f.In(f.LanguageOf(c.Recipient)), Template: f.Template, Workbook: content,
			Findings: findings, Limits: limitsOf(f.Config.Limits), Languages: f.languages})
	}
	switch {
	case errors.Is(err, returns.ErrNotPlain):
		return nil, "its cells cannot be marked, as those of an .xlsx without a password can", nil
	case errors.Is(err, returns.ErrNothingToMend):
		return nil, "nothing that is wrong with it can be marked in its cells", nil
	case errors.Is(err, returns.ErrNotCorrectable):
		return nil, "its cells cannot be marked without changing what it says", nil
	case err != nil:
		return nil, "", fmt.Errorf("%s: the correction workbook cannot be made: %w", c.File, err)
	}
	return b.Bytes(), "", nil
}
