package models

import "github.com/rubric-project/rubric/models/actions"

// Findings about the questions on the sheet Start.
var questionCodes = []CodeInfo{
	{QuestionMissing, Warning, "questions", "A question that must be answered has no answer.", "Ask the sender for the answer.", actions.AskSender},
	{QuestionNotFound, Warning, "questions", "A question of the template is not in the workbook.", "Ask the sender for the answer if it matters; send the workbook anew if it was made before the question was added.", actions.AskSender},
	{QuestionTwice, Error, "questions", "A question stands more than once with different answers. None of them counts.", "Ask the sender which answer is meant.", actions.AskSender},
	{QuestionNotNumber, Error, "questions", "The answer to a question for a number is not one number for certain. It is left out.", "Ask the sender for the number, in figures only.", actions.AskSender},
	{QuestionNotDate, Error, "questions", "The answer to a question for a date is not one day for certain. It is left out.", "Ask the sender for the date, with day, month and year.", actions.AskSender},
	{QuestionNotInList, Error, "questions", "The answer to a question with a list is not in the list. It is left out.", "Ask the sender to choose from the list.", actions.AskSender},
	{QuestionNoValue, Error, "questions", "The answer is an error value, or a formula whose result the file does not hold. It is left out.", "Ask the sender what the cell should say.", actions.AskSender},
	{QuestionHidden, Error, "questions", "The cell shows something else than it holds, because of its number format, or what it holds is struck through. It is left out.", "Ask the sender what is meant.", actions.AskSender},
	{QuestionNormalised, Repair, "questions", "The answer was not written as asked, but there is no doubt what it says.", "Nothing to do.", ""},
}
