package story

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

// own is the story of one return in the making.
type own struct {
	*telling
	x       *fact
	card    *models.Scorecard
	answers []models.Answer
	change  *models.RecipientChange
	mine    headlines.Own
}

// Recipient tells the story of a member's return, for itself: of others it has what the round's Disclosure shows. It fails
// where the answers cannot be read. The zero story is of a member without a return.
func (f *Facts) Recipient(in In, member int) (headlines.Story, error) {
	at, ok := slices.BinarySearchFunc(f.returns, member, func(x fact, m int) int { return cmp.Compare(x.member, m) })
	if !ok {
		return headlines.Story{}, nil
	}
	r := f.results
	answers, err := r.Answers(member)
	if err != nil {
		return headlines.Story{}, err
	}
	o := &own{telling: &telling{In: in, Facts: f, reader: Outside}, x: &f.returns[at], card: r.Scorecard(member), answers: answers}
	o.change = r.Change(o.x.recipient.ID)
	if o.card.Overall.Answered == 0 {
		return headlines.Story{}, nil
	}
	switch {
	case o.attains() && o.card.Staged != nil:
		o.level()
		o.asked()
		o.toGo()
		o.firstToDo()
		o.moved()
	default:
		o.topicsApart()
		o.firstToDo()
		o.ownTargets()
		o.topicMoved()
		o.beside()
	}
	if len(o.items) < headlines.Most-1 {
		o.stillTrue()
	}
	o.levelBeside()
	items := o.items[:min(len(o.items), headlines.Most)]
	return headlines.Story{Items: items, Charts: headlines.Charts{Own: &o.mine}, Digest: digestOf(items)}, nil
}

// levelName is "2 – Developing (Aware)".
func (in In) levelName(number int) string {
	l, _ := in.Template.Level(number)
	name := fmt.Sprintf("%d – %s", number, l.Name)
	if l.AltName != "" {
		name += " (" + l.AltName + ")"
	}
	return name
}

// level says which level is attained, and how it moved.
func (o *own) level() {
	st := o.card.Staged
	name := o.levelName(st.Level)
	x := headlines.Item{Rule: headlines.Result, Figures: figures("level", st.Level, "low", st.Low, "high", st.High), Text: o.Words.Say("story.own_level", "level", name)}
	if o.change != nil && o.change.Overall.Change.Known() {
		d := int(o.change.Overall.Change.Or(0))
		x.Figures = append(x.Figures, figures("change", d)...)
		switch {
		case d > 0:
			x.Text = o.Words.Count("story.own_rose", d, "level", name)
		case d < 0:
			x.Text = o.Words.Count("story.own_fell", -d, "level", name)
		default:
			x.Text = o.Words.Say("story.own_same", "level", name)
		}
		if d != 0 && !o.change.Certain {
			x.More = o.Words.Get("story.own_moved_unless")
		}
	}
	switch {
	case st.Low != st.High:
		x.More = o.Words.Say("story.own_range", "low", st.Low, "high", st.High)
	case !st.HasNext:
		x.More = o.Words.Get("story.own_top")
	}
	o.add(x)
}

// blocking are the sections that keep the next level away, nearest first.
func (o *own) blocking() []scoring.Away {
	out := slices.DeleteFunc(slices.Clone(o.x.away), func(a scoring.Away) bool { return a.Steps == 0 })
	slices.SortStableFunc(out, func(a, b scoring.Away) int { return cmp.Compare(a.Steps, b.Steps) })
	return out
}

// asked says what the next level asks and which sections fall short of it.
func (o *own) asked() {
	st, info := o.card.Staged, o.results.Scoring.Info()
	list := o.blocking()
	if !st.HasNext || len(list) == 0 {
		return
	}
	x := headlines.Item{Rule: headlines.NextLevel, Figures: figures("level", st.Next, "short", len(list)),
		Title: o.Words.Count("story.sections_short", len(list), "level", st.Next)}
	x.Text = o.Words.Say("story.next_asks", "level", st.Next)
	if info.Gate == methods.SectionGate {
		key := "story.next_asks_below"
		if o.ledTo(st.Next) {
			key = "story.next_asks_lead"
		}
		x.Text = o.Words.Say(key, "level", st.Next, "full", o.Words.Percent(fmt.Sprint(methods.RatingBound(info.NeedsBelow))),
			"large", o.Words.Percent(fmt.Sprint(methods.RatingBound(info.Needs))))
	}
	then := o.earlierShares()
	var names []string
	shares := false
	for _, a := range list[:min(3, len(list))] {
		name := o.section(a.Topic, a.Theme, a.Ref)
		now, ok := o.shareOf(a.Topic, a.Theme)
		bound := o.asks(a)
		asked := o.Words.Percent(fmt.Sprint(bound))
		shares = shares || a.Ref == "" && ok
		switch was, had := then[place{a.Topic, a.Theme, ""}]; {
		case a.Ref != "" || !ok:
		case had && was > now+1e-9:
			name = o.Words.Say("story.short_then", "section", name, "then", Share(o.Words, was, bound), "now", Share(o.Words, now, bound), "asked", asked)
		default:
			name = o.Words.Say("story.short_now", "section", name, "now", Share(o.Words, now, bound), "asked", asked)
		}
		names = append(names, name)
	}
	if len(list) > 3 {
		x.More = o.Words.Say("story.still_short_first", "count", len(list), "sections", o.enumerate(names))
	} else {
		x.More = o.Words.Count("story.still_short", len(list), "sections", o.enumerate(names))
	}
	if shares {
		x.More += " " + o.Words.Say("story.hundred", "full", o.Words.Percent("100"))
	}
	o.add(x)
}

// ledTo says that a section of a level below counts for this one, such as the criteria for progression to it.
func (o *own) ledTo(level int) bool {
	return slices.ContainsFunc(o.card.Staged.Sections, func(s models.Section) bool {
		t, _ := o.results.Template.Topic(s.Topic)
		return s.Gates && s.CountsFor == level && t.Level != nil && *t.Level < level
	})
}

// asks is the achievement in per cent that the next level asks of a section to exceed.
func (o *own) asks(a scoring.Away) int {
	for _, s := range o.card.Staged.Sections {
		if s.Topic == a.Topic && s.Theme == a.Theme && s.CountsFor == o.card.Staged.Next {
			return methods.RatingBound(o.results.Scoring.Info().Needs)
		}
	}
	return methods.RatingBounds[len(methods.RatingBounds)-1]
}

// shareOf is the achievement of a section.
func (o *own) shareOf(topic, theme string) (float64, bool) {
	for _, s := range o.card.Staged.Sections {
		if s.Topic == topic && s.Theme == theme {
			return s.Score.Value.Get()
		}
	}
	return 0, false
}

// toGo says how many steps it is to the next level, and in which sections.
func (o *own) toGo() {
	st, list := o.card.Staged, o.blocking()
	if !st.HasNext || len(list) == 0 {
		return
	}
	x := headlines.Item{Rule: headlines.Steps, Figures: figures("steps", o.x.steps, "level", st.Next), More: o.Words.Get("story.a_step")}
	var parts []string
	for _, a := range list {
		o.mine.Steps = append(o.mine.Steps, headlines.Away{Topic: a.Topic, Theme: a.Theme, Ref: a.Ref, Steps: a.Steps})
		parts = append(parts, o.Words.Say("story.steps_in", "count", a.Steps, "section", o.section(a.Topic, a.Theme, a.Ref)))
	}
	back := o.change != nil && o.change.Overall.Earlier.Or(-1) >= float64(st.Next)
	switch {
	case len(parts) > 3:
		x.Text = o.Words.Say("story.own_steps_all", "count", o.x.steps, "level", st.Next)
	case back:
		x.Text = o.Words.Count("story.own_steps_back", o.x.steps, "level", st.Next, "parts", o.enumerate(parts))
	default:
		x.Text = o.Words.Count("story.own_steps", o.x.steps, "level", st.Next, "parts", o.enumerate(parts))
	}
	o.add(x)
}

// stillTrue names the symptoms that are, up to two.
func (o *own) stillTrue() {
	if len(o.card.Risks) == 0 {
		return
	}
	var texts []string
	for _, ref := range o.card.Risks[:min(2, len(o.card.Risks))] {
		if c := o.Template.Criterion(ref); c != nil {
			texts = append(texts, o.quoted(c.Text()))
		}
	}
	o.add(headlines.Item{Rule: headlines.Risk, Figures: figures("risks", len(o.card.Risks)), Text: o.Words.Say("story.still_true", "symptoms", o.enumerate(texts))})
}

// levelBeside says how many of all returns stand at which level.
func (o *own) levelBeside() {
	d := o.results.Disclosure
	if d == nil || !o.attains() || o.card.Staged == nil {
		return
	}
	n, best := 0, models.StepCount{}
	for _, s := range d.Consolidation.All.Attained {
		n += s.Count
		if s.Count > best.Count {
			best = s
		}
	}
	if n == 0 {
		return
	}
	x := headlines.Item{Rule: headlines.Beside, Figures: figures("level", best.Number, "count", best.Count, "n", n)}
	x.Text = o.Words.Say("story.beside", "count", best.Count, "n", n, "level", best.Number)
	x.Title = x.Text
	o.add(x)
}
