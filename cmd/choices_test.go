package cmd_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// filler is a program that nobody here wrote, made to fill in a workbook as a person would.
type filler struct {
	name string
	// extension is the kind of file that the person saves.
	extension string
	command   func(in, choices, out string) *exec.Cmd
}

const python = "/usr/bin/python3" // the one that Debian's openpyxl and LibreOffice's bridge are installed for

var fillers = []filler{
	{"LibreOffice", ".xlsx", func(in, choices, out string) *exec.Cmd {
		return exec.Command(python, "../testdata/lo_fill.py", in, choices, out)
	}},
	{"LibreOffice as ODS", ".ods", func(in, choices, out string) *exec.Cmd {
		return exec.Command(python, "../testdata/lo_fill.py", in, choices, out)
	}},
	{"openpyxl", ".xlsx", func(in, choices, out string) *exec.Cmd {
		return exec.Command(python, "../testdata/openpyxl_fill.py", in, choices, out)
	}},
}

// choice is what is filled in for a criterion; its JSON is what the scripts in testdata read.
type choice struct {
	Ref      string `json:"ref"`
	Answer   string `json:"answer,omitempty"`
	Target   string `json:"target,omitempty"`
	Evidence string `json:"evidence,omitempty"`
	Comment  string `json:"comment,omitempty"`
}

// chosen makes choices that differ between criteria and between the organisations: every step of each scale,
// blanks, not applicable, and texts that a careless program would spoil.
func chosen(tpl *models.Template, shift int) []choice {
	texts := []string{"", "- a dash first", "Zeile eins\nZeile zwei – ŵŷ €", "  two spaces first", "+44 1632 960001", "دليل", "👩‍🏫 seen"}
	var out []choice
	for i := range tpl.Criteria {
		c := &tpl.Criteria[i]
		scale := tpl.Scale(c)
		k := (i*11 + i/7 + shift*3) % (len(scale) + 2)
		x := choice{Ref: c.Ref}
		switch {
		case k < len(scale):
			x.Answer = scale[k].Label()
			if tpl.Answers.Targets && c.Kind == models.KindLevels {
				x.Target = scale[len(scale)-1].Label()
			}
			x.Comment = texts[(i+shift)%len(texts)]
			x.Evidence = texts[(i+2*shift+3)%len(texts)]
		case k == len(scale):
			x.Answer, x.Comment = models.NotApplicableLabel, "not ours"
		}
		out = append(out, x)
	}
	return out
}

// TestOthersFillIn runs a round in which programs that nobody here wrote choose the levels, through the
// cells, and save the workbooks: exactly those choices are read.
func TestOthersFillIn(t *testing.T) {
	for _, id := range someOf(templates.IDs()...) {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			tpl, err := templates.Builtin(id)
			if err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "round")
			list := filepath.Join(t.TempDir(), "list.csv")
			rows := "id,name,email,region\n"
			for i := range fillers {
				rows += strings.Join([]string{"00" + string(rune('1'+i)), "Example School " + string(rune('A'+i)), "s@example.org", "North"}, ",") + "\n"
			}
			if err := os.WriteFile(list, []byte(rows), 0o644); err != nil {
				t.Fatal(err)
			}
			rubric(t, 0, "init", dir, "--template", id, "--recipients", list, "--title", "Round of others", "--due", "2027-03-26", "--issued", "2027-02-01")
			rubric(t, 0, "-C", dir, "generate")
			filled := 0
			for i, f := range fillers {
				t.Run(f.name, func(t *testing.T) {
					need(t, f.name)
					in := one(t, filepath.Join(dir, "outbox", "00"+string(rune('1'+i))+"*.xlsx"))
					choices := filepath.Join(t.TempDir(), "choices.json")
					b, err := json.Marshal(map[string]any{"cells": chosen(tpl, i), "respondent": map[string]string{"Completed by": "Example Person", "Date completed": "2027-03-01"}})
					if err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(choices, b, 0o644); err != nil {
						t.Fatal(err)
					}
					out := filepath.Join(dir, "returns", "from "+f.name+f.extension)
					if msg, err := f.command(in, choices, out).CombinedOutput(); err != nil {
						t.Fatalf("%s could not fill in the workbook: %v\n%s", f.name, err, msg)
					}
					filled++
				})
			}
			if filled == 0 {
				return
			}
			rubric(t, 0, "-C", dir, "validate")
			rubric(t, 0, "-C", dir, "consolidate")
			rubric(t, 0, "-C", dir, "report", "--quiet")
			for i, f := range fillers {
				if _, err := os.Stat(filepath.Join(dir, "returns", "from "+f.name+f.extension)); err != nil {
					continue
				}
				compareAnswers(t, dir, "00"+string(rune('1'+i)), f.name, tpl, chosen(tpl, i))
			}
		})
	}
}

// compareAnswers holds the answers in results/data/answers.csv against what was chosen.
func compareAnswers(t *testing.T, dir, id, who string, tpl *models.Template, want []choice) {
	t.Helper()
	got := answersOf(t, dir, id)
	for _, w := range want {
		g, ok := got[w.Ref]
		if !ok {
			t.Errorf("%s: %s: there is no answer", who, w.Ref)
			continue
		}
		label := tpl.Scale(tpl.Criterion(w.Ref)).Label
		if label(g.answer) != w.Answer || label(g.target) != w.Target || g.Evidence != w.Evidence || g.Comment != w.Comment {
			t.Errorf("%s: %s: read %q, target %q, evidence %q, comment %q; chosen was %+v", who, w.Ref, label(g.answer), label(g.target), g.Evidence, g.Comment, w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d answers, want %d", who, len(got), len(want))
	}
}

// read is an answer as results/data/answers.csv has it.
type read struct {
	answer, target    models.Choice
	Evidence, Comment string
}

func answersOf(t *testing.T, dir, id string) map[string]read {
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
	out := map[string]read{}
	for _, row := range rows[1:] {
		at := func(h string) string { return dataset.Unguard(row[column[h]]) }
		if at("recipient") != id {
			continue
		}
		x := read{number(at("level")), number(at("target")), at("evidence"), at("comment")}
		if strings.HasPrefix(at("answer"), "not") {
			x.answer = models.NotApplicable()
		}
		out[at("ref")] = x
	}
	return out
}

// rubric runs a command and returns what it printed; another exit status than want ends the test.
func rubric(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	app := &cmd.App{In: strings.NewReader(""), Out: &out, Err: &errs, Now: inMarch}
	if got := app.Run(context.Background(), args...); got != want {
		t.Fatalf("rubric %s: status %d, want %d\n%s%s", strings.Join(args, " "), got, want, out.String(), errs.String())
	}
	return out.String()
}

// need skips the test where the program is missing.
func need(t *testing.T, name string) {
	t.Helper()
	script := "import openpyxl"
	if strings.HasPrefix(name, "LibreOffice") {
		script = "import uno"
		if _, err := exec.LookPath("soffice"); err != nil {
			t.Skip("LibreOffice is not installed (Debian: libreoffice-calc, python3-uno)")
		}
	}
	if err := exec.Command(python, "-c", script).Run(); err != nil {
		t.Skipf("%s is not installed for %s (Debian: python3-openpyxl, python3-uno)", name, python)
	}
}

// one finds the one file that fits a pattern.
func one(t *testing.T, pattern string) string {
	t.Helper()
	list, err := filepath.Glob(pattern)
	if err != nil || len(list) != 1 {
		t.Fatalf("%s fits %d files, want one", pattern, len(list))
	}
	return list[0]
}
