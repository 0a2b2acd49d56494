package disclosure_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/disclosure"
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
