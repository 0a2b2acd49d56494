package mail_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
)

// A draft for one recipient, ready for Outlook or Thunderbird, and what is found in it when it comes back.
func Example() {
	issued, _ := models.ParseDate("2026-11-02")
	due, _ := models.ParseDate("2026-11-30")
	round := &models.Round{ID: "dmm-2026", Title: "Data maturity 2026", Organiser: "Example Data Office", Issued: issued, Due: due,
		Contact: models.Contact{Email: "data@office.example"}}
	composer, err := mail.NewComposer(round, mail.Invitation, nil, time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	name := mail.AttachmentName(".xlsx", round.Title, "Example Unified School District 07")
	m, err := composer.Message(mail.Letter{Names: []string{name},
		Recipient: models.Recipient{ID: "07", Name: "Example Unified School District 07", Email: "head@school07.example"}})
	if err != nil {
		log.Fatal(err)
	}
	m.Attachments = []mail.Attachment{{Name: name, Content: []byte("the workbook")}}
	m.Unsent = true
	var draft bytes.Buffer
	if err := m.Write(&draft); err != nil {
		log.Fatal(err)
	}
	fmt.Println(m.Subject)
	for _, item := range mail.Read("draft.eml", draft.Bytes(), mail.Limits{}) {
		if item.Found != nil {
			fmt.Printf("%s, %d bytes, from %s\n", item.Found.Name, len(item.Found.Content), item.Found.Letter.From)
		}
	}
	// Output:
	// Data maturity 2026: your workbook, please return it by 30 November 2026
	// Data maturity 2026 - Example Unified School District 07.xlsx, 12 bytes, from data@office.example
}

// Everything that came in, out of a folder with messages, archives and workbooks.
func ExampleCollect() {
	dir, err := os.MkdirTemp("", "incoming")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	message := "From: head@school07.example\nSubject: Our return\nContent-Type: application/octet-stream; name=\"completed.xlsx\"\n\nthe workbook, filled in"
	if err := os.WriteFile(dir+"/saved.eml", []byte(message), 0o644); err != nil {
		log.Fatal(err)
	}
	for item, err := range mail.Collect(context.Background(), []string{dir}, mail.Options{}) {
		switch {
		case err != nil:
			fmt.Println(err)
		case item.Found != nil:
			fmt.Println(item.Found.Name, "from", item.Found.Senders)
		case item.Event != nil:
			fmt.Println(item.Event.Kind, item.Event.Addresses)
		case item.Finding != nil:
			fmt.Println(item.Finding.Message)
		}
	}
	// Output: completed.xlsx from [head@school07.example]
}
