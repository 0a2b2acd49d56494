package office

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/pdf"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/scoring/disclosure"
	"github.com/rubric-project/rubric/scoring/story"
	"github.com/rubric-project/rubric/words"
)

// ReportOptions say which summaries are written, and what they show.
type ReportOptions struct {
	// Only are the ids of recipients; none stand for all, and the overview is written then.
	Only []string
	// Full adds an appendix with every criterion, Merge one file with all summaries.
	Full, Merge bool
	// Lang is the language of the reports' own words; "" for each recipient's.
	Lang string
	// Names is how the overview calls recipients: "name" (as ""), "reference" or "withheld". A reference in the overview is a
	// pseudonym of its own, not the one that stands in the invitation.
	Names string
	// By is a group column: an overview for each of its groups is written in place of summaries and overview, without
	// names where Names is "" or "withheld", and for the office where it is "office".
	By       string
	Baseline Earlier
	// DraftText writes the sentences of the overview's first page into summary.md, to be edited, and nothing else;
	// TextStands says that the office's text there holds for today's figures.
	DraftText, TextStands bool
}

// ReportResult says what was written into results/pdf/.
type ReportResult struct {
	Summaries int
	// Unprintable are texts that could not be shown in full.
	Unprintable []models.Finding
	// Findings are those of the returns.
	Findings []models.Finding
	Notes    []Note
}

var namings = map[string]pdf.Naming{"": pdf.ByName, "name": pdf.ByName, "office": pdf.ByName, "reference": pdf.ByReference, "withheld": pdf.Withheld}

// ReportLanguages are the languages that reports have words in.
func ReportLanguages() []string { return words.Languages() }

// Report writes the summaries of the chosen recipients that returned, and the overview where all are chosen. The folder
// is open to write. Only one recipient's answers are at hand at a time for each of the jobs.
func (o *Office) Report(ctx context.Context, f *Folder, opts ReportOptions) (out ReportResult, err error) {
	chosen, err := f.Select(opts.Only)
	if err != nil {
		return out, err
	}
	if _, ok := namings[opts.Names]; !ok {
		return out, Bad(Option("names"), " ", opts.Names, ": choose name, office, reference or withheld")
	}
	if opts.By != "" && !slices.Contains(f.Config.Groups, opts.By) {
		return out, Bad(Option("by"), " ", opts.By, ": recipients are compared by "+strings.Join(f.Config.Groups, ", ")+" (groups in round.yaml)")
	}
	if opts.By != "" && (len(opts.Only) > 0 || opts.Merge || opts.Names == "reference") {
		return out, Bad(Option("by"), " writes pages of groups, and goes with none of ", Option("only"), ", ", Option("merge"), " and references")
	}
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return out, err
	}
	out.Findings, out.Notes = in.Findings, in.Notes
	r := &reporting{o: o, f: f, in: in, opts: opts, names: f.FileNames(".pdf")}
	if r.printers, err = f.printersFor(opts.Lang); err != nil {
		return out, err
	}
	since, notes, err := o.since(ctx, opts.Baseline, f, in)
	if out.Notes = append(out.Notes, notes...); err != nil {
		return out, err
	}
	r.results = o.results(f, in, since)
	if r.compared, err = o.compareWith(ctx, f, in, nil, false); err != nil {
		if f.Config.SmallestGroup() >= disclosure.LeastMinimum {
			return out, err
		}
		r.compared = &comparison{in: in}
		out.Notes = append(out.Notes, noted("the summaries show no comparisons: "+err.Error())...)
	}
	if r.results.Disclosure = r.compared.plan; r.results.Disclosure != nil {
		out.Notes = append(out.Notes, r.compared.notes("")...)
	}
	r.told = tellOf(r.results, since.Due)
	if opts.DraftText {
		notes, err := r.draft()
		out.Notes = append(out.Notes, notes...)
		return out, err
	}
	r.planned, notes, err = o.EarlierPlans(ctx, f, opts.Baseline, "baseline")
	if out.Notes = append(out.Notes, notes...); err != nil {
		return out, err
	}
	if opts.By != "" {
		found, notes, err := r.groupReports()
		out.Unprintable, out.Notes = found, append(out.Notes, notes...)
		return out, err
	}
	langs := f.Languages(chosen)
	if opts.Lang != "" {
		langs = []string{opts.Lang}
	}
	out.Notes = append(out.Notes, noteLanguages(f.Template, langs, true)...)
	members := slices.DeleteFunc(in.membersOf(chosen), func(i int) bool { return in.Members[i].Return == nil })
	out.Summaries = len(members)
	if out.Unprintable, err = r.summaries(ctx, members); err != nil {
		return out, err
	}
	if opts.Merge && len(members) > 0 {
		if err := r.merged(members); err != nil {
			return out, err
		}
	}
	returned := slices.ContainsFunc(in.Members, func(m models.Member) bool { return m.Return != nil })
	written := map[string]bool{mergedFile: opts.Merge && len(members) > 0}
	switch {
	case len(members) == 0:
		out.Notes = append(out.Notes, noted("no return counts yet of these recipients, so that there is nothing to report; no summary was written.")...)
	case len(opts.Only) == 0:
		found, notes, err := r.overview()
		if out.Notes = append(out.Notes, notes...); err != nil {
			return out, err
		}
		out.Unprintable = append(out.Unprintable, found...)
	}
	written[overviewFile] = len(opts.Only) == 0 && returned
	notes, err = f.clearReports(in, len(opts.Only) == 0, written)
	if out.Notes = append(out.Notes, notes...); err != nil {
		return out, err
	}
	models.SortFindings(out.Unprintable)
	out.Unprintable = slices.CompactFunc(out.Unprintable, func(a, b models.Finding) bool { // what the summary says, the overview says again
		return a.Code == b.Code && a.Message == b.Message && a.Recipient == b.Recipient && a.Origin == b.Origin
	})
	return out, nil
}

// reporting is reports in the making.
type reporting struct {
	o        *Office
	f        *Folder
	in       *Intake
	opts     ReportOptions
	results  *models.Results
	told     *told
	compared *comparison
	printers *printers
	// planned is what recipients planned in the round that is compared with.
	planned plans.Earlier
	// names are the summaries' file names, by recipient.
	names map[string]string
}

// summaries writes the summaries of the members, and records in the journal what each was made with and from.
func (r *reporting) summaries(ctx context.Context, members []int) ([]models.Finding, error) {
	states := r.f.statesOf(r.in, r.compared.plan)
	made := r.made()
	found := make([][]models.Finding, len(members))
	events := make([]round.Event, len(members))
	err := r.o.Each(ctx, "writing summaries", len(members), func(i int) error {
		m := &r.results.Members[members[i]]
		printer, err := r.printers.of(r.f.LanguageOf(m.Recipient))
		if err != nil {
			return err
		}
		file := "results/pdf/" + r.names[m.Recipient.ID]
		sum := sha256.New()
		input, err := r.input(members[i])
		if err != nil {
			return err
		}
		err = r.f.WriteFile(file, func(w io.Writer) (err error) {
			found[i], err = printer.Summary(io.MultiWriter(w, sum), input)
			return err
		})
		own := *made
		own.State, own.Returns = states.of(m.Recipient, m.Return), r.in.answersFrom(members[i])
		events[i] = round.Event{Time: r.o.Time(), Kind: round.Reported, Recipient: m.Recipient.ID, File: file, Digest: hex.EncodeToString(sum.Sum(nil)), Made: &own}
		return err
	})
	if err != nil {
		return nil, err
	}
	return slices.Concat(found...), r.f.recordReported(events)
}

// input is what a member's summary is drawn from.
func (r *reporting) input(member int) (pdf.SummaryInput, error) {
	lang := r.opts.Lang
	if lang == "" {
		lang = r.f.LanguageOf(r.results.Members[member].Recipient)
	}
	s, err := r.told.recipient(lang, member)
	e := &r.in.Register.Entries[member]
	return pdf.SummaryInput{Results: r.results, Member: member, Full: r.opts.Full, Story: s,
		Planned: r.planned.Of[r.results.Members[member].Recipient.ID], Views: views.Of(e)}, err
}

// merged writes all summaries as one document, which is in memory as a whole while it is made.
func (r *reporting) merged(members []int) error {
	printer, err := r.printers.of(r.f.Config.Language)
	if err != nil {
		return err
	}
	inputs := make([]pdf.SummaryInput, len(members))
	for i, member := range members {
		if inputs[i], err = r.input(member); err != nil {
			return err
		}
	}
	return r.o.writeResult(r.f, r.in, mergedFile, func(w io.Writer) error {
		_, err := printer.Merge(w, inputs) // its findings are those of the summaries
		return err
	})
}

// draft writes the sentences of the overview's first page for the office to edit.
func (r *reporting) draft() ([]Note, error) {
	naming, reader := namings[r.opts.Names], story.Office
	_, told := r.forNaming(naming)
	if naming == pdf.Withheld {
		reader = story.Outside
	}
	s, err := told.round(r.f.Config.Language, reader, "", "")
	if err != nil {
		return nil, err
	}
	return r.o.draftText(r.f, r.in, s, reader)
}

func (r *reporting) overview() (found []models.Finding, notes []Note, err error) {
	printer, err := r.printers.of(r.f.Config.Language)
	if err != nil {
		return nil, nil, err
	}
	input := pdf.OverviewInput{Results: r.results, Names: namings[r.opts.Names], References: map[string]string{}}
	results, told := r.forNaming(input.Names)
	input.Results = results
	reader := story.Office
	if input.Names == pdf.Withheld {
		reader = story.Outside
	}
	if input.Story, err = told.round(cmp.Or(r.opts.Lang, r.f.Config.Language), reader, "", ""); err != nil {
		return nil, nil, err
	}
	if input.Story, notes, err = r.o.saying(input.Story, r.f, r.in, reader, r.opts.TextStands); err != nil {
		return nil, notes, err
	}
	if input.Names == pdf.Withheld {
		results := *input.Results
		results.Disclosure = disclosure.WithChanges(&results)
		input.Results = &results
	}
	for _, rc := range r.f.Recipients {
		input.References[rc.ID] = r.f.manifest(rc).Pseudonym(r.f.Key)
	}
	err = r.o.writeResult(r.f, r.in, overviewFile, func(w io.Writer) error {
		found, err = printer.Overview(w, input)
		return err
	})
	return found, notes, err
}
