package templates_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/templates"
)

// byLevels is a small template whose criteria are answered with a level.
const byLevels = `id: school-data
version: "3"
title: "How our schools handle data"
publisher: "Example County Office"
source: "https://example.org/model"
licence: "Free to use"
language: en-GB
scoring:
  method: mean
answers:
  not_applicable: true
  comment_required:
    from_level: 2
levels:
  - number: 0
    name: "Absent"
    meaning: "Nothing yet."
  - number: 1
    name: "Partial"
    meaning: "Here and there."
  - number: 2
    name: "Usual"
    meaning: "As a rule."
themes:
  - id: people
    name: "People"
  - id: tools
    name: "Tools"
topics:
  - id: "1"
    name: "Collecting"
  - id: "2"
    name: "Sharing"
criteria:
  - ref: "1.1"
    topic: "1"
    theme: people
    subject: "Who collects"
    weight: 1.5
    descriptors:
      0: "Nobody in particular."
      1: "One person."
      2: "A team."
  - ref: "1.10"
    topic: "1"
    theme: tools
    subject: "Where it is kept"
    descriptors:
      0: "On paper."
      1: "In several files."
      2: "In one place."
  - ref: "2.1"
    topic: "2"
    subject: "Who gets it"
    descriptors:
      0: "Nobody."
      1: "Those who ask."
      2: "All who need it."
advice:
  - ref: "A1"
    level: 0
    text: "Name somebody."
`

// byStatements is a small template of statements, scored staged.
const byStatements = `id: small-staged
version: "1"
title: "Two steps"
publisher: "Example County Office"
source: "https://example.org/steps"
licence: "Free to use"
language: en
scoring:
  method: staged
levels:
  - number: 1
    name: "First"
    meaning: "The start."
  - number: 2
    name: "Second"
    meaning: "The end."
themes:
  - id: KC
    name: "Characteristics"
  - id: CP
    name: "Progression"
    gates_next_level: true
topics:
  - id: L1
    name: "Level 1"
    level: 1
  - id: L2
    name: "Level 2"
    level: 2
criteria:
  - ref: "L1-KC-01"
    topic: L1
    theme: KC
    kind: symptom
    subject: "Chaos"
    statement: "There is no order."
  - ref: "L1-CP-01"
    topic: L1
    theme: CP
    kind: statement
    subject: "A plan"
    statement: "There is a plan."
  - ref: "L2-KC-01"
    topic: L2
    theme: KC
    kind: statement
    subject: "Order"
    statement: "The plan is kept."
`

// edit replaces old, which must stand once in the text, by new. A ¶ in new is taken out; its line and column
// are where the problem is expected.
func edit(t *testing.T, text, old, new string) (edited string, line, column int) {
	t.Helper()
	if n := strings.Count(text, old); n != 1 {
		t.Fatalf("%q stands %d times in the template", old, n)
	}
	text = strings.Replace(text, old, new, 1)
	before, after, marked := strings.Cut(text, "¶")
	if !marked {
		return text, 0, 0
	}
	start := strings.LastIndex(before, "\n") + 1
	return before + after, strings.Count(before, "\n") + 1, len([]rune(before[start:])) + 1
}

func TestGoodTemplatesLoad(t *testing.T) {
	for _, text := range []string{byLevels, byStatements} {
		if _, err := templates.Load("good.yaml", strings.NewReader(text)); err != nil {
			t.Error(err)
		}
	}
}

// Each of these mistakes gives exactly one message, at the marked place.
func TestBrokenTemplates(t *testing.T) {
	for i, x := range brokenTemplates {
		t.Run(fmt.Sprintf("%02d %s", i+1, strings.ReplaceAll(x.want, "/", " ")), func(t *testing.T) {
			text, line, column := edit(t, x.base, x.old, x.new)
			_, err := templates.Load("t.yaml", strings.NewReader(text))
			want := "t.yaml: " + x.want
			if line > 0 {
				want = fmt.Sprintf("t.yaml:%d:%d: %s", line, column, x.want)
			}
			if err == nil {
				t.Fatalf("was accepted; want\n%s", want)
			}
			if err.Error() != want {
				t.Errorf("says\n%s\nwant\n%s", err, want)
			}
		})
	}
}

// Several mistakes are all reported, in the order of the file.
func TestAllMistakesAtOnce(t *testing.T) {
	text := strings.NewReplacer("title: ", "titel: ", "method: mean", "method: avarage", `theme: tools`, `theme: tool`,
		"number: 2", "number: 3", `level: 0`, `level: 9`).Replace(byLevels)
	_, err := templates.Load("t.yaml", strings.NewReader(text))
	var list strictyaml.Problems
	if !errors.As(err, &list) {
		t.Fatalf("error %v", err)
	}
	var got []string
	for _, p := range list {
		got = append(got, fmt.Sprintf("%d %s", p.Line, p.Message))
	}
	want := []string{
		`3 unknown key "titel"`,
		`9 method is "avarage"`,
		`21 level 3 follows level 1`,
		`46 there is no theme "tool"`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A text is what the file says, whatever YAML would make of it.
func TestTextsAreTakenAsWritten(t *testing.T) {
	text := strings.NewReplacer(`ref: "1.10"`, `ref: 1.10`, `ref: "1.1"`, `ref: 0123`, `name: "Absent"`, `name: no`,
		`version: "3"`, `version: 1e3`, `"One person."`, `2026-11-22`, `"Nobody."`, `0x1F`).Replace(byLevels)
	x, err := templates.Load("t.yaml", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	got := []string{x.Criteria[1].Ref, x.Criteria[0].Ref, x.Levels[0].Name, x.Version, x.Criteria[0].Descriptors[1], x.Criteria[2].Descriptors[0]}
	want := []string{"1.10", "0123", "no", "1e3", "2026-11-22", "0x1F"}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got %q, want %q", got, want)
	}
}
