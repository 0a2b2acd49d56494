package disclosure_test

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

// scores is what every possible return of a template scores. A return is a code: its levels as the digits of a number.
type scores struct {
	criteria, steps, low int
	powers               []int
	// rank is of each code and each score (overall, topics, themes, cells) its place in values, −1 where it has none;
	// values are those that a score can have, ascending.
	rank   [][]int16
	values [][]float64
	share  []bool
	// attained is the level attained by each code, counted from 0, or −1; blocked has a bit for each of places that
	// keeps the next level away.
	attained []int
	blocked  []uint64
	places   []place
	overall  bool
}

// place is a section, or a criterion, that keeps a level away.
type place struct{ topic, theme, ref string }

var known = struct {
	sync.Mutex
	tables map[string]*scores
}{tables: map[string]*scores{}}

// scoresOf works the table out once for each template, without the criteria of left.
func scoresOf(w *world, left map[string]bool) *scores {
	key := fmt.Sprint(w.template.Scoring.Method, len(w.template.Themes), len(w.template.Topics), slices.Sorted(maps.Keys(left)))
	known.Lock()
	defer known.Unlock()
	if known.tables[key] == nil {
		known.tables[key] = tabulate(w, left)
	}
	return known.tables[key]
}

func tabulate(w *world, left map[string]bool) *scores {
	t := *w.template
	t.Criteria = nil
	for _, c := range w.template.Criteria {
		if !left[c.Ref] {
			t.Criteria = append(t.Criteria, c)
		}
	}
	s := &scores{criteria: len(w.template.Criteria), steps: w.steps(), low: w.low(), overall: t.Scoring.Method.Info().HasOverall()}
	codes := 1
	for range s.criteria {
		s.powers = append(s.powers, codes)
		codes *= s.steps
	}
	sc := scoring.NewScorer(&t, t.Scoring)
	figures := make([][]models.Figure, codes)
	for code := range codes {
		card := sc.Score(w.answers(s.levels(code)))
		list := []models.Figure{card.Overall.Score.Value}
		for _, part := range [][]models.GroupScore{card.Topics, card.Themes, card.Cells} {
			for k := range part {
				list = append(list, part[k].Score.Value)
			}
		}
		figures[code] = list
		level, mask := -1, uint64(0)
		if st := card.Staged; st != nil {
			if card.Overall.Score.Value.Known() {
				level = st.Level - t.Levels[0].Number
			}
			for _, b := range st.Blockers {
				p := place{b.Topic, b.Theme, b.Ref}
				at := slices.Index(s.places, p)
				if at < 0 {
					at = len(s.places)
					s.places = append(s.places, p)
				}
				mask |= 1 << at
			}
		}
		s.attained, s.blocked = append(s.attained, level), append(s.blocked, mask)
	}
	s.rank = make([][]int16, codes)
	for m := range figures[0] {
		seen := map[float64]bool{}
		for code := range codes {
			if x, ok := figures[code][m].Get(); ok {
				seen[x] = true
			}
		}
		values := slices.Sorted(maps.Keys(seen))
		s.values = append(s.values, values)
		s.share = append(s.share, m > 0 && t.Scoring.Method.Info().Score.Share())
		for code := range codes {
			rank := -1
			if x, ok := figures[code][m].Get(); ok {
				rank, _ = slices.BinarySearch(values, x)
			}
			s.rank[code] = append(s.rank[code], int16(rank))
		}
	}
	return s
}

func (s *scores) levels(code int) []int {
	out := make([]int, s.criteria)
	for k := range out {
		out[k] = s.low + code%s.steps
		code /= s.steps
	}
	return out
}

func (s *scores) code(levels []int) int {
	code := 0
	for k := len(levels) - 1; k >= 0; k-- {
		code = code*s.steps + levels[k] - s.low
	}
	return code
}

// digit is a code's level of criterion k, from 0; with puts another in its place.
func (s *scores) digit(code, k int) int { return code / s.powers[k] % s.steps }

func (s *scores) with(code, k, digit int) int { return code + (digit-s.digit(code, k))*s.powers[k] }

// score is a code's score m, and whether it has one.
func (s *scores) score(code, m int) (float64, bool) {
	rank := s.rank[code][m]
	if rank < 0 {
		return 0, false
	}
	return s.values[m][rank], true
}

// gap is the width below which an interval tells the score: half a level, or ten points of an achievement.
func (s *scores) gap(m int) float64 {
	if s.share[m] {
		return 0.1 - 1e-9
	}
	return 0.5 - 1e-9
}
