package desk

import (
	"errors"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/lists"
)

// otherListPage is another list beside the round's.
type otherListPage struct {
	Key  string
	Join bool
	List *listView
	// Problem says that the file could not be read at all.
	Problem string
	// Older says that the file seems to be in the encoding of older Windows programs.
	Older bool
	Diff  *listDiff
}

// listDiff is what the list would change, cut to what people read.
type listDiff struct {
	Of                      string
	Added, Gone             []recipientRow
	Changed                 []lists.Change
	Moved                   []lists.Moved
	NAdded, NGone, NChanged int
	Same, GoneMade          int
	MoreAdded, MoreGone     int
	MoreChanged             int
	Button                  string
}

// mostDiff is how many of each sort are named.
const mostDiff = 50

// otherList shows another list that was dropped, with what would change.
func (d *Desk) otherList(c *call) (answer, error) { return c.showOtherList(nil) }

func (c *call) showOtherList(errs []formError) (answer, error) {
	join := c.query("join") != ""
	data := otherListPage{Join: join}
	h := head{Title: c.T("Replace the list"), Kicker: c.T("Recipients"), KickerTo: c.to("recipients"), Question: c.T("What would another list change? Nothing is changed before you say so."), Here: "recipients"}
	if join {
		h.Title, h.Question = c.T("Add recipients from a list"), c.T("Who is in the list and not yet in the round? Those who are there already stay as they are.")
	}
	if dr := c.draft(c.query("d")); dr != nil && dr.List.File != "" {
		dr.mu.Lock()
		defer dr.mu.Unlock()
		data.Key = dr.key
		p, err := lists.Propose(c.r.Context(), c.office(), c.view.Folder, dr.List.options(), join)
		switch {
		case err != nil && !office.IsMisuse(err):
			return answer{}, err
		case err != nil:
			data.Problem, data.Older = withoutFolder(office.InWords(err, c.optionName), dr.List.File), lists.InOlderEncoding(err)
		default:
			v := c.viewList(&p.ListProposal, &dr.List)
			data.List, data.Diff = &v, c.diffOf(p)
			h.Facts = []fact{{c.T("Join"), strconv.Itoa(len(p.Added)), ""}, {c.T("Leave"), strconv.Itoa(len(p.Gone)), ""}, {c.T("Change"), strconv.Itoa(len(p.Changed)), ""}, {c.T("Stay as they are"), strconv.Itoa(p.Same), ""}}
		}
	}
	if h.Errors = errs; len(errs) > 0 {
		return c.wrong("recipients-list", h, data), nil
	}
	return c.show("recipients-list", h, data), nil
}

func (c *call) diffOf(p *lists.Proposal) *listDiff {
	out := &listDiff{Of: p.Of, NAdded: len(p.Added), NGone: len(p.Gone), NChanged: len(p.Changed), Same: p.Same, GoneMade: p.GoneMade, Moved: p.Moved[:min(len(p.Moved), mostDiff)]}
	for _, rc := range p.Added[:min(len(p.Added), mostDiff)] {
		out.Added = append(out.Added, recipientRow{ID: rc.ID, Name: cutText(rc.Name, 120), Email: cutText(rc.Email, 120)})
	}
	for _, rc := range p.Gone[:min(len(p.Gone), mostDiff)] {
		out.Gone = append(out.Gone, recipientRow{ID: rc.ID, Name: cutText(rc.Name, 120), Email: cutText(rc.Email, 120)})
	}
	for _, x := range p.Changed[:min(len(p.Changed), mostDiff)] {
		y := lists.Change{ID: x.ID, Name: cutText(x.Name, 120)}
		for _, f := range x.Fields {
			y.Fields = append(y.Fields, lists.Field{Name: f.Name, Was: cutText(f.Was, 80), Is: cutText(f.Is, 80)})
		}
		out.Changed = append(out.Changed, y)
	}
	out.MoreAdded, out.MoreGone, out.MoreChanged = len(p.Added)-len(out.Added), len(p.Gone)-len(out.Gone), len(p.Changed)-len(out.Changed)
	if out.Button = c.T("Replace the list: %d join, %d leave, %d change", len(p.Added), len(p.Gone), len(p.Changed)); p.Join {
		out.Button = c.N(len(p.Added), "Add %d recipient", "Add %d recipients")
	}
	if !p.Ready() {
		out.Button = ""
	}
	return out
}

// dropOtherList takes another list in.
func (d *Desk) dropOtherList(c *call) (answer, error) {
	x, err := c.takeUpload()
	switch {
	case errors.Is(err, errTooLarge):
		return answer{}, tooLargeFile()
	case err != nil:
		return answer{}, err
	}
	file := x.file("file")
	if file == "" {
		return redirect(c.to("recipients/list", "join", c.query("join"), "done", c.live.say(saying{Text: c.T("No file was chosen."), More: c.T("Choose the file with your list, or drop it on the page.")}))), nil
	}
	dr := d.newDraft()
	dr.List = draftList{File: file, At: c.office().Time()}
	return redirect(c.to("recipients/list", "d", dr.key, "join", c.query("join"))), nil
}

// takeOtherList reads the list again as is said, or puts it into effect.
func (d *Desk) takeOtherList(c *call) (answer, error) {
	dr := d.draft(c.query("d"))
	if dr == nil {
		return redirect(c.to("recipients/list", "join", c.query("join"))), nil
	}
	here := c.to("recipients/list", "d", dr.key, "join", c.query("join"))
	dr.mu.Lock()
	if c.field("do") == "older" {
		dr.List.Encoding = lists.Windows1252
		dr.mu.Unlock()
		return redirect(here), nil
	}
	if c.field("do") != "use" {
		dr.List.said(c.field)
		dr.mu.Unlock()
		return redirect(here), nil
	}
	opts := dr.List.options()
	dr.mu.Unlock()
	var p *lists.Proposal
	err := c.live.change("recipients", func(o *office.Office, f *office.Folder) (err error) {
		if p, err = lists.Propose(c.r.Context(), o, f, opts, c.query("join") != ""); err != nil {
			return err
		}
		if p.Of != c.field("of") {
			return lists.ErrListChanged
		}
		if (p.GoneMade > 0 || len(p.Moved) > 0) && c.field("sure") == "" {
			return errNotSure
		}
		return lists.Apply(o, f, p)
	})
	switch {
	case errors.Is(err, errNotSure):
		return c.showOtherList([]formError{{"sure", c.T("Say that those who leave are to leave")}})
	case errList(err):
		return redirect(here + "&done=" + c.live.say(saying{Text: c.T("The list was changed in the meantime."), More: c.T("These are the differences as they are now. Nothing was done yet.")})), nil
	case err != nil && office.IsMisuse(err):
		return c.showOtherList([]formError{{"file", withoutFolder(err.Error(), opts.File)}})
	case err != nil:
		return answer{}, err
	}
	d.made(dr)
	more := []string{c.T("The list before is kept in the folder.")}
	if len(p.Added) > 0 {
		more = append(more, c.T("Those who joined have no workbook yet."))
	}
	return redirect(c.to("recipients", "done", c.live.say(saying{Text: c.T("Done: %d joined, %d left, %d changed.", len(p.Added), len(p.Gone), len(p.Changed)), More: strings.Join(more, " ")}))), nil
}

var errNotSure = errors.New("not confirmed")

// lostIDs shows ids that lost their zeros. The round cannot be read as long as they are so, and this page does without.
func (d *Desk) lostIDs(c *call) (answer, error) {
	f, err := c.office().Open(c.live.dir)
	if err != nil {
		return answer{}, err
	}
	fixed, err := c.office().FixIDs(f, false)
	if err != nil {
		return answer{}, err
	}
	return c.show("recipients-ids", head{Title: c.T("References that lost their zeros"), Question: c.T("A spreadsheet program that saved the list took them for numbers."), Kicker: f.Config.Title, KickerTo: c.to("overview")}, fixed), nil
}

// restoreIDs puts the zeros back.
func (d *Desk) restoreIDs(c *call) (answer, error) {
	n := 0
	err := c.live.change("ids", func(o *office.Office, f *office.Folder) error {
		fixed, err := o.FixIDs(f, true)
		n = len(fixed.IDs)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	return redirect(c.to("recipients", "done", c.live.say(saying{Text: c.N(n, "%d reference has its zeros back.", "%d references have their zeros back."), More: c.T("The list before is kept in the folder.")}))), nil
}
