package dataset

import (
	"time"

	"github.com/rubric-project/rubric/models"
)

// Kind is the type of a column's values. Every column may also hold nothing: an empty field, NULL.
type Kind string

// The kinds. A truth is the integer 1 or 0. A time is a moment to the second, in UTC: where a form has no type for it, in
// CSV and SQLite, it is text as ISO 8601 has it.
const (
	Text    Kind = "TEXT"
	Integer Kind = "INTEGER"
	Real    Kind = "REAL"
	Time    Kind = "TIME"
)

// Column is a column of a table.
type Column struct {
	// Name is stable, in lower-case letters, digits and underscores.
	Name    string
	Kind    Kind
	Meaning string
	// References is the table whose key the value is, or "".
	References string
	// Long says that the texts are sentences, most of them unlike each other, so that a list of those that occur saves
	// nothing.
	Long bool
}

// Table is a table: its name, what it holds, and its columns.
type Table struct {
	Name    string
	Meaning string
	Columns []Column
	// Key names the columns that tell the rows apart.
	Key []string
	// rows calls emit with the values of each row in turn: string, int, float64, time.Time, or nil for nothing. The
	// slice is used again for the next row.
	rows func(in source, emit func([]any) error) error
}

// Rows calls emit with the values of each row in turn, as they stand in the CSV file: string, int, float64, time.Time, or nil
// for nothing. The slice is used again for the next row; an error of emit ends it, and is returned.
func (t *Table) Rows(in *models.Results, emit func(row []any) error) error {
	return t.rows(listed(in), emit)
}

// source is what rows are made from: the results, and the order in which their members are gone through.
type source struct {
	*models.Results
	order []int
}

// entries are the register's, by recipient.
func (s source) entries() map[string]*models.Entry {
	out := make(map[string]*models.Entry, len(s.Register.Entries))
	for i := range s.Register.Entries {
		out[s.Register.Entries[i].Recipient.ID] = &s.Register.Entries[i]
	}
	return out
}

// listed is the source in the order of the recipients list.
func listed(in *models.Results) source {
	order := make([]int, len(in.Members))
	for i := range order {
		order[i] = i
	}
	return source{in, order}
}

// Tables lists the tables of a round. They are the same in every round, but for the columns that hold the recipients'
// groups: there is one for each group column of the round.
func Tables(in *models.Results) []Table {
	return []Table{recipientsTable(in), criteriaTable(), decisionsTable(), answersTable(), scoresTable(), groupsTable(), findingsTable(),
		changesTable(), criterionChangesTable(), notComparedTable(),
		questionsTable(), questionAnswersTable(), furtherScoresTable(), attachmentsTable(), plansTable(), respondentViewsTable()}
}

// text is a string, or nothing for "".
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// figure is a number, or nothing for none.
func figure(f models.Figure) any {
	if x, ok := f.Get(); ok {
		return x
	}
	return nil
}

// number is the number chosen, or nothing.
func number(c models.Choice) any {
	if n, ok := c.Number(); ok {
		return n
	}
	return nil
}

// count is a number from 1, or nothing for 0.
func count(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// moment is a time in UTC, to the second, or nothing.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Truncate(time.Second)
}

// written is a value where there is no type for times.
func written(value any) any {
	if t, ok := value.(time.Time); ok {
		return t.Format(time.RFC3339)
	}
	return value
}

// truth is 1 or 0.
func truth(b bool) any {
	if b {
		return 1
	}
	return 0
}
