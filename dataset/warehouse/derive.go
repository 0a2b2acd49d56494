package warehouse

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
)

// What takes reading all answers of a round, or of two, is worked out when it is loaded, so that asking for it over many
// rounds costs nothing.

// pairs is each round with the one before it.
const pairs = `SELECT r.round, e.round AS earlier_round FROM rubric.rounds r CROSS JOIN LATERAL (
  SELECT e.round FROM rubric.rounds e WHERE e.due < r.due AND coalesce(e.organiser, '') = coalesce(r.organiser, '')
    AND (e.template = r.template OR e.template = r.earlier_template AND e.template_version = r.earlier_version)
  ORDER BY e.due DESC, e.round LIMIT 1) e`

// counts is how each criterion of a round was answered.
const counts = `INSERT INTO rubric.criterion_counts
SELECT round, ref, count(level), count(*) FILTER (WHERE answer = 'not applicable'), count(*) FILTER (WHERE answer = 'blank'), avg(level)::float8,
  count(target - level), avg(target - level)::float8 FROM {answers} GROUP BY round, ref`

// levels is how many chose each step of each criterion of a round.
const levels = `INSERT INTO rubric.criterion_levels
SELECT round, ref, level, min(label), count(*) FROM {answers} WHERE answer = 'rated' GROUP BY round, ref, level`

// moves is how the answers to each criterion of a round moved since the one before: {x} is a table of the round, {earlier x}
// of the one before, $1 and $2 are their ids.
const moves = `INSERT INTO rubric.criterion_moves
WITH walked AS (SELECT x.ref, x.earlier_ref FROM {crosswalk} x JOIN rubric.rounds e ON e.round = $2 AND e.template = x.earlier_template AND e.template_version = x.earlier_version),
pair AS (
  SELECT ref, earlier_ref FROM walked
  UNION ALL
  SELECT c.ref, c.ref FROM {criteria} c JOIN {earlier criteria} b ON b.ref = c.ref AND ` + sameCriterion + ` WHERE NOT EXISTS (SELECT FROM walked)),
change AS (
  SELECT p.ref, p.earlier_ref, a.level - coalesce(x.level, CASE WHEN d.lowest = c.lowest AND d.highest = c.highest THEN b.level END) AS change
  FROM pair p JOIN {criteria} c ON c.ref = p.ref JOIN {earlier criteria} d ON d.ref = p.earlier_ref
  JOIN {answers} a ON a.ref = p.ref AND a.level IS NOT NULL
  LEFT JOIN {previous_ids} v ON v.recipient = a.recipient
  JOIN {earlier answers} b ON b.ref = p.earlier_ref AND b.recipient = coalesce(v.previous_id, a.recipient) AND b.level IS NOT NULL
  LEFT JOIN {crosswalk_levels} x ON x.earlier_level = b.level)
SELECT $1, $2, ref, earlier_ref, count(change), count(*) FILTER (WHERE change > 0), count(*) FILTER (WHERE change = 0), count(*) FILTER (WHERE change < 0),
  avg(change)::float8 FROM change GROUP BY ref, earlier_ref HAVING count(change) > 0`

// sameCriterion says that the criteria b and c are one though no crosswalk says so.
const sameCriterion = `b.kind = c.kind AND b.lowest = c.lowest AND b.highest = c.highest
  AND coalesce(b.subject, '') = coalesce(c.subject, '') AND coalesce(b.statement, '') = coalesce(c.statement, '')`

// derive works out what rests on a round that was filled in and is not in its place yet.
func derive(ctx context.Context, tx pgx.Tx, round string, tables []table) error {
	place := func(name, of string) string {
		for i := range tables {
			if tables[i].name == name {
				name = tables[i].partition(of)
			}
		}
		if of == round {
			name += "_next"
		}
		return own(name)
	}
	of := literal(round)
	_, err := tx.Exec(ctx, strings.ReplaceAll("DELETE FROM rubric.criterion_counts WHERE round = "+of+"; DELETE FROM rubric.criterion_levels WHERE round = "+of+";"+
		counts+";"+levels, "{answers}", place("answers", round)))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM rubric.criterion_moves m WHERE $1 IN (round, earlier_round)
		OR NOT EXISTS (SELECT FROM (`+pairs+`) p WHERE p.round = m.round AND p.earlier_round = m.earlier_round)`, round)
	if err != nil {
		return err
	}
	rows, err := tx.Query(ctx, "SELECT round, earlier_round FROM ("+pairs+") p WHERE NOT EXISTS (SELECT FROM rubric.criterion_moves m WHERE m.round = p.round) ORDER BY 1")
	if err != nil {
		return err
	}
	missing, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct{ Round, Earlier string }])
	if err != nil {
		return err
	}
	for _, pair := range missing {
		var names []string
		for _, name := range []string{"crosswalk", "crosswalk_levels", "previous_ids", "criteria", "answers"} {
			names = append(names, "{"+name+"}", place(name, pair.Round), "{earlier "+name+"}", place(name, pair.Earlier))
		}
		if _, err := tx.Exec(ctx, strings.NewReplacer(names...).Replace(moves), pair.Round, pair.Earlier); err != nil {
			return err
		}
	}
	return nil
}
