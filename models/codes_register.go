package models

// Findings that come from looking at all returns together.
const (
	SeveralReturns  Code = "several-returns"
	SameFile        Code = "same-file"
	SupersededFile  Code = "superseded"
	ReturnedAfter   Code = "returned-late"
	TimesContradict Code = "times-contradict"
	// ReturnIncomplete comes of Round.Completeness.
	ReturnIncomplete Code = "return-incomplete"
)

var registerCodes = []CodeInfo{
	{SeveralReturns, Warning, "register", "The recipient sent several returns. One counts.", "Check that it is the right one; another can be chosen.", ActionPrefer},
	{SameFile, Repair, "register", "The file is a copy of another file in returns/, byte for byte.", "Nothing to do.", ""},
	{SupersededFile, Repair, "register", "Another return of the same recipient counts instead of this one.", "Nothing to do.", ""},
	{ReturnedAfter, Warning, "register", "The return was saved after the due date. It counts.", "Nothing to do, unless late returns are not accepted.", ""},
	{TimesContradict, Warning, "register", "Several returns of one recipient do not say when they were saved, or say the same. The order of receipt decided.", "Check that the right one counts.", ActionPrefer},
	{ReturnIncomplete, Error, "register", "Fewer criteria are answered than the round asks for (completeness in round.yaml). It is sent back to be completed, and counts nowhere until it is.", "Send it back to be completed, or let it count as it is.", ActionPrefer},
}
