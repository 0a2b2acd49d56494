package story

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

// near is how many steps are called near: a recipient with so few to go weighs as much as any.
const near = 3

// Facts are what the sentences are made of, gathered once for a round. They can be asked from several goroutines.
type Facts struct {
	results *models.Results
	earlier models.Date
	returns []fact
	doubted map[string]bool
}

// fact is what is known of one return.
type fact struct {
	member    int
	recipient models.Recipient
	doubtful  bool
	// level, low and high are the level attained, for methods that attain one; away is what keeps the next away, and steps
	// and worst how many steps that is, as it stands and were every blank the lowest.
	level, low, high int
	hasNext          bool
	away             []scoring.Away
	steps, worst     int
	// atLowest and unanswered are the criteria that stand at the lowest level, and those that are blank, for a method whose
	// score that level is.
	atLowest, unanswered map[string]bool
	// overall and topics are scores as they stand, were every blank the lowest, and the highest.
	overall [ends]models.Figure
	topics  [ends][]models.Figure
	// blank of all that are asked are not answered; given of the answers have a target, above of them one above the answer.
	blank, asked, given, above int
	// gap is the mean of target less answer, gaps the same by topic.
	gap  models.Figure
	gaps []models.Figure
}

// The ends at which a figure is looked at: as it stands, every blank the lowest, every blank the highest.
const (
	asIs = iota
	lowest
	highest
	ends
)

// weight is how much a recipient counts in priorities: three steps or fewer count 1, six a half, twelve a quarter.
func (x *fact) weight() float64 {
	if x.steps == 0 {
		return 0
	}
	return min(1, near/float64(x.steps))
}

func (x *fact) near() bool { return x.steps > 0 && x.steps <= near }

// nearFor certain: also were every blank the lowest.
func (x *fact) nearForCertain() bool { return x.near() && x.worst <= near }

// Input is what a round's facts are gathered from.
type Input struct {
	Results *models.Results
	// Earlier is when the round that Results.Comparison compares with was due.
	Earlier models.Date
}

// Gather reads every return once. It fails where the answers cannot be read.
func Gather(in Input) (*Facts, error) {
	f := &Facts{results: in.Results, earlier: in.Earlier, doubted: doubtful(in.Results.Findings)}
	r := in.Results
	sc := scoring.NewScorer(r.Template, r.Scoring)
	for i := range r.Members {
		card := r.Scorecard(i)
		if card == nil {
			continue
		}
		x := fact{member: i, recipient: r.Members[i].Recipient, overall: byEnd(card.Overall.Score)}
		x.asked, x.blank = card.Overall.Criteria, card.Overall.Blank
		for end := range ends {
			x.topics[end] = make([]models.Figure, len(card.Topics))
			for k := range card.Topics {
				x.topics[end][k] = byEnd(card.Topics[k].Score)[end]
			}
		}
		st := card.Staged
		if st != nil {
			x.level, x.low, x.high, x.hasNext = st.Level, st.Low, st.High, st.HasNext
		}
		if st != nil && st.HasNext || r.Template.Answers.Targets {
			answers, err := r.Answers(i)
			if err != nil {
				return nil, err
			}
			x.away = sc.Away(x.recipient, answers, st)
			x.targets(r.Template, answers)
		}
		if f.byLowest() {
			answers, err := r.Answers(i)
			if err != nil {
				return nil, err
			}
			x.standing(r.Template, answers)
		}
		for _, a := range x.away {
			x.steps, x.worst = x.steps+a.Steps, x.worst+a.Lowest
		}
		x.doubtful = f.doubted[x.recipient.ID] || 5*x.blank > x.asked
		f.returns = append(f.returns, x)
	}
	return f, nil
}

func byEnd(r models.Range) [ends]models.Figure { return [ends]models.Figure{r.Value, r.Low, r.High} }

// targets adds up how far the targets lie from the answers.
func (x *fact) targets(t *models.Template, answers []models.Answer) {
	sums, counts := make([]int, len(t.Topics)), make([]int, len(t.Topics))
	topic := make(map[string]int, len(t.Topics))
	for i := range t.Topics {
		topic[t.Topics[i].ID] = i
	}
	for i := range answers {
		c := t.Criterion(answers[i].Ref)
		now, ok := answers[i].Level.Value.Number()
		target, given := answers[i].Target.Value.Number()
		if c == nil || !c.Scored() || !ok || !given {
			continue
		}
		x.given++
		if target > now {
			x.above++
		}
		at := topic[c.Topic]
		sums[at], counts[at] = sums[at]+target-now, counts[at]+1
	}
	total := 0
	x.gaps = make([]models.Figure, len(sums))
	for at, n := range counts {
		total += sums[at]
		if n > 0 {
			x.gaps[at] = models.Some(float64(sums[at]) / float64(n))
		}
	}
	if x.given > 0 {
		x.gap = models.Some(float64(total) / float64(x.given))
	}
}

// doubtful are the recipients whose returns a sentence must not rest on: all but one of those that agree, since it is not
// known which came first, and those whose old answers nobody says to have checked.
func doubtful(findings []models.Finding) map[string]bool {
	out := map[string]bool{}
	first := true
	for _, x := range findings {
		switch x.Code {
		case models.CopiedReturn:
			if !first {
				out[x.Recipient] = true
			}
			first = false
		case models.CarriedOver, models.CarriedUntouched:
			out[x.Recipient] = true
		}
	}
	return out
}

// attains says whether the method in force attains levels.
func (f *Facts) attains() bool { return f.results.Scoring.Info().AttainsLevels() }

// levels are the template's level numbers, lowest first.
func (f *Facts) levels() []int {
	var out []int
	for _, l := range f.results.Template.Levels {
		out = append(out, l.Number)
	}
	return out
}
