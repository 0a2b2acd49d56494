package templates_test

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/templates"
)

func Example() {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		fmt.Println(err)
		return
	}
	c := t.Criterion("1.1")
	fmt.Println(t.Title, "has", len(t.Criteria), "criteria, such as", c.Ref, c.Subject)
	// Output: Data Maturity Assessment for Government has 97 criteria, such as 1.1 Getting data to the people who need it
}

// All mistakes of a file are reported at once, each with its place.
func ExampleLoad() {
	file := `id: our-model
version: "1"
titel: "Our model"
publisher: "Example County Office"
source: "https://example.org"
licence: "Free to use"
language: en
scoring: {method: stagd}
levels:
  - {number: 1, name: "Low", meaning: "Little."}
  - {number: 3, name: "High", meaning: "Much."}
topics:
  - {id: "1", name: "Data"}
criteria:
  - {ref: 1.1, topic: "1", subject: "Backups", kind: statement, statement: "Backups are made."}
`
	_, err := templates.Load("our-model.yaml", strings.NewReader(file))
	fmt.Println(err)
	// Output:
	// our-model.yaml:3:1: unknown key "titel"; did you mean "title"?
	// our-model.yaml:8:19: method is "stagd"; did you mean "staged"?
	// our-model.yaml:11:14: level 3 follows level 1; number the levels upwards without gaps; the next is 2
}
