//go:build unix

package warehouse_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rubric-project/rubric/dataset/warehouse"
)

// load loads a round on a connection of its own.
func load(t testing.TB, address string, in warehouse.Input) warehouse.Loaded {
	t.Helper()
	w, err := warehouse.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close(context.Background())
	out, err := w.Load(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// contents is everything in the warehouse but when it was loaded, as digests by table, and the names of all partitions.
func contents(t testing.TB, conn *pgx.Conn) []string {
	t.Helper()
	tables := query(t, conn, `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = 'rubric' AND c.relkind IN ('p', 'r') AND c.relname <> 'loads' ORDER BY 1`)
	var out []string
	for _, table := range tables {
		sum := query(t, conn, fmt.Sprintf(`SELECT count(*), coalesce(md5(string_agg(x::text, E'\n' ORDER BY x::text)), '-') FROM rubric.%s x`, table))
		out = append(out, table+" "+sum[0])
	}
	return out
}

func TestLoad(t *testing.T) {
	address := postgres(t).database(t)
	in := round("spring", "2026-05-01", 40, 12, 0)
	first := load(t, address, in)
	if first.Replaced || first.Rows["answers"] != 32*12 || first.Rows["recipients"] != 40 {
		t.Errorf("%+v", first)
	}
	conn := connect(t, address)
	before := contents(t, conn)
	for sql, want := range map[string]string{
		"SELECT count(*), count(level), sum(level)::bigint, count(DISTINCT recipient) FROM rubric.answers WHERE round = 'spring'": sums(in),
		"SELECT pg_typeof(level), pg_typeof(recipient), pg_typeof(ref) FROM rubric.answers LIMIT 1":                               "bigint|text|text",
		"SELECT count(*) FROM pg_inherits WHERE inhparent = 'rubric.answers'::regclass":                                           "1",
		"SELECT comment FROM rubric.answers WHERE recipient = '00000' AND ref = '2.1'":                                            "it's\ttold \\ by \"them\"\n\ufffd and \ufffd 中文",
		"SELECT to_char(saved AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') FROM rubric.recipients LIMIT 1":                     "2026-03-01 11:00:00.000000",
		"SELECT title, due::text, recipients, returned FROM rubric.rounds":                                                        "Round spring|2026-05-01|40|32",
		"SELECT group_value, recipients, returned FROM rubric.response_rate WHERE group_value = 'North'":                          "North|14|11",
	} {
		if got := strings.Join(query(t, conn, sql), "\n"); got != want {
			t.Errorf("%s:\ngot  %q\nwant %q", sql, got, want)
		}
	}
	if again := load(t, address, in); !again.Replaced {
		t.Error("the second load replaced nothing")
	}
	if after := contents(t, conn); !slices.Equal(before, after) {
		t.Errorf("loaded twice:\ngot  %q\nwant %q", after, before)
	}
	// Another round stands beside it, and goes when it is loaded with fewer.
	load(t, address, round("autumn", "2026-11-01", 25, 12, 1))
	load(t, address, round("autumn", "2026-11-01", 10, 12, 1))
	got := query(t, conn, "SELECT round, count(*) FROM rubric.recipients GROUP BY 1 ORDER BY 1")
	if want := []string{"autumn|10", "spring|40"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := query(t, conn, "SELECT count(*) FROM rubric.loads"); n[0] != "4" {
		t.Errorf("%s loads noted", n)
	}
}

// sums are worked out from the answers themselves.
func sums(in warehouse.Input) string {
	n, rated, sum, who := 0, 0, 0, 0
	for _, m := range in.Members {
		if m.Return == nil {
			continue
		}
		who++
		for _, a := range m.Return.Answers() {
			n++
			if x, ok := a.Level.Value.Number(); ok {
				rated, sum = rated+1, sum+x
			}
		}
	}
	return fmt.Sprintf("%d|%d|%d|%d", n, rated, sum, who)
}

// TestColumnsOfOtherVersions loads into a table that a newer version gave a column to, and that has not yet one of this version.
func TestColumnsOfOtherVersions(t *testing.T) {
	address := postgres(t).database(t)
	load(t, address, round("spring", "2026-05-01", 10, 6, 0))
	exec1(t, address, "ALTER TABLE rubric.findings ADD COLUMN newer text, DROP COLUMN remedy; UPDATE rubric.findings SET newer = 'kept'")
	load(t, address, round("autumn", "2026-11-01", 10, 6, 0))
	got := query(t, connect(t, address), "SELECT round, newer, remedy IS NOT NULL FROM rubric.findings ORDER BY 1")
	if want := []string{"autumn|-|true", "spring|kept|false"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// killer breaks the connection off before its nth statement.
type killer struct {
	at, n int
	kill  func(pid uint32)
}

func (k *killer) step(ctx context.Context, conn *pgx.Conn) context.Context {
	if k.n++; k.n == k.at {
		k.kill(conn.PgConn().PID())
	}
	return ctx
}

func (k *killer) TraceQueryStart(ctx context.Context, conn *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return k.step(ctx, conn)
}
func (k *killer) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}
func (k *killer) TraceCopyFromStart(ctx context.Context, conn *pgx.Conn, _ pgx.TraceCopyFromStartData) context.Context {
	return k.step(ctx, conn)
}
func (k *killer) TraceCopyFromEnd(context.Context, *pgx.Conn, pgx.TraceCopyFromEndData) {}

// TestKilledAtAnyStatement breaks a load off before each of its statements in turn: the round that was there stays whole.
func TestKilledAtAnyStatement(t *testing.T) {
	address := postgres(t).database(t)
	load(t, address, round("spring", "2026-05-01", 12, 6, 0))
	conn, admin := connect(t, address), connect(t, address)
	before := contents(t, conn)
	next := round("spring", "2026-05-01", 15, 6, 1)
	config, err := pgx.ParseConfig(address)
	if err != nil {
		t.Fatal(err)
	}
	for at := 1; ; at++ {
		k := &killer{at: at, kill: func(pid uint32) {
			if _, err := admin.Exec(context.Background(), "SELECT pg_terminate_backend($1, 10000)", int32(pid)); err != nil {
				t.Fatal(err)
			}
		}}
		config.Tracer = k
		c, err := pgx.ConnectConfig(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		_, err = warehouse.On(c).Load(t.Context(), next)
		c.Close(context.Background())
		if err == nil {
			if k.n >= at || at < 60 {
				t.Fatalf("killed at statement %d of %d, and no error", at, k.n)
			}
			t.Logf("%d statements", k.n)
			break
		}
		if after := contents(t, conn); !slices.Equal(before, after) {
			t.Fatalf("killed at statement %d:\ngot  %q\nwant %q", at, after, before)
		}
	}
	if slices.Equal(before, contents(t, conn)) {
		t.Error("the load that nobody killed changed nothing")
	}
}

// TestTwoAtOnce loads two versions of one round, and another round, at the same time: each waits for the one before.
func TestTwoAtOnce(t *testing.T) {
	address := postgres(t).database(t)
	var all sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		all.Go(func() {
			w, err := warehouse.Open(t.Context(), address)
			if err != nil {
				errs[i] = err
				return
			}
			defer w.Close(context.Background())
			_, errs[i] = w.Load(t.Context(), round([]string{"a", "b"}[i%2], "2026-05-01", 10+5*(i/2), 9, i))
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	conn := connect(t, address)
	for _, id := range []string{"a", "b"} {
		last := query(t, conn, "SELECT answers FROM rubric.loads WHERE round = $1 ORDER BY load DESC LIMIT 1", id)
		there := query(t, conn, "SELECT count(*) FROM rubric.answers WHERE round = $1", id)
		if !slices.Equal(last, there) {
			t.Errorf("%s: %v answers, the last load had %v", id, there, last)
		}
	}
}

// TestReadersGoOn has one who reads in a transaction that stays open while the round is loaded again: it and others see the
// old round until the load is whole, and the load waits for it.
func TestReadersGoOn(t *testing.T) {
	address := postgres(t).database(t)
	load(t, address, round("spring", "2026-05-01", 10, 6, 0))
	reader, other, watch := connect(t, address), connect(t, address), connect(t, address)
	tx, err := reader.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	count := func(q interface {
		QueryRow(context.Context, string, ...any) pgx.Row
	}) (n int) {
		if err := q.QueryRow(t.Context(), "SELECT count(*) FROM rubric.recipients WHERE round = 'spring'").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	count(tx)
	done := make(chan error, 1)
	go func() {
		w, err := warehouse.Open(t.Context(), address)
		if err == nil {
			_, err = w.Load(t.Context(), round("spring", "2026-05-01", 15, 6, 0))
			w.Close(context.Background())
		}
		done <- err
	}()
	// Until the load has come to the swap and waits there, and once more after that.
	for waiting := 0; waiting < 2; {
		if n := query(t, watch, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rubric' AND wait_event_type = 'Lock' AND query LIKE '%DETACH%'"); n[0] == "1" {
			waiting++
			if n := count(other); n != 10 {
				t.Fatalf("another reader sees %d recipients before the load is whole", n)
			}
		}
		select {
		case err := <-done:
			t.Fatalf("the load did not wait for the reader: %v", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
	if n := count(tx); n != 10 {
		t.Errorf("the reader sees %d recipients", n)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if n := count(other); n != 15 {
		t.Errorf("%d recipients after the load", n)
	}
}
