package cluster_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	"github.com/parquet-go/parquet-go"

	"github.com/rubric-project/rubric/cluster"
	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

func TestMain(m *testing.M) {
	flag.Parse()
	beam.Init()
	slog.SetDefault(slog.New(slog.DiscardHandler)) // prism says every step
	os.Exit(m.Run())
}

// asOf is when all looks at a round are taken.
var asOf = time.Date(2027, 3, 5, 9, 0, 0, 0, time.UTC)

func oneOffice() *office.Office { return officeAt(asOf) }

func officeAt(now time.Time) *office.Office {
	return &office.Office{Jobs: 2, Version: "test", Now: func() time.Time { return now }}
}

// oneMachine is what one machine makes of a round.
type oneMachine struct {
	dir     string
	reg     models.Register
	figures []byte
	// data are the files of results/, by name, and tables the rows of those in Parquet.
	data   map[string][]byte
	tables map[string][]string
}

func onOneMachine(t *testing.T, dir string) *oneMachine {
	t.Helper()
	o := oneOffice()
	f, unlock, _, err := o.OpenToWrite(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	if _, err := o.Validate(t.Context(), f, office.ValidateOptions{}); err != nil {
		t.Fatal(err)
	}
	result, err := o.Consolidate(t.Context(), f, office.ConsolidateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	in, err := o.TakeIn(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	one := &oneMachine{dir: dir, reg: in.Register, tables: map[string][]string{}}
	if one.figures, err = json.Marshal(result.Consolidation); err != nil {
		t.Fatal(err)
	}
	one.data = results(t, dir)
	for name, b := range one.data {
		if table, ok := strings.CutSuffix(filepath.Base(name), ".parquet"); ok {
			one.tables[table] = rowsOf(t, b)
		}
	}
	return one
}

// results are the files of results/, by name.
func results(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), "results", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		out[name], err = os.ReadFile(filepath.Join(dir, name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// rowsOf are the rows of a Parquet file as text, each value with its column.
func rowsOf(t *testing.T, content []byte) []string {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var columns []string
	for _, c := range f.Schema().Columns() {
		columns = append(columns, strings.Join(c, "."))
	}
	var out []string
	buffer := make([]parquet.Row, 256)
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		for {
			n, err := rows.ReadRows(buffer)
			for _, row := range buffer[:n] {
				var line []string
				for _, v := range row {
					if name := columns[v.Column()]; name != "finding" { // a running number
						line = append(line, fmt.Sprintf("%s=%+q", name, v.String()))
					}
				}
				out = append(out, strings.Join(line, " "))
			}
			if err != nil || n == 0 {
				break
			}
		}
		rows.Close()
	}
	return out
}

// run runs the pipeline.
func run(t *testing.T, dir, out string, shards int) *cluster.Manifest {
	t.Helper()
	m, err := tryRun(t.Context(), dir, out, shards)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func tryRun(ctx context.Context, dir, out string, shards int) (*cluster.Manifest, error) {
	done, err := cluster.Run(ctx, "prism", cluster.Options{Round: dir, Out: out, Shards: shards, Now: asOf, Version: "test", Jobs: 2})
	if err != nil {
		return nil, err
	}
	return done.Manifest, nil
}

// same compares what a cluster made with what one machine makes: the shards row for row, and results/ byte for byte.
func (one *oneMachine) same(t *testing.T, out string, m *cluster.Manifest) {
	t.Helper()
	figures, err := os.ReadFile(filepath.Join(out, cluster.FiguresName))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(figures, one.figures) {
		t.Errorf("figures: got %.3000s\nwant %.3000s", figures, one.figures)
	}
	reg := models.Register{}
	tables := map[string][]string{}
	for _, f := range m.Files {
		b, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(f.Name)))
		if err != nil {
			t.Fatal(err)
		}
		base := filepath.Base(f.Name)
		at := strings.Index(base, "-0")
		switch {
		case strings.HasPrefix(f.Name, "register/"):
			var part models.Register
			if err := json.Unmarshal(b, &part); err != nil {
				t.Fatal(err)
			}
			reg.Entries, reg.Files = append(reg.Entries, part.Entries...), append(reg.Files, part.Files...)
		case strings.HasPrefix(f.Name, "data/"):
			rows := rowsOf(t, b)
			tables[base[:at]] = append(tables[base[:at]], rows...)
			if len(rows) != f.Rows {
				t.Errorf("%s has %d rows, and the manifest says %d", f.Name, len(rows), f.Rows)
			}
		}
	}
	one.sameRegister(t, reg)
	for _, table := range []string{"recipients", "answers", "scores", "question_answers", "further_scores", "plans", "findings"} {
		got, want := tables[table], one.tables[table]
		if table == "findings" { // the shards have them by recipient, one machine by file
			slices.Sort(got)
			want = slices.Sorted(slices.Values(want))
		}
		sameLines(t, table, got, want)
	}
	now := results(t, one.dir)
	for name, want := range one.data {
		if got := now[name]; !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, and one machine has %d others", name, len(got), len(want))
		}
	}
	if len(now) != len(one.data) {
		t.Errorf("results/ has %d files, want %d", len(now), len(one.data))
	}
}

func (one *oneMachine) sameRegister(t *testing.T, reg models.Register) {
	t.Helper()
	lines := func(r models.Register) (out []string) {
		for _, e := range r.Entries {
			b, err := json.Marshal(e)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, string(b))
		}
		for _, f := range r.Files {
			b, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, string(b))
		}
		slices.Sort(out)
		return out
	}
	sameLines(t, "register", lines(reg), lines(one.reg))
}

func sameLines(t *testing.T, what string, got, want []string) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("%s, row %d:\ngot  %s\nwant %s", what, i, got[i], want[i])
			return
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d rows, want %d", what, len(got), len(want))
	}
}

// The demo has returns that are good and bad in the ways that real ones are.
func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	if _, err := demo.Play(t.Context(), oneOffice(), demo.Options{Dir: dir, Template: "uk-dmm", Recipients: demo.Recipients, Seed: demo.Seed}); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "results")); err != nil {
		t.Fatal(err)
	}
	one := onOneMachine(t, dir)
	if len(one.tables["findings"]) < 20 || len(one.tables["answers"]) < 1000 {
		t.Fatalf("the round is not what it was: %d findings, %d answers", len(one.tables["findings"]), len(one.tables["answers"]))
	}
	one.sameInShards(t, 1, 2, 8, 16)
}

// sameInShards runs the pipeline with each number of shards, without what one machine left in results/.
func (one *oneMachine) sameInShards(t *testing.T, numbers ...int) {
	for _, n := range numbers {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			out := t.TempDir()
			if err := os.RemoveAll(filepath.Join(one.dir, "results")); err != nil {
				t.Fatal(err)
			}
			one.same(t, out, run(t, one.dir, out, n))
		})
	}
}
