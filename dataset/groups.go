package dataset

import "github.com/rubric-project/rubric/models"

func groupsTable() Table {
	return Table{
		Name:    "groups",
		Meaning: "How the recipients' scores are spread over all and in each group. Every group has its figures: they are the office's own, and suppressed says which must not leave it.",
		Key:     []string{"group_column", "group_value", "scope", "topic", "theme"},
		Columns: []Column{
			{Name: "group_column", Kind: Text, Meaning: "The group column's heading in the recipients list; empty text for all recipients."},
			{Name: "group_value", Kind: Text, Meaning: "The value in it; empty text for all recipients."},
			{Name: "scope", Kind: Text, Meaning: "overall, topic, theme or cell (topic × theme)."},
			{Name: "topic", Kind: Text, Meaning: "The topic's id; empty text for overall and theme."},
			{Name: "theme", Kind: Text, Meaning: "The theme's id; empty text for overall and topic."},
			{Name: "recipients", Kind: Integer, Meaning: "Recipients in the group."},
			{Name: "returned", Kind: Integer, Meaning: "Returns that count."},
			{Name: "suppressed", Kind: Integer, Meaning: "1 if the median must not be shown outside the office."},
			{Name: "n", Kind: Integer, Meaning: "Recipients with a score."},
			{Name: "minimum", Kind: Real, Meaning: "The lowest score."},
			{Name: "q1", Kind: Real, Meaning: "First quartile, as Excel's QUARTILE.INC (type 7 of Hyndman and Fan 1996)."},
			{Name: "median", Kind: Real, Meaning: "Median."},
			{Name: "q3", Kind: Real, Meaning: "Third quartile."},
			{Name: "maximum", Kind: Real, Meaning: "The highest score."},
			{Name: "mean", Kind: Real, Meaning: "Mean."},
		},
		rows: func(in source, emit func([]any) error) error {
			if err := viewRows(in, &in.Consolidation.All, emit); err != nil {
				return err
			}
			for i := range in.Consolidation.Groups {
				if err := viewRows(in, &in.Consolidation.Groups[i], emit); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// viewRows emits the spreads of one group.
func viewRows(in source, v *models.GroupView, emit func([]any) error) error {
	t := in.Template
	others := &models.GroupView{} // what may be shown
	if d := in.Disclosure; d != nil {
		if others = &d.Consolidation.All; v.Column != "" {
			others, _ = d.Group(v.Column, v.Value)
		}
	}
	if others == nil {
		others = &models.GroupView{}
	}
	put := func(scope, topic, theme string, list, shown []models.Spread, at int) error {
		s, other := models.Spread{}, models.Spread{}
		if at < len(list) {
			s = list[at]
		}
		if at < len(shown) {
			other = shown[at]
		}
		return emit([]any{
			v.Column, v.Value, scope, topic, theme, v.Recipients, v.Returned, truth(s.N > 0 && !other.Median.Known()), s.N,
			figure(s.Min), figure(s.Q1), figure(s.Median), figure(s.Q3), figure(s.Max), figure(s.Mean),
		})
	}
	if err := put("overall", "", "", []models.Spread{v.Overall}, []models.Spread{others.Overall}, 0); err != nil {
		return err
	}
	for i, topic := range t.Topics {
		if err := put("topic", topic.ID, "", v.Topics, others.Topics, i); err != nil {
			return err
		}
	}
	for i, theme := range t.Themes {
		if err := put("theme", "", theme.ID, v.Themes, others.Themes, i); err != nil {
			return err
		}
	}
	for i, topic := range t.Topics {
		for j, theme := range t.Themes {
			if err := put("cell", topic.ID, theme.ID, v.Cells, others.Cells, i*len(t.Themes)+j); err != nil {
				return err
			}
		}
	}
	return nil
}
