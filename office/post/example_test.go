package post_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// Messages are prepared, looked at, and written as drafts.
func Example() {
	dir, err := os.MkdirTemp("", "round")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	f, unlock := generated(dir)
	defer unlock()

	ctx := context.Background()
	p := &post.Post{Office: &office.Office{Now: morning}}
	mailing, err := p.Prepare(ctx, f, post.Invitations, post.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, problem := range mailing.Problems {
		fmt.Println(problem.Text)
	}
	for _, m := range mailing.Outlines() {
		fmt.Println(m.To, m.Subject)
	}
	drafts, err := mailing.WriteDrafts(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(drafts.Written, "draft in", drafts.Folder)
	// Output:
	// one@example.org Spring 2027: your workbook, please return it by 26 March 2027
	// 1 draft in outbox
}

func morning() time.Time { return time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC) }

// generated makes a round of one recipient, with its workbook.
func generated(dir string) (*office.Folder, func()) {
	list, round := filepath.Join(dir, "schools.csv"), filepath.Join(dir, "spring")
	if err := os.WriteFile(list, []byte("id,name,email\n01,Example School 01,one@example.org\n"), 0o644); err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	o := &office.Office{Now: morning}
	due, err := models.ParseDate("2027-03-26")
	if err != nil {
		log.Fatal(err)
	}
	_, err = o.Init(ctx, office.InitOptions{Dir: round, Template: "uk-dmm", Recipients: list, Title: "Spring 2027", Due: due,
		Contact: models.Contact{Name: "The office", Email: "office@example.org"}, ReplyTo: "returns@example.org"})
	if err != nil {
		log.Fatal(err)
	}
	f, unlock, _, err := o.OpenToWrite(round, "generate")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := o.Generate(ctx, f, office.GenerateOptions{}); err != nil {
		log.Fatal(err)
	}
	return f, unlock
}
