package layout

// The sheets of an action plan beside SheetStart and the hidden ones, by their English names.
const (
	SheetPlan    = "Plan"
	SheetMeeting = "Meeting"
)

// PlanColumn is a column of the sheet Plan, by meaning.
type PlanColumn int

// The columns of the sheet Plan, in their order.
const (
	PlanID PlanColumn = iota
	PlanRef
	PlanSubject
	PlanNow
	PlanNext
	PlanCause
	PlanAction
	PlanOwner
	PlanDue
	PlanStatus
	PlanProgress
	PlanColumns // how many there are
)

// PlanHeadings are the headings of the sheet Plan, as keys of package words.
var PlanHeadings = [PlanColumns]string{"plan.column_id", "plan.column_ref", "plan.column_subject", "plan.column_now", "plan.column_next",
	"plan.column_cause", "plan.column_action", "plan.column_owner", "plan.column_due", "plan.column_status", "plan.column_progress"}

// PlanSheetKeys are the sheets of an action plan that people see, with the keys of their names in package words.
var PlanSheetKeys = [][2]string{{SheetStart, "sheet_start"}, {SheetPlan, "plan.sheet_plan"}, {SheetMeeting, "plan.sheet_meeting"}}
