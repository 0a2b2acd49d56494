package warehouse

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"github.com/rubric-project/rubric/dataset"
)

// schema is where everything stands.
const schema = "rubric"

// types are the columns' types in PostgreSQL.
var types = map[dataset.Kind]string{dataset.Text: "text", dataset.Integer: "bigint", dataset.Real: "double precision", dataset.Time: "timestamptz"}

// table is a table of the warehouse. Its first column, round, is not among its columns.
type table struct {
	name    string
	columns []dataset.Column
	key     []string
	indexes []string // further ones, each as a list of columns
	rows    func(emit func([]any) error) error
}

// tablesOf are the tables of a round. What the recipients are grouped by is a table of its own here, since each round has
// other groups.
func tablesOf(in Input) []table {
	var out []table
	for _, t := range dataset.Tables(in.Results) {
		next := table{name: t.Name, columns: t.Columns, key: t.Key, rows: func(emit func([]any) error) error { return t.Rows(in.Results, emit) }}
		switch t.Name {
		case "recipients":
			next.columns = t.Columns[:len(t.Columns)-len(in.Round.Groups)]
		case "answers":
			next.indexes = []string{"ref, level"}
		}
		out = append(out, next)
	}
	return append(out, groupsTable(in), previousTable(in), crosswalkTable(in), crosswalkLevelsTable(in))
}

// partition is the name of the table that holds a round's part of a table.
func (t *table) partition(round string) string {
	sum := sha256.Sum256([]byte(round))
	return fmt.Sprintf("%s_%x", t.name, sum[:8])
}

// own is a name in the warehouse's schema, as SQL has it.
func own(name string) string { return pgx.Identifier{schema, name}.Sanitize() }

func quoted(names ...string) string {
	var list []string
	for _, name := range names {
		list = append(list, pgx.Identifier{name}.Sanitize())
	}
	return strings.Join(list, ", ")
}

// literal is a text in SQL.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// defined are the columns as CREATE TABLE has them; more are those that another version of the program knows.
func (t *table) defined(more []string) string {
	list := []string{"round text NOT NULL"}
	for _, c := range t.columns {
		d := quoted(c.Name) + " " + types[c.Kind]
		if slices.Contains(t.key, c.Name) {
			d += " NOT NULL"
		}
		list = append(list, d)
	}
	return strings.Join(append(list, more...), ",\n  ")
}

// fit makes a value what PostgreSQL takes: its texts are UTF-8 and have no NUL.
func fit(value any) any {
	s, ok := value.(string)
	if !ok {
		return value
	}
	if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
		s = strings.ReplaceAll(strings.ToValidUTF8(s, string(utf8.RuneError)), "\x00", string(utf8.RuneError))
	}
	return s
}
