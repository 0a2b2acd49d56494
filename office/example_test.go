package office_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// A round is made, its workbooks are generated, and the register says that all are outstanding.
func Example() {
	dir, err := os.MkdirTemp("", "round")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	list := filepath.Join(dir, "schools.csv")
	if err := os.WriteFile(list, []byte("id,name\n01,Example School 01\n02,Example School 02\n"), 0o644); err != nil {
		log.Fatal(err)
	}

	ctx := context.Background()
	o := &office.Office{Now: func() time.Time { return time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC) }}
	due, err := models.ParseDate("2027-03-26")
	if err != nil {
		log.Fatal(err)
	}
	round := filepath.Join(dir, "spring")
	if _, err := o.Init(ctx, office.InitOptions{Dir: round, Template: "uk-dmm", Recipients: list, Title: "Spring 2027", Due: due}); err != nil {
		log.Fatal(err)
	}

	f, unlock, _, err := o.OpenToWrite(round, "generate")
	if err != nil {
		log.Fatal(err)
	}
	made, err := o.Generate(ctx, f, office.GenerateOptions{})
	unlock()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(made.Workbooks, "workbooks")

	status, err := o.Status(ctx, f, office.StatusOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range status.Shown {
		fmt.Println(e.Recipient.Name, e.Status)
	}
	// Output:
	// 2 workbooks
	// Example School 01 outstanding
	// Example School 02 outstanding
}
