package story

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/words"
)

// Reader is whom a story is told.
type Reader int

// The readers. The zero value is the office, which may see everything.
const (
	Office Reader = iota
	Outside
)

// In is the language that a story is told in: the words, and the template in the same language.
type In struct {
	Words    *words.Words
	Template *models.Template
}

// telling is a story in the making.
type telling struct {
	In
	*Facts
	reader Reader
	// column and value are the group that is told of; empty for all. list are its returns, the others the rest's.
	column, value string
	list, others  []*fact
	recipients    int
	has           map[string]bool // by recipient id: a return of the list
	items         []headlines.Item
	charts        headlines.Charts
}

// Round tells the story of all returns.
func (f *Facts) Round(in In, reader Reader) headlines.Story { return f.tell(in, reader, "", "") }

// Group tells the story of a group: the recipients with this value in the column.
func (f *Facts) Group(in In, reader Reader, column, value string) headlines.Story {
	return f.tell(in, reader, column, value)
}

func (f *Facts) tell(in In, reader Reader, column, value string) headlines.Story {
	t := &telling{In: in, Facts: f, reader: reader, column: column, value: value, has: map[string]bool{}}
	for i := range f.results.Members {
		if t.belongs(&f.results.Members[i].Recipient) {
			t.recipients++
		}
	}
	for i := range f.returns {
		if x := &f.returns[i]; t.belongs(&x.recipient) {
			t.list = append(t.list, x)
			t.has[x.recipient.ID] = true
		} else {
			t.others = append(t.others, x)
		}
	}
	// Enough others: nothing is said to readers outside of so few.
	if reader == Office && len(t.list) > 0 || t.enough(len(t.list)) {
		t.levelsChart()
		t.heldChart()
		t.waysChart()
		t.lackingChart()
		t.halvesChart()
		t.furthestChart()
		for _, slot := range []func(){t.change, t.result, t.holdsBack, t.furthest, t.nearTheNext, t.risk, t.targets, t.group} {
			slot()
		}
	}
	if len(t.items) == 0 {
		t.response()
	}
	t.items = t.items[:min(len(t.items), headlines.Most)]
	if last, ok := t.caveat(); ok {
		t.items = append(t.items[:min(len(t.items), headlines.Most-1)], last)
	}
	return headlines.Story{Items: t.items, Charts: t.forReader(), Digest: digestOf(t.items)}
}

func (t *telling) belongs(rc *models.Recipient) bool {
	if t.column == "" {
		return true
	}
	return inGroup(rc, t.column, t.value)
}

// forReader is the charts without what the reader must not see.
func (t *telling) forReader() headlines.Charts {
	c := t.charts
	if t.reader == Office {
		return c
	}
	c.Up, c.Open, c.Down, c.Ways, c.Lacking, c.Missing, c.Ahead = nil, nil, nil, nil, nil, nil, nil
	n := len(t.list)
	if !t.whole() || !t.levelsShown() {
		c.Held = nil
	}
	var held []headlines.Held // as far as the plan has it, and neither those kept back nor the others are one or two
	for _, h := range c.Held {
		if min(h.Count(), n-h.Count()) > 2 && t.keepsBack(place{h.Topic, h.Theme, h.Ref}, h.Count()) {
			held = append(held, headlines.Held{Topic: h.Topic, Theme: h.Theme, Ref: h.Ref, Far: h.Count()})
		}
	}
	c.Held = held
	for i, x := range c.Topics {
		if t.item(headlines.InHalves) == nil || !t.tells(x.Lower, n) || !t.tells(x.Upper, n) {
			c.Topics[i] = headlines.Halves{Topic: x.Topic}
		}
	}
	return c
}

func (t *telling) item(rule headlines.Rule) *headlines.Item {
	return (&headlines.Story{Items: t.items}).Item(rule)
}

// add says a finding.
func (t *telling) add(x headlines.Item) { t.items = append(t.items, x) }

// minimum is how many others a figure that leaves the office needs.
func (t *telling) minimum() int { return t.results.Round.SmallestGroup() }

// enough says that n returns are enough to be counted: the office's own eyes see any, a reader outside needs as many others as
// the minimum.
func (t *telling) enough(n int) bool {
	if t.reader == Office {
		return n > 0
	}
	return n > t.minimum()
}

// tells says that a count of c of n may be said to this reader: not of too few, and not where all but one or two stand alike
// on either side, who could work the rest out (docs/disclosure.md).
func (t *telling) tells(c, n int) bool {
	return t.reader == Office || t.enough(n) && c > 2 && c < n-2
}

// keepsBack says whether the plan of what may be shown has this count of what a section or criterion keeps back.
func (t *telling) keepsBack(at place, count int) bool {
	if t.reader == Office {
		return true
	}
	for _, k := range t.results.Disclosure.KeptBack {
		if k.Topic == at.topic && k.Theme == at.theme && k.Ref == at.ref {
			return k.Withheld == "" && k.Count == count
		}
	}
	return false
}

// least writes a count that may be more as the answers stand.
func (t *telling) least(certain, now int, key string) string {
	if now > certain {
		return t.Words.Say(key, "count", certain)
	}
	return fmt.Sprint(certain)
}

// quoted sets a text of the template in quotation marks.
func (t *telling) quoted(text string) string { return t.Words.Say("story.quoted", "text", text) }

func (t *telling) topic(i int) string { return t.quoted(t.Template.Topics[i].Name) }

// section names a section by its theme and level, a criterion by its ref and subject.
func (in In) section(topic, theme, ref string) string {
	quoted := func(s string) string { return in.Words.Say("story.quoted", "text", s) }
	if ref != "" {
		if c := in.Template.Criterion(ref); c != nil {
			return ref + " " + quoted(c.Subject)
		}
		return ref
	}
	t, _ := in.Template.Topic(topic)
	h, ok := in.Template.Theme(theme)
	if !ok {
		return quoted(t.Name)
	}
	if t.Level == nil {
		return quoted(t.Name + " · " + h.Name)
	}
	return in.Words.Say("story.section", "section", quoted(h.Name), "level", *t.Level)
}

// list joins texts with commas, and the last with "and".
func (in In) enumerate(parts []string) string {
	if len(parts) < 2 {
		return join(parts)
	}
	return in.Words.Say("story.and", "first", join(parts[:len(parts)-1]), "last", parts[len(parts)-1])
}

func join(parts []string) string {
	out := ""
	for i, p := range parts {
		if i > 0 {
			out += ", "
		}
		out += p
	}
	return out
}

func figures(namesAndValues ...any) []headlines.Figure {
	var out []headlines.Figure
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		v := 0.0
		switch x := namesAndValues[i+1].(type) {
		case int:
			v = float64(x)
		case float64:
			v = x
		}
		out = append(out, headlines.Figure{Name: namesAndValues[i].(string), Value: v})
	}
	return out
}

// digestOf tells whether the figures of two stories are the same, in whatever language they are told.
func digestOf(items []headlines.Item) string {
	h := sha256.New()
	for _, x := range items {
		fmt.Fprintln(h, x.Rule, x.Figures)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}
