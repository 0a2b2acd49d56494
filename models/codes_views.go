package models

import "github.com/rubric-project/rubric/models/actions"

// Findings about views, where each respondent is asked for the whole assessment, and about consensus workbooks. That views
// differ is no finding: it is what they are asked for.
var viewCodes = []CodeInfo{
	{ConsensusMissing, Warning, "views", "Views of the recipient are back, and no consensus workbook. Nothing of the recipient counts yet: a view is credited to nobody else.", "Make the consensus workbook when the views are in, and send it; or let one view decide, if the recipient says so.", actions.Consensus},
	{ConsensusBehind, Warning, "views", "The consensus workbook was made before a view came, or before a respondent sent another. It counts; the meeting did not see that view in it.", "Ask the recipient whether the meeting knew that view, or make the consensus workbook again and send it.", actions.Consensus},
	{ConsensusUnconfirmed, Warning, "views", "Levels stand in the consensus workbook as they were proposed, since all views agree, and the sheet Start does not say that the meeting confirms them. They count.", "Nothing to do, unless the meeting should have looked at them.", ""},
	{ConsensusUntouched, Error, "views", "The consensus workbook came back with nothing but the proposed levels, and nobody says that the meeting confirms them. It counts nowhere.", "Ask the sender for the workbook in which the meeting chose, or let it count as it is.", actions.Prefer},
	{ViewsAgree, Repair, "views", "All views that were asked for are back and say the same about every criterion. Together they count as the return, without a consensus workbook.", "Nothing to do.", ""},
	{ViewChosen, Repair, "views", "The office decided that this respondent's view counts as the recipient's return.", "Nothing to do.", ""},
}
