package desk

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/office"
)

// products are what there is of each product, looked up once for a look at the round.
func (c *call) products() ([]office.Product, error) {
	return once(c.view, "products", func() ([]office.Product, error) {
		list, err := c.office().Products(c.r.Context(), c.view.Folder, c.view.Intake)
		return slices.DeleteFunc(list, func(p office.Product) bool { // a round without plans need not read of them
			return p.Files == 0 && (p.Name == office.PlansWorkbook || p.Name == office.ActionPlans)
		}), err
	})
}

// filesPage is what is made of the round, and what may leave the office.
type filesPage struct {
	Products []productLine
	// ToMake counts the files that are missing or out of date, Make says what to do about them.
	ToMake           int
	Title, More      string
	Make             string
	Nothing          bool
	ZipSize          string
	Plan             *planPart
	Summaries        []summaryLine
	Pager            pager
	Query            string
	ShownSummaries   bool
	Returned, Groups int
}

type productLine struct {
	Name, File, To, ShowTo string
	State                  shaped
	Made                   time.Time
	Says, Who, For         string
	There                  bool
}

// summaryLine is one recipient's summary.
type summaryLine struct{ Name, ID, File, To, ShowTo string }

func (d *Desk) files(c *call) (answer, error) {
	h := head{Title: c.T("Files"), Kicker: c.view.Folder.Config.Title, KickerTo: c.to("overview"), Question: c.T("What is ready to hand on, and what is out of date?"), Here: "files"}
	products, err := c.products()
	if err != nil {
		return answer{}, err
	}
	t := tallyOf(c.view)
	page := filesPage{Nothing: t.answered == 0, Returned: t.answered, Query: c.query("q")}
	there, old, size := 0, 0, int64(0)
	for _, p := range products {
		line := c.productLine(p, t)
		page.Products = append(page.Products, line)
		if p.Files > 0 {
			there++
			size += p.Size
		}
		if p.Name == office.PublishedWorkbook || p.Name == office.CorrectionWorkbooks || p.Name == office.MergedSummaries && p.Files == 0 {
			continue
		}
		if n := p.Old + p.Withdrawn; n > 0 || p.Files == 0 {
			page.ToMake++
			if p.Files > 0 {
				old++
			}
		}
	}
	page.ZipSize = c.size(size)
	switch {
	case there == 0:
		page.Title, page.Make = c.T("Nothing is made yet"), c.T("Make the files")
		page.More = c.N(t.answered, "They are made of the %d return that counts, and can be made anew when more has come.", "They are made of the %d returns that count, and can be made anew when more has come.")
	case page.ToMake > 0:
		page.Title = c.N(page.ToMake, "%d of %d is missing, or older than the returns or decisions", "%d of %d are missing, or older than the returns or decisions", len(products))
		page.Make = c.T("Make the files")
		page.More = c.T("They show less, or other answers, than what counts now.")
	}
	if page.Plan, err = c.plan(); err != nil {
		return answer{}, err
	}
	if c.query("list") != "" {
		page.ShownSummaries = true
		page.Summaries, page.Pager = c.summaries()
	}
	h.Facts = []fact{{c.T("Files"), c.N(there, "%d kind", "%d kinds"), ""}, {c.T("Out of date"), c.whole(old), ""}}
	if name, at := newestReturn(c.view); name != "" {
		h.Facts = append(h.Facts, fact{c.T("Newest return"), c.Date(at.Local()), name})
	}
	return c.show("files", h, page), nil
}

func newestReturn(v *view) (name string, at time.Time) {
	for _, e := range v.Intake.Register.Entries {
		if e.Return != nil && e.Return.Received.After(at) {
			name, at = e.Return.File, e.Return.Received
		}
	}
	return name, at
}

// productNames are what the products are called.
func (c *call) productNames() map[string][3]string {
	inside, each := c.T("office only"), c.T("each to its recipient")
	return map[string][3]string{
		office.ConsolidatedWorkbook: {c.T("Consolidated workbook"), inside, c.T("To work with in Excel: every figure as a formula, down to the answers.")},
		office.FindingsWorkbook:     {c.T("List of findings"), inside, c.T("To work off what is wrong with the returns.")},
		office.OverviewReport:       {c.T("Overview as PDF"), inside, c.T("To take to a meeting of the office: the whole round on a few pages.")},
		office.Summaries:            {c.T("Summaries as PDF"), each, c.T("For each recipient its own results.")},
		office.MergedSummaries:      {c.T("All summaries in one PDF"), inside, c.T("To print them all.")},
		office.DataFiles:            {c.T("Data for other programs"), inside, c.T("For statistics programs and databases: CSV and SQLite.")},
		office.PublishedWorkbook:    {c.T("Edition for circulation"), c.T("may leave the office"), c.T("To hand to others or to publish: nobody can be made out in it.")},
		office.CorrectionWorkbooks:  {c.T("Corrections"), each, c.T("To send back, with the cells marked that need another look.")},
		office.PlansWorkbook:        {c.T("Action plans put together"), inside, c.T("Who does what by when, what is overdue, what is planned most.")},
		office.ActionPlans:          {c.T("Action plans"), each, c.T("To fill in: what is done about the priorities.")},
	}
}

func (c *call) productLine(p office.Product, t tally) productLine {
	name := c.productNames()[p.Name]
	line := productLine{Name: name[0], Who: name[1], For: name[2], File: p.Name, Made: p.Made, There: p.Files > 0, State: shaped{"in", c.T("up to date")}}
	many := strings.HasSuffix(p.Name, "/")
	if p.Files > 0 {
		line.File += ", " + c.size(p.Size)
		if many {
			line.File += ", " + c.N(p.Files, "%d file", "%d files")
		}
	}
	switch {
	case p.Files == 0:
		line.State, line.File = shaped{"none", c.T("never made")}, c.T("not made yet")
	case p.Old+p.Withdrawn > 0:
		line.State = shaped{"look", c.T("out of date")}
		line.Says = c.T("What counts has changed since.")
		if p.Withdrawn > 0 {
			line.Says = c.N(p.Withdrawn, "Behind %d no return counts any more.", "Behind %d no return counts any more.")
		}
	}
	if p.Files > 0 && line.Says == "" && p.Name != office.Summaries && p.Name != office.CorrectionWorkbooks {
		line.Says = c.N(t.answered, "%d return", "%d returns")
	}
	if p.Name == office.Summaries && p.Files > 0 {
		line.Says = strings.TrimSpace(line.Says + " " + c.T("%d of %d returns that count have one.", min(p.Files, t.answered), t.answered))
		line.To = c.to("files", "list", "summaries") + "#summaries"
	}
	if p.Files > 0 && !many {
		line.To = c.to("file", "name", p.Name)
		if strings.HasSuffix(p.Name, ".pdf") {
			line.ShowTo = c.to("pdf", "name", p.Name)
		}
	}
	if p.Name == office.DataFiles && p.Files > 0 {
		line.To = c.to("zip", "of", "data")
	}
	if p.Name == office.CorrectionWorkbooks && p.Files > 0 {
		line.To = c.to("zip", "of", "corrections")
	}
	if p.Name == office.ActionPlans {
		line.Says, line.To = "", c.to("zip", "of", "plans")
	}
	return line
}

// size writes a number of bytes for people.
func (s speech) size(n int64) string {
	switch {
	case n >= 1e6:
		return s.Number(float64(n)/1e6, 1) + "\u00a0MB"
	case n >= 1e3:
		return s.Number(float64(n)/1e3, 0) + "\u00a0kB"
	}
	return fmt.Sprintf("%d B", n)
}

// summaries lists the summaries that there are, searched by the address.
func (c *call) summaries() ([]summaryLine, pager) {
	last := map[string]string{}
	for _, e := range c.view.Events {
		if e.Kind == "reported" {
			last[e.Recipient] = e.File
		}
	}
	word := strings.ToLower(c.query("q"))
	var all []summaryLine
	for _, rc := range c.view.Folder.Recipients {
		file := last[rc.ID]
		if file == "" || word != "" && !strings.Contains(strings.ToLower(rc.Name+" "+rc.ID), word) {
			continue
		}
		all = append(all, summaryLine{rc.Name, rc.ID, path.Base(file), c.to("file", "name", file), c.to("pdf", "name", file)})
	}
	p, from, to := c.paged(len(all))
	return all[from:to], p
}

// makeFiles makes all that is missing or out of date.
func (d *Desk) makeFiles(c *call) (answer, error) {
	to, merge := c.to("files"), c.field("merge") != ""
	err := c.live.begin(c.T("Making the files"), "files", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		f, unlock, _, err := o.OpenToWrite(c.live.dir, "desk: make files")
		if err != nil {
			return "", "", err
		}
		defer unlock()
		if _, err := o.Validate(ctx, f, office.ValidateOptions{}); err != nil {
			return "", "", err
		}
		if _, err := o.Consolidate(ctx, f, office.ConsolidateOptions{}); err != nil {
			return "", "", err
		}
		out, err := o.Report(ctx, f, office.ReportOptions{Merge: merge})
		if err != nil {
			return "", "", err
		}
		return c.N(out.Summaries, "The workbook, the data, the overview and %d summary are made.", "The workbook, the data, the overview and %d summaries are made."), to, nil
	})
	return c.jobBegun(err)
}

// makeEdition makes the edition for circulation, by the plan that the page showed.
func (d *Desk) makeEdition(c *call) (answer, error) {
	reason := strings.TrimSpace(c.field("reason"))
	if c.field("again") != "" && reason == "" {
		return answer{}, &fault.Error{Usage: true, Message: c.T("No reason was given for comparing anew"), Remedy: c.T("write the reason; it goes into the history")}
	}
	if c.field("again") == "" {
		reason = ""
	}
	withhold := slices.DeleteFunc(strings.FieldsFunc(c.field("withhold"), func(r rune) bool { return r == ',' || r == ' ' || r == ';' }), func(s string) bool { return s == "" })
	err := c.live.begin(c.T("Making the edition for circulation"), "files", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		f, unlock, _, err := o.OpenToWrite(c.live.dir, "desk: make the edition")
		if err != nil {
			return "", "", err
		}
		defer unlock()
		_, err = o.Consolidate(ctx, f, office.ConsolidateOptions{Publish: true, Withhold: withhold, Again: reason})
		return c.T("The edition is made."), c.to("file", "name", office.PublishedWorkbook), err
	})
	return c.jobBegun(err)
}

// jobBegun leads to the page of a job that has begun, or has already ended.
func (c *call) jobBegun(err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	waitAWhile(c.live)
	return redirect(c.to("job")), nil
}
