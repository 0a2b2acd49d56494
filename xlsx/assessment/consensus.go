package assessment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// NewConsensus builds the workbook in which a meeting sees the views of one recipient side by side and chooses its answer:
// a sheet to start, the sheet Assessment with the views beside the cells to fill in, and one with all that was written. t is
// the template as the recipient is asked it; the round says whether whose view it is is shown. Write makes the file, with a
// manifest whose Part is views.ConsensusID and whose Topics are views.Sources. What comes back is read as any return.
func NewConsensus(t *models.Template, rd *models.Round, list []views.View) (*Workbook, error) {
	t = withoutHelp(t.Trimmed().In(rd.Language))
	b := newBook(t, rd)
	defer b.File.Close()
	b.part = views.ConsensusID
	c := &consensus{book: b, views: views.Shown(list, rd.Views.Withheld())}
	c.place(views.Names(c.views, rd.Views.Withheld()))
	c.build()
	base, err := b.finish()
	if err != nil {
		return nil, fmt.Errorf("building a consensus workbook of template %s: %w", t.ID, err)
	}
	frame, err := base.Prepare(b.gaps())
	if err != nil {
		return nil, fmt.Errorf("preparing a consensus workbook of template %s: %w", t.ID, err)
	}
	return &Workbook{frame: frame, part: true, words: t.Words()}, nil
}

// withoutHelp is a template without the explanations of its questions: everybody had them beside his or her own view, and they
// may speak of sheets that only an assessment workbook has.
func withoutHelp(t *models.Template) *models.Template {
	out := *t
	out.Questions = slices.Clone(t.Questions)
	for i := range out.Questions {
		out.Questions[i].Help = ""
	}
	return &out
}

// consensus is a consensus workbook while it is built.
type consensus struct {
	*book
	views []views.View
	// who are the views as columns and texts name them.
	who []string
	// side are the views criterion by criterion, by ref.
	side map[string]*views.Criterion
	list []views.Criterion
	// p places what is filled in; the columns that only this workbook has are beside it.
	p                                *plan
	firstView, spread, wrote, looks  int
	differ, far, agreed, total, text int
}

// The columns of Lists that only a consensus workbook has: the level that all views agree on, 1 where it stands and nobody
// confirmed it, and in the row of the headings 1 once the meeting confirmed these.
const (
	consensusProposed = iota + 90
	consensusStands
	consensusConfirmed
)

// place says where everything stands.
func (c *consensus) place(names []string) {
	for i, name := range names {
		if name == "" {
			c.who = append(c.who, c.Words.Say("consensus.view", "number", i+1))
		} else {
			c.who = append(c.who, c.Words.Say("consensus.view_of", "number", i+1, "who", name))
		}
	}
	c.list, c.side = views.Side(c.t, c.views), map[string]*views.Criterion{}
	for i := range c.list {
		x := &c.list[i]
		c.side[x.Ref] = x
		if x.Differs() {
			c.differ++
		}
		if x.Spread() > 1 {
			c.far++
		}
		if _, ok := x.Agrees(); ok {
			c.agreed++
		}
	}
	c.total = len(c.t.Criteria)
	p := &plan{columns: map[layout.Column]int{}, at: map[string]int{}, in: map[string]int{}}
	for i := range c.t.Criteria {
		p.leveled = p.leveled || c.t.Criteria[i].Kind == models.KindLevels
	}
	c.p = p
	c.placeColumns()
	p.placeRows(c.t)
	p.placeCalculation(c.t)
}

// placeColumns puts what the meeting looks at and chooses first, and what it may read beside it last: five views and the
// chosen level are in view on a screen 1,366 pixels wide.
func (c *consensus) placeColumns() {
	p, ref, label := c.p, 0.0, draw.TextWidth(c.t.NotApplicable(), draw.FontSize, true)
	for i := range c.t.Criteria {
		x := &c.t.Criteria[i]
		ref = max(ref, draw.TextWidth(x.Ref, draw.FontSize, true))
		for _, step := range c.t.Scale(x) {
			label = max(label, draw.TextWidth(step.Label(), draw.FontSize, true))
		}
	}
	subject := 20.0
	if hasKind(c.t, models.KindStatement) {
		subject = 34
	}
	p.columns[layout.Ref] = p.add(fit(ref, 7, 14))
	p.columns[layout.Subject] = p.add(subject)
	for i := range c.views {
		if n := p.add(fit(label, 10, 13) + 1.5); i == 0 {
			c.firstView = n
		}
	}
	c.spread = p.add(12)
	answer := fit(label, 12, 13.5) + 1.5
	p.columns[layout.Answer] = p.add(answer)
	if c.t.Answers.Targets {
		p.columns[layout.Target] = p.add(answer)
	}
	p.columns[layout.Evidence], p.columns[layout.Comment] = p.add(17), p.add(20)
	p.columns[layout.Status] = p.add(13)
	c.wrote = p.add(58)
	if c.describes() {
		c.looks = p.add(84)
	}
	p.last = len(p.widths)
}

// describes says that the template describes its levels.
func (c *consensus) describes() bool {
	for i := range c.t.Criteria {
		if len(c.t.Criteria[i].Descriptors) > 0 {
			return true
		}
	}
	return false
}

// proposal is the level that all views agree on for a criterion.
func (c *consensus) proposal(x *models.Criterion) (models.Choice, bool) {
	if side := c.side[x.Ref]; side != nil {
		return side.Agrees()
	}
	return models.Blank(), false
}

func (c *consensus) build() {
	c.Check(c.File.SetSheetName("Sheet1", layout.SheetStart))
	for _, name := range []string{layout.SheetAssessment, layout.SheetViews, layout.SheetTexts, layout.SheetLists, layout.SheetManifest} {
		_, err := c.File.NewSheet(name)
		c.Check(err)
	}
	c.writeChoices()
	c.writeRows()
	c.writeTexts()
	c.writeStart()
	c.writeLongTexts(c.longOfCriteria(c.p))
	c.writeManifest()
	c.Check(c.File.SetSheetVisible(layout.SheetLists, false))
	c.Check(c.File.SetSheetVisible(layout.SheetManifest, false, true))
	c.Protect(layout.SheetLists)
	c.Protect(layout.SheetManifest)
	c.File.SetActiveSheet(0)
	c.Check(c.File.SetCustomProps(excelize.CustomProperty{Name: "rubric." + layout.KeyFormat, Value: layout.ManifestFormat}))
}

// writeChoices fills the sheet Lists: the choices of the dropdowns, and for each criterion what is chosen and what was
// proposed.
func (c *consensus) writeChoices() {
	lists := c.choiceLists()
	for _, kind := range kinds {
		if list, ok := lists[kind]; ok {
			c.Width(layout.SheetLists, list.col, 28)
			c.writeList(list)
		}
	}
	c.writeOwnLists()
	head := draw.Look{Bold: true, Fill: c.Palette.Pale}
	c.Put(layout.SheetLists, listKey, listsHeader, listHeadings[0], head)
	c.Put(layout.SheetLists, listValue, listsHeader, listHeadings[1], head)
	c.Put(layout.SheetLists, consensusProposed, listsHeader, "Proposed", head)
	for _, x := range c.p.order {
		var now any = ""
		if choice, ok := c.proposal(x); ok {
			c.Put(layout.SheetLists, consensusProposed, c.p.in[x.Ref], c.t.Label(x, choice), draw.Look{})
			row := c.p.in[x.Ref]
			answer := draw.Fixed(layout.SheetAssessment, c.p.columns[layout.Answer], c.p.at[x.Ref], c.p.columns[layout.Answer], c.p.at[x.Ref])
			c.Calc(layout.SheetLists, consensusStands, row, fmt.Sprintf(`IF(AND(%s=%s,%s=0),1,0)`, answer, draw.Cell(consensusProposed, row),
				here(draw.Fixed(layout.SheetLists, consensusConfirmed, listsHeader, consensusConfirmed, listsHeader))), 1, draw.Look{})
			if now = valueNA; !choice.IsNotApplicable() {
				n, _ := choice.Number()
				now = float64(n)
			}
		}
		c.writeListValue(c.p, x, now)
	}
}

// said is what somebody wrote about a criterion, in full, with the target.
func (c *consensus) said(x *models.Criterion, a *models.Answer) string {
	target := ""
	if !a.Target.Value.IsBlank() {
		target = c.Words.Say("consensus.wrote_target", "level", c.t.Label(x, a.Target.Value))
	}
	evidence := strings.TrimSpace(a.Evidence.Value)
	if evidence != "" {
		evidence = c.Words.Say("consensus.wrote_evidence", "text", evidence)
	}
	return joined("\n", strings.TrimSpace(a.Comment.Value), evidence, target)
}

// spreadText says how far the views of a criterion lie apart.
func (c *consensus) spreadText(x *views.Criterion) string {
	if _, ok := x.Agrees(); ok {
		return c.Words.Get("consensus.spread_agree")
	}
	text := ""
	low, high := x.Ends(c.t)
	switch {
	case x.Spread() > 0:
		text = c.Words.Say("consensus.spread_levels", "low", low, "high", high)
	case x.Levels > 0:
		text = low
	}
	if x.NotApplicable > 0 {
		na := c.t.NotApplicable()
		if text != "" {
			na = c.Words.Say("consensus.spread_not_applicable", "not_applicable", na)
		}
		text = joined(" ", text, na)
	}
	if n := len(x.Blank); n > 0 {
		text = joined("\n", text, c.Words.Say("consensus.spread_blank", "count", n))
	}
	return text
}
