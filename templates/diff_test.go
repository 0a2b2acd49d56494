package templates_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/templates"
)

func TestNewIsATemplate(t *testing.T) {
	x, err := templates.Load("new.yaml", bytes.NewReader(templates.New()))
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Criteria) != 3 || x.ID != "our-model" {
		t.Errorf("%d criteria, id %s", len(x.Criteria), x.ID)
	}
}

func TestDiffInWords(t *testing.T) {
	for _, x := range []struct{ base, old, new, want string }{
		{byLevels, `version: "3"`, `version: "4"`, `the template: the version is now "4"; it was "3"`},
		{byLevels, `method: mean`, `method: weakest`, `the scoring: the method is now "weakest"; it was "mean"`},
		{byLevels, "  comment_required:\n    from_level: 2\n", "", `the answers: the level from which a comment is required was removed; it was "2"`},
		{byLevels, "  not_applicable: true\n", "", `the answers: no longer holds: "Not applicable" can be chosen`},
		{byLevels, `name: "Usual"`, `name: "Regular"`, `level 2: the name is now "Regular"; it was "Usual"`},
		{byLevels, "  - id: \"2\"\n    name: \"Sharing\"", "  - id: \"2\"\n    name: \"Sharing\"\n    summary: \"How data goes out.\"", `topic 2: the summary was added: "How data goes out."`},
		{byLevels, `ref: "2.1"`, `ref: "2.2"`, `criterion 2.2: was criterion 2.1`},
		{byLevels, `"Those who ask."`, `"Those who ask twice."`, `criterion 2.1: the descriptor of level 1 is now "Those who ask twice."; it was "Those who ask."`},
		{byLevels, `"Those who ask."`, `"Those  who ask."`, `criterion 2.1: the descriptor of level 1 differs in spaces or line breaks only`},
		{byLevels, "weight: 1.5", "weight: 1", `criterion 1.1: the weight is now "1"; it was "1.5"`},
		{byLevels, "advice:\n  - ref: \"A1\"\n    level: 0\n    text: \"Name somebody.\"\n", "", `advice A1: is no longer there`},
		{byLevels, "  method: mean\n", "  method: mean\n  also: [weakest, profile]\n", `the scoring: the list of further methods was added: "weakest, profile"`},
		{byLevels, "  not_applicable: true\n", "  not_applicable: true\n  target: 2\n", `the answers: the target set for everyone was added: "2"`},
		{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    options: {2: \"Always\"}", `criterion 2.1: the wording of choice 2 was added: "Always"`},
		{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    next_steps: {0: \"Ask.\"}", `criterion 2.1: the next step at 0 was added: "Ask."`},
		{byLevels, "      2: \"All who need it.\"", "      2: \"All who need it.\"\n    applies_to: {type: [primary, nursery]}", `criterion 2.1: is now asked where type is primary or nursery; it was asked of all`},
		{byLevels, "advice:\n", "questions:\n  - {id: tool, text: \"Which tool?\", type: text}\nadvice:\n", `question tool: is new`},
		{byStatements, `"The plan is kept."`, `"The plan is kept up."`, `criterion L2-KC-01: the statement is now "The plan is kept up."; it was "The plan is kept."`},
		{byStatements, "criteria:\n", "criteria:\n  - ref: \"L2-KC-02\"\n    topic: L2\n    theme: KC\n    kind: statement\n    subject: \"More\"\n    statement: \"There is more.\"\n", `criterion L2-KC-02: is new: More`},
		{byStatements, "  - ref: \"L1-KC-01\"\n    topic: L1\n    theme: KC\n    kind: symptom\n    subject: \"Chaos\"\n    statement: \"There is no order.\"\n", "", `criterion L1-KC-01: is no longer there: Chaos`},
	} {
		a, err := templates.Load("a.yaml", strings.NewReader(x.base))
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := edit(t, x.base, x.old, x.new)
		b, err := templates.Load("b.yaml", strings.NewReader(text))
		if err != nil {
			if x.want != "" {
				t.Error(err)
			}
			continue
		}
		var got []string
		for _, c := range templates.Diff(a, b) {
			got = append(got, c.String())
		}
		if strings.Join(got, "\n") != x.want {
			t.Errorf("%s\n got %s\nwant %s", x.new, strings.Join(got, "\n"), x.want)
		}
		if len(templates.Diff(a, a)) != 0 {
			t.Error("a template differs from itself")
		}
	}
}

// A criterion that goes on under another ref is one that was renamed, not a retired and a new one.
func TestDiffFindsRenamed(t *testing.T) {
	a := builtin(t, "uk-dmm")
	b := builtin(t, "uk-dmm")
	b.Criteria[0].Ref = "1.1a"
	b.Criteria[0].Subject = "Another name"
	b.Criteria[5].Ref = "1.6a"
	b.Criteria[5].Descriptors = map[int]string{1: "a", 2: "b", 3: "c", 4: "d", 5: "e"}
	b.Criteria[9].Ref, b.Criteria[9].Subject, b.Criteria[9].Descriptors = "2.10a", "New", map[int]string{1: "a"}
	kinds := map[string]string{}
	for _, c := range templates.Diff(a, b) {
		if c.Kind != "changed" {
			kinds[c.About] = c.Kind + " " + c.Old
		}
	}
	want := map[string]string{"criterion 1.1a": "renamed 1.1", "criterion 1.6a": "renamed 1.6", "criterion 2.10a": "new ", "criterion 2.10": "retired " + a.Criterion("2.10").Text()}
	for k, v := range want {
		if kinds[k] != v {
			t.Errorf("%s: %q, want %q", k, kinds[k], v)
		}
	}
	if len(kinds) != len(want) {
		t.Errorf("%v", kinds)
	}
}

// A question that changes is told in words.
func TestDiffOfQuestions(t *testing.T) {
	const q = "questions:\n  - {id: tool, text: \"Which tool?\", type: choice, options: [one, two]}\nadvice:\n"
	before, _, _ := edit(t, byLevels, "advice:\n", q)
	for _, x := range []struct{ old, new, want string }{
		{"[one, two]", "[one, three]", `question tool: the list of options is now "one; three"; it was "one; two"`},
		{"type: choice, options: [one, two]", "type: date", "question tool: the type is now \"date\"; it was \"choice\"\nquestion tool: the list of options was removed; it was \"one; two\""},
		{"type: choice", "type: choice, required: true", "question tool: now holds: it must be answered"},
		{"Which tool?", "What tool?", `question tool: the text is now "What tool?"; it was "Which tool?"`},
	} {
		after, _, _ := edit(t, before, x.old, x.new)
		a, err := templates.Load("a.yaml", strings.NewReader(before))
		if err != nil {
			t.Fatal(err)
		}
		b, err := templates.Load("b.yaml", strings.NewReader(after))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range templates.Diff(a, b) {
			got = append(got, c.String())
		}
		if strings.Join(got, "\n") != x.want {
			t.Errorf("got %s\nwant %s", strings.Join(got, "\n"), x.want)
		}
	}
}
