package round_test

import (
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// A new round folder, a workbook's place in it, and a file that came back.
func Example() {
	dir, err := os.MkdirTemp("", "round")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	list, err := round.ReadCSV("schools.csv", []byte("id,name,email\n007,Example School 07,head@school07.example\n"))
	if err != nil {
		log.Fatal(err)
	}
	issued, _ := models.ParseDate("2026-01-12")
	due, _ := models.ParseDate("2026-03-06")
	r, err := round.Init(filepath.Join(dir, "data maturity 2026"), round.Options{
		Title: "Data maturity 2026", TemplateID: "uk-dmm", Template: []byte("id: uk-dmm\n"),
		RecipientsFile: "schools.csv", Recipients: list, Issued: issued, Due: due})
	if err != nil {
		log.Fatal(err)
	}
	lock, err := r.Lock("generate")
	if err != nil {
		log.Fatal(err) // says who is at work since when
	}
	defer lock.Unlock()
	names := r.FileNames(".xlsx")
	for _, rc := range r.Recipients {
		err := r.WriteFile("outbox/"+names[rc.ID], func(w io.Writer) error {
			_, err := io.WriteString(w, "the workbook")
			return err
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("outbox/" + names[rc.ID])
	}

	in, err := r.Receiver()
	if err != nil {
		log.Fatal(err)
	}
	file, isNew, err := in.Receive("completed.xlsx", []byte("the workbook, filled in"), round.Event{Address: "head@school07.example"})
	fmt.Println(file, isNew, err)
	// Output:
	// outbox/007 Example School 07.xlsx
	// completed.xlsx true <nil>
}

// All mistakes of a list come at once, each with its place.
func ExampleParseRecipients() {
	list, err := round.ReadCSV("schools.csv", []byte("id,name,email\n007,Example School 07,head\n007,,\n"))
	if err != nil {
		log.Fatal(err)
	}
	_, err = round.ParseRecipients("schools.csv", list)
	fmt.Println(err)
	// Output:
	// schools.csv:2:23: "head" is not an email address: it has no @; correct it, or leave the cell empty if the workbook goes another way
	// schools.csv:3:1: the id "007" stands in the list twice, first in line 2; give each recipient an id of its own, or delete the line
	// schools.csv:3:5: the name is empty; fill in the organisation's name
}
