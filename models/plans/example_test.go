package plans_test

import (
	"fmt"
	"time"

	"github.com/rubric-project/rubric/models/plans"
)

// What two actions come to on a day: one is overdue, one done.
func Example() {
	may := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	list := []plans.Action{
		{ID: "1", Ref: "1.1", Action: plans.Cell{Value: "Write a policy"}, On: may, Status: plans.InProgress},
		{ID: "2", Ref: "2.3", Action: plans.Cell{Value: "Name an owner"}, Status: plans.Done},
		{ID: "3", Ref: "4.1"},
	}
	t := plans.Count(time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC), list)
	fmt.Println(t.Actions, "planned,", t.Open(), "open,", t.Overdue, "overdue,", t.By[plans.Done], "done")
	// Output: 2 planned, 1 open, 1 overdue, 1 done
}
