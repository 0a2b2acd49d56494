package desk

import (
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// reports are what imports have understood, by the file that was written; the last ones are remembered.
type reports struct {
	mu    sync.Mutex
	list  map[string]*office.ImportReport
	order []string
}

func (r *reports) keep(file string, x *office.ImportReport) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.list == nil {
		r.list = map[string]*office.ImportReport{}
	}
	r.list[file] = x
	if r.order = append(r.order, file); len(r.order) > mostDrafts {
		delete(r.list, r.order[0])
		r.order = r.order[1:]
	}
}

func (r *reports) of(file string) *office.ImportReport {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.list[file]
}

// templateView is a template as people read it: its levels, and the criteria of one topic.
type templateView struct {
	Name, Lang, Back string
	Use, New         string
	InRound          bool
	Template         *models.Template
	Topics           []facet
	Topic            models.Topic
	Criteria         []criterionView
	Pager            pager
	Report           *office.ImportReport
	ReportNotes      []string
	Languages        []listChoice
	Others           []templateLine
	// One is a criterion in full.
	One bool
}

// criterionView is a criterion with what each step of its scale looks like.
type criterionView struct {
	Ref, Subject, Theme, Statement, Asked, To string
	Cut                                       bool
	Steps                                     []stepText
}

type stepText struct{ Label, Text, Next string }

// longest is how many characters of a text a page shows before it is cut.
const longest = 300

// showTemplate is a template to read, outside a round.
func (d *Desk) showTemplate(c *call) (answer, error) {
	name := c.query("name")
	_, t, err := office.TemplateNamed(name)
	if err != nil {
		return answer{}, err
	}
	view := templateView{Name: name, New: c.query("new"), Report: d.reports.of(name)}
	if c.query("back") != "" {
		view.Back = inside(c.query("back"))
		if path, rest, _ := strings.Cut(view.Back, "?"); path == "/new" {
			view.Use = path + "?" + strings.Trim(rest+"&template="+url.QueryEscape(name), "&")
		}
	}
	return c.readTemplate(view, t)
}

// roundTemplate is the template of the round.
func (d *Desk) roundTemplate(c *call) (answer, error) {
	return c.readTemplate(templateView{Name: filepath.Join(c.live.dir, "template.yaml"), InRound: true}, c.view.Folder.Template)
}

func (c *call) readTemplate(view templateView, t *models.Template) (answer, error) {
	view.Lang = t.Language
	if tags := t.Languages(); len(tags) > 1 {
		chosen := c.query("lang")
		for _, tag := range tags {
			view.Languages = append(view.Languages, listChoice{c.with("lang", tag), tag, tag == chosen || chosen == "" && tag == t.Language})
		}
		if chosen != "" && chosen != t.Language {
			in, _, err := office.TemplateIn(t, chosen)
			if err != nil {
				return answer{}, err
			}
			t, view.Lang = in, chosen
		}
	}
	view.Template = t
	list := c.criteriaOf(&view, t)
	p, from, to := c.paged(len(list))
	view.Pager = p
	for _, x := range list[from:to] {
		view.Criteria = append(view.Criteria, c.criterionView(t, x, view.One))
	}
	if view.Report != nil {
		for _, n := range view.Report.Notes[:min(len(view.Report.Notes), mostNotes)] {
			view.ReportNotes = append(view.ReportNotes, cutText(withoutFolder(n.String(), n.Place.File), longest))
		}
	}
	lines, err := c.templateLines()
	if err != nil {
		return answer{}, err
	}
	for _, l := range lines {
		if l.Wrong == "" && l.Name != view.Name {
			view.Others = append(view.Others, l)
		}
	}
	h := head{Title: t.Title, Kicker: c.T("Templates"), KickerTo: "/templates", Question: c.T("What is asked, and what does each level look like?"), Here: "template",
		Facts: []fact{{c.T("Criteria"), strconv.Itoa(len(t.Criteria)), ""}, {c.T("Topics"), strconv.Itoa(len(t.Topics)), ""}, {c.T("Levels"), strconv.Itoa(len(t.Levels)), ""},
			{c.T("Version"), t.ID + " " + t.Version, ""}, {c.T("Scored by"), string(t.Scoring.Method), ""}}}
	page := "templates-show"
	if view.InRound {
		h.Kicker, h.KickerTo = c.view.Folder.Config.Title, c.to("overview")
		page = "template"
	}
	return c.show(page, h, view), nil
}

// criteriaOf are the criteria that the address asks for: one, or those of a topic.
func (c *call) criteriaOf(view *templateView, t *models.Template) []*models.Criterion {
	if x := t.Criterion(c.query("ref")); x != nil {
		view.One = true
		view.Topic, _ = t.Topic(x.Topic)
		return []*models.Criterion{x}
	}
	topic := c.query("topic")
	if _, ok := t.Topic(topic); !ok {
		topic = t.Topics[0].ID
	}
	f := facet{Name: c.T("Topic")}
	for _, x := range t.Topics {
		f.Options = append(f.Options, facetOption{x.Name, c.with("topic", x.ID), len(t.CriteriaOf(x.ID, "")), x.ID == topic})
	}
	view.Topics = []facet{f}
	view.Topic, _ = t.Topic(topic)
	return t.CriteriaOf(topic, "")
}

func (c *call) criterionView(t *models.Template, x *models.Criterion, whole bool) criterionView {
	theme, _ := t.Theme(x.Theme)
	out := criterionView{Ref: x.Ref, Subject: x.Subject, Theme: theme.Name, Asked: x.AskedWhere(), To: c.with("ref", x.Ref)}
	show := func(s string) string {
		if whole {
			return s
		}
		short := cutText(s, longest)
		out.Cut = out.Cut || short != s
		return short
	}
	out.Statement = show(x.Statement)
	for _, s := range t.Scale(x) {
		step := stepText{s.Label(), show(x.Descriptors[s.Number]), show(x.NextSteps[s.Number])}
		if step.Text != "" || step.Next != "" || x.Statement == "" {
			out.Steps = append(out.Steps, step)
		}
	}
	return out
}

// diffPage is what is different in one template, compared with another.
type diffPage struct {
	A, B      string
	Templates []templateLine
	Changes   []diffLine
	Pager     pager
	Total     int
	Compared  bool
}

type diffLine struct{ Kind, About, What, Old, New string }

// diffTemplates compares two templates, or versions of one.
func (d *Desk) diffTemplates(c *call) (answer, error) {
	data := diffPage{A: c.query("a"), B: c.query("b")}
	lines, err := c.templateLines()
	if err != nil {
		return answer{}, err
	}
	for _, l := range lines {
		if l.Wrong == "" {
			data.Templates = append(data.Templates, l)
		}
	}
	for _, dir := range d.settings.rounds() {
		if f, err := c.office().Open(dir); err == nil {
			data.Templates = append(data.Templates, templateLine{Name: filepath.Join(dir, "template.yaml"), ID: f.Template.ID, Title: f.Config.Title, File: c.T("of the round in %s", dir)})
		}
	}
	h := head{Title: c.T("Two templates compared"), Kicker: c.T("Templates"), KickerTo: "/templates", Question: c.T("What is different in the second, compared with the first?")}
	if data.A != "" && data.B != "" {
		diff, err := office.DiffTemplates(data.A, data.B)
		if err != nil && office.IsMisuse(err) {
			h.Errors = []formError{{"a", err.Error()}}
			return c.wrong("templates-diff", h, data), nil
		}
		if err != nil {
			return answer{}, err
		}
		data.Compared, data.Total = true, len(diff.Changes)
		p, from, to := c.paged(len(diff.Changes))
		data.Pager = p
		for _, x := range diff.Changes[from:to] {
			data.Changes = append(data.Changes, diffLine{x.Kind, x.About, cutText(x.What, longest), cutText(x.Old, longest), cutText(x.New, longest)})
		}
	}
	return c.show("templates-diff", h, data), nil
}
