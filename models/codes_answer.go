package models

import "github.com/rubric-project/rubric/models/actions"

// Findings about single answers.
var answerCodes = []CodeInfo{
	{AnswerMissing, Warning, "answers", "A criterion has no answer. Scores rest on the answers there are, and say how far the blanks could move them.", "Ask the sender to answer it if the score matters.", actions.AskSender},
	{AnswerNotInList, Error, "answers", "The answer is not one of the choices. It is treated as blank.", "Ask the sender to choose from the list.", actions.AskSender},
	{AnswerAmbiguous, Error, "answers", "The answer names more than one level, or none for certain. It is treated as blank.", "Ask the sender to choose one level from the list.", actions.AskSender},
	{AnswerIsDate, Error, "answers", "The answer is a date: a spreadsheet program makes one out of entries such as 3-4. It is treated as blank.", "Ask the sender to choose one level from the list.", actions.AskSender},
	{AnswerIsError, Error, "answers", "The answer is an error value of the spreadsheet program. It is treated as blank.", "Ask the sender to choose one level from the list.", actions.AskSender},
	{AnswerNoValue, Error, "answers", "The answer is a formula whose result the file does not hold. It is treated as blank.", "Ask the sender to choose one level from the list, or to save the workbook in a spreadsheet program.", actions.AskSender},
	{AnswerFormula, Warning, "answers", "The answer is the result of a formula. The result counts.", "Check with the sender if the answer surprises.", actions.AskSender},
	{AnswerHiddenValue, Error, "answers", "The cell shows something else than it holds, because of its number format. It is treated as blank.", "Ask the sender which of the two is meant.", actions.AskSender},
	{AnswerNotApplicable, Error, "answers", "The answer is 'not applicable', which this assessment does not offer. It is treated as blank.", "Ask the sender to choose one level from the list.", actions.AskSender},
	{AnswerNotAsked, Warning, "answers", "The answer is to a criterion that this recipient is not asked, by its groups in the recipients list. It is left out.", "Check the recipient's groups in the recipients list; if they are right, nothing to do.", ""},
	{AnswerNormalised, Repair, "answers", "The answer was not written as in the list, but there is no doubt which choice it is.", "Nothing to do.", ""},
	{TargetNotInList, Error, "answers", "The target is not one of the levels. It is treated as blank; the answer itself counts.", "Ask the sender to choose the target from the list.", actions.AskSender},
	{TargetBelowCurrent, Warning, "answers", "The target level is below the current level.", "Ask the sender whether the two were swapped.", actions.AskSender},
	{AnswersContradict, Warning, "answers", "Two answers cannot both be right, by what the template says of these criteria. Both count as they are.", "Ask the sender which of the two is right.", actions.AskSender},
	{CommentMissing, Warning, "answers", "The answer needs a comment and has none.", "Ask the sender for the comment.", actions.AskSender},
	{EvidenceMissing, Warning, "answers", "The answer needs evidence and has none.", "Ask the sender for the evidence.", actions.AskSender},
	{AnswerStruck, Error, "answers", "The answer, or a part of it, is struck through: its author may have taken it back. It is treated as blank.", "Ask the sender whether the answer stands, and to choose one level from the list.", actions.AskSender},
	{AnswerUnseen, Warning, "answers", "The answer has the colour of its background, so that nobody sees it. It counts.", "Check with the sender whether the answer is meant.", actions.AskSender},
	{TextStruck, Warning, "answers", "The comment or evidence, or a part of it, is struck through. It is kept whole.", "Ask the sender whether the text stands before it is quoted.", actions.AskSender},
	{TextIsError, Warning, "answers", "The comment or evidence is an error value of the spreadsheet program, and is left out.", "Ask the sender what the cell should say: a text that starts with = or - is taken for a formula.", actions.AskSender},
	{TextNoValue, Warning, "answers", "The comment or evidence is a formula whose result the file does not hold, and is left out.", "Ask the sender what the cell should say.", actions.AskSender},
	{TextAtLimit, Warning, "answers", "The text is exactly as long as a cell can be, so that its end may be lost.", "Ask the sender for the whole text.", actions.AskSender},
	{TextSpoiled, Warning, "answers", "The comment or evidence has characters that some program lost and wrote as \ufffd. The rest is kept.", "Ask the sender for the text if it matters.", actions.AskSender},
	{AnswerLook, Warning, "answers", "A conditional format may strike the answer through, hide it, or show an icon or a bar in its place, so that its sender may see something else than what is read. It counts.", "Open the file and look at the cell; if it shows something else, ask the sender which is meant.", actions.AskSender},
	{LevelsColoured, Warning, "answers", "No level is chosen in some rows, and descriptions of levels are marked there: with a colour, with a cross in their place, or by striking out the others. That is not read as an answer.", "Ask the sender to choose the levels from the list; the marks show what they mean.", actions.AskSender},
	{TextUnseen, Warning, "answers", "The comment or evidence, or a part of it, cannot be seen in the workbook: by its colour, its size, its number format or a conditional format. It is kept whole.", "Ask the sender whether the text is meant before it is quoted.", actions.AskSender},
	{TextLink, Repair, "answers", "The comment or evidence is a link. Its address is kept with the text.", "Nothing to do.", ""},
	{PictureNotRead, Warning, "answers", "A picture lies in a cell or over cells. Pictures are not read, as evidence or as answers.", "Open the file and look at the picture; ask the sender to type what it says if it matters.", actions.AskSender},
	{ObjectNotRead, Warning, "answers", "A file is embedded in the workbook. Embedded files are not read.", "Ask the sender to attach the file to the message, or to say in the column for evidence where it can be found.", actions.AskSender},
	{ControlNotRead, Warning, "answers", "A checkbox or another control lies on the sheet. Controls are not read as answers.", "Open the file and look at it; ask the sender to choose the levels from the list.", actions.AskSender},
	{DateNotUnderstood, Warning, "answers", "The date of sign-off could not be read as a date. It is kept as it was written.", "Nothing to do, unless the date matters.", ""},
}
