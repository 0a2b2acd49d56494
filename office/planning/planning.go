// Package planning makes the action plans of a round: for each recipient whose return counts, a workbook with its
// priorities, to be filled in with what is done about them, by whom and by when.
//
// Make is where to begin; it writes into results/plans/ and never over what somebody filled in there. What comes back is
// read with the returns (Office.TakeIn) and is no return itself. Which plan counts, and what is wrong with it, says
// package checks; the actions of all are put together by Office.Consolidate.
package planning

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// Folder is where the plans lie in the round folder.
const Folder = "results/plans/"

// Options say whose plans are made, and what is carried over into them.
type Options struct {
	// Only are the ids of recipients; none stand for all whose plan has not come back yet.
	Only []string
	// Prefill is the round whose open actions are carried over, if there is one.
	Prefill office.Earlier
}

// Result says what was written into results/plans/.
type Result struct {
	// Plans counts the workbooks.
	Plans int
	// Since names the earlier round, where one was given; Carried counts the open actions of then, in the plans of
	// Recipients.
	Since               string
	Carried, Recipients int
	// Touched are plans that somebody saved since they were made, and that were therefore left as they are.
	Touched []string
	Notes   []office.Note
}

// Make writes the plans and records in the journal that they were made. The folder is open to write.
func Make(ctx context.Context, o *office.Office, f *office.Folder, opts Options) (out Result, err error) {
	chosen, err := f.Select(opts.Only)
	if err != nil {
		return out, err
	}
	if err := f.Unchanged(); err != nil {
		return out, err
	}
	if opts.Prefill.Dir == "" && opts.Prefill.Crosswalk != "" {
		return out, office.Bad(office.Option("crosswalk"), " goes with ", office.Option("prefill"))
	}
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return out, err
	}
	out.Notes = in.Notes
	earlier, notes, err := o.EarlierPlans(ctx, f, opts.Prefill, "prefill")
	if out.Notes = append(out.Notes, notes...); err != nil {
		return out, err
	}
	known, err := f.Made()
	if err != nil {
		return out, err
	}
	p, err := f.Pieces()
	if err != nil {
		return out, err
	}
	m := &making{o: o, f: f, in: in, pieces: p, known: known, earlier: earlier}
	members := m.members(chosen, len(opts.Only) > 0)
	events, err := m.write(ctx, members)
	if recordErr := f.Record(slices.DeleteFunc(slices.Clone(events), func(e round.Event) bool { return e.Kind == "" })...); err == nil {
		err = recordErr
	}
	f.Forget()
	out.Since = earlier.Since
	for i := range members {
		switch d := m.done[i]; {
		case d.touched:
			out.Touched = append(out.Touched, d.name)
		case d.name != "":
			out.Plans++
			if out.Carried += d.carried; d.carried > 0 {
				out.Recipients++
			}
		}
	}
	out.Notes = append(out.Notes, m.notes(out.Touched)...)
	return out, err
}

// making is plans in the making.
type making struct {
	o       *office.Office
	f       *office.Folder
	in      *office.Intake
	pieces  *office.Pieces
	known   *office.Made
	earlier plans.Earlier
	// back and without count the recipients whose plan is back, and those of whom no return counts.
	back, without int
	done          []made
	// langs are the languages of the plans, in the order of done.
	langs []string
}

// made is what became of one plan.
type made struct {
	name    string
	touched bool
	carried int
}

// members are the places of those who get a plan: all of the chosen whose return counts, but for those whose plan is back,
// where nobody was named.
func (m *making) members(chosen []models.Recipient, named bool) (out []int) {
	wanted := map[string]bool{}
	for _, rc := range chosen {
		wanted[rc.ID] = true
	}
	for i := range m.in.Members {
		switch x := &m.in.Members[i]; {
		case !wanted[x.Recipient.ID]:
		case x.Return == nil:
			m.without++
		case m.in.Register.Entries[i].Plan != "" && !named:
			m.back++
		default:
			out = append(out, i)
		}
	}
	return out
}

// write writes the plans, and returns the events that remember them, in the same order.
func (m *making) write(ctx context.Context, members []int) ([]round.Event, error) {
	m.done, m.langs = make([]made, len(members)), make([]string, len(members))
	events := make([]round.Event, len(members))
	err := m.o.Each(ctx, "writing action plans", len(members), func(i int) error {
		rc := m.in.Members[members[i]].Recipient
		lang := m.f.LanguageOf(rc)
		m.langs[i] = lang
		rd, t := m.f.In(lang), m.f.Template.For(rc)
		form := formOf(t.In(lang), m.in.Members[members[i]].Return.Answers(), m.in.Scorecard(members[i]), m.earlier, m.earlier.Of[rc.ID])
		x, _ := m.pieces.Plan(rc)
		x.Part.Topics = form.RowList()
		book, err := assessment.NewActionPlan(t, rd, form)
		if err != nil {
			return err
		}
		manifest := x.Manifest(m.f)
		var b bytes.Buffer
		if err := book.Write(&b, rc, manifest.Sealed(m.f.Key), manifest.Reference(m.f.Key)); err != nil {
			return err
		}
		name := Folder + x.Name
		m.done[i] = made{name: name, carried: carriedIn(form)}
		if !m.known.Replaces(name, b.Bytes()) {
			m.done[i].touched = true
			return nil
		}
		if !m.known.Is(b.Bytes()) {
			events[i] = round.Event{Time: m.o.Time(), Kind: round.PlanMade, Recipient: rc.ID, Part: x.Part.ID, Parts: []models.Part{x.Part}, File: name,
				Template: m.f.TemplateDigest, Round: m.f.Config.ID, Digest: office.Digest(b.Bytes())}
		}
		return m.f.WriteFile(name, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
	})
	return events, err
}

func carriedIn(form plans.Form) (n int) {
	for _, r := range form.Rows {
		if r.Carried != nil {
			n++
		}
	}
	return n
}

// notes say whose plan was not made, and why.
func (m *making) notes(touched []string) []office.Note {
	out := m.f.NoteTouched(office.InPlans, touched)
	said := map[string]bool{}
	for i := range m.done {
		lang := words.Language(m.langs[i])
		if m.done[i].name != "" && !words.Speaks(m.langs[i]) && !said[lang] {
			said[lang] = true
			out = append(out, office.Note{Text: fmt.Sprintf("language %s: there are no words for action plans in it; they are in English, but for what the template says.", lang)})
		}
	}
	if m.without > 0 {
		out = append(out, office.Note{Text: fmt.Sprintf("%s no return that counts, and so no priorities: no plan was made for them.", text.Count(m.without, "recipient has", "recipients have"))})
	}
	if m.back > 0 {
		out = append(out, office.Note{Text: fmt.Sprintf("%s back; none was made anew. Name a recipient to make its plan again.", text.Count(m.back, "plan is", "plans are"))})
	}
	return out
}
