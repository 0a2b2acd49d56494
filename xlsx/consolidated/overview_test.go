package consolidated_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/scoring/story"
	"github.com/rubric-project/rubric/words"
)

// Where topics are the levels of a ladder, the Overview says what would help most recipients up, as the sheet Priorities does,
// and what keeps how many back, as the Matrix does.
func TestOverviewOfALadder(t *testing.T) {
	in := exampleRound(t, "csis-cdm3", 30)
	facts, err := story.Gather(story.Input{Results: in.Results})
	if err != nil {
		t.Fatal(err)
	}
	spoken, _ := words.For("en")
	told := facts.Round(story.In{Words: spoken, Template: in.Template}, story.Office)
	in.Story = &told
	book := consolidatedBytes(t, in)
	overview, first := rowsOf(t, book, "Overview"), rowsOf(t, book, "Priorities")[5]
	c := in.Template.Criterion(first[0])
	if c == nil {
		t.Fatalf("the first of the priorities is %q", first)
	}
	hasRow(t, overview, 1, c.Ref+"  "+c.Subject, "", "", "", "", number(t, first[3]), number(t, first[6]))
	matrix := rowsOf(t, book, "Matrix")
	head := slices.IndexFunc(matrix, func(row []string) bool { return slices.ContainsFunc(row, isKeptBack) })
	if head < 0 {
		t.Fatal("the Matrix does not say what keeps whom back")
	}
	weights := slices.Index(matrix[head], "Weight in Priorities")
	if weights < 0 {
		t.Fatal("the Matrix does not say what a recipient weighs")
	}
	most, heaviest := 0.0, 0.0
	for col, heading := range matrix[head] {
		if !isKeptBack(heading) {
			continue
		}
		n, weight := 0.0, 0.0
		for _, row := range matrix[head+1:] {
			if col < len(row) && row[col] == "1" {
				n, weight = n+1, weight+number(t, row[weights])
			}
		}
		if weight > heaviest {
			most, heaviest = n, weight
		}
	}
	at := slices.IndexFunc(overview, func(row []string) bool { return slices.Contains(row, "What keeps most from their next level") })
	if at < 0 || most == 0 {
		t.Fatalf("the Overview does not say what keeps most from their next level; %v", most)
	}
	if row := overview[at+2]; number(t, row[len(row)-2]) != most || math.Abs(number(t, row[len(row)-1])-heaviest) > 1e-9 {
		t.Errorf("the Overview says %q, and the Matrix that the heaviest keeps back %v with a weight of %v", row, most, heaviest)
	}
	for _, row := range overview {
		if slices.Contains(row, "Most mature criteria") {
			t.Error("the criteria with the highest means are those of the lowest level")
		}
	}
}

func isKeptBack(heading string) bool { return strings.HasPrefix(heading, "Kept back by ") }

func number(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
