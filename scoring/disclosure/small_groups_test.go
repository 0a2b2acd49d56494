package disclosure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

// membersBy makes members from one line for each column: a letter for each member's value, '.' for none.
func membersBy(lines ...string) ([]string, []models.Member) {
	var columns []string
	members := make([]models.Member, len(lines[0]))
	for c, line := range lines {
		column := fmt.Sprintf("column %d", c+1)
		columns = append(columns, column)
		for i := range members {
			if members[i].Recipient.Groups == nil {
				members[i].Recipient = models.Recipient{ID: fmt.Sprint(i), Groups: map[string]string{}}
			}
			members[i].Recipient.Groups[column] = strings.Trim(line[i:i+1], ".")
		}
	}
	return columns, members
}

func TestSuppression(t *testing.T) {
	tests := []struct {
		name    string
		minimum int
		lines   []string
		hidden  string // values of the groups hidden, in order
	}{
		{"all large enough", 3, []string{"AAABBBCCC"}, ""},
		{"one small group takes the next smallest along", 3, []string{"AABBBCCCC"}, "AB"},
		{"two small ones that together are large enough stay alone", 3, []string{"AABBCCCCC"}, "AB"},
		{"two that together are still small take a third", 4, []string{"ABCCCCDDDDD"}, "ABC"},
		{"of two equally large the later goes", 3, []string{"AABBBCCC"}, "AC"},
		{"nobody to hide behind", 3, []string{"AABBB"}, "AB"},
		{"all together are too few", 5, []string{"AABB"}, "AB"},
		{"a small group that lies inside one of another column", 3,
			// small A and its neighbour B are the region X; C alone cannot give it away, but X − B would
			[]string{"AABBBBCCCCCDDDDD", "XXXXXXYYYYYYYYYY"}, "AB"},
		{"a group under another name in a second column", 3, []string{"AABBBCCCC", "XXYYYZZZZ"}, "ABXY"},
		// X − A and B − Y are the fifth member: a whole column has to go, however large its groups are
		{"large groups whose difference is one member", 3, []string{"AAAABBBB", "XXXXXYYY"}, "AB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			columns, members := membersBy(tt.lines...)
			parts := scoring.Partition(columns, members)
			var got string
			for g, hidden := range disclosure.Suppression(parts, len(members), tt.minimum, nil) {
				if hidden {
					got += parts[g].Value
				}
			}
			if got != tt.hidden {
				t.Errorf("hidden: got %q, want %q", got, tt.hidden)
			}
		})
	}
}

// A group that is large enough may still have few members with a score on one topic.
func TestFewScoresOnOneTopicAreSuppressedThere(t *testing.T) {
	columns, members := membersBy("AAAAABBBBBCCCCC")
	template := levelsTemplate(models.MethodProfile)
	for i := range members {
		topic2 := "2.1=3"
		if i < 3 {
			topic2 = "2.1=n/a" // two of group A are left
		}
		members[i].Return = new(models.Return{}.With(answers(t, "1.1=2 1.2=2 1.3=2 "+topic2)))
	}
	c := scoring.Consolidate(template, template.Scoring, columns, members)
	var got []string
	for _, g := range c.Groups {
		got = append(got, fmt.Sprintf("%s %v %v/%d %v/%d", g.Value, g.Suppressed,
			g.Topics[0].Suppressed, g.Topics[0].N, g.Topics[1].Suppressed, g.Topics[1].N))
	}
	want := "A false false/5 true/0, B false false/5 false/5, C false false/5 true/0"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// With a large minimum, a small group may be made of more classes than are tried one by one.
func TestSuppressionWithALargeMinimum(t *testing.T) {
	columns, members := membersBy(
		"AAAAAAABBBBBBBBBCCCCCCCCCCCC", // A has 7, one in each group of the second column
		"STUVWXYSTUVWXYSTUVWXYSTUVWXY")
	parts := scoring.Partition(columns, members)
	hidden := disclosure.Suppression(parts, len(members), 8, nil)
	if !hidden[0] || !hidden[1] || hidden[2] {
		t.Errorf("of A, B and C, A is small and B the next smallest; hidden: %v", hidden[:3])
	}
}

// Two small groups that lie in one of another column are together what is left of it. A third column cuts them
// into more classes than are tried one by one, or into just as many.
func TestSuppressionOfWhatIsLeftOfALargerGroup(t *testing.T) {
	for _, tt := range []struct {
		minimum int
		lines   []string
	}{
		{8, []string{
			"AAABBB" + strings.Repeat("C", 12) + strings.Repeat("D", 20) + strings.Repeat("E", 19) + "FFFGGG",
			strings.Repeat("X", 18) + strings.Repeat("Y", 45), strings.Repeat("STUVWXY", 9),
		}},
		{5, []string{"AABBCCCCCCDDDDDDEEEEEEFFGG", "XXXXXXXXXXYYYYYYYYYYYYYYYY", "STUVSTUVSTUVSTUVSTUVSTUVST"}},
	} {
		columns, members := membersBy(tt.lines...)
		parts := scoring.Partition(columns, members)
		shown := ""
		for g, hidden := range disclosure.Suppression(parts, len(members), tt.minimum, nil) {
			if !hidden {
				shown += parts[g].Value
			}
		}
		if strings.Contains(shown, "C") && strings.Contains(shown, "X") || !strings.Contains(shown, "S") {
			t.Errorf("minimum %d: C and X must not both be shown, which gives away A and B, and S may be: shown are %s", tt.minimum, shown)
		}
	}
}

// The answers to one criterion are suppressed as scores are, and so are targets.
func TestFewAnswersToOneCriterionAreSuppressedThere(t *testing.T) {
	columns, members := membersBy("AAAAABBBBBCCCCCDD")
	template := levelsTemplate(models.MethodProfile)
	for i := range members {
		text := "1.1=2 1.2=3"
		if i >= 3 {
			text += " 2.1=3" // two of group A; 1.3 nobody
		}
		list := answers(t, text)
		if i >= 4 {
			list[0].Target.Value = models.At(2) // one of group A
		}
		members[i].Return = new(models.Return{}.With(list))
	}
	c := scoring.Consolidate(template, template.Scoring, columns, members)
	var got []string
	for _, g := range c.Groups {
		s := g.Value
		for _, v := range g.Criteria {
			s += fmt.Sprintf(" %s:%v/%v/%d/%d", v.Ref, v.Suppressed, v.TargetsSuppressed, v.Answered, v.AtTarget)
		}
		got = append(got, s)
	}
	want := []string{
		// D is small, and C, the last of the next smallest, goes with it: behind them is room for what A has too
		// few of, the answers to 2.1 and the targets for 1.1. Nobody answered 1.3, which is nothing to hide.
		"A 1.1:false/true/5/0 1.2:false/false/5/0 1.3:false/false/0/0 2.1:true/false/0/0",
		"B 1.1:false/false/5/5 1.2:false/false/5/0 1.3:false/false/0/0 2.1:false/false/5/0",
		"C", "D",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if c.Criteria[0].Answered != 17 || len(c.All.Criteria) != 0 {
		t.Errorf("over all: %+v", c.Criteria[0])
	}
}
