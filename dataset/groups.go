package dataset

import "github.com/rubric-project/rubric/models"

func groupsTable() Table {
	return Table{
		Name:    "groups",
		Meaning: "How the recipients' scores are spread over all and in each group. Of a group that is too small, or that would give one away by subtraction, only the counts of recipients and returns are given.",
		Key:     []string{"group_column", "group_value", "scope", "topic", "theme"},
		Columns: []Column{
			{Name: "group_column", Kind: Text, Meaning: "The group column's heading in the recipients list; empty text for all recipients."},
			{Name: "group_value", Kind: Text, Meaning: "The value in it; empty text for all recipients."},
			{Name: "scope", Kind: Text, Meaning: "overall, topic, theme or cell (topic × theme)."},
			{Name: "topic", Kind: Text, Meaning: "The topic's id; empty text for overall and theme."},
			{Name: "theme", Kind: Text, Meaning: "The theme's id; empty text for overall and topic."},
			{Name: "recipients", Kind: Integer, Meaning: "Recipients in the group."},
			{Name: "returned", Kind: Integer, Meaning: "Returns that count."},
			{Name: "suppressed", Kind: Integer, Meaning: "1 if the figure must not be shown outside the office; for a group it is then left out."},
			{Name: "n", Kind: Integer, Meaning: "Recipients with a score."},
			{Name: "minimum", Kind: Real, Meaning: "The lowest score."},
			{Name: "q1", Kind: Real, Meaning: "First quartile, as Excel's QUARTILE.INC (type 7 of Hyndman and Fan 1996)."},
			{Name: "median", Kind: Real, Meaning: "Median."},
			{Name: "q3", Kind: Real, Meaning: "Third quartile."},
			{Name: "maximum", Kind: Real, Meaning: "The highest score."},
			{Name: "mean", Kind: Real, Meaning: "Mean."},
		},
		rows: func(in *models.Results, emit func([]any) error) error {
			if err := viewRows(in.Template, &in.Consolidation.All, emit); err != nil {
				return err
			}
			for i := range in.Consolidation.Groups {
				if err := viewRows(in.Template, &in.Consolidation.Groups[i], emit); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// viewRows emits the spreads of one group.
func viewRows(t *models.Template, v *models.GroupView, emit func([]any) error) error {
	put := func(scope, topic, theme string, list []models.Spread, at int) error {
		s := models.Spread{}
		if at < len(list) {
			s = list[at]
		}
		var n any
		if !v.Suppressed && !s.Suppressed || v.Column == "" {
			n = s.N
		}
		return emit([]any{
			v.Column, v.Value, scope, topic, theme, v.Recipients, v.Returned, truth(v.Suppressed || s.Suppressed), n,
			figure(s.Min), figure(s.Q1), figure(s.Median), figure(s.Q3), figure(s.Max), figure(s.Mean),
		})
	}
	if err := put("overall", "", "", []models.Spread{v.Overall}, 0); err != nil {
		return err
	}
	for i, topic := range t.Topics {
		if err := put("topic", topic.ID, "", v.Topics, i); err != nil {
			return err
		}
	}
	for i, theme := range t.Themes {
		if err := put("theme", "", theme.ID, v.Themes, i); err != nil {
			return err
		}
	}
	for i, topic := range t.Topics {
		for j, theme := range t.Themes {
			if err := put("cell", topic.ID, theme.ID, v.Cells, i*len(t.Themes)+j); err != nil {
				return err
			}
		}
	}
	return nil
}
