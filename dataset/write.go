package dataset

import (
	"context"
	"fmt"
	"io"

	"github.com/rubric-project/rubric/models"
)

// Input is what the tables are made of. Everything must be of one round: scores by the scoring in force,
// members in the order of the recipients list.
type Input struct {
	Round    *models.Round
	Template *models.Template
	// Members has every recipient, returned or not.
	Members []models.Member
	// Scorecard, if given, supplies the scorecards of the members with a return in place of Member.Scorecard, so that
	// those of a large round need not lie in memory. It is called several times for each and must give the same.
	Scorecard func(member int) *models.Scorecard
	// Register says where each recipient stands; one without an entry is written without a status.
	Register models.Register
	// Findings are all findings of the round, sorted.
	Findings      []models.Finding
	Consolidation models.Consolidation
	// Comparison, if given, is how scores moved since an earlier round, which Earlier names: its title and date.
	Comparison *models.Comparison
	Earlier    string
}

// card is a member's scorecard, or nil.
func (in *Input) card(member int) *models.Scorecard {
	if in.Members[member].Return == nil {
		return nil
	}
	if in.Scorecard != nil {
		return in.Scorecard(member)
	}
	return in.Members[member].Scorecard
}

// Create makes the file of the given name by what write writes, whole or not at all.
type Create func(name string, write func(io.Writer) error) error

// Names of the files beside the CSV files, which are called as their tables, with .csv.
const (
	DatabaseName = "rubric.sqlite"
	ReadmeName   = "README.md"
)

// Write makes all files: a CSV file for each table, the database and the page that documents them.
func Write(ctx context.Context, create Create, in Input) error {
	for _, t := range Tables(&in) {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := create(t.Name+".csv", func(w io.Writer) error { return WriteCSV(w, &in, t) })
		if err != nil {
			return fmt.Errorf("%s.csv: %w", t.Name, err)
		}
	}
	err := create(DatabaseName, func(w io.Writer) error { return WriteDatabase(ctx, w, &in) })
	if err != nil {
		return fmt.Errorf("%s: %w", DatabaseName, err)
	}
	err = create(ReadmeName, func(w io.Writer) error { return WriteReadme(w, &in) })
	if err != nil {
		return fmt.Errorf("%s: %w", ReadmeName, err)
	}
	return nil
}
