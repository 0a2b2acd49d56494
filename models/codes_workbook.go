package models

import "github.com/rubric-project/rubric/models/actions"

// Findings about where the answers stand in a workbook.
var workbookCodes = []CodeInfo{
	{NoAnswersFound, Error, "workbook", "No sheet holds the assessment: no heading row with the reference and level columns was found.", "Ask the sender whether they sent the right workbook.", actions.AskSender},
	{RowMissing, Error, "workbook", "The row of a criterion is not in the workbook.", "Send the sender a fresh workbook, or ask for the missing answer.", actions.AskSender},
	{RowTwice, Error, "workbook", "A criterion stands in the workbook more than once, with different answers.", "Ask the sender which answer is meant and to delete the other row.", actions.AskSender},
	{RowTwiceSame, Repair, "workbook", "A criterion stands in the workbook more than once, with the same answers.", "Nothing to do.", ""},
	{RefUnknown, Warning, "workbook", "A row has a reference that the template does not have, and answers beside it. They are not counted.", "Look at the row: if it is a criterion whose reference was overwritten, ask the sender.", ""},
	{RefFromDate, Error, "workbook", "A reference was turned into a date or a number by a spreadsheet program and could stand for two criteria.", "Ask the sender which criterion the row is for, or to fill in a fresh workbook.", actions.AskSender},
	{ColumnMissing, Error, "workbook", "A column of the assessment is missing.", "Ask the sender not to delete columns; send a fresh workbook.", actions.AskSender},
	{ColumnTwice, Error, "workbook", "A column of the assessment stands twice, with different contents.", "Ask the sender which of the columns is meant and to delete the other.", actions.AskSender},
	{SheetRenamed, Repair, "workbook", "The sheet with the answers has another name than it was sent with.", "Nothing to do.", ""},
	{SheetHidden, Warning, "workbook", "The sheet with the answers is hidden.", "Check with the sender that these are the answers they meant.", actions.AskSender},
	{RowHidden, Warning, "workbook", "The row of an answer is hidden. The answer counts.", "Check with the sender if the answer surprises.", actions.AskSender},
	{HeadingChanged, Repair, "workbook", "The heading of a column was changed, but there is no doubt which column it is.", "Nothing to do.", ""},
	{DescriptorEdited, Warning, "workbook", "The text of a descriptor was changed by the sender.", "Check what the sender rated; the answer counts as given.", ""},
	{MergedAnswer, Error, "workbook", "Cells were merged over the answers of several criteria, or over answer and target, so that it is not known for which the level stands.", "Ask the sender to unmerge the cells and to give each answer.", actions.AskSender},
	{StrayText, Warning, "workbook", "There is text outside the cells meant for answers. It is not part of any answer.", "Read it: it may be a comment that belongs to a criterion.", ""},
	{RefRestored, Repair, "workbook", "A reference was lost, or had become a number, and the row's own text or the template leaves no doubt which criterion it is.", "Nothing to do.", ""},
	{RowMixed, Error, "workbook", "A row has the reference of one criterion and the texts of another, or levels where other things belong: some columns were sorted, or some cells moved, without the others. Its answer is treated as blank.", "Ask the sender to undo it, or to fill in a fresh workbook.", actions.AskSender},
	{EmptyCopy, Repair, "workbook", "A second copy of the table of answers is empty and was left out.", "Nothing to do.", ""},
	{TextColumnMissing, Warning, "workbook", "The column for evidence or comments is missing. The answers count.", "Ask the sender for the comments if they matter.", actions.AskSender},
	{ColumnHidden, Warning, "workbook", "A column with answers is hidden. The answers count.", "Check with the sender if the answers surprise.", actions.AskSender},
	{MergedText, Warning, "workbook", "A comment or evidence stands in cells merged over several criteria. It was taken for the first.", "Check which criteria the text is for.", ""},
	{ContentDropped, Repair, "workbook", "A program that leaves out what it does not know has saved the workbook: things that it was sent out with are gone. The answers are read; pictures, embedded files and text boxes that the sender put in may be gone as well.", "If the sender meant to give such evidence, look at the workbook as they have it.", ""},
	{AnswersSlipped, Error, "workbook", "Levels stand beside headings, and criteria next to these headings have none: the column slipped by a row or more. It is treated as blank.", "Ask the sender to put each level beside its criterion, or to fill in a fresh workbook.", actions.AskSender},
}
