package desk

import (
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
)

// decidePage is one open question, and the queue that it stands in.
type decidePage struct {
	// Total is how many things need a person; Item the one that is shown, nil where nothing does.
	Total int
	Item  *decisions.Item
	// Code is that of the finding that asks; "" where none does.
	Code models.Code
	// What says the matter and the place in the queue, Ask the question.
	What, Ask   string
	Place       int
	File        string
	ReturnTo    string
	Summary     []askedLine
	Sheet       *sheetPart
	Pictures    []evidenceFile
	Answers     bool // whether the choices are answers, which need a reason
	Choices     []choiceLine
	Others      []choiceLine
	Anybody     bool // whether any recipient can be chosen
	Recipients  []choiceLine
	Scored      string
	InFile      int // further items of this kind in the same file
	OfKind      int
	NextTo      string
	Queue       []queueGroup
	By          string
	Reason      string
	Chosen      string
	Other       string
	ChangesName bool
	Bad         map[string]string
}

type askedLine struct{ Name, Text, More, To string }

// choiceLine is a choice with what it would do.
type choiceLine struct {
	Value, Label, Text, Then string
	Own                      bool // the words are the desk's own
}

// queueGroup is the open items of one matter; Rest are not listed.
type queueGroup struct {
	Matter, Title string
	N, Rest       int
	RestTo        string
	Items         []queueItem
}

type queueItem struct {
	To, Text, Of string
	Here         bool
}

// mostQueued is how many items of a matter the queue lists; the others come as these are settled.
const mostQueued = 25

// mostLooked is the number of recipients up to which a page works out what whole files would do to the scores.
const mostLooked = 1500

// mattersIn are what is to be settled, in words.
var mattersIn = map[decisions.Matter]string{
	decisions.Whose: "Whose is it?", decisions.Unverified: "Not confirmed by a seal", decisions.WhichCounts: "Which return counts?", decisions.Incomplete: "Too empty to count",
	decisions.PartsDiffer: "Workbooks that differ", decisions.NoConsensus: "Views without a consensus", decisions.Ambiguous: "Answers that are not clear", decisions.Picture: "Pictures and files that are not read",
}

func (c *call) decideHead(total int) head {
	h := head{Title: c.T("To decide"), Kicker: c.view.Folder.Config.Title, KickerTo: c.to("overview"), Here: "decide"}
	h.Question = c.N(total, "%d thing needs a person. It is decided with a reason, and can be taken back.", "%d things need a person. Each is decided with a reason, and can be taken back.")
	if total == 0 {
		h.Question = c.T("Nothing needs a person now.")
	}
	return h
}

func (d *Desk) decide(c *call) (answer, error) {
	items, err := c.toDecide()
	if err != nil {
		return answer{}, err
	}
	p := decidePage{By: d.settings.by(), ChangesName: c.query("name") != ""}
	if err := c.fillDecide(&p, items, c.chosenItem(items)); err != nil {
		return answer{}, err
	}
	return c.show("decide", c.decideHead(len(items)), p), nil
}

// chosenItem is the place of the item that the address asks for: by its id, or the first about a file or of a matter; else
// the first.
func (c *call) chosenItem(items []decisions.Item) int {
	for _, by := range []struct {
		param string
		of    func(decisions.Item) string
	}{
		{"item", func(it decisions.Item) string { return it.ID }},
		{"file", func(it decisions.Item) string { return it.File }},
		{"recipient", func(it decisions.Item) string { return it.Recipient }},
		{"matter", func(it decisions.Item) string { return string(it.Matter) }},
	} {
		if want := c.query(by.param); want != "" {
			if i := slices.IndexFunc(items, func(it decisions.Item) bool { return by.of(it) == want }); i >= 0 {
				return i
			}
		}
	}
	if at, err := strconv.Atoi(c.query("from")); err == nil && at >= 0 && at < len(items) { // where the queue stood
		return at
	}
	return 0
}

func (c *call) fillDecide(p *decidePage, items []decisions.Item, at int) error {
	p.Total = len(items)
	p.Queue = c.queue(items, at)
	if len(items) == 0 {
		return nil
	}
	it := items[at]
	p.Item, p.Place, p.File, p.ReturnTo = &it, at+1, baseName(it.File), c.to("return", "file", it.File)
	if _, ok := models.Code(it.Code).Info(); ok {
		p.Code = models.Code(it.Code)
	}
	inFile, ofKind, before := 0, 0, 0
	for i := range items {
		if items[i].Matter != it.Matter {
			continue
		}
		ofKind++
		if items[i].Digest == it.Digest {
			if inFile++; i < at {
				before++
			}
		}
	}
	p.What = c.T(mattersIn[it.Matter])
	if inFile > 1 {
		p.What += ", " + c.T("%d of %d in this return", before+1, inFile)
	}
	if len(items) > 1 {
		p.NextTo = c.to("decide", "item", items[(at+1)%len(items)].ID)
	}
	if err := c.fillShown(p, &it); err != nil {
		return err
	}
	return c.fillChoices(p, &it, inFile, ofKind)
}

// fillChoices are all that can be decided, each with what it would do, and none of them chosen.
func (c *call) fillChoices(p *decidePage, it *decisions.Item, inFile, ofKind int) error {
	would, err := once(c.view, "as if "+it.ID, func() ([]*office.AsIf, error) {
		return c.office().AsIfEach(c.r.Context(), c.view.Folder, it, mostLooked)
	})
	if err != nil {
		return err
	}
	shared := false
	for i, ch := range it.Choices {
		line := choiceLine{Value: ch.Value, Label: ch.Label, Text: ch.Descriptor}
		if would[i] != nil {
			line.Then = c.wouldBe(p, it, would[i], ch)
		}
		answers := ch.Request.Kind == decisions.Answer
		p.Answers = p.Answers || answers
		switch {
		case answers && isShared(ch.Value), ch.Request.Kind == decisions.Leave:
			shared = true
			c.inOwnWords(&line, it, ch)
			p.Others = append(p.Others, line)
		default:
			c.whatCounts(&line, it, ch)
			p.Choices = append(p.Choices, line)
		}
	}
	if it.Matter == decisions.Whose {
		p.Anybody = true
	}
	if shared {
		p.InFile, p.OfKind = inFile, ofKind
	}
	place := map[string]int{decisions.Ask: 1, decisions.Blank: 2, decisions.NotApplicable: 3}
	slices.SortStableFunc(p.Others, func(a, b choiceLine) int { return place[a.Value] - place[b.Value] })
	return nil
}

// inOwnWords says the choices that every answer has in the desk's words.
func (c *call) inOwnWords(line *choiceLine, it *decisions.Item, ch decisions.Choice) {
	switch ch.Value {
	case decisions.Ask:
		line.Label, line.Text, line.Own = c.T("Ask the sender"), c.T("The cell is marked in a copy of their own workbook, and goes back with the corrections. Until they answer it stays blank."), true
	case decisions.Blank:
		line.Label, line.Text, line.Own = c.T("Leave it blank"), c.T("The score rests on the other answers, and says so."), true
	case decisions.NotApplicable:
		line.Text = c.T("Only if what they wrote says so. It leaves the score.")
	}
	if ch.Request.Kind == decisions.Leave {
		line.Label, line.Own = c.T("Leave it as it is"), true
		line.Text = c.without(it)
	}
}

// wouldBe says what a choice would do to the score: of the criterion's topic, or overall.
func (c *call) wouldBe(p *decidePage, it *decisions.Item, x *office.AsIf, ch decisions.Choice) string {
	if x.Then == nil {
		return c.T("no return counts")
	}
	cr := c.view.Folder.Template.Criterion(it.Ref)
	if cr == nil {
		said := c.N(x.Then.Overall.Answered, "%d answer counts", "%d answers count")
		if score, ok := x.Then.Overall.Score.Value.Get(); ok {
			said += ", " + c.T("score %s", c.Number(score, 2))
		}
		p.Scored = c.T("At the right: what would count for the recipient.")
		return said
	}
	for _, g := range x.Then.Topics {
		if g.Topic != cr.Topic {
			continue
		}
		p.Scored = c.T("At the right: the mean of topic %s for this recipient, as it would be.", cr.Topic)
		mean, ok := g.Mean.Get()
		if !ok {
			return c.T("topic %s: no mean", cr.Topic)
		}
		said := c.T("topic %s: %s", cr.Topic, c.Number(mean, 2))
		low, _ := g.Score.Low.Get()
		high, known := g.Score.High.Get()
		switch {
		case ch.Value == decisions.Ask:
			said += " " + c.T("for now")
		case ch.Value == decisions.Blank && known && low < high:
			said += " " + c.T("(%s to %s)", c.Number(low, 2), c.Number(high, 2))
		}
		return said
	}
	return ""
}

// queue lists what is open by matter. Of a long matter those around the one that is shown are listed.
func (c *call) queue(items []decisions.Item, at int) []queueGroup {
	var out []queueGroup
	for from := 0; from < len(items); {
		to := from
		for to < len(items) && items[to].Matter == items[from].Matter {
			to++
		}
		g := queueGroup{Matter: string(items[from].Matter), Title: c.T(mattersIn[items[from].Matter]), N: to - from}
		first := from
		if at >= from && at < to && at-from >= mostQueued {
			first = at - at%mostQueued
			first = max(first, from)
		}
		last := min(first+mostQueued, to)
		for i := first; i < last; i++ {
			g.Items = append(g.Items, c.queueItem(&items[i], i == at))
		}
		if g.Rest = to - from - (last - first); last < to {
			g.RestTo = c.to("decide", "item", items[last].ID)
		} else if g.Rest > 0 {
			g.RestTo = c.to("decide", "item", items[from].ID)
		}
		out = append(out, g)
		from = to
	}
	return out
}

func (c *call) queueItem(it *decisions.Item, here bool) queueItem {
	q := queueItem{To: c.to("decide", "item", it.ID), Here: here, Text: baseName(it.File), Of: it.Name}
	if it.Ref != "" {
		q.Text = it.Ref + ": " + it.Shows
	}
	return q
}
