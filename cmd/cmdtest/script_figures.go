package cmdtest

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// figures is a group of criteria in a scorecard, as --json has it.
type figures struct {
	Topic, Theme string
	CountsFor    int `json:"counts_for"`
	Score        struct{ Value, Low, High *json.Number }
	Mean, Median *json.Number
	Criteria     int
	Answered     int
	Blank        int
	NotAsked     int `json:"not_applicable"`
}

type scorecard struct {
	Recipient             string
	Overall               figures
	Topics, Themes, Cells []figures
	Staged                struct {
		Level    *json.Number
		Sections []figures
	}
}

// sameFigures JSON CSV LIST METHOD: scorecards as JSON, as CSV and as they are printed hold the same. The variable id is set
// to the recipient with most blanks.
func sameFigures(ts *testscript.TestScript, _ bool, args []string) {
	var cards []scorecard
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &cards))
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[1]))).ReadAll()
	ts.Check(err)
	if len(cards) == 0 {
		ts.Fatalf("no scorecards")
	}
	column := map[string]int{}
	for i, h := range rows[0] {
		column[h] = i
	}
	left := map[string][]string{} // by recipient, scope, topic and theme
	for _, r := range rows[1:] {
		left[strings.Join([]string{r[column["recipient"]], r[column["scope"]], r[column["topic"]], r[column["theme"]]}, "|")] = r
	}
	take := func(c scorecard, scope string, g figures) func(heading string) string {
		key := strings.Join([]string{c.Recipient, scope, g.Topic, g.Theme}, "|")
		r := left[key]
		if r == nil {
			ts.Fatalf("%s is not in the CSV", key)
		}
		delete(left, key)
		return func(heading string) string { return r[column[heading]] }
	}
	most := -1
	for _, c := range cards {
		groups := map[string][]figures{"overall": {c.Overall}, "topic": c.Topics, "theme": c.Themes, "cell": c.Cells}
		for scope, list := range groups {
			for _, g := range list {
				in := take(c, scope, g)
				for heading, n := range map[string]*json.Number{"score": g.Score.Value, "low": g.Score.Low, "high": g.Score.High, "mean": g.Mean, "median": g.Median} {
					if !equal(n, in(heading)) {
						ts.Fatalf("%s, %s %s: %s is %v in the JSON, %q in the CSV", c.Recipient, scope, g.Topic, heading, n, in(heading))
					}
				}
				counts := fmt.Sprint(g.Criteria, g.Answered, g.Blank, g.NotAsked)
				if got := strings.Join([]string{in("criteria"), in("rated"), in("blank"), in("not_applicable")}, " "); got != counts {
					ts.Fatalf("%s, %s %s: counts %s in the CSV, %s in the JSON", c.Recipient, scope, g.Topic, got, counts)
				}
			}
		}
		printed(ts, c, ts.ReadFile(args[2]), args[3])
		for _, s := range c.Staged.Sections {
			if got := take(c, "section", s)("counts_for"); got != strconv.Itoa(s.CountsFor) {
				ts.Fatalf("%s, section %s %s counts for %s in the CSV, %d in the JSON", c.Recipient, s.Topic, s.Theme, got, s.CountsFor)
			}
		}
		if c.Overall.Blank > most {
			most = c.Overall.Blank
			ts.Setenv("id", c.Recipient)
		}
	}
	if len(left) > 0 {
		ts.Fatalf("the CSV has more: %v", left)
	}
}

// equal says whether a figure is the same in JSON and in CSV; null is an empty field.
func equal(n *json.Number, field string) bool {
	if n == nil || field == "" {
		return n == nil && field == ""
	}
	a, errA := n.Float64()
	b, errB := strconv.ParseFloat(field, 64)
	return errA == nil && errB == nil && a == b
}

// printed holds a scorecard against its line in the printed list.
func printed(ts *testscript.TestScript, c scorecard, list, method string) {
	var words []string
	for line := range strings.Lines(list) {
		if f := strings.Fields(line); len(f) > 0 && f[0] == c.Recipient {
			words = f
		}
	}
	if words == nil {
		ts.Fatalf("%s is not in the list", c.Recipient)
	}
	if method == "staged" {
		if c.Overall.Score.Value == nil || c.Staged.Level == nil || *c.Overall.Score.Value != *c.Staged.Level {
			ts.Fatalf("%s: the score is %v, the level attained %v", c.Recipient, c.Overall.Score.Value, c.Staged.Level)
		}
		return
	}
	for _, g := range c.Topics {
		if g.Mean == nil {
			continue
		}
		exact, _ := new(big.Rat).SetString(g.Mean.String())
		if shown := exact.FloatString(2); !slices.Contains(words, shown) { // halves away from zero
			ts.Fatalf("%s: %s is not in %q", c.Recipient, shown, words)
		}
	}
}
