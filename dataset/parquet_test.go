package dataset_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// field is a field of a CSV file: an empty one without quotation marks is nothing.
type field struct {
	text  string
	there bool
}

// csvFields reads a CSV file by RFC 4180; encoding/csv does not tell "" from nothing.
func csvFields(t *testing.T, path string) [][]field {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]field
	for row := []field(nil); len(data) > 0; {
		var f field
		if data[0] == '"' {
			f.there = true
			for data = data[1:]; ; data = data[1:] {
				at := bytes.IndexByte(data, '"')
				f.text += string(data[:at])
				if data = data[at+1:]; len(data) == 0 || data[0] != '"' {
					break
				}
				f.text += `"`
			}
		} else {
			at := bytes.IndexAny(data, ",\r")
			f.text, f.there = string(data[:at]), at > 0
			data = data[at:]
		}
		f.text = dataset.Unguard(f.text)
		row = append(row, f)
		if data[0] == ',' {
			data = data[1:]
			continue
		}
		data = data[2:]
		rows, row = append(rows, row), nil
	}
	return rows
}

// nodeFinds skips the test where a package of npm is not to be had.
func nodeFinds(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if !slices.ContainsFunc(filepath.SplitList(os.Getenv("NODE_PATH")), func(dir string) bool {
			_, err := os.Stat(filepath.Join(dir, name))
			return err == nil
		}) {
			t.Skipf("no %s in NODE_PATH: npm install %s", name, name)
		}
	}
}

// typeNames are the types of columns as each reader calls them.
var typeNames = map[string]map[dataset.Kind]string{
	"duckdb":    {dataset.Text: "VARCHAR", dataset.Integer: "BIGINT", dataset.Real: "DOUBLE", dataset.Time: "TIMESTAMP WITH TIME ZONE"},
	"hyparquet": {dataset.Text: "STRING", dataset.Integer: "INTEGER", dataset.Real: "DOUBLE", dataset.Time: "TIMESTAMP"},
}

// agree holds what two readers that share no code find in the Parquet files against the CSV files beside them: names and
// types of columns, what is there and what is not, every value of every row, in order.
func agree(t *testing.T, dir string, tables []dataset.Table) (rows int) {
	t.Helper()
	for reader, names := range typeNames {
		c := exec.Command("node", "testdata/parquet.cjs", reader, dir)
		var failed bytes.Buffer
		c.Stderr = &failed
		out, err := c.Output()
		if err != nil {
			t.Fatalf("%s: %v\n%s", reader, err, failed.String())
		}
		var found map[string]struct {
			Types [][2]string
			Rows  [][]any
		}
		d := json.NewDecoder(bytes.NewReader(out))
		d.UseNumber()
		if err := d.Decode(&found); err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			got, want := found[table.Name], csvFields(t, filepath.Join(dir, table.Name+".csv"))
			if len(got.Types) != len(table.Columns) || len(got.Rows) != len(want)-1 {
				t.Errorf("%s, %s: %d columns and %d rows, want %d and %d", reader, table.Name, len(got.Types), len(got.Rows), len(table.Columns), len(want)-1)
				continue
			}
			for i, column := range table.Columns {
				if x := got.Types[i]; x[0] != column.Name || x[1] != names[column.Kind] {
					t.Errorf("%s, %s: column %d is %v, want %s %s", reader, table.Name, i, x, column.Name, column.Kind)
				}
			}
			sortByKey(table, want[1:])
			rows += len(got.Rows)
			for i, row := range got.Rows {
				for k, value := range row {
					if !same(table.Columns[k].Kind, value, want[i+1][k]) {
						t.Fatalf("%s, %s, row %d: %s is %#v, the CSV file has %+v", reader, table.Name, i, table.Columns[k].Name, value, want[i+1][k])
					}
				}
			}
		}
	}
	return rows
}

// sortByKey puts the rows of a recipients' table into the order of its key.
func sortByKey(table dataset.Table, rows [][]field) {
	if table.Key[0] != "recipient" {
		return
	}
	slices.SortStableFunc(rows, func(a, b []field) int {
		for _, name := range table.Key {
			at := slices.IndexFunc(table.Columns, func(c dataset.Column) bool { return c.Name == name })
			if c := strings.Compare(a[at].text, b[at].text); c != 0 {
				return c
			}
		}
		return 0
	})
}

// same says whether a reader's value is what the CSV file has.
func same(kind dataset.Kind, value any, f field) bool {
	if value == nil || !f.there {
		return value == nil && !f.there
	}
	switch kind {
	case dataset.Real:
		x, err := strconv.ParseFloat(fmt.Sprint(value), 64)
		y, err2 := strconv.ParseFloat(f.text, 64)
		return err == nil && err2 == nil && x == y
	case dataset.Time:
		when, err := time.Parse(time.RFC3339, f.text)
		return err == nil && value == fmt.Sprint(when.UnixMicro())
	}
	return value == f.text
}

func TestParquetIsAsTheCSVFiles(t *testing.T) {
	nodeFinds(t, "@duckdb/node-api", "hyparquet", "hyparquet-compressors")
	t.Run("invented", func(t *testing.T) {
		in := invented(2000, 97)
		slices.Reverse(in.Members[:1500]) // a list that is not in the order of the ids
		in.Comparison = &models.Comparison{Recipients: []models.RecipientChange{
			{Recipient: "0007", Overall: models.ScoreChange{Criteria: 3, Earlier: models.Some(1.5)}}, {Recipient: "0004"}}}
		if rows := agree(t, write(t, in), dataset.Tables(in)); rows < 2*130_000 {
			t.Errorf("%d rows compared", rows)
		}
	})
	t.Run("demo", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "demo")
		_, err := demo.Play(t.Context(), &office.Office{Jobs: 2}, demo.Options{Dir: dir, Template: "uk-dmm", Recipients: demo.Recipients, Seed: demo.Seed})
		if err != nil {
			t.Fatal(err)
		}
		data := filepath.Join(dir, "results", "data")
		if rows := agree(t, data, dataset.Tables(&models.Results{Round: &models.Round{Groups: []string{"sector", "size"}}})); rows < 2*5000 {
			t.Errorf("%d rows compared", rows)
		}
		size := func(name string) int64 {
			info, err := os.Stat(filepath.Join(data, name))
			if err != nil {
				t.Fatal(err)
			}
			return info.Size()
		}
		if parquet, csv := size("answers.parquet"), size("answers.csv"); parquet*10 > csv {
			t.Errorf("answers.parquet has %d bytes, more than a tenth of the %d of answers.csv", parquet, csv)
		}
	})
}
