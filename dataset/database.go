package dataset

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the database without cgo

	"github.com/rubric-project/rubric/models"
)

// schemaVersion is the database's user_version: it goes up when a table or column is renamed or dropped.
const schemaVersion = 1

// WriteDatabase writes the tables as an SQLite database, with keys, references and views. It is built in a
// temporary file.
func WriteDatabase(ctx context.Context, w io.Writer, in *models.Results) error {
	dir, err := os.MkdirTemp("", "rubric-data-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "rubric.sqlite")
	if err := build(ctx, path, in); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

func build(ctx context.Context, path string, in *models.Results) (err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() {
		if e := db.Close(); err == nil {
			err = e
		}
	}()
	db.SetMaxOpenConns(1)
	// Nobody else has the file, and a broken one is thrown away: neither journal nor syncing is needed.
	for _, pragma := range []string{
		"journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "page_size=4096", "cache_size=-16000",
		fmt.Sprintf("user_version=%d", schemaVersion),
	} {
		if _, err := db.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return err
		}
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, t := range append(Tables(in), aboutTable()) {
		if _, err := tx.ExecContext(ctx, t.create()); err != nil {
			return err
		}
		if err := t.fill(ctx, tx, in); err != nil {
			return err
		}
	}
	for _, statement := range indexes {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	for _, v := range views(in) {
		if _, err := tx.ExecContext(ctx, "CREATE VIEW "+v.Name+" AS\n"+v.query); err != nil {
			return fmt.Errorf("view %s: %w", v.Name, err)
		}
	}
	return tx.Commit()
}

// indexes serve the joins that the keys do not.
var indexes = []string{
	"CREATE INDEX answers_by_ref ON answers (ref, level)",
	"CREATE INDEX findings_by_recipient ON findings (recipient)",
}

// create is the statement that makes the table.
func (t *Table) create() string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s (\n", t.Name)
	inKey := map[string]bool{}
	for _, k := range t.Key {
		inKey[k] = true
	}
	for _, c := range t.Columns {
		kind := c.Kind
		if kind == Time { // SQLite has no type for it
			kind = Text
		}
		fmt.Fprintf(&b, "  %s %s", c.Name, kind)
		if inKey[c.Name] {
			b.WriteString(" NOT NULL")
		}
		if c.References != "" {
			fmt.Fprintf(&b, " REFERENCES %s", c.References)
		}
		b.WriteString(",\n")
	}
	fmt.Fprintf(&b, "  PRIMARY KEY (%s)\n)", strings.Join(t.Key, ", "))
	return b.String()
}

// fill inserts the rows, many at a time.
func (t *Table) fill(ctx context.Context, tx *sql.Tx, in *models.Results) error {
	width := len(t.Columns)
	const many = 64
	one := "(" + strings.Repeat("?,", width-1) + "?)"
	insert := func(rows int) string {
		return "INSERT INTO " + t.Name + " VALUES " + strings.Repeat(one+",", rows-1) + one
	}
	batch, err := tx.PrepareContext(ctx, insert(many))
	if err != nil {
		return err
	}
	defer batch.Close()
	values := make([]any, 0, many*width)
	err = t.Rows(in, func(row []any) error {
		for _, value := range row {
			values = append(values, written(value))
		}
		if len(values) < many*width {
			return nil
		}
		_, err := batch.ExecContext(ctx, values...)
		values = values[:0]
		return err
	})
	if err != nil || len(values) == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, insert(len(values)/width), values...)
	return err
}

// aboutTable says which round the database is of. Only the database has it: the CSV files lie beside the page
// that says the same.
func aboutTable() Table {
	return Table{
		Name: "about", Meaning: "The round, as keys and values.", Key: []string{"key"},
		Columns: []Column{{Name: "key", Kind: Text, Meaning: "What."}, {Name: "value", Kind: Text, Meaning: "Its value."}},
		rows: func(in source, emit func([]any) error) error {
			for _, pair := range about(in.Results) {
				if err := emit([]any{pair[0], text(pair[1])}); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func about(in *models.Results) [][2]string {
	s := in.Round.ScoringFor(in.Template)
	return [][2]string{
		{"round", in.Round.ID},
		{"title", in.Round.Title},
		{"organiser", in.Round.Organiser},
		{"issued", in.Round.Issued.String()},
		{"due", in.Round.Due.String()},
		{"template", in.Template.ID},
		{"template_version", in.Template.Version},
		{"template_title", in.Template.Title},
		{"method", strings.TrimSpace(string(s.Method) + " " + s.Mean)},
		{"minimum_group", fmt.Sprint(in.Round.SmallestGroup())},
		{"recipients", fmt.Sprint(in.Consolidation.Recipients)},
		{"returned", fmt.Sprint(in.Consolidation.Returned)},
		{"earlier_round", in.Earlier},
	}
}
