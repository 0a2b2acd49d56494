package scoring_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

// sectionsTemplate is a staged template with the sections of the CSIS model: five levels, each with KC, EA, CA and CP,
// one statement in each, and symptoms in place of KC and EA at level 1.
func sectionsTemplate(gates string) *models.Template {
	t := &models.Template{
		Scoring: models.Scoring{Method: models.MethodStaged, Gates: gates},
		Themes:  []models.Theme{{ID: "KC"}, {ID: "EA"}, {ID: "CA"}, {ID: "CP", GatesNextLevel: true}},
	}
	for n := 1; n <= 5; n++ {
		level := n
		t.Levels = append(t.Levels, models.Level{Number: n, Name: "Level " + strconv.Itoa(n)})
		topic := "L" + strconv.Itoa(n)
		t.Topics = append(t.Topics, models.Topic{ID: topic, Level: &level})
		for _, th := range t.Themes {
			c := models.Criterion{Ref: topic + "-" + th.ID, Topic: topic, Theme: th.ID, Kind: models.KindStatement}
			if n == 1 && (th.ID == "KC" || th.ID == "EA") {
				c.Kind = models.KindSymptom
			}
			t.Criteria = append(t.Criteria, c)
		}
	}
	return t
}

// Of each section: the level attained where it alone is not in place and everything else is fully in place. A section
// of level k keeps level k away, the criteria for progression of level k keep k+1 away, those for sustaining level 5
// nothing. Level 1's own section keeps everything away by the older rule, and nothing where gates are above-lowest.
func TestWhatEachSectionGates(t *testing.T) {
	const above, all = models.GatesAboveLowest, models.GatesAllLevels
	for _, x := range []struct {
		section           string
		aboveLowest, ever int
	}{
		{"L1-CA", 5, 1}, {"L1-CP", 1, 1},
		{"L2-KC", 1, 1}, {"L2-EA", 1, 1}, {"L2-CA", 1, 1}, {"L2-CP", 2, 2},
		{"L3-KC", 2, 2}, {"L3-EA", 2, 2}, {"L3-CA", 2, 2}, {"L3-CP", 3, 3},
		{"L4-KC", 3, 3}, {"L4-EA", 3, 3}, {"L4-CA", 3, 3}, {"L4-CP", 4, 4},
		{"L5-KC", 4, 4}, {"L5-EA", 4, 4}, {"L5-CA", 4, 4}, {"L5-CP", 5, 5},
	} {
		for gates, want := range map[string]int{above: x.aboveLowest, all: x.ever, "": x.ever} {
			template := sectionsTemplate(gates)
			var text []string
			for _, c := range template.Criteria {
				switch {
				case c.Kind == models.KindSymptom:
				case c.Ref == x.section:
					text = append(text, c.Ref+"=N")
				default:
					text = append(text, c.Ref+"=F")
				}
			}
			card := scoring.Score(template, template.Scoring, answers(t, strings.Join(text, " ")))
			if got := card.Staged.Level; got != want {
				t.Errorf("gates %q: only %s is not in place: level %d, want %d", gates, x.section, got, want)
			}
			for _, s := range card.Staged.Sections {
				if s.Topic+"-"+s.Theme == x.section && s.Gates != (want < 5) {
					t.Errorf("gates %q: %s gates: %v", gates, x.section, s.Gates)
				}
			}
		}
	}
}

// What gates is a matter of the template's staged scoring: a round that scores by another method is not touched by it.
func TestGatesAreForStagedOnly(t *testing.T) {
	template := sectionsTemplate(models.GatesAboveLowest)
	card := scoring.Score(template, models.Scoring{Method: models.MethodCumulative}, answers(t, "L1-CA=N L1-CP=F L2-KC=F L2-EA=F L2-CA=F"))
	if card.Staged.Level != 1 {
		t.Errorf("cumulative: level %d with a statement of level 1 not in place, want 1", card.Staged.Level)
	}
}
