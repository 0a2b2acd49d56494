package dataset_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/office"
)

// blocks are the blocks of docs/data.md in a language, in order.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	page, err := os.ReadFile("../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```").FindAllStringSubmatch(string(page), -1) {
		out = append(out, m[1])
	}
	return out
}

// played is the example round's results/data.
func played(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	if _, err := demo.Play(t.Context(), &office.Office{Jobs: 2}, demo.Options{Dir: dir, Template: "uk-dmm", Recipients: demo.Recipients, Seed: demo.Seed}); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "results", "data")
}

// answers are the rows that a program gives to each question.
type answers [][]map[string]any

// ask runs a program that prints answers as JSON.
func ask(t *testing.T, dir string, input []byte, command ...string) answers {
	t.Helper()
	c := exec.Command(command[0], command[1:]...)
	c.Stdin = bytes.NewReader(input)
	if dir != "" {
		c.Dir = dir
	}
	var failed bytes.Buffer
	c.Stderr = &failed
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command[0], err, failed.String())
	}
	var got answers
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return got
}

// TestQuestionsOfTheDocument asks the ten questions of docs/data.md with every program that is there. All must give the same
// rows, and those that are known of the example round.
func TestQuestionsOfTheDocument(t *testing.T) {
	nodeFinds(t, "@duckdb/node-api")
	dir := played(t)
	asked, err := json.Marshal(blocks(t, "sql"))
	if err != nil {
		t.Fatal(err)
	}
	duck := ask(t, "", asked, "node", "testdata/questions.cjs", dir)
	if len(duck) != 10 {
		t.Fatalf("%d questions, want 10", len(duck))
	}
	for i, rows := range duck {
		if len(rows) == 0 {
			t.Errorf("question %d has no answer", i+1)
		}
	}
	// What the README shows of the example round.
	want := []string{"group_sector=Culture recipients=12 returned=11 share=0.916666667", "group_sector=Environment recipients=13 returned=9 share=0.692307692",
		"group_sector=Transport recipients=11 returned=7 share=0.636363636"}
	if got := lines(duck[0]); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if n := len(duck[1]); n != 9 {
		t.Errorf("%d have not returned, want 9", n)
	}
	t.Run("pandas", func(t *testing.T) {
		if exec.Command("/usr/bin/python3", "-c", "import pandas").Run() != nil {
			t.Skip("pandas is not installed: python3-pandas")
		}
		code := blocks(t, "python")
		script := code[0] + "out = []\n"
		for _, block := range code[1:] {
			script += block + "out.append(answer.to_dict('records'))\n"
		}
		script += "import json\nprint(json.dumps(out, default=lambda x: x.item()))\n"
		alike(t, ask(t, dir, []byte(script), "/usr/bin/python3", "-"), duck)
	})
	t.Run("R", func(t *testing.T) {
		if _, err := exec.LookPath("Rscript"); err != nil {
			t.Skip("R is not installed: r-base-core")
		}
		code := blocks(t, "r")
		var script strings.Builder
		script.WriteString(code[0] + `
show <- function(x) if (is.na(x)) "null" else if (is.character(x)) encodeString(x, quote = "\"") else format(x, digits = 17)
row <- function(a, i) paste0("{", paste0("\"", names(a), "\":", sapply(names(a), function(n) show(a[i, n])), collapse = ","), "}")
out <- c()
`)
		for _, block := range code[1:] {
			script.WriteString(block + `out <- c(out, paste0("[", paste0(sapply(seq_len(nrow(answer)), function(i) row(answer, i)), collapse = ","), "]"))` + "\n")
		}
		script.WriteString(`cat("[", paste0(out, collapse = ","), "]", sep = "")` + "\n")
		file := filepath.Join(t.TempDir(), "questions.R")
		if err := os.WriteFile(file, []byte(script.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		alike(t, ask(t, dir, nil, "Rscript", "--vanilla", file), duck)
	})
}

// alike holds two programs' answers against each other. The order of rows is each program's own.
func alike(t *testing.T, got, want answers) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d answers, want %d", len(got), len(want))
	}
	for i := range want {
		if x, y := lines(got[i]), lines(want[i]); !slices.Equal(x, y) {
			t.Errorf("question %d:\ngot  %.600s\nwant %.600s", i+1, x, y)
		}
	}
}

// lines are rows as texts: numbers to nine places, columns by name, sorted.
func lines(rows []map[string]any) []string {
	var out []string
	for _, row := range rows {
		var names, values []string
		for name := range row {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			value := fmt.Sprint(row[name])
			isID := name == "recipient" || name == "ref" || name == "topic"
			if x, err := strconv.ParseFloat(value, 64); err == nil && !isID { // some programs write integers as texts
				value = strconv.FormatFloat(math.Round(x*1e9)/1e9, 'f', -1, 64)
			}
			values = append(values, name+"="+value)
		}
		out = append(out, strings.Join(values, " "))
	}
	slices.Sort(out)
	return out
}
