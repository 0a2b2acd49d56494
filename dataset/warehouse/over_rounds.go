package warehouse

import (
	"slices"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models/crosswalk"
)

// These tables are what is needed to follow organisations and criteria from round to round.

func groupsTable(in Input) table {
	return table{
		name: "recipient_groups", key: []string{"recipient", "group_column"},
		columns: []dataset.Column{{Name: "recipient", Kind: dataset.Text}, {Name: "group_column", Kind: dataset.Text}, {Name: "group_value", Kind: dataset.Text}},
		rows: func(emit func([]any) error) error {
			for _, m := range in.Members {
				for _, column := range in.Round.Groups {
					if value := m.Recipient.Groups[column]; value != "" {
						if err := emit([]any{m.Recipient.ID, column, value}); err != nil {
							return err
						}
					}
				}
			}
			return nil
		},
	}
}

func previousTable(in Input) table {
	return table{
		name: "previous_ids", key: []string{"recipient"},
		columns: []dataset.Column{{Name: "recipient", Kind: dataset.Text}, {Name: "previous_id", Kind: dataset.Text}},
		rows: func(emit func([]any) error) error {
			for _, m := range in.Members {
				if m.Recipient.PreviousID != "" {
					if err := emit([]any{m.Recipient.ID, m.Recipient.PreviousID}); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}

// crosswalkTable has the criteria that go on as one: the same, or under another ref. What was split or merged is not
// compared answer by answer.
func crosswalkTable(in Input) table {
	return table{
		name: "crosswalk", key: []string{"ref"},
		columns: []dataset.Column{{Name: "ref", Kind: dataset.Text}, {Name: "earlier_template", Kind: dataset.Text}, {Name: "earlier_version", Kind: dataset.Text},
			{Name: "earlier_ref", Kind: dataset.Text}, {Name: "kind", Kind: dataset.Text}},
		rows: func(emit func([]any) error) error {
			if in.Crosswalk == nil {
				return nil
			}
			for _, e := range in.Crosswalk.Entries {
				if e.Check || e.Kind != crosswalk.Same && e.Kind != crosswalk.Renamed {
					continue
				}
				for i := range min(len(e.From), len(e.To)) {
					if err := emit([]any{e.To[i], in.Crosswalk.From.ID, in.Crosswalk.From.Version, e.From[i], string(e.Kind)}); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}

// crosswalkLevelsTable has what the levels of the earlier scale are on this one, where the scales have other numbers.
func crosswalkLevelsTable(in Input) table {
	return table{
		name: "crosswalk_levels", key: []string{"earlier_level"},
		columns: []dataset.Column{{Name: "earlier_level", Kind: dataset.Integer}, {Name: "level", Kind: dataset.Integer}},
		rows: func(emit func([]any) error) error {
			if in.Crosswalk == nil || slices.ContainsFunc(in.Crosswalk.Levels, func(l crosswalk.Level) bool { return l.Check }) {
				return nil
			}
			for _, l := range in.Crosswalk.Levels {
				if err := emit([]any{l.From, l.To}); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
