package models

import "github.com/rubric-project/rubric/models/actions"

// Findings that come from looking at all returns together.
var registerCodes = []CodeInfo{
	{SeveralReturns, Warning, "register", "The recipient sent several returns. One counts.", "Check that it is the right one; another can be chosen.", actions.Prefer},
	{SameFile, Repair, "register", "The file is a copy of another file in returns/, byte for byte.", "Nothing to do.", ""},
	{SupersededFile, Repair, "register", "Another return of the same recipient counts instead of this one.", "Nothing to do.", ""},
	{OriginalBeside, Repair, "register", "The message holds the workbook as it was sent out beside the filled-in copy, which counts.", "Nothing to do.", ""},
	{ForeignBeside, Repair, "register", "A workbook that is not of this assessment came beside a return. It is kept as the return's attachment, and no answers are read from it.", "Nothing to do, unless it should have been a return.", ""},
	{ReturnedAfter, Warning, "register", "The return was saved after the due date. It counts.", "Nothing to do, unless late returns are not accepted.", ""},
	{TimesContradict, Warning, "register", "Several returns of one recipient do not say when they were saved, or say the same. The order of receipt decided.", "Check that the right one counts.", actions.Prefer},
	{ReturnIncomplete, Error, "register", "Fewer criteria are answered than the round asks for (completeness in round.yaml). It is sent back to be completed, and counts nowhere until it is.", "Send it back to be completed, or let it count as it is.", actions.Prefer},
}
