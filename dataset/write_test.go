package dataset_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/dataset"
)

func TestSameInputSameBytes(t *testing.T) {
	a, b := write(t, invented(40, 20)), write(t, invented(40, 20))
	files, err := os.ReadDir(a)
	if err != nil || len(files) != 34 {
		t.Fatalf("%d files, want 34 (%v)", len(files), err)
	}
	for _, f := range files {
		x, _ := os.ReadFile(filepath.Join(a, f.Name()))
		y, _ := os.ReadFile(filepath.Join(b, f.Name()))
		if len(x) == 0 || !bytes.Equal(x, y) {
			t.Errorf("%s differs (%d and %d bytes)", f.Name(), len(x), len(y))
		}
	}
}

// readCSV reads a table as another program would, and takes the guards away.
func readCSV(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = dataset.Unguard(row[i])
		}
		out = append(out, m)
	}
	return out
}

// What the office decided stands beside the answer, and the answer is what it decided.
func TestDecisionsStandBesideTheirAnswers(t *testing.T) {
	dir := write(t, invented(12, 20))
	decided := readCSV(t, filepath.Join(dir, "decisions.csv"))
	if len(decided) != 2 {
		t.Fatalf("%d decisions", len(decided))
	}
	for k, want := range map[string]string{"decision": "3", "kind": "answer", "recipient": "0001", "ref": "2.1", "answer": "rated", "label": "5 – Level 5", "file": "0001.xlsx",
		"digest": "d0001", "decided_by": "Ann Example", "account": "x1", "decided_at": "2026-04-01T09:00:00Z", "reason": "=1+1; they phoned"} {
		if got := decided[0][k]; got != want {
			t.Errorf("%s is %q, want %q", k, got, want)
		}
	}
	n := 0
	for _, row := range readCSV(t, filepath.Join(dir, "answers.csv")) {
		if row["decision"] == "" {
			continue
		}
		n++
		if row["recipient"] != "0001" || row["ref"] != "2.1" || row["level"] != "5" || row["decision"] != "3" || row["cell"] != "F6" {
			t.Errorf("%v", row)
		}
	}
	if n != 1 {
		t.Errorf("%d answers have a decision", n)
	}
}

func TestAnswersAreWhole(t *testing.T) {
	in := invented(12, 20)
	rows := readCSV(t, filepath.Join(write(t, in), "answers.csv"))
	at := 0
	for _, m := range in.Members {
		if m.Return == nil {
			continue
		}
		for j, a := range m.Return.Answers() {
			row := rows[at]
			at++
			level := a.Level.Value.String()
			answer, number := "rated", level
			switch level {
			case "":
				answer = "blank"
			case "n/a":
				answer, number = "not applicable", ""
			}
			if row["recipient"] != m.Recipient.ID || row["ref"] != a.Ref || row["answer"] != answer || row["level"] != number ||
				row["cell"] != a.Level.Origin.Cell || row["topic"] != in.Template.Criteria[j].Topic {
				t.Errorf("row %d: %v, want %s %s %s", at, row, m.Recipient.ID, a.Ref, level)
			}
			// encoding/csv reads CR LF inside a field as LF; the texts here have LF only.
			if row["comment"] != a.Comment.Value {
				t.Errorf("row %d: comment %q, want %q", at, row["comment"], a.Comment.Value)
			}
		}
	}
	if at != len(rows) {
		t.Errorf("%d rows, want %d", len(rows), at)
	}
}

func TestAnAnswerWhoseRowIsMissingIsBlank(t *testing.T) {
	in := invented(1, 6)
	ret := in.Members[0].Return
	ret.SetAnswers(append(ret.Answers()[:2:2], ret.Answers()[4], ret.Answers()[3])) // third and last gone, two exchanged
	rows := readCSV(t, filepath.Join(write(t, in), "answers.csv"))
	var got []string
	for _, row := range rows {
		got = append(got, row["ref"]+":"+row["answer"]+":"+row["cell"])
	}
	want := "1.1:blank:F5 2.1:rated:F6 3.1:blank: 1.2:rated:F8 2.2:rated:F9 3.2:blank:"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestWhatCannotBeWrittenIsAnError(t *testing.T) {
	broken := errors.New("disk full")
	err := dataset.Write(t.Context(), func(string, func(io.Writer) error) error { return broken }, invented(1, 1))
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "recipients.csv") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := dataset.WriteDatabase(ctx, io.Discard, invented(1, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

func TestReadmeDocumentsEveryColumn(t *testing.T) {
	in := invented(3, 3)
	page, err := os.ReadFile(filepath.Join(write(t, in), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range dataset.Tables(in) {
		if !strings.Contains(string(page), "\n### "+table.Name+"\n") {
			t.Errorf("no section on the table %s", table.Name)
		}
		for _, c := range table.Columns {
			if c.Meaning == "" || !strings.Contains(string(page), "\n| "+c.Name+" | ") {
				t.Errorf("%s.%s is not documented", table.Name, c.Name)
			}
		}
	}
	for _, want := range []string{"| group_region |", "| group_size_type |", `The group column "Région"`} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// python runs a script of Debian's Python with the folder as argument and decodes what it prints.
func python(t *testing.T, script, dir string, into any) {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	out, err := exec.Command(path, "-c", script, dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// The sums and counts that Python's csv and Debian's sqlite3 find must be the same, and those of the input.
func TestOtherProgramsFindTheSameFigures(t *testing.T) {
	in := invented(60, 30)
	dir := write(t, in)
	var want struct{ Answers, Rated, Sum, Blank, Comments int }
	for _, m := range in.Members {
		if m.Return == nil {
			continue
		}
		for _, a := range m.Return.Answers() {
			want.Answers++
			if n, ok := a.Level.Value.Number(); ok {
				want.Rated++
				want.Sum += n
			}
			if a.Level.Value.IsBlank() {
				want.Blank++
			}
			want.Comments += len([]rune(a.Comment.Value))
		}
	}
	got := want
	python(t, `
import csv, json, re, sys
rows = list(csv.DictReader(open(sys.argv[1] + "/answers.csv", encoding="utf-8", newline="")))
unguard = lambda s: re.sub(r"(^|[\t\r\n;])( *)'('*[=+\-@＝＋－＠])", r"\1\2\3", re.sub(r"^( *)'('*[\t\r\n])", r"\1\2", s))
print(json.dumps({"Answers": len(rows), "Rated": sum(r["answer"] == "rated" for r in rows),
  "Sum": sum(int(r["level"]) for r in rows if r["level"]), "Blank": sum(r["answer"] == "blank" for r in rows),
  "Comments": sum(len(unguard(r["comment"])) for r in rows)}))`, dir, &got)
	if got != want {
		t.Errorf("csv:    %+v\nwant    %+v", got, want)
	}
	if _, err := exec.LookPath("sqlite3"); err != nil {
		t.Skip("sqlite3 is not installed")
	}
	query := func(sql string) string {
		t.Helper()
		out, err := exec.Command("sqlite3", "-readonly", filepath.Join(dir, "rubric.sqlite"), sql).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", sql, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	var inSQL []struct{ Answers, Rated, Sum, Blank, Comments int }
	out := query(`SELECT json_array(json_object('Answers', count(*), 'Rated', sum(answer = 'rated'), 'Sum', sum(level),
		'Blank', sum(answer = 'blank'), 'Comments', sum(length(comment)))) FROM answers`)
	if err := json.Unmarshal([]byte(out), &inSQL); err != nil || inSQL[0] != want {
		t.Errorf("sqlite: %s (%v)\nwant    %+v", out, err, want)
	}
	for _, tt := range []struct{ sql, want string }{
		{"PRAGMA integrity_check", "ok"},
		{"PRAGMA foreign_key_check", ""},
		{"PRAGMA user_version", "1"},
		{"SELECT value FROM about WHERE key = 'method'", "profile"},
		{"SELECT recipients, returned FROM response_rate WHERE group_column = ''", "60|40"},
		{"SELECT group_value, recipients, returned FROM response_rate WHERE group_column = 'Région' ORDER BY 1", "(none)|20|0\nNorth|20|20\nSouth|20|20"},
		{"SELECT count(*), count(*) = sum(level < target) FROM below_target", query("SELECT sum(level < 4) FROM answers") + "|1"},
		{"SELECT sum(answers) FROM criterion_distribution", query("SELECT sum(rated) FROM criterion_summary")},
		{"SELECT sum(abs(total - 1) < 1e-9) FROM (SELECT sum(share) AS total FROM criterion_distribution GROUP BY ref)", "30"},
		{"SELECT count(*), sum(score) FROM topic_scores", query("SELECT count(*), sum(score) FROM scores WHERE scope = 'topic'")},
		{"SELECT count(*) FROM overall_scores", "40"},
		{"SELECT count(*), count(group_region) FROM answers_in_full", "1200|1200"},
		{"SELECT severity, findings, files FROM findings_by_code", "error|16|1"},
		{"SELECT count(recipient), count(ref), count(*) FROM findings", "15|15|16"},
		{"SELECT suppressed, n, mean FROM groups WHERE group_value = 'North' AND scope = 'overall'", "1|1|0.25"},
		{"SELECT typeof(ref), typeof(position), typeof(weight) FROM criteria LIMIT 1", "text|integer|real"},
		{"SELECT saved FROM recipients WHERE recipient = '0001'", "2026-03-01T11:00:01Z"},
	} {
		if got := query(tt.sql); got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.sql, got, tt.want)
		}
	}
}

// The CSV files and the database hold the same, cell by cell.
func TestCSVAndDatabaseAgree(t *testing.T) {
	dir := write(t, invented(30, 20))
	var got struct {
		Tables, Rows int
		Different    []string
	}
	python(t, `
import csv, json, re, sqlite3, sys, glob, os
unguard = lambda s: re.sub(r"(^|[\t\r\n;])( *)'('*[=+\-@＝＋－＠])", r"\1\2\3", re.sub(r"^( *)'('*[\t\r\n])", r"\1\2", s))
db = sqlite3.connect(sys.argv[1] + "/rubric.sqlite")
out = {"Tables": 0, "Rows": 0, "Different": []}
for path in sorted(glob.glob(sys.argv[1] + "/*.csv")):
    name = os.path.basename(path)[:-4]
    rows = list(csv.reader(open(path, encoding="utf-8", newline="")))
    cursor = db.execute("SELECT * FROM " + name + " ORDER BY rowid")
    names = [d[0] for d in cursor.description]
    stored = cursor.fetchall()
    out["Tables"] += 1
    if names != rows[0] or len(stored) != len(rows) - 1:
        out["Different"].append(name)
        continue
    for a, b in zip(rows[1:], stored):
        out["Rows"] += 1
        for x, y in zip(a, b):
            same = x == "" if y is None else (unguard(x) == y if isinstance(y, str) else float(x) == y)
            if not same:
                out["Different"].append(name + ": " + repr(x) + " and " + repr(y))
print(json.dumps(out))`, dir, &got)
	if got.Tables != 16 || got.Rows < 500 || len(got.Different) > 0 {
		t.Errorf("%+v", got)
	}
}
