package views_test

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
)

func view(name, role string, levels ...models.Choice) views.View {
	v := views.View{Part: views.PartOf(name, "", role, nil), Digest: "00000000" + name}
	for i, x := range levels {
		v.Answers = append(v.Answers, models.Answer{Ref: fmt.Sprint(i + 1), Level: models.Sourced[models.Choice]{Value: x}})
	}
	return v
}

func fourCriteria() *models.Template {
	return &models.Template{
		Levels:   []models.Level{{Number: 1, Name: "Low"}, {Number: 2, Name: "Middle"}, {Number: 3, Name: "High"}, {Number: 4, Name: "Top"}},
		Topics:   []models.Topic{{ID: "a", Name: "A"}},
		Criteria: []models.Criterion{{Ref: "1", Topic: "a"}, {Ref: "2", Topic: "a"}, {Ref: "3", Topic: "a"}, {Ref: "4", Topic: "a"}},
	}
}

// Three views of four criteria: those furthest apart come first, and what all agree on is not among them.
func ExampleByDifference() {
	at, none, na := models.At, models.Blank(), models.NotApplicable()
	list := []views.View{view("Ann", "Head of IT", at(2), at(1), at(3), at(4)), view("Ben", "Teacher", at(2), at(4), at(4), na), view("Cy", "", at(2), at(2), at(4), none)}
	t, names := fourCriteria(), views.Names(list, false)
	for _, c := range views.ByDifference(views.Side(t, list)) {
		low, high := c.Ends(t)
		fmt.Println(c.Ref, low, "to", high, "median", c.Middle(t), "not applicable", c.NotApplicable, "blank", len(c.Blank))
		for _, v := range c.Who(at(4)) {
			fmt.Println("  at 4:", names[v])
		}
	}
	// Output:
	// 2 1 to 4 median 2 not applicable 0 blank 0
	//   at 4: Teacher
	// 3 3 to 4 median 4 not applicable 0 blank 0
	//   at 4: Teacher
	//   at 4: Cy
	// 4 4 to 4 median 4 not applicable 1 blank 1
	//   at 4: Head of IT
}
