package round_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

const recipientsCSV = "id,name,email,contact,region\n" +
	"0101,Example School 01,head@school01.example,A. Head,North\n" +
	"0102,Example School 02,,,South\n"

func date(t testing.TB, s string) models.Date {
	t.Helper()
	d, err := models.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func rows(t testing.TB, csv string) [][]round.Cell {
	t.Helper()
	out, err := round.ReadCSV("list.csv", []byte(csv))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func options(t testing.TB) round.Options {
	t.Helper()
	return round.Options{Title: "Example round", TemplateID: "example", Template: []byte("id: example\n"),
		RecipientsFile: "list.csv", Recipients: rows(t, recipientsCSV),
		Issued: date(t, "2026-01-12"), Due: date(t, "2026-03-06"), Groups: []string{"region"}}
}

// newRound makes a round in a folder of its own.
func newRound(t testing.TB) *round.Round {
	t.Helper()
	r, err := round.Init(filepath.Join(t.TempDir(), "round"), options(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// problems writes the problems of an error one each; it fails where the error is of another kind.
func problems(t testing.TB, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var list round.Problems
	if !errors.As(err, &list) {
		t.Fatalf("not Problems but %T: %v", err, err)
	}
	return strings.Split(list.Error(), "\n")
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
