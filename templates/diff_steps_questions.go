package templates

import (
	"fmt"
	"maps"
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
