package consolidated_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/rubric-project/rubric/models"
)

// TestDistributionByGroup counts the answers of each group anew, from the returns.
func TestDistributionByGroup(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		in := exampleRound(t, id, 40)
		rows := rowsOf(t, consolidatedBytes(t, in), "Distribution by group")
		hatched, counted := 0, 0
		for _, row := range rows[4:] {
			ref, column, value := row[0], row[3], row[4]
			scale := in.Template.Scale(in.Template.Criterion(ref))
			n, sum, counts := 0, 0, make([]int, len(scale))
			for _, m := range in.Members {
				if m.Return == nil || cmp.Or(m.Recipient.Groups[column], "(none)") != value {
					continue
				}
				if x, ok := m.Return.Answer(ref).Level.Value.Number(); ok {
					n, sum = n+1, sum+x
					counts[slices.IndexFunc(scale, func(s models.Step) bool { return s.Number == x })]++
				}
			}
			if n == 0 { // every group that answered is shown: the workbook is the office's own
				hatched++
				if len(row) > 5 {
					t.Errorf("%s, %s %s: %d answers are shown: %q", ref, column, value, n, row)
				}
				continue
			}
			counted++
			want := []any{ref, float64(n), float64(sum) / float64(n)}
			for _, c := range counts {
				want = append(want, float64(c))
			}
			hasRow(t, [][]string{append([]string{row[0]}, row[5:]...)}, 0, want...)
		}
		if counted == 0 {
			t.Errorf("%s: %d rows are hatched, %d are not", id, hatched, counted)
		}
	}
}
