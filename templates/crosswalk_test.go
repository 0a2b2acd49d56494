package templates_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/templates"
)

// walked makes a template of criteria from lines such as "1.1 Having a plan: None. Some. Most.", one descriptor
// a level, counted from the given number.
func walked(version string, lowest int, lines ...string) *models.Template {
	t := &models.Template{ID: "walked", Version: version, Title: "Walked", Publisher: "P", Source: "S", Licence: "L", Language: "en-GB",
		Scoring: models.Scoring{Method: methods.Profile}, Topics: []models.Topic{{ID: "A", Name: "All"}}}
	for i, name := range []string{"Beginning", "Growing", "Steady"} {
		t.Levels = append(t.Levels, models.Level{Number: lowest + i, Name: name, Meaning: "It is " + name + "."})
	}
	for _, l := range lines {
		ref, rest, _ := strings.Cut(l, " ")
		subject, texts, statement := strings.Cut(rest, ": ")
		c := models.Criterion{Ref: ref, Topic: "A", Subject: subject}
		if !statement {
			c.Kind, c.Statement = models.KindStatement, subject
		} else {
			c.Descriptors = map[int]string{}
			for i, text := range strings.SplitAfter(texts, ". ") {
				c.Descriptors[lowest+i] = strings.TrimSpace(text)
			}
		}
		t.Criteria = append(t.Criteria, c)
	}
	return t
}

func shownWalk(x *crosswalk.Crosswalk) string {
	var b strings.Builder
	for _, l := range x.Levels {
		fmt.Fprintf(&b, "level %d %d %v\n", l.From, l.To, l.Check)
	}
	for _, e := range x.Entries {
		fmt.Fprintf(&b, "%s %v %v %v\n", e.Kind, e.From, e.To, e.Check)
	}
	return b.String()
}

const (
	plan    = "Having a plan: Nobody has written a plan. A plan covers some work. A plan covers all work and is renewed."
	people  = "Knowing your people: Nobody knows who keeps data. Some keepers are known. Every keeper is known and trained."
	backups = "Keeping backups: Nothing is copied. Copies are made now and then. Copies are made daily and tried out."
)

func TestDraftCrosswalk(t *testing.T) {
	for _, tt := range []struct {
		name     string
		from, to []string
		lowest   int // of the later scale; the earlier begins at 1
		want     string
	}{
		{"nothing changed", []string{"1 " + plan, "2 " + people}, []string{"1 " + plan, "2 " + people}, 1,
			"same [1] [1] false\nsame [2] [2] false\n"},
		{"a wording changed", []string{"1 " + plan}, []string{"1 " + strings.Replace(plan, "some work", "half of the work", 1)}, 1,
			"same [1] [1] true\n"},
		{"renumbered: the same texts under other refs", []string{"1 " + plan, "2 " + people, "3 " + backups},
			[]string{"1 Naming a lead: None is named. One is named. One is named and known.", "2 " + plan, "3 " + people, "4 " + backups}, 1,
			"new [] [1] false\nrenamed [1] [2] false\nrenamed [2] [3] false\nrenamed [3] [4] false\n"},
		{"under another ref with another wording", []string{"1 " + plan, "2 " + people},
			[]string{"1 " + plan, "9 " + strings.Replace(people, "Some keepers are known", "Many keepers are known", 1)}, 1,
			"same [1] [1] false\nrenamed [2] [9] true\n"},
		{"gone, and another there", []string{"1 " + plan, "2 " + people}, []string{"1 " + plan, "9 " + backups}, 1,
			"same [1] [1] false\nnew [] [9] false\nretired [2] [] false\n"},
		{"levels became a statement", []string{"1 " + plan}, []string{"1 Having a plan"}, 1,
			"new [] [1] false\nretired [1] [] false\n"},
		{"another scale", []string{"1 " + plan}, []string{"1 " + plan}, 0,
			"level 1 0 false\nlevel 2 1 false\nlevel 3 2 false\nsame [1] [1] true\n"},
	} {
		from, to := walked("1", 1, tt.from...), walked("2", tt.lowest, tt.to...)
		x := templates.DraftCrosswalk(from, to)
		if got := shownWalk(x); got != tt.want {
			t.Errorf("%s: got\n%swant\n%s", tt.name, got, tt.want)
		}
		var b bytes.Buffer
		if err := templates.EncodeCrosswalk(&b, x, from, to); err != nil {
			t.Fatal(err)
		}
		read, err := templates.LoadCrosswalk("crosswalk.yaml", bytes.NewReader(b.Bytes()), from, to)
		if err != nil {
			t.Fatalf("%s: the draft is not accepted: %v\n%s", tt.name, err, b.String())
		}
		if len(read.Unconfirmed()) != len(x.Unconfirmed()) || !reflect.DeepEqual(read.Routes(), x.Routes()) {
			t.Errorf("%s: read back as\n%s", tt.name, shownWalk(read))
		}
	}
}

func TestDraftCrosswalkOfBuiltIn(t *testing.T) {
	for _, id := range templates.IDs() {
		a, err := templates.Builtin(id)
		if err != nil {
			t.Fatal(err)
		}
		x := templates.DraftCrosswalk(a, a)
		if n := len(x.Routes()); n != len(a.Criteria) || len(x.Unconfirmed()) > 0 {
			t.Errorf("%s with itself: %d routes of %d, unconfirmed %v", id, n, len(a.Criteria), x.Unconfirmed())
		}
	}
}

func TestLoadCrosswalkSaysWhatIsWrong(t *testing.T) {
	from := walked("1", 1, "1.1 "+plan, "1.2 "+people, "1.3 Being open")
	to := walked("2", 0, "1.1 "+plan, "1.4 "+people, "1.5 "+backups)
	const head = "from: {id: walked, version: \"1\"}\nto: {id: walked, version: \"2\"}\n"
	const levels = "levels: [{from: 1, to: 0}, {from: 2, to: 1}, {from: 3, to: 2}]\n"
	const good = `entries:
  - {kind: same, from: ["1.1"], to: ["1.1"]}
  - {kind: renamed, from: ["1.2"], to: ["1.4"]}
  - {kind: retired, from: ["1.3"]}
  - {kind: new, to: ["1.5"]}
`
	if _, err := templates.LoadCrosswalk("x.yaml", strings.NewReader(head+levels+good), from, to); err != nil {
		t.Fatalf("the one in order is refused: %v", err)
	}
	for _, tt := range []struct{ name, old, new, want string }{
		{"another template", `version: "1"`, `version: "0.9"`, `x.yaml:1:7: the crosswalk leads from walked 0.9, but the earlier template is walked 1; give the crosswalk that belongs`},
		{"unknown ref", `["1.4"]`, `["1.44"]`, `x.yaml:6:41: the later template has no criterion 1.44; did you mean "1.4"?`},
		{"a ref of the wrong side", `from: ["1.3"]`, `from: ["1.5"]`, `x.yaml:7:28: the earlier template has no criterion 1.5`},
		{"twice", `from: ["1.3"]`, `from: ["1.1"]`, `x.yaml:7:28: the earlier criterion 1.1 stands in a second entry; each stands in one; the first is in line 5`},
		{"left out, earlier", `  - {kind: retired, from: ["1.3"]}` + "\n", ``, `x.yaml:4:1: the earlier criterion 1.3 (Being open) stands in no entry; add it to the entry of what it became, or add - {kind: retired, from: ["1.3"]}`},
		{"left out, later", `  - {kind: new, to: ["1.5"]}` + "\n", ``, `x.yaml:4:1: the later criterion 1.5 (Keeping backups) stands in no entry`},
		{"unknown kind", `kind: renamed`, `kind: moved`, `x.yaml:6:12: kind is "moved"`},
		{"same with two refs", `kind: renamed`, `kind: same`, `x.yaml:6:12: 1.2 and 1.4 are not the same ref; write kind: renamed`},
		{"renamed without a change", `kind: same`, `kind: renamed`, `x.yaml:5:12: 1.1 keeps its ref; write kind: same`},
		{"a split into one", `kind: renamed`, `kind: split`, `x.yaml:6:12: an entry of the kind split has one ref under from and two or more under to; this one has 1 and 1`},
		{"new with a past", `kind: retired`, `kind: new`, `x.yaml:7:12: an entry of the kind new has one ref under to and none under from; this one has 1 and 0`},
		{"a statement becomes levels", `{kind: retired, from: ["1.3"]}` + "\n  - {kind: new, to", `{kind: renamed, from: ["1.3"], to`, `x.yaml:7:41: 1.3 is answered by a rating and 1.5 by levels, so that no answer can go from one to the other; write two entries instead`},
		{"weights that are short", `kind: renamed, from: ["1.2"], to: ["1.4"]}` + "\n  - {kind: retired, from: [\"1.3\"]}\n  - {kind: new, to: [\"1.5\"]}", `kind: split, from: ["1.2"], to: ["1.4", "1.5"], weights: [0.5, 0.4]}` + "\n  - {kind: retired, from: [\"1.3\"]}", `x.yaml:6:63: the weights add up to 0.9; they are shares`},
		{"weights of what is no split", `to: ["1.4"]`, `to: ["1.4"], weights: [1]`, `x.yaml:6:49: weights belong to the kind split only; remove them`},
		{"an unknown level", `{from: 3, to: 2}`, `{from: 3, to: 3}`, `x.yaml:3:60: the later template has no level 3; its levels are 0 to 2`},
		{"a level left out", `, {from: 3, to: 2}`, ``, `x.yaml:3:1: the earlier level 3 has no counterpart; add a line - {from: 3, to: …}`},
		{"levels that cross", `{from: 2, to: 1}, {from: 3, to: 2}`, `{from: 2, to: 2}, {from: 3, to: 1}`, `x.yaml:3:46: level 3 becomes 1, which overtakes line 3; a higher level must not become a lower one`},
		{"a level twice", `{from: 3, to: 2}]`, `{from: 3, to: 2}, {from: 3, to: 2}]`, `x.yaml:3:71: the earlier level 3 stands here a second time; keep this line or line 3`},
		{"a slip", `kind: new, to`, `kind: new, too`, `unknown key "too"; did you mean "to"?`},
	} {
		text := strings.Replace(head+levels+good, tt.old, tt.new, 1)
		if text == head+levels+good {
			t.Fatalf("%s: nothing was changed", tt.name)
		}
		_, err := templates.LoadCrosswalk("x.yaml", strings.NewReader(text), from, to)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) && !strings.HasSuffix(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got\n%v\nwant\n%s", tt.name, err, tt.want)
		}
	}
}
