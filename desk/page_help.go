package desk

import (
	"net/http"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// helpArea is the codes of findings of one area. ID is its anchor in the list of all.
type helpArea struct {
	ID, Title string
	Codes     []helpCode
}

// helpCode is what the catalogue says of a code, in the language of the page.
type helpCode struct {
	Code            models.Code
	To              string
	St              shaped
	Meaning, Remedy string
}

// helpPage explains one code.
type helpPage struct {
	helpCode
	// Back is the page that asked; Way is where its round does what the remedy says, with no address where there is none.
	Back string
	Way  way
	// Near are the other codes of the same area.
	Near helpArea
}

// helpList has all codes.
type helpList struct {
	Areas      []helpArea
	Severities []helpSeverity
	Back       string
}

// helpSeverity is what a mark beside a code stands for.
type helpSeverity struct {
	St      shaped
	Meaning string
}

// HelpTo is where a code of a finding is explained; from there a link leads back to this page.
func (f *frame) HelpTo(code any) string {
	back := ""
	if f.call.r.Method == http.MethodGet { // the answer to a form cannot be asked for again
		back = f.Address
	}
	if f.call.query("part") != "" { // part of a page, which is asked for by script
		back, _, _ = strings.Cut(back, "?")
	}
	c, _ := code.(models.Code)
	return helpAddress(c, back)
}

func helpAddress(code models.Code, back string) string {
	return address(strings.TrimSuffix("/help/findings/"+string(code), "/"), "back", back)
}

// said is a text of the catalogue in the page's language.
func (s speech) said(english string) string {
	if w, ok := words.For(s.tag()); ok {
		return w.TextOf(english)
	}
	return english
}

// severity is a severity in words, with its shape.
func (s speech) severity(x models.Severity) shaped {
	shape := map[models.Severity]string{models.Error: "out", models.Warning: "look"}[x]
	if shape == "" {
		shape = "past"
	}
	return shaped{shape, s.said(x.Name())}
}

func (c *call) helpCode(x models.CodeInfo) helpCode {
	return helpCode{x.Code, helpAddress(x.Code, backTo(c.query("back"))), c.severity(x.Severity), c.said(x.Meaning), c.said(x.Remedy)}
}

// helpAreas are the codes of the catalogue that keep says yes to, by area.
func (c *call) helpAreas(keep func(models.CodeInfo) bool) []helpArea {
	var out []helpArea
	last := ""
	for _, x := range models.Catalogue() {
		if !keep(x) {
			continue
		}
		if last != x.Area {
			last, out = x.Area, append(out, helpArea{ID: "area-" + x.Area, Title: c.said(x.AreaTitle())})
		}
		at := &out[len(out)-1]
		at.Codes = append(at.Codes, c.helpCode(x))
	}
	return out
}

func (c *call) helpList() helpList {
	p := helpList{Areas: c.helpAreas(func(models.CodeInfo) bool { return true }), Back: backTo(c.query("back"))}
	for _, s := range []models.Severity{models.Error, models.Warning, models.Repair} {
		p.Severities = append(p.Severities, helpSeverity{c.severity(s), c.said(s.Meaning())})
	}
	return p
}

// helpFindings lists what findings there are.
func (d *Desk) helpFindings(c *call) (answer, error) {
	return c.show("help-findings", head{Title: c.T("Findings, explained"), Kicker: c.T("Help"), Question: c.T("What can be said about a return, and what is to be done about it?")}, c.helpList()), nil
}

// helpFinding explains a code.
func (d *Desk) helpFinding(c *call) (answer, error) {
	code := models.Code(c.r.PathValue("code"))
	info, ok := code.Info()
	if !ok {
		h := head{Title: c.T("There is no such finding"), Kicker: c.T("Help"), Question: c.T("Its name may have been copied only in part. All that there are stand below.")}
		return answer{status: http.StatusNotFound, page: "help-findings", head: h, data: c.helpList()}, nil
	}
	p := helpPage{helpCode: c.helpCode(info), Back: backTo(c.query("back"))}
	if rest, in := strings.CutPrefix(p.Back, "/r/"); in {
		key, _, _ := strings.Cut(rest, "/")
		if l := d.find(key); l != nil {
			inside := *c
			inside.live = l
			p.Way = inside.way(fault.Action{Name: info.Action})
		}
	}
	if near := c.helpAreas(func(x models.CodeInfo) bool { return x.Area == info.Area && x.Code != code }); len(near) > 0 {
		p.Near = near[0]
	}
	h := head{Title: string(code), Kicker: c.T("Findings, explained"), KickerTo: helpAddress("", p.Back), Question: c.said(info.AreaTitle()),
		Facts: []fact{{c.T("Severity"), p.St.Text, strings.TrimSuffix(c.said(info.Severity.Meaning()), ".")}}}
	return c.show("help-finding", h, p), nil
}
