package priorities_test

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/priorities"
)

// The criterion furthest below its target comes first, then those answered lowest, one of each topic
// before a second; what is at the top is none.
func ExampleOf() {
	t := &models.Template{
		Levels: []models.Level{{Number: 1, Name: "Low"}, {Number: 2, Name: "Middle"}, {Number: 3, Name: "High"}},
		Topics: []models.Topic{{ID: "a", Name: "A"}, {ID: "b", Name: "B"}},
		Criteria: []models.Criterion{{Ref: "1", Topic: "a"}, {Ref: "2", Topic: "a"},
			{Ref: "3", Topic: "b"}, {Ref: "4", Topic: "b"}},
	}
	answer := func(ref string, level, target int) models.Answer {
		a := models.Answer{Ref: ref, Level: models.Sourced[models.Choice]{Value: models.At(level)}}
		if target > 0 {
			a.Target.Value = models.At(target)
		}
		return a
	}
	for _, p := range priorities.Of(t, []models.Answer{answer("1", 1, 0), answer("2", 2, 3), answer("3", 3, 0), answer("4", 1, 0)}, nil) {
		fmt.Println(p.Criterion.Ref, p.Level, p.Gap())
	}
	// Output:
	// 2 2 1
	// 4 1 0
	// 1 1 0
}
