package models

import "github.com/rubric-project/rubric/models/actions"

// Findings about action plans. None of them is about an assessment, and none keeps its answers from counting.
var planCodes = []CodeInfo{
	{PlanNotFound, Error, "plans", "The workbook says that it is an action plan, and no sheet has its table.", "Ask the sender to send the plan with its sheet, or send a fresh one.", actions.AskSender},
	{PlanColumnMissing, Error, "plans", "A column of the action plan is missing. What the others say counts.", "Ask the sender not to delete columns; send a fresh plan.", actions.AskSender},
	{PlanTwice, Error, "plans", "Two sheets of the workbook have a plan, and they differ. The one on the sheet that was sent out was read.", "Ask the sender which of them is meant and to delete the other.", actions.AskSender},
	{PlanRowsMoved, Error, "plans", "A row of the plan has the number of one priority and the reference of another: some columns were sorted, or some cells moved, without the others. The row does not count.", "Ask the sender to undo it, or to fill in a fresh plan.", actions.AskSender},
	{PlanRowMissing, Warning, "plans", "The row of a priority is not in the plan any more. The others count.", "Ask the sender whether nothing is to be done about it, if it matters.", actions.AskSender},
	{PlanRowTwice, Error, "plans", "A row stands in the plan more than once, with different contents. None of them counts.", "Ask the sender which is meant and to delete the other row.", actions.AskSender},
	{PlanRowUnnumbered, Warning, "plans", "A row of the plan has no number, as one that was put in. It counts as an action of the organisation's own.", "Nothing to do, unless it should belong to a priority.", ""},
	{PlanRefUnknown, Warning, "plans", "A row of the plan names a criterion that the template does not have. The action counts, about no criterion.", "Look at the row; ask the sender which criterion is meant if it matters.", ""},
	{PlanStatusNotInList, Error, "plans", "The status of an action is none of the list. It is treated as not started.", "Ask the sender to choose the status from the list.", actions.AskSender},
	{PlanStatusRead, Repair, "plans", "The status of an action was written a little otherwise than in the list; there is no doubt which is meant.", "Nothing to do.", ""},
	{PlanDateNotUnderstood, Error, "plans", "The day by which an action is to be done could not be read. It is treated as missing.", "Ask the sender to enter the day again, such as 2027-01-31.", actions.AskSender},
	{PlanDateRead, Repair, "plans", "The day of an action was written as a text or a number; there is no doubt which is meant.", "Nothing to do.", ""},
	{PlanDateUnlikely, Warning, "plans", "The day of an action lies long before the round, or many years ahead. It counts as it stands.", "Ask the sender whether the year is right.", actions.AskSender},
	{PlanActionMissing, Warning, "plans", "A row of the plan has an owner, a day, a status or a cause, and no action. It does not count as an action.", "Ask the sender what is to be done.", actions.AskSender},
	{PlanOwnerMissing, Warning, "plans", "An action that is open has no owner. It counts.", "Ask the sender who does it, if it matters.", actions.AskSender},
	{PlanDateMissing, Warning, "plans", "An action that is open has no day by which it is done. It counts, and is never overdue.", "Ask the sender by when, if it matters.", actions.AskSender},
	{PlanEmpty, Error, "plans", "The action plan came back with nothing filled in.", "Ask the sender to fill it in, or wait: they may have sent the wrong file.", actions.AskSender},
}
