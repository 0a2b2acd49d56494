package dataset

import (
	"context"
	"fmt"
	"io"

	"github.com/rubric-project/rubric/models"
)

// Create makes the file of the given name out of what write writes. After an error there must be no half file.
type Create func(name string, write func(io.Writer) error) error

// Names of the files beside those of the tables, which are called as their tables, with .csv and .parquet.
const (
	DatabaseName = "rubric.sqlite"
	ReadmeName   = "README.md"
)

// Write makes all files of a round's results: a CSV and a Parquet file for each table, the database, and the page that
// documents them.
// An error names the file that failed.
func Write(ctx context.Context, create Create, in *models.Results) error {
	for _, t := range Tables(in) {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, form := range []struct {
			name  string
			write func(io.Writer) error
		}{
			{t.Name + ".csv", func(w io.Writer) error { return WriteCSV(w, in, t) }},
			{t.Name + ".parquet", func(w io.Writer) error { return WriteParquet(ctx, w, in, t) }},
		} {
			if err := create(form.name, form.write); err != nil {
				return fmt.Errorf("%s: %w", form.name, err)
			}
		}
	}
	err := create(DatabaseName, func(w io.Writer) error { return WriteDatabase(ctx, w, in) })
	if err != nil {
		return fmt.Errorf("%s: %w", DatabaseName, err)
	}
	err = create(ReadmeName, func(w io.Writer) error { return WriteReadme(w, in) })
	if err != nil {
		return fmt.Errorf("%s: %w", ReadmeName, err)
	}
	return nil
}
