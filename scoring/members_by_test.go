package scoring_test

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
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
