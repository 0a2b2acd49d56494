package cmdtest

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
)

// Choice is what is filled in for a criterion; its JSON is what the scripts in testdata read.
type Choice struct {
	Ref      string `json:"ref"`
	Answer   string `json:"answer,omitempty"`
	Target   string `json:"target,omitempty"`
	Evidence string `json:"evidence,omitempty"`
	Comment  string `json:"comment,omitempty"`
}

// Answer is an answer as results/data/answers.csv has it.
type Answer struct {
	Answer, Target    models.Choice
	Evidence, Comment string
}

// AnswersOf are the answers of a recipient in results/data/answers.csv, by criterion.
func AnswersOf(t *testing.T, dir, id string) map[string]Answer {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "results", "data", "answers.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, h := range rows[0] {
		column[h] = i
	}
	number := func(s string) models.Choice {
		if n, err := strconv.Atoi(s); err == nil {
			return models.At(n)
		}
		return models.Blank()
	}
	out := map[string]Answer{}
	for _, row := range rows[1:] {
		at := func(h string) string { return dataset.Unguard(row[column[h]]) }
		if at("recipient") != id {
			continue
		}
		x := Answer{number(at("level")), number(at("target")), at("evidence"), at("comment")}
		if strings.HasPrefix(at("answer"), "not") {
			x.Answer = models.NotApplicable()
		}
		out[at("ref")] = x
	}
	return out
}
