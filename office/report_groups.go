package office

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf"
	"github.com/rubric-project/rubric/scoring/story"
)

// How the name of a group's page says for whom it is.
const (
	withoutNames = "without names"
	forTheOffice = "office only, not for circulation"
)

// groupReports writes an overview for each group of a column: without names, by the rules of disclosure, or for the
// office. A group of which nothing may be shown gets no page without names.
func (r *reporting) groupReports() (found []models.Finding, notes []Note, err error) {
	column := r.opts.By
	printer, err := r.printers.of(r.f.Config.Language)
	if err != nil {
		return nil, nil, err
	}
	results, told := r.forNaming(pdf.Withheld)
	form, naming, reader := withoutNames, pdf.Withheld, story.Outside
	if r.opts.Names == "office" || r.opts.Names == "name" {
		results, told, form, naming, reader = r.results, r.told, forTheOffice, pdf.ByName, story.Office
	}
	var few []string
	written := 0
	for i := range results.Consolidation.Groups {
		g := &results.Consolidation.Groups[i]
		if g.Column != column {
			continue
		}
		if g.Returned == 0 || naming == pdf.Withheld && (results.Disclosure == nil || g.Returned <= r.f.Config.SmallestGroup()) {
			few = append(few, g.Value)
			continue
		}
		input := pdf.OverviewInput{Results: results.OfGroup(g.Column, g.Value), Names: naming, Column: g.Column, Value: g.Value}
		if input.Story, err = told.round(cmp.Or(r.opts.Lang, r.f.Config.Language), reader, g.Column, g.Value); err != nil {
			return found, notes, err
		}
		name := path.Join("results/pdf", text.FileName("by "+column, 80), text.FileName(g.Value+", "+form, 120)+".pdf")
		err := r.o.writeResult(r.f, r.in, name, func(w io.Writer) error {
			more, err := printer.Overview(w, input)
			found = append(found, more...)
			return err
		})
		if err != nil {
			return found, notes, err
		}
		written++
	}
	notes = append(notes, noted(fmt.Sprintf("%s, %s, written to results/pdf/by %s/.", text.Count(written, "page", "pages"), form, column))...)
	if len(few) > 0 {
		slices.Sort(few)
		why := "no return of theirs counts"
		if naming == pdf.Withheld {
			why = fmt.Sprintf("so few returns (%d or fewer) that single ones could be made out", r.f.Config.SmallestGroup())
		}
		notes = append(notes, Note{Text: "no page for " + text.Count(len(few), "group", "groups") + ": " + why + ":", More: few})
	}
	return found, notes, nil
}

// forNaming is what an overview shows, and what is told of it: what leaves the office compares with the recorded set.
func (r *reporting) forNaming(naming pdf.Naming) (*models.Results, *told) {
	if naming != pdf.Withheld || r.compared.plan == nil || r.compared.plan.AsOf.IsZero() {
		return r.results, r.told
	}
	results := r.o.results(r.f, r.compared.in, Since{})
	results.Disclosure = r.compared.plan
	return results, tellOf(results, models.Date{})
}
