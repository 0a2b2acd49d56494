package scoring

import "github.com/rubric-project/rubric/models"

// Score scores the answers of one return. Criteria without an answer are blank. Overall.Score is none for a method
// without an overall score, and where no scored criterion is answered. A method that does not suit the template (see
// Suits) gives counts and no scores. Also has the scores by the further methods of s. Recipient is left empty.
func Score(t *models.Template, s models.Scoring, answers []models.Answer) models.Scorecard {
	card := NewScorer(t, s).Score(answers)
	card.Also = also(t, s, answers)
	return card
}

// Score scores the answers of one return, as the function Score does, without further methods.
func (sc *Scorer) Score(answers []models.Answer) models.Scorecard {
	return sc.card(sc.choices(answers))
}

// Card scores the answers of a recipient by the criteria that it is asked (see models.Template.For). It fills in
// Recipient and Also.
func (sc *Scorer) Card(rc models.Recipient, answers []models.Answer) models.Scorecard {
	own := sc.of(rc)
	card := own.Score(answers)
	card.Recipient = rc.ID
	card.Also = also(own.template, own.scoring, answers)
	return card
}

// card scores what was chosen for each criterion.
func (sc *Scorer) card(choices []models.Choice) models.Scorecard {
	card := models.Scorecard{Scoring: sc.scoring}
	w := whole{choices: choices, topics: make([]interval, 0, len(sc.topics))}
	for i := range sc.topics {
		gs, s := sc.groupScore(&sc.topics[i], choices)
		card.Topics = append(card.Topics, gs)
		w.topics = append(w.topics, s.mean)
	}
	for i := range sc.themes {
		gs, _ := sc.groupScore(&sc.themes[i], choices)
		card.Themes = append(card.Themes, gs)
	}
	for i := range sc.cells {
		gs, s := sc.groupScore(&sc.cells[i], choices)
		if sc.method.AttainsLevels() {
			gs.Rating = grade(s.achievement.value).letter()
		}
		card.Cells = append(card.Cells, gs)
	}
	card.Overall, w.all = sc.groupScore(&sc.overall, choices)
	card.Overall.Score = sc.method.overall(sc, &w, &card)
	for i := range sc.items {
		if sc.items[i].kind != models.KindSymptom {
			continue
		}
		if n, ok := choices[i].Number(); ok && n > 0 {
			card.Risks = append(card.Risks, sc.items[i].ref)
		} else if choices[i].IsBlank() {
			card.SymptomsBlank = append(card.SymptomsBlank, sc.items[i].ref)
		}
	}
	return card
}

// groupScore scores one group of criteria.
func (sc *Scorer) groupScore(g *group, choices []models.Choice) (models.GroupScore, sums) {
	s := sc.add(g, choices)
	gs := models.GroupScore{
		Topic: g.topic, Theme: g.theme, Tally: s.tally,
		Median: s.median, Mean: s.mean.value.figure(), Lowest: s.lowest.Value,
	}
	gs.Score = sc.method.score(&s)
	return gs, s
}
