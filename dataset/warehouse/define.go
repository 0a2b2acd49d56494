package warehouse

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// found makes the schemas, and the tables that are of no single round.
func found(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `CREATE SCHEMA IF NOT EXISTS rubric;
CREATE SCHEMA IF NOT EXISTS rubric_analysis;
CREATE TABLE rubric.rounds (round text PRIMARY KEY, title text, organiser text, issued date, due date, template text, template_version text,
  template_title text, method text, minimum_group bigint, recipients bigint, returned bigint, earlier_template text, earlier_version text);
CREATE TABLE rubric.loads (load bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, round text NOT NULL, loaded_at timestamptz NOT NULL DEFAULT now(),
  loaded_by text NOT NULL, version text, answers bigint NOT NULL);
CREATE TABLE rubric.criterion_counts (round text, ref text, rated bigint, not_applicable bigint, blank bigint, mean double precision, with_target bigint,
  gap double precision, PRIMARY KEY (round, ref));
CREATE TABLE rubric.criterion_levels (round text, ref text, level bigint, label text, answers bigint, PRIMARY KEY (round, ref, level));
CREATE TABLE rubric.criterion_moves (round text, earlier_round text, ref text, earlier_ref text, recipients bigint, up bigint, same bigint, down bigint,
  mean_change double precision, PRIMARY KEY (round, ref, earlier_ref));
CREATE TABLE rubric.settings (name text PRIMARY KEY, value text NOT NULL);
INSERT INTO rubric.settings VALUES ('pseudonyms', gen_random_uuid()::text || gen_random_uuid()::text);`)
	return err
}

// define makes the views, where they are not these ones yet.
func define(ctx context.Context, tx pgx.Tx) error {
	var all strings.Builder
	all.WriteString("SET LOCAL search_path = rubric;\n")
	for _, v := range views {
		fmt.Fprintf(&all, "CREATE OR REPLACE VIEW %s AS\n%s;\nCOMMENT ON VIEW %s IS %s;\n", v.name, v.query, v.name, literal(v.meaning))
	}
	all.WriteString("RESET search_path")
	digest := fmt.Sprintf("%x", sha256.Sum256([]byte(all.String())))
	var there string
	err := tx.QueryRow(ctx, "SELECT value FROM rubric.settings WHERE name = 'views'").Scan(&there)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) || there == digest {
		return err
	}
	if _, err := tx.Exec(ctx, all.String()); err != nil {
		return fmt.Errorf("views: %w", err)
	}
	_, err = tx.Exec(ctx, "INSERT INTO rubric.settings VALUES ('views', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value", digest)
	return err
}
