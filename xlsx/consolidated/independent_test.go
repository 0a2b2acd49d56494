package consolidated_test

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// TestConsolidatedFigures has every figure of rounds worked out again from the answers in results/data, by the
// Python program testdata/independent, which shares nothing with package scoring, and held against the workbook,
// the tables and the database. 5,000 recipients and further methods are added by RUBRIC_LARGE=1.
func TestConsolidatedFigures(t *testing.T) {
	t.Parallel()
	if err := exec.Command("/usr/bin/python3", "-c", "import openpyxl").Run(); err != nil {
		t.Skip("openpyxl is not installed")
	}
	if _, err := exec.LookPath("sqlite3"); err != nil {
		t.Skip("sqlite3 is not installed")
	}
	sizes := []int{3, 24, many()}
	if os.Getenv("RUBRIC_LARGE") != "" {
		sizes = append(sizes, 5000)
	}
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		for _, n := range sizes {
			var extra []string
			if n < 100 {
				extra = append(extra, "--answers")
			}
			independent(t, fmt.Sprintf("%s, %d recipients", id, n), exampleRound(t, id, n), extra...)
		}
	}
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		earlier := exampleRound(t, id, 30)
		independent(t, id+" over time", since(exampleRound(t, id, 24), earlier), "--earlier", dataOf(t, earlier))
	}
	odd := oddRounds(t)
	names := []string{"all criteria, weights", "asked of some, weights", "asked of some, cumulative", "csis-cdm3, further methods"}
	if os.Getenv("RUBRIC_LARGE") != "" {
		names = slices.DeleteFunc(slices.Sorted(maps.Keys(odd)), func(s string) bool { return strings.HasSuffix(s, "over time") || s == "no return" })
	}
	for _, name := range names {
		independent(t, name, odd[name])
	}
}

// independent runs the program on a round, and fails where a figure differs.
func independent(t *testing.T, name string, in consolidated.Input, extra ...string) {
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		file := filepath.Join(t.TempDir(), "consolidated.xlsx")
		if err := os.WriteFile(file, consolidatedBytes(t, in), 0o600); err != nil {
			t.Fatal(err)
		}
		method := cmp.Or(in.Scoring.Method, in.Template.Scoring.Method)
		args := []string{"testdata/independent", file, dataOf(t, in), string(method),
			string(cmp.Or(in.Scoring.Mean, methods.AverageOfAverages)), strconv.Itoa(in.Round.SmallestGroup())}
		args = append(args, "--gates", cmp.Or(in.Template.Scoring.Gates, methods.GatesAllLevels))
		args = append(args, extra...)
		out, err := exec.Command("/usr/bin/python3", args...).CombinedOutput()
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		last := lines[len(lines)-1]
		if err != nil || !strings.HasSuffix(last, " figures agree, 0 do not") || strings.HasPrefix(last, "0 ") {
			t.Errorf("%v\n%.3000s\n%s", err, out, last)
		}
		t.Log(last)
	})
}

// dataOf writes a round's results/data and returns the folder.
func dataOf(t *testing.T, in consolidated.Input) string {
	t.Helper()
	dir := t.TempDir()
	members := slices.Clone(in.Members)
	for i := range members {
		members[i].Scorecard = nil
	}
	data := models.NewResults(models.Results{
		Round: in.Round, Template: in.Template, Scoring: in.Scoring, Members: members, Register: in.Register, Findings: in.Findings,
		Consolidation: in.Consolidation, Comparison: in.Comparison, Earlier: in.Earlier, Cards: scoring.Cards(in.Scoring, members),
	})
	create := func(name string, write func(io.Writer) error) error {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if err := write(f); err != nil {
			f.Close()
			return err
		}
		return f.Close()
	}
	if err := dataset.Write(t.Context(), create, data); err != nil {
		t.Fatal(err)
	}
	return dir
}
