package dataset

import "github.com/rubric-project/rubric/models"

func criteriaTable() Table {
	return Table{
		Name:    "criteria",
		Meaning: "One row for each criterion of the template, in its order.",
		Key:     []string{"ref"},
		Columns: []Column{
			{Name: "ref", Kind: Text, Meaning: "The criterion's reference. It is text: 1.10 is not 1.1."},
			{Name: "position", Kind: Integer, Meaning: "Its place in the template, from 1."},
			{Name: "topic", Kind: Text, Meaning: "The id of its topic."},
			{Name: "topic_name", Kind: Text, Meaning: "The name of its topic."},
			{Name: "topic_level", Kind: Integer, Meaning: "The level that its topic is for, in a staged template."},
			{Name: "theme", Kind: Text, Meaning: "The id of its theme, if it has one."},
			{Name: "theme_name", Kind: Text, Meaning: "The name of its theme."},
			{Name: "kind", Kind: Text, Meaning: "level (rated by the template's levels), statement (not, partially, largely or fully in place) or symptom (still true or not; never scored)."},
			{Name: "scored", Kind: Integer, Meaning: "1 if it counts in scores, else 0."},
			{Name: "weight", Kind: Real, Meaning: "Its share in means."},
			{Name: "lowest", Kind: Integer, Meaning: "The lowest number on its scale."},
			{Name: "highest", Kind: Integer, Meaning: "The highest number on its scale."},
			{Name: "subject", Kind: Text, Meaning: "Its short name."},
			{Name: "statement", Kind: Text, Meaning: "What is rated, for statements and symptoms."},
		},
		rows: func(in source, emit func([]any) error) error {
			for i := range in.Template.Criteria {
				c := &in.Template.Criteria[i]
				topic, _ := in.Template.Topic(c.Topic)
				theme, _ := in.Template.Theme(c.Theme)
				var level any
				if topic.Level != nil {
					level = *topic.Level
				}
				kind := string(c.Kind)
				if c.Kind == models.KindLevels {
					kind = "level"
				}
				scale := in.Template.Scale(c)
				err := emit([]any{
					c.Ref, i + 1, c.Topic, text(topic.Name), level, text(c.Theme), text(theme.Name), kind, truth(c.Scored()),
					float64(c.EffectiveWeight()) / 1000, scale.Lowest(), scale.Highest(), text(c.Subject), text(c.Statement),
				})
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
}
