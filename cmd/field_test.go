package cmd_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/words"
)

// fieldRounds holds rounds that earlier versions made; its README says how.
const fieldRounds = "../testdata/rounds"

// TestRoundsInTheFieldAreKept holds that nobody rewrites them: an office's round does not change either.
func TestRoundsInTheFieldAreKept(t *testing.T) {
	want := map[string]string{}
	for line := range strings.Lines(readFile(t, filepath.Join(fieldRounds, "SHA256SUMS"))) {
		digest, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		want[name] = digest
	}
	got := map[string]string{}
	for name, content := range tree(t, fieldRounds) {
		if name == "README.md" || name == "SHA256SUMS" {
			continue
		}
		sum := sha256.Sum256([]byte(content))
		got[name] = hex.EncodeToString(sum[:])
	}
	if len(want) < 20 {
		t.Errorf("SHA256SUMS lists %d files", len(want))
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s was changed or is missing; take it from the version control again", name)
		}
	}
	for name := range got {
		if want[name] == "" {
			t.Errorf("%s is not in SHA256SUMS", name)
		}
	}
}

// TestRoundsInTheField opens each round and reads what came back: the answers, the scores and the register are
// those that the version said that made the round.
func TestRoundsInTheField(t *testing.T) {
	for _, name := range fieldRoundNames(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fieldRound(t, name)
			expected := filepath.Join(fieldRounds, name, "expected")
			within(t, "status", fieldRegister(t, readFile(t, filepath.Join(expected, "status.json"))), fieldRegister(t, s.Run(0, "status", "--json")))
			within(t, "score", decoded(t, readFile(t, filepath.Join(expected, "score.json"))), decoded(t, s.Run(0, "score", "--json")))
			s.Run(0, "consolidate")
			answers := table(t, readFile(t, filepath.Join(s.Dir, "results", "data", "answers.csv")))
			sameRows(t, table(t, readFile(t, filepath.Join(expected, "answers.csv"))), answers)
			for _, id := range []string{"00107", "00108"} {
				asChosen(t, readFile(t, filepath.Join(fieldRounds, name, "chosen", id+".json")), id, answers)
			}
		})
	}
}

// TestGenerateLeavesTheFieldAlone makes the workbooks of a round anew that an earlier version made: those that are
// out stay as they are, or are named.
func TestGenerateLeavesTheFieldAlone(t *testing.T) {
	for _, name := range fieldRoundNames(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fieldRound(t, name)
			before := tree(t, filepath.Join(s.Dir, "outbox"))
			s.Run(0, "generate")
			after := tree(t, filepath.Join(s.Dir, "outbox"))
			for file, content := range before {
				if after[file] != content && !strings.Contains(s.All.String(), file) {
					t.Errorf("%s was rewritten, and nothing names it", file)
				}
			}
			if len(before) != 3 {
				t.Errorf("the outbox held %d files", len(before))
			}
			within(t, "status", fieldRegister(t, readFile(t, filepath.Join(fieldRounds, name, "expected", "status.json"))), fieldRegister(t, s.Run(0, "status", "--json")))
		})
	}
}

func fieldRoundNames(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(fieldRounds)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 {
		t.Fatal("there is no round")
	}
	return names
}

// fieldRound copies a round, with the times of the returns and of the day when it was looked at.
func fieldRound(t *testing.T, name string) *cmdtest.Session {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "round")
	for file, content := range tree(t, filepath.Join(fieldRounds, name)) {
		top, rest, _ := strings.Cut(file, "/")
		switch top {
		case "expected", "chosen":
			continue
		case "dot-rubric":
			file = ".rubric/" + rest
		}
		to := filepath.Join(dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		received := time.Date(2026, 10, 12, 9, 0, 0, 0, time.UTC)
		if err := os.Chtimes(to, received, received); err != nil {
			t.Fatal(err)
		}
	}
	return &cmdtest.Session{T: t, Dir: dir, Clock: cmdtest.ClockAt(time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC))}
}

// tree is a folder's files by their slash-separated names.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files[name] = readFile(t, filepath.Join(dir, filepath.FromSlash(name)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func decoded(t *testing.T, s string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// fieldRegister is the register without the numbers of warnings and repairs, which later versions find more of.
func fieldRegister(t *testing.T, s string) any {
	t.Helper()
	v := decoded(t, s).(map[string]any)
	entries, files := v["entries"].([]any), v["files"].([]any)
	for _, e := range append(slices.Clone(entries), files...) {
		maps.DeleteFunc(e.(map[string]any), func(k string, _ any) bool { return k == "warnings" || k == "repairs" || k == "findings" })
	}
	return map[string]any{"entries": entries, "files": files}
}

// within holds that got has all that want has; objects may have more.
func within(t *testing.T, at string, want, got any) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			t.Errorf("%s: %v, want an object", at, got)
			return
		}
		for k, v := range want {
			within(t, at+"."+k, v, g[k])
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(want) {
			t.Errorf("%s: %v, want %d elements", at, got, len(want))
			return
		}
		for i, v := range want {
			within(t, fmt.Sprintf("%s[%d]", at, i), v, g[i])
		}
	case float64:
		// Another order of adding up may change the last digit.
		if g, ok := got.(float64); !ok || math.Abs(g-want) > 1e-12*max(1, math.Abs(want)) {
			t.Errorf("%s: %v, want %v", at, got, want)
		}
	default:
		if got != want {
			t.Errorf("%s: %v, want %v", at, got, want)
		}
	}
}

// table reads a CSV file as one map for each row, by heading.
func table(t *testing.T, s string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix([]byte(s), []byte("\xef\xbb\xbf")))).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, h := range rows[0] {
			m[h] = row[i]
		}
		out = append(out, m)
	}
	return out
}

func sameRows(t *testing.T, want, got []map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("answers.csv has %d rows, want %d", len(got), len(want))
	}
	for i := range want {
		for heading, v := range want[i] {
			if heading == "label" {
				v = worded(v)
			}
			if g, ok := got[i][heading]; !ok || g != v {
				t.Errorf("answers.csv, row %d, %s: %q, want %q", i+2, heading, g, v)
			}
		}
	}
}

// asChosen holds the answers of one recipient against what was filled in.
func asChosen(t *testing.T, chosen, id string, answers []map[string]string) {
	t.Helper()
	var file struct{ Cells []cmdtest.Choice }
	if err := json.Unmarshal([]byte(chosen), &file); err != nil {
		t.Fatal(err)
	}
	read := map[string]map[string]string{}
	for _, a := range answers {
		if a["recipient"] == id {
			read[a["ref"]] = a
		}
	}
	if len(file.Cells) == 0 || len(read) != len(file.Cells) {
		t.Errorf("%s: %d answers, want %d", id, len(read), len(file.Cells))
	}
	for _, c := range file.Cells {
		a := read[c.Ref]
		label := a["label"]
		if a["answer"] == "not-applicable" {
			label = "Not applicable"
		}
		if label != worded(c.Answer) || !strings.HasPrefix(c.Target, a["target"]) || (a["target"] == "") != (c.Target == "") {
			t.Errorf("%s, %s: %v, want %+v", id, c.Ref, a, c)
		}
		for column, want := range map[string]string{"evidence": c.Evidence, "comment": c.Comment} {
			if got := strings.TrimPrefix(a[column], "'"); got != want {
				t.Errorf("%s, %s, %s: %q, want %q", id, c.Ref, column, got, want)
			}
		}
	}
}

// worded is a choice of a dropdown as it is worded today.
func worded(label string) string {
	w := words.English()
	code, name, _ := strings.Cut(label, " – ")
	for _, key := range []string{"symptom_0", "symptom_1"} {
		if name != "" && name == w.Former(key) {
			return code + " – " + w.Get(key)
		}
	}
	return label
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
