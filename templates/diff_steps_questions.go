package templates

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// steps notes what a criterion says otherwise about the steps of its scale, and whom it is asked of.
func (d *differ) steps(about string, x, y *models.Criterion) {
	for _, part := range []struct {
		what string
		a, b map[int]string
	}{{"wording of choice", x.Options, y.Options}, {"next step at", x.NextSteps, y.NextSteps}} {
		both := map[int]string{}
		maps.Copy(both, part.a)
		maps.Copy(both, part.b)
		for _, n := range sortedKeys(both) {
			d.text(about, fmt.Sprintf("%s %d", part.what, n), part.a[n], part.b[n])
		}
	}
	was, is := x.AskedWhere(), y.AskedWhere()
	if was == is {
		return
	}
	where := func(s string) string {
		if s == "" {
			return "of all"
		}
		return "where " + s
	}
	d.out = append(d.out, Change{"changed", about, fmt.Sprintf("is now asked %s; it was asked %s", where(is), where(was)), was, is})
}

func (d *differ) questions(a, b *models.Template) {
	compare(d, a.Questions, b.Questions, "question", func(q models.Question) string { return q.ID }, func(about string, x, y models.Question) {
		d.text(about, "text", x.Text, y.Text)
		d.text(about, "type", string(x.Type), string(y.Type))
		d.text(about, "list of options", strings.Join(x.Options, "; "), strings.Join(y.Options, "; "))
		d.flag(about, "it must be answered", x.Required, y.Required)
		d.text(about, "help", x.Help, y.Help)
	})
}

func (d *differ) contradictions(a, b *models.Template) {
	lines := func(t *models.Template) (out []string) {
		for _, x := range t.Contradictions {
			out = append(out, bounds(x.If)+" beside "+bounds(x.And))
		}
		return out
	}
	was, is := lines(a), lines(b)
	for _, s := range is {
		if !slices.Contains(was, s) {
			d.out = append(d.out, Change{Kind: "new", About: "contradictions", What: s + " is now a contradiction"})
		}
	}
	for _, s := range was {
		if !slices.Contains(is, s) {
			d.out = append(d.out, Change{Kind: "retired", About: "contradictions", What: s + " is no longer a contradiction"})
		}
	}
}

// bounds says which answers a condition means.
func bounds(x models.Condition) string {
	switch {
	case x.From == nil:
		return x.Ref + " up to " + number(x.To)
	case x.To == nil:
		return x.Ref + " from " + number(x.From)
	}
	return fmt.Sprintf("%s from %d to %d", x.Ref, *x.From, *x.To)
}
