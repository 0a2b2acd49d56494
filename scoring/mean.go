package scoring

import "github.com/rubric-project/rubric/models"

// mean gives the weighted mean; overall the mean of the topics' means, or the weighted mean of all criteria.
type mean struct{}

func (mean) suits(sc *Scorer) error { return oneScale(sc) }

func (mean) score(s *sums) models.Range { return s.mean.figures() }

func (m mean) overall(sc *Scorer, w *whole, _ *models.Scorecard) models.Range {
	if !sc.scoring.MeanOfTopics() {
		return m.score(&w.all)
	}
	return sc.averageOfAverages(w.topics)
}

// averageOfAverages is the mean of the topics' means: the value over the topics that have an answer, the
// ends over those to which some criterion applies.
func (sc *Scorer) averageOfAverages(topics []interval) models.Range {
	if sc.overall.scale == nil {
		return models.Range{}
	}
	var value, low, high []ratio
	for _, iv := range topics {
		value, low, high = append(value, iv.value), append(low, iv.low), append(high, iv.high)
	}
	return models.Range{Value: averageOf(value), Low: averageOf(low), High: averageOf(high)}
}
