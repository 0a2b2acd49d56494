package cmd_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// twoLanguages is a template in which the word Medio means level 2 in English and level 3 in Spanish.
const twoLanguages = `id: two
version: "1"
title: "Two languages"
publisher: "Example"
source: "https://example.org"
licence: "Free"
language: en-GB
scoring: {method: mean}
levels:
  - {number: 1, name: "Low", meaning: "Low."}
  - {number: 2, name: "Medio", meaning: "In the middle of the way."}
  - {number: 3, name: "High", meaning: "High."}
topics:
  - {id: "1", name: "One"}
criteria:
  - {ref: "1.1", topic: "1", subject: "First", descriptors: {1: "None.", 2: "Some.", 3: "All."}}
  - {ref: "1.2", topic: "1", subject: "Second", descriptors: {1: "Never.", 2: "At times.", 3: "Always."}}
translations:
  es:
    title: "Dos lenguas"
    levels:
      1: {name: "Bajo", meaning: "Bajo."}
      2: {name: "Inicial", meaning: "A mitad de camino."}
      3: {name: "Medio", meaning: "Alto."}
    topics:
      "1": {name: "Uno"}
    criteria:
      "1.1": {subject: "Primero", descriptors: {1: "Nada.", 2: "Algo.", 3: "Todo."}}
      "1.2": {subject: "Segundo", descriptors: {1: "Nunca.", 2: "A veces.", 3: "Siempre."}}
`

// roundInTwoLanguages has an English recipient, 01, and a Spanish one, 02.
func roundInTwoLanguages(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"t.yaml": twoLanguages, "list.csv": "id,name,language\n01,Example School 1,\n02,Example School 2,es\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := filepath.Join(dir, "r")
	cmdtest.Rubric(t, 0, "init", r, "--template", filepath.Join(dir, "t.yaml"), "--recipients", filepath.Join(dir, "list.csv"), "--title", "Round", "--due", "2027-03-26", "--issued", "2027-02-01")
	cmdtest.Rubric(t, 0, "-C", r, "generate")
	return r
}

// A word that means different levels in two languages is a finding and never a choice, in whichever language's workbook
// it stands; with its number it is read by that.
func TestWordOfTwoLanguagesIsNoChoice(t *testing.T) {
	r := roundInTwoLanguages(t)
	for id, filled := range map[string]string{"01": "2 – Medio", "02": "3 – Medio"} {
		in := cmdtest.One(t, filepath.Join(r, "outbox", id+"*.xlsx"))
		book, err := os.ReadFile(in)
		if err == nil {
			book, err = assessment.Fill(book, assessment.Filling{Cells: []assessment.FillCell{{Ref: "1.1", Answer: "Medio"}, {Ref: "1.2", Answer: filled}}})
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(r, "returns", filepath.Base(in)), book, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if said := cmdtest.Rubric(t, 1, "-C", r, "validate"); strings.Count(said, "answer-ambiguous") < 2 {
		t.Errorf("both answers are ambiguous:\n%s", said)
	}
	cmdtest.Rubric(t, 1, "-C", r, "consolidate")
	for id, want := range map[string]int{"01": 2, "02": 3} {
		got := cmdtest.AnswersOf(t, r, id)
		if !got["1.1"].Answer.IsBlank() || got["1.2"].Answer != models.At(want) {
			t.Errorf("%s: read %v and %v, want blank and %d", id, got["1.1"].Answer, got["1.2"].Answer, want)
		}
	}
}

// One fills in the English workbook and another the Spanish one, both in LibreOffice, and both are read as they chose.
func TestTwoLanguagesInLibreOffice(t *testing.T) {
	t.Parallel()
	cmdtest.Need(t, "LibreOffice")
	r := roundInTwoLanguages(t)
	for id, x := range map[string]struct {
		name, first, second string
	}{"01": {"Completed by", "2 – Medio", "3 – High"}, "02": {"Cumplimentado por", "1 – Bajo", "3 – Medio"}} {
		in := cmdtest.One(t, filepath.Join(r, "outbox", id+"*.xlsx"))
		choices := filepath.Join(t.TempDir(), "choices.json")
		b, err := json.Marshal(map[string]any{"respondent": map[string]string{x.name: "Example Person"},
			"cells": []cmdtest.Choice{{Ref: "1.1", Answer: x.first, Comment: "año"}, {Ref: "1.2", Answer: x.second, Comment: "why"}}})
		if err == nil {
			err = os.WriteFile(choices, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if said, err := cmdtest.Fillers[0].Command(in, choices, filepath.Join(r, "returns", id+".xlsx")).CombinedOutput(); err != nil {
			t.Fatalf("LibreOffice could not fill in the workbook: %v\n%s", err, said)
		}
	}
	cmdtest.Rubric(t, 0, "-C", r, "validate")
	cmdtest.Rubric(t, 0, "-C", r, "consolidate")
	for id, want := range map[string][2]models.Choice{"01": {models.At(2), models.At(3)}, "02": {models.At(1), models.At(3)}} {
		got := cmdtest.AnswersOf(t, r, id)
		if got["1.1"].Answer != want[0] || got["1.2"].Answer != want[1] || got["1.1"].Comment != "año" {
			t.Errorf("%s: read %+v, want %v", id, got, want)
		}
	}
}
