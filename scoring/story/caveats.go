package story

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
)

// caveat says what is outstanding and what it could change, and which returns are doubtful. It keeps the last place.
func (t *telling) caveat() (headlines.Item, bool) {
	missing := t.recipients - len(t.list)
	x := headlines.Item{Rule: headlines.Caveat, Figures: figures("outstanding", missing, "recipients", t.recipients)}
	level, certain := t.certainly()
	told := t.attains() && t.item(headlines.Result) != nil && t.whole()
	switch {
	case missing == 0:
	case told && certain:
		x.Text = t.Words.Count("story.certain", missing, "level", level)
		x.Figures = append(x.Figures, figures("level", level)...)
	case told:
		x.Text = t.Words.Count("story.uncertain", missing, "n", t.recipients)
	case 10*len(t.list) < 9*t.recipients:
		t.outstanding(&x, missing)
	}
	if doubt := t.doubt(&x); doubt != "" {
		if x.Text == "" {
			x.Text = strings.TrimSuffix(doubt, ".")
		} else {
			x.More = doubt
		}
	}
	return x, x.Text != ""
}

// outstanding says how many are, and in which one or two groups three quarters of them are.
func (t *telling) outstanding(x *headlines.Item, missing int) {
	x.Text = t.Words.Say("story.outstanding", "count", missing, "n", t.recipients)
	if t.column != "" || missing < 3 || t.reader == Outside {
		return
	}
	for _, column := range t.results.Round.Groups {
		var list []headlines.Missing
		for _, value := range t.valuesOf(column) {
			m := headlines.Missing{Column: column, Value: value}
			for i := range t.results.Members {
				if inGroup(&t.results.Members[i].Recipient, column, value) {
					m.Recipients++
					if t.results.Members[i].Return != nil {
						m.Returned++
					}
				}
			}
			list = append(list, m)
		}
		slices.SortStableFunc(list, func(a, b headlines.Missing) int {
			return cmp.Compare(b.Recipients-b.Returned, a.Recipients-a.Returned)
		})
		for k := 1; k <= 2 && k < len(list); k++ {
			part := 0
			var names []string
			for _, m := range list[:k] {
				part += m.Recipients - m.Returned
				names = append(names, m.Value)
			}
			if 4*part >= 3*missing {
				x.Text = t.Words.Say("story.outstanding_in", "count", missing, "n", t.recipients, "part", part, "groups", t.enumerate(names))
				x.Title = t.Words.Say("story.outstanding_title", "groups", t.enumerate(names))
				x.Figures = append(x.Figures, figures("in "+strings.Join(names, ", "), part)...)
				t.charts.Missing = list
				return
			}
		}
	}
}

// doubt names, for the office only, what it should look at before it quotes a figure.
func (t *telling) doubt(x *headlines.Item) string {
	if t.reader == Outside {
		return ""
	}
	var agree []string
	for _, f := range t.results.Findings {
		if f.Code == models.CopiedReturn && t.hasReturn(f.Recipient) && !slices.Contains(agree, f.Recipient) {
			agree = append(agree, f.Recipient)
		}
	}
	n, blank, unchecked := len(t.list), 0, 0
	for _, r := range t.list {
		if 5*r.blank > r.asked {
			blank++
		}
	}
	carried := map[string]bool{}
	for _, f := range t.results.Findings {
		if f.Code == models.CarriedOver || f.Code == models.CarriedUntouched {
			carried[f.Recipient] = true
		}
	}
	for _, r := range t.list {
		if carried[r.recipient.ID] {
			unchecked++
		}
	}
	many := func(c int) bool { return c >= 2 || c > 0 && 10*c >= n }
	slices.Sort(agree)
	switch {
	case len(agree) >= 2:
		x.Figures = append(x.Figures, figures("agree "+strings.Join(agree, ","), len(agree))...)
		return t.Words.Say("story.agree_word_for_word", "ids", strings.Join(agree[:min(len(agree), 4)], ", "))
	case many(blank):
		x.Figures = append(x.Figures, figures("much blank", blank)...)
		return t.Words.Say("story.much_blank", "count", blank, "n", n)
	case many(unchecked):
		x.Figures = append(x.Figures, figures("unchecked", unchecked)...)
		return t.Words.Say("story.unchecked", "count", unchecked, "n", n)
	}
	return ""
}

// response says how many returned, where there is nothing else to say.
func (t *telling) response() {
	rate := "–"
	if t.recipients > 0 {
		rate = t.Words.Percent(models.Some(100 * float64(len(t.list)) / float64(t.recipients)).Format(0))
	}
	t.add(headlines.Item{Rule: headlines.Response, Figures: figures("returned", len(t.list), "recipients", t.recipients),
		Text: t.Words.Say("story.response", "count", len(t.list), "n", t.recipients, "rate", rate)})
}
