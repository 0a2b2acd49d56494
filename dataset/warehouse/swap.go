package warehouse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// patience is how often the swap is tried while readers hold the round that is to be replaced.
	patience = 150
	// lockTimeout is how long each try waits. It must be shorter than PostgreSQL's deadlock_timeout, a second: a try gives up
	// before the server looks for somebody to break off, which could be a reader. Those who come to read while a try waits stand
	// behind it, and so wait no longer than this.
	lockTimeout = 150 * time.Millisecond
	// pause is how long readers are left alone between two tries.
	pause = 500 * time.Millisecond
)

// swap puts the tables that fill made in the place of the round's old ones. Until the transaction ends everybody else sees
// the old ones.
func swap(ctx context.Context, tx pgx.Tx, round string, tables []table, there map[string][]column) error {
	if _, err := tx.Exec(ctx, fmt.Sprintf("SET LOCAL lock_timeout = %d", lockTimeout.Milliseconds())); err != nil {
		return err
	}
	for try := 0; ; try++ {
		err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error { // a savepoint
			for i := range tables {
				if err := tables[i].swap(ctx, tx, round, there[tables[i].name]); err != nil {
					return fmt.Errorf("table %s: %w", tables[i].name, err)
				}
			}
			return define(ctx, tx)
		})
		var refused *pgconn.PgError
		if !errors.As(err, &refused) || refused.Code != "55P03" { // lock_not_available
			return err
		}
		if try == patience {
			return fmt.Errorf("%w: %w", ErrReaders, err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// swap puts the new part of one table in the place of the old one. there are the columns that the table has, none where it
// is not made yet.
func (t *table) swap(ctx context.Context, tx pgx.Tx, round string, there []column) error {
	part := t.partition(round)
	statements := ""
	if there == nil {
		statements = fmt.Sprintf("CREATE TABLE %s (\n  %s,\n  PRIMARY KEY (round, %s)\n) PARTITION BY LIST (round);", own(t.name), t.defined(nil), quoted(t.key...))
	} else {
		for _, c := range t.columns {
			if !slices.ContainsFunc(there, func(x column) bool { return x.name == c.Name }) { // a newer version has it
				statements += fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s;", own(t.name), quoted(c.Name), types[c.Kind])
			}
		}
		var old bool
		if err := tx.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", own(part)).Scan(&old); err != nil {
			return err
		}
		if old {
			statements += fmt.Sprintf("ALTER TABLE %s DETACH PARTITION %s; DROP TABLE %s;", own(t.name), own(part), own(part))
		}
	}
	statements += fmt.Sprintf("ALTER TABLE %s RENAME TO %s; ALTER TABLE %s ATTACH PARTITION %s FOR VALUES IN (%s);",
		own(part+"_next"), quoted(part), own(t.name), own(part), literal(round))
	_, err := tx.Exec(ctx, statements)
	return err
}
