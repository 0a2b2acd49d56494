package byothers_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// chosen makes choices that differ between criteria and between the organisations: every step of each scale,
// blanks, not applicable, and texts that a careless program would spoil.
func chosen(tpl *models.Template, shift int) []cmdtest.Choice {
	texts := []string{"", "- a dash first", "Zeile eins\nZeile zwei – ŵŷ €", "  two spaces first", "+44 1632 960001", "دليل", "👩‍🏫 seen"}
	var out []cmdtest.Choice
	for i := range tpl.Criteria {
		c := &tpl.Criteria[i]
		scale := tpl.Scale(c)
		k := (i*11 + i/7 + shift*3) % (len(scale) + 2)
		x := cmdtest.Choice{Ref: c.Ref}
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
	for _, id := range cmdtest.SomeOf(templates.IDs()...) {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			tpl, err := templates.Builtin(id)
			if err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "round")
			list := filepath.Join(t.TempDir(), "list.csv")
			rows := "id,name,email,region\n"
			for i := range cmdtest.Fillers {
				rows += strings.Join([]string{"00" + string(rune('1'+i)), "Example School " + string(rune('A'+i)), "s@example.org", "North"}, ",") + "\n"
			}
			if err := os.WriteFile(list, []byte(rows), 0o644); err != nil {
				t.Fatal(err)
			}
			cmdtest.Rubric(t, 0, "init", dir, "--template", id, "--recipients", list, "--title", "Round of others", "--due", "2027-03-26", "--issued", "2027-02-01")
			cmdtest.Rubric(t, 0, "-C", dir, "generate")
			filled := 0
			for i, f := range cmdtest.Fillers {
				t.Run(f.Name, func(t *testing.T) {
					cmdtest.Need(t, f.Name)
					in := cmdtest.One(t, filepath.Join(dir, "outbox", "00"+string(rune('1'+i))+"*.xlsx"))
					choices := filepath.Join(t.TempDir(), "choices.json")
					b, err := json.Marshal(map[string]any{"cells": chosen(tpl, i), "respondent": map[string]string{"Completed by": "Example Person", "Date completed": "2027-03-01"}})
					if err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(choices, b, 0o644); err != nil {
						t.Fatal(err)
					}
					out := filepath.Join(dir, "returns", "from "+f.Name+f.Extension)
					if msg, err := f.Command(in, choices, out).CombinedOutput(); err != nil {
						t.Fatalf("%s could not fill in the workbook: %v\n%s", f.Name, err, msg)
					}
					filled++
				})
			}
			if filled == 0 {
				return
			}
			cmdtest.Rubric(t, 0, "-C", dir, "validate")
			cmdtest.Rubric(t, 0, "-C", dir, "consolidate")
			cmdtest.Rubric(t, 0, "-C", dir, "report", "--quiet")
			for i, f := range cmdtest.Fillers {
				if _, err := os.Stat(filepath.Join(dir, "returns", "from "+f.Name+f.Extension)); err != nil {
					continue
				}
				compareAnswers(t, dir, "00"+string(rune('1'+i)), f.Name, tpl, chosen(tpl, i))
			}
		})
	}
}

// compareAnswers holds the answers in results/data/answers.csv against what was chosen.
func compareAnswers(t *testing.T, dir, id, who string, tpl *models.Template, want []cmdtest.Choice) {
	t.Helper()
	got := cmdtest.AnswersOf(t, dir, id)
	for _, w := range want {
		g, ok := got[w.Ref]
		if !ok {
			t.Errorf("%s: %s: there is no answer", who, w.Ref)
			continue
		}
		label := tpl.Scale(tpl.Criterion(w.Ref)).Label
		if label(g.Answer) != w.Answer || label(g.Target) != w.Target || g.Evidence != w.Evidence || g.Comment != w.Comment {
			t.Errorf("%s: %s: read %q, target %q, evidence %q, comment %q; chosen was %+v", who, w.Ref, label(g.Answer), label(g.Target), g.Evidence, g.Comment, w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d answers, want %d", who, len(got), len(want))
	}
}
