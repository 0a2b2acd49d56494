package scoring_test

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

// threeLevels has one topic of three criteria on levels 1 to 3.
var threeLevels = &models.Template{
	ID:       "example",
	Levels:   []models.Level{{Number: 1, Name: "Starting"}, {Number: 2, Name: "Growing"}, {Number: 3, Name: "Leading"}},
	Topics:   []models.Topic{{ID: "skills", Name: "Skills"}},
	Criteria: []models.Criterion{{Ref: "1.1", Topic: "skills"}, {Ref: "1.2", Topic: "skills"}, {Ref: "1.3", Topic: "skills"}},
}

// twoStages is a staged template: level 2 takes one statement of its own, and one on progression from level 1.
var twoStages = &models.Template{
	ID:     "example-staged",
	Levels: []models.Level{{Number: 1, Name: "Initial"}, {Number: 2, Name: "Defined"}},
	Themes: []models.Theme{{ID: "activities"}, {ID: "progression", GatesNextLevel: true}},
	Topics: []models.Topic{{ID: "level-1", Level: ptr(1)}, {ID: "level-2", Level: ptr(2)}},
	Criteria: []models.Criterion{
		{Ref: "P1", Topic: "level-1", Theme: "progression", Kind: models.KindStatement},
		{Ref: "A2", Topic: "level-2", Theme: "activities", Kind: models.KindStatement},
		{Ref: "B2", Topic: "level-2", Theme: "activities", Kind: models.KindStatement},
	},
}

func ptr(n int) *int { return &n }

func chose(ref string, c models.Choice) models.Answer {
	return models.Answer{Ref: ref, Level: models.Sourced[models.Choice]{Value: c}}
}

func print(what string, r models.Range) {
	fmt.Printf("%s %s (from %s to %s)\n", what, r.Value.Format(2), r.Low.Format(2), r.High.Format(2))
}

// A profile has no overall score. The third criterion is blank: it moves only the range.
func ExampleScore_profile() {
	card := scoring.Score(threeLevels, models.Scoring{Method: methods.Profile},
		[]models.Answer{chose("1.1", models.At(2)), chose("1.2", models.At(3))})
	print("Skills", card.Topics[0].Score)
	print("Overall", card.Overall.Score)
	fmt.Println("Median", card.Topics[0].Median.Format(1), "of", card.Topics[0].Answered, "answers,", card.Topics[0].Blank, "blank")
	// Output:
	// Skills 2.50 (from 2.00 to 2.67)
	// Overall – (from – to –)
	// Median 2.5 of 2 answers, 1 blank
}

func ExampleScore_mean() {
	card := scoring.Score(threeLevels, models.Scoring{Method: methods.Mean, Mean: methods.AllCriteria},
		[]models.Answer{chose("1.1", models.At(1)), chose("1.2", models.At(3)), chose("1.3", models.NotApplicable())})
	print("Overall", card.Overall.Score)
	// Output: Overall 2.00 (from 2.00 to 2.00)
}

func ExampleScore_weakest() {
	card := scoring.Score(threeLevels, models.Scoring{Method: methods.Weakest},
		[]models.Answer{chose("1.1", models.At(2)), chose("1.2", models.At(3))})
	print("Overall", card.Overall.Score)
	// Output: Overall 2.00 (from 1.00 to 2.00)
}

// The section of level 2 achieves (3+0)/6 = 50 %, which is P: what must be exceeded is met exactly.
func ExampleScore_staged() {
	card := scoring.Score(twoStages, models.Scoring{Method: methods.Staged},
		[]models.Answer{chose("P1", models.At(3)), chose("A2", models.At(3)), chose("B2", models.At(0))})
	fmt.Println("Level", card.Staged.Level)
	for _, b := range card.Staged.Blockers {
		fmt.Printf("%s × %s is %s (%s), needs more than %s to be %s\n", b.Topic, b.Theme, b.Has,
			b.Achievement.Format(2), models.Some(b.Achievement.Or(0)+b.Short.Or(0)).Format(2), b.Needs)
	}
	// Output:
	// Level 1
	// level-2 × activities is P (0.50), needs more than 0.50 to be L
}

// By the C2M2 rule one statement that is not largely in place keeps the level away.
func ExampleScore_cumulative() {
	card := scoring.Score(twoStages, models.Scoring{Method: methods.Cumulative},
		[]models.Answer{chose("P1", models.At(3)), chose("A2", models.At(2)), chose("B2", models.At(1))})
	fmt.Println("Level", card.Staged.Level)
	for _, b := range card.Staged.Blockers {
		fmt.Println(b.Ref, "is", b.Has, "and needs", b.Needs)
	}
	// Output:
	// Level 1
	// B2 is P and needs L
}

func ExampleConsolidate() {
	var members []models.Member
	for i, level := range []int{1, 2, 3, 3, 1, 2} {
		m := models.Member{Recipient: models.Recipient{ID: fmt.Sprint(i), Groups: map[string]string{"Region": []string{"North", "South"}[i/4]}}}
		m.Return = new(models.Return{}.With([]models.Answer{chose("1.1", models.At(level))}))
		members = append(members, m)
	}
	c := scoring.Consolidate(threeLevels, models.Scoring{Method: methods.Mean}, []string{"Region"}, members)
	fmt.Println("all:", c.All.Returned, "returns, median", c.All.Overall.Median.Format(1))
	for _, g := range c.Groups {
		fmt.Println(g.Value+":", g.Returned, "returns, median", g.Overall.Median.Format(1))
	}
	// Output:
	// all: 6 returns, median 2.0
	// North: 4 returns, median 2.5
	// South: 2 returns, median 1.5
}
