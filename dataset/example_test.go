package dataset_test

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
)

func ExampleWriteCSV() {
	in := &models.Results{
		Round: &models.Round{},
		Template: &models.Template{
			Levels:   []models.Level{{Number: 1, Name: "Beginning"}, {Number: 2, Name: "Emerging"}},
			Topics:   []models.Topic{{ID: "1", Name: "Skills"}},
			Criteria: []models.Criterion{{Ref: "1.1", Topic: "1", Subject: "Training"}},
		},
	}
	for _, t := range dataset.Tables(in) {
		if t.Name == "criteria" {
			var b strings.Builder
			if err := dataset.WriteCSV(&b, in, t); err != nil {
				fmt.Println(err)
			}
			fmt.Println(strings.ReplaceAll(b.String(), "\r\n", "\n"))
		}
	}
	// Output:
	// ref,position,topic,topic_name,topic_level,theme,theme_name,kind,scored,weight,lowest,highest,subject,statement
	// "1.1",1,"1","Skills",,,,"level",1,1,1,2,"Training",
}
