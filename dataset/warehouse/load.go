package warehouse

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
)

// Warehouse is a database that rounds are loaded into.
type Warehouse struct{ conn *pgx.Conn }

// What can go wrong, beside what the server says. Each is wrapped with its cause.
var (
	// ErrAddress says that an address cannot be understood.
	ErrAddress = errors.New("this is no address of a PostgreSQL database")
	// ErrUnreachable says that there is no connection, or that the server does not let this role in.
	ErrUnreachable = errors.New("the warehouse cannot be reached")
	// ErrRefused says that the role may not do what a load does.
	ErrRefused = errors.New("the role may not load rounds")
	// ErrReaders says that somebody went on reading the round that was to be replaced.
	ErrReaders = errors.New("somebody keeps the round that is to be replaced open")
)

// Open connects to a database by its address, such as postgres://user@host/database?sslmode=verify-full, or by keywords as
// libpq has them. What the address does not say is taken from the variables PGHOST, PGUSER and so on, and the password from
// PGPASSWORD or the file of PGPASSFILE, as psql does. No error holds a password.
func Open(ctx context.Context, address string) (*Warehouse, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "rubric"
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return On(conn), nil
}

// On is the warehouse on a connection that the caller has, and closes.
func On(conn *pgx.Conn) *Warehouse { return &Warehouse{conn} }

// Close ends the connection.
func (w *Warehouse) Close(ctx context.Context) error { return w.conn.Close(ctx) }

// Input is a round as it is loaded.
type Input struct {
	*models.Results
	// Crosswalk says how the criteria of an earlier template go on in this round's; nil where none does.
	Crosswalk *crosswalk.Crosswalk
}

// Loaded is what a load came to.
type Loaded struct {
	// Round is the round's id, by which its rows are known; Database and Host say where it is.
	Round    string `json:"round"`
	Database string `json:"database"`
	Host     string `json:"host"`
	// Replaced says that the round was there before.
	Replaced bool `json:"replaced"`
	// Rows counts them by table.
	Rows map[string]int64 `json:"rows"`
}

// Load puts a round into the warehouse, in place of the same round if it was there, in one transaction. The warehouse's
// tables and views are made where they are missing. It waits for another load to end, and at the end for readers of the
// round that it replaces.
func (w *Warehouse) Load(ctx context.Context, in Input) (out Loaded, err error) {
	defer func() {
		var said *pgconn.PgError
		if errors.As(err, &said) && said.Code == "42501" { // insufficient_privilege
			err = fmt.Errorf("%w: %w", ErrRefused, err)
		}
	}()
	config := w.conn.Config()
	out = Loaded{Round: in.Round.ID, Database: config.Database, Host: config.Host, Rows: map[string]int64{}}
	tx, err := w.conn.Begin(ctx)
	if err != nil {
		return out, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	// One load at a time. The number is of no importance, but that no other program is likely to have it.
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(7824126931)"); err != nil {
		return out, err
	}
	there, err := columnsThere(ctx, tx)
	if err != nil {
		return out, err
	}
	if len(there) == 0 {
		if err := found(ctx, tx); err != nil {
			return out, err
		}
	}
	tables := tablesOf(in)
	for i := range tables {
		n, err := tables[i].fill(ctx, tx, in.Round.ID, there[tables[i].name])
		if err != nil {
			return out, fmt.Errorf("table %s: %w", tables[i].name, err)
		}
		out.Rows[tables[i].name] = n
	}
	if out.Replaced, err = noteRound(ctx, tx, in); err != nil {
		return out, err
	}
	if err := derive(ctx, tx, in.Round.ID, tables); err != nil {
		return out, err
	}
	if err := swap(ctx, tx, in.Round.ID, tables, there); err != nil {
		return out, err
	}
	if err := noteLoad(ctx, tx, in, out.Rows["answers"]); err != nil {
		return out, err
	}
	return out, tx.Commit(ctx)
}

// columnsThere are the columns of the warehouse's tables, by table; nothing where there is no warehouse yet.
func columnsThere(ctx context.Context, tx pgx.Tx) (map[string][]column, error) {
	rows, err := tx.Query(ctx, `SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE n.nspname = $1 AND c.relkind IN ('p', 'r') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
		ORDER BY c.relname, a.attnum`, schema)
	if err != nil {
		return nil, err
	}
	out := map[string][]column{}
	var name string
	var c column
	_, err = pgx.ForEachRow(rows, []any{&name, &c.name, &c.kind}, func() error {
		out[name] = append(out[name], c)
		return nil
	})
	return out, err
}

// column is a column that a table of the warehouse has.
type column struct{ name, kind string }

// fill makes the table that is to be a round's part of t, with its rows, keys and statistics. Nobody else sees it yet. there
// are the columns that the warehouse has: those that this program does not know stay empty.
func (t *table) fill(ctx context.Context, tx pgx.Tx, round string, there []column) (int64, error) {
	var more []string
	for _, c := range there {
		if c.name != "round" && !slices.ContainsFunc(t.columns, func(x dataset.Column) bool { return x.Name == c.name }) {
			more = append(more, quoted(c.name)+" "+c.kind)
		}
	}
	next := t.partition(round) + "_next"
	if _, err := tx.Exec(ctx, "CREATE TABLE "+own(next)+" (\n  "+t.defined(more)+"\n)"); err != nil {
		return 0, err
	}
	names := []string{"round"}
	for _, c := range t.columns {
		names = append(names, c.Name)
	}
	n, err := t.copy(ctx, tx, round, next, names)
	if err != nil {
		return n, err
	}
	finish := fmt.Sprintf("ALTER TABLE %s ADD PRIMARY KEY (round, %s), ADD CONSTRAINT of_round CHECK (round = %s);", own(next), quoted(t.key...), literal(round))
	for _, list := range t.indexes {
		finish += fmt.Sprintf("CREATE INDEX ON %s (%s);", own(next), list)
	}
	_, err = tx.Exec(ctx, finish+"ANALYZE "+own(next))
	return n, err
}

// copy sends the rows.
func (t *table) copy(ctx context.Context, tx pgx.Tx, round, into string, names []string) (int64, error) {
	var failed error
	line := make([]any, len(names))
	line[0] = round
	next, stop := iter.Pull(func(yield func([]any) bool) {
		failed = t.rows(func(row []any) error {
			for i := range line[1:] {
				line[i+1] = fit(row[i])
			}
			if !yield(line) {
				return errStopped
			}
			return nil
		})
	})
	defer stop()
	n, err := tx.CopyFrom(ctx, pgx.Identifier{schema, into}, names, pgx.CopyFromFunc(func() ([]any, error) {
		row, ok := next()
		if !ok {
			return nil, failed
		}
		return row, nil
	}))
	return n, err
}

var errStopped = errors.New("stopped")

// noteRound writes the round's own row, and says whether there was one.
func noteRound(ctx context.Context, tx pgx.Tx, in Input) (replaced bool, err error) {
	deleted, err := tx.Exec(ctx, "DELETE FROM "+own("rounds")+" WHERE round = $1", in.Round.ID)
	if err != nil {
		return false, err
	}
	s := in.Round.ScoringFor(in.Template)
	var from models.Edition
	if in.Crosswalk != nil {
		from = in.Crosswalk.From
	}
	_, err = tx.Exec(ctx, "INSERT INTO "+own("rounds")+` (round, title, organiser, issued, due, template, template_version, template_title, method, minimum_group,
		recipients, returned, earlier_template, earlier_version) VALUES ($1, $2, $3, nullif($4, '')::date, nullif($5, '')::date, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		in.Round.ID, fit(in.Round.Title), fit(in.Round.Organiser), in.Round.Issued.String(), in.Round.Due.String(), in.Template.ID, in.Template.Version,
		fit(in.Template.Title), strings.TrimSpace(string(s.Method)+" "+s.Mean), in.Round.SmallestGroup(), in.Consolidation.Recipients, in.Consolidation.Returned, from.ID, from.Version)
	return deleted.RowsAffected() > 0, err
}

// noteLoad keeps who loaded what and when: the one thing that differs between two loads of the same.
func noteLoad(ctx context.Context, tx pgx.Tx, in Input, answers int64) error {
	_, err := tx.Exec(ctx, "INSERT INTO "+own("loads")+" (round, loaded_by, version, answers) VALUES ($1, current_user, $2, $3)", in.Round.ID, in.Version, answers)
	return err
}
