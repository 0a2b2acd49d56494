package templates

import (
	"fmt"
	"io"
	"math"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
)

// LoadCrosswalk reads a crosswalk from YAML and holds it against the two templates that it leads from and to: each
// criterion of either must stand in one entry. The name of the file is for messages.
//
// The error lists every mistake, one a line, as file:line:column: what is wrong; what to do.
func LoadCrosswalk(name string, r io.Reader, from, to *models.Template) (*crosswalk.Crosswalk, error) {
	data, err := io.ReadAll(io.LimitReader(r, strictyaml.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s could not be read: %w", name, err)
	}
	var x crosswalk.Crosswalk
	d := strictyaml.Parse(name, data)
	d.Into(&x)
	w := walkChecker{Document: d, x: &x, from: from, to: to, fromAt: map[string]int{}, toAt: map[string]int{}}
	if w.edition("from", x.From, from) && w.edition("to", x.To, to) {
		w.levels()
		for i := range x.Entries {
			w.entry(i)
		}
		w.complete()
	}
	if err := d.Err(); err != nil {
		return nil, err
	}
	return &x, nil
}

// CrosswalkEditions reads only which templates a crosswalk leads from and to; ok is false where the file does not
// say it.
func CrosswalkEditions(name string, data []byte) (from, to models.Edition, ok bool) {
	var x crosswalk.Crosswalk
	d := strictyaml.Parse(name, data)
	d.Into(&x)
	return x.From, x.To, !d.Wrong("from") && !d.Wrong("to")
}

type walkChecker struct {
	*strictyaml.Document
	x        *crosswalk.Crosswalk
	from, to *models.Template
	// fromAt and toAt say in which entry a ref stood first.
	fromAt, toAt map[string]int
}

// edition says whether the crosswalk is about this template.
func (w walkChecker) edition(key string, e models.Edition, t *models.Template) bool {
	if w.Wrong(key) {
		return false
	}
	side := map[string]string{"from": "earlier", "to": "later"}[key]
	if e != t.Edition() {
		w.Add(fmt.Sprintf("the crosswalk leads %s %s, but the %s template is %s", key, e, side, t.Edition()),
			"give the crosswalk that belongs to the two templates, or draft one", key)
	}
	return e == t.Edition()
}

// levels checks that every earlier level has one counterpart, and that none overtakes another.
func (w walkChecker) levels() {
	if !w.Has("levels") || w.Wrong("levels") {
		return
	}
	seen := map[int]int{}
	for i, l := range w.x.Levels {
		line, _ := w.Locate("levels", seen[l.From])
		_, twice := seen[l.From]
		seen[l.From] = i
		if _, ok := w.from.Level(l.From); !ok {
			w.Add(fmt.Sprintf("the earlier template has no level %d", l.From), "its levels are "+numbersOf(w.from), "levels", i, "from")
		} else if twice {
			w.Add(fmt.Sprintf("the earlier level %d stands here a second time", l.From), fmt.Sprintf("keep this line or line %d", line), "levels", i, "from")
		}
		if _, ok := w.to.Level(l.To); !ok {
			w.Add(fmt.Sprintf("the later template has no level %d", l.To), "its levels are "+numbersOf(w.to), "levels", i, "to")
		}
		for k, earlier := range w.x.Levels[:i] {
			if (l.From-earlier.From)*(l.To-earlier.To) < 0 && !w.Wrong("levels", i) {
				line, _ := w.Locate("levels", k)
				w.Add(fmt.Sprintf("level %d becomes %d, which overtakes line %d", l.From, l.To, line), "a higher level must not become a lower one", "levels", i)
			}
		}
	}
	for _, l := range w.from.Levels {
		if _, there := seen[l.Number]; !there && !w.Wrong("levels") {
			w.AddKey(fmt.Sprintf("the earlier level %d has no counterpart", l.Number), fmt.Sprintf("add a line - {from: %d, to: …}", l.Number), "levels")
		}
	}
}

func numbersOf(t *models.Template) string {
	return fmt.Sprintf("%d to %d", t.Levels[0].Number, t.Levels[len(t.Levels)-1].Number)
}

// counts is how many refs an entry of each kind has on either side; many stands for two or more.
var counts = map[crosswalk.Kind]struct {
	from, to int
	words    string
}{
	crosswalk.Same:    {1, 1, "one ref under from and the same under to"},
	crosswalk.Renamed: {1, 1, "one ref under from and another under to"},
	crosswalk.Split:   {1, many, "one ref under from and two or more under to"},
	crosswalk.Merged:  {many, 1, "two or more refs under from and one under to"},
	crosswalk.New:     {0, 1, "one ref under to and none under from"},
	crosswalk.Retired: {1, 0, "one ref under from and none under to"},
}

const many = 2

func (w walkChecker) entry(i int) {
	if w.Wrong("entries", i) {
		return
	}
	e := &w.x.Entries[i]
	w.refs(i, "from", e.From, w.from, w.fromAt)
	w.refs(i, "to", e.To, w.to, w.toAt)
	want := counts[e.Kind]
	fits := func(n, want int) bool { return n == want || want == many && n > many }
	switch {
	case !fits(len(e.From), want.from) || !fits(len(e.To), want.to):
		w.Add(fmt.Sprintf("an entry of the kind %s has %s; this one has %d and %d", e.Kind, want.words, len(e.From), len(e.To)),
			"correct the kind or the refs", "entries", i, "kind")
		return
	case e.Kind == crosswalk.Same && e.From[0] != e.To[0]:
		w.Add(fmt.Sprintf("%s and %s are not the same ref", e.From[0], e.To[0]), "write kind: renamed", "entries", i, "kind")
	case e.Kind == crosswalk.Renamed && e.From[0] == e.To[0]:
		w.Add(fmt.Sprintf("%s keeps its ref", e.From[0]), "write kind: same", "entries", i, "kind")
	}
	w.sameKind(i, e)
	w.weights(i, e)
}

func (w walkChecker) refs(i int, key string, refs []string, t *models.Template, at map[string]int) {
	side := map[string]string{"from": "earlier", "to": "later"}[key]
	for k, ref := range refs {
		if t.Criterion(ref) == nil {
			var all []string
			for _, c := range t.Criteria {
				all = append(all, c.Ref)
			}
			w.Add(fmt.Sprintf("the %s template has no criterion %s", side, ref), text.DidYouMean(ref, all), "entries", i, key, k)
			continue
		}
		if first, twice := at[ref]; twice {
			line, _ := w.Locate("entries", first)
			w.Add(fmt.Sprintf("the %s criterion %s stands in a second entry", side, ref),
				fmt.Sprintf("each stands in one; the first is in line %d", line), "entries", i, key, k)
			continue
		}
		at[ref] = i
	}
}

// sameKind checks that levels do not become statements.
func (w walkChecker) sameKind(i int, e *crosswalk.Entry) {
	for _, a := range e.From {
		for k, b := range e.To {
			x, y := w.from.Criterion(a), w.to.Criterion(b)
			if x != nil && y != nil && x.Kind != y.Kind && !w.Wrong("entries", i) {
				w.Add(fmt.Sprintf("%s is answered by %s and %s by %s, so that no answer can go from one to the other", a, scaleWord(x), b, scaleWord(y)),
					"write two entries instead: one of the kind retired, one of the kind new", "entries", i, "to", k)
			}
		}
	}
}

func scaleWord(c *models.Criterion) string {
	return map[models.Kind]string{models.KindLevels: "levels", models.KindStatement: "a rating", models.KindSymptom: "yes or no"}[c.Kind]
}

func (w walkChecker) weights(i int, e *crosswalk.Entry) {
	if len(e.Weights) == 0 {
		return
	}
	sum := 0.0
	for _, x := range e.Weights {
		sum += x
	}
	switch {
	case e.Kind != crosswalk.Split:
		w.AddKey("weights belong to the kind split only", "remove them", "entries", i, "weights")
	case len(e.Weights) != len(e.To):
		w.Add(fmt.Sprintf("there are %d weights for %d parts", len(e.Weights), len(e.To)), "give one for each ref under to", "entries", i, "weights")
	case math.Abs(sum-1) > 0.0005*float64(len(e.Weights)):
		w.Add(fmt.Sprintf("the weights add up to %.3g", sum), "they are shares of the earlier criterion and must add up to 1", "entries", i, "weights")
	}
}

// complete reports the criteria that stand in no entry. Where an entry is wrong, most likely they belong there.
func (w walkChecker) complete() {
	if w.Wrong("entries") {
		return
	}
	for _, c := range w.from.Criteria {
		if _, there := w.fromAt[c.Ref]; !there {
			w.AddKey(fmt.Sprintf("the earlier criterion %s (%s) stands in no entry", c.Ref, c.Subject),
				fmt.Sprintf("add it to the entry of what it became, or add - {kind: retired, from: [%q]}", c.Ref), "entries")
		}
	}
	for _, c := range w.to.Criteria {
		if _, there := w.toAt[c.Ref]; !there {
			w.AddKey(fmt.Sprintf("the later criterion %s (%s) stands in no entry", c.Ref, c.Subject),
				fmt.Sprintf("add it to the entry of what it was, or add - {kind: new, to: [%q]}", c.Ref), "entries")
		}
	}
}
