package dataset

import "github.com/rubric-project/rubric/models"

func scoresTable() Table {
	return Table{
		Name:    "scores",
		Meaning: "The scores of each recipient whose return counts: overall, by topic, by theme, by topic × theme, and for staged templates by section. Numbers are not rounded.",
		Key:     []string{"recipient", "scope", "topic", "theme"},
		Columns: []Column{
			{Name: "recipient", Kind: Text, Meaning: "Whose score it is.", References: "recipients"},
			{Name: "scope", Kind: Text, Meaning: "overall, topic, theme, cell (topic × theme) or section."},
			{Name: "topic", Kind: Text, Meaning: "The topic's id; empty text for overall and theme."},
			{Name: "theme", Kind: Text, Meaning: "The theme's id; empty text for overall and topic."},
			{Name: "method", Kind: Text, Meaning: "The scoring method."},
			{Name: "criteria", Kind: Integer, Meaning: "Scored criteria in it; a cell may have none."},
			{Name: "rated", Kind: Integer, Meaning: "Answers that the score rests on."},
			{Name: "not_applicable", Kind: Integer, Meaning: "Answers 'not applicable'."},
			{Name: "blank", Kind: Integer, Meaning: "Criteria without an answer."},
			{Name: "score", Kind: Real, Meaning: "By the method: the mean for profile and mean, the lowest for weakest, the achievement from 0 to 1 for staged and cumulative; overall nothing for profile, and for staged and cumulative the level attained."},
			{Name: "low", Kind: Real, Meaning: "The score, were every blank the lowest choice."},
			{Name: "high", Kind: Real, Meaning: "The score, were every blank the highest choice."},
			{Name: "median", Kind: Real, Meaning: "Median of the numbers chosen."},
			{Name: "mean", Kind: Real, Meaning: "Weighted mean of the numbers chosen."},
			{Name: "lowest", Kind: Real, Meaning: "The lowest number chosen."},
			{Name: "rating", Kind: Text, Meaning: "N, P, L or F for a section, and for the cell that it is."},
			{Name: "counts_for", Kind: Integer, Meaning: "For a section: the level that it is part of."},
			{Name: "gates", Kind: Integer, Meaning: "For a section: 0 if it keeps no level away, else 1."},
		},
		rows: func(in source, emit func([]any) error) error {
			for _, i := range in.order {
				card := in.Scorecard(i)
				if card == nil {
					continue
				}
				if err := cardRows(in.Members[i].Recipient.ID, card, emit); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// cardRows emits the scores of one recipient.
func cardRows(recipient string, card *models.Scorecard, emit func([]any) error) error {
	var row []any
	put := func(scope string, g *models.GroupScore, countsFor, gates any) error {
		row = append(row[:0], recipient, scope, g.Topic, g.Theme, string(card.Scoring.Method),
			g.Criteria, g.Answered, g.NotApplicable, g.Blank,
			figure(g.Score.Value), figure(g.Score.Low), figure(g.Score.High),
			figure(g.Median), figure(g.Mean), figure(g.Lowest), text(g.Rating), countsFor, gates)
		return emit(row)
	}
	if err := put("overall", &card.Overall, nil, nil); err != nil {
		return err
	}
	for _, part := range []struct {
		scope string
		list  []models.GroupScore
	}{{"topic", card.Topics}, {"theme", card.Themes}, {"cell", card.Cells}} {
		for i := range part.list {
			if err := put(part.scope, &part.list[i], nil, nil); err != nil {
				return err
			}
		}
	}
	if card.Staged == nil {
		return nil
	}
	for i := range card.Staged.Sections {
		s := &card.Staged.Sections[i]
		if err := put("section", &s.GroupScore, s.CountsFor, truth(s.Gates)); err != nil {
			return err
		}
	}
	return nil
}
