package models

// Findings about single answers.
const (
	AnswerMissing       Code = "answer-missing"
	AnswerNotInList     Code = "answer-not-in-list"
	AnswerAmbiguous     Code = "answer-ambiguous"
	AnswerIsDate        Code = "answer-is-date"
	AnswerIsError       Code = "answer-is-error"
	AnswerNoValue       Code = "answer-no-value"
	AnswerFormula       Code = "answer-formula"
	AnswerHiddenValue   Code = "answer-hidden-value"
	AnswerNotApplicable Code = "answer-not-applicable-not-offered"
	AnswerNotAsked      Code = "answer-not-asked"
	AnswerNormalised    Code = "answer-normalised"
	TargetNotInList     Code = "target-not-in-list"
	TargetBelowCurrent  Code = "target-below-current"
	CommentMissing      Code = "comment-missing"
	EvidenceMissing     Code = "evidence-missing"
	AnswerStruck        Code = "answer-struck-out"
	AnswerUnseen        Code = "answer-unseen"
	TextStruck          Code = "text-struck-out"
	TextIsError         Code = "text-is-error"
	TextNoValue         Code = "text-no-value"
	TextAtLimit         Code = "text-at-limit"
	TextSpoiled         Code = "text-spoiled"
	DateNotUnderstood   Code = "date-not-understood"
	AnswersContradict   Code = "answers-contradict"
)

var answerCodes = []CodeInfo{
	{AnswerMissing, Warning, "answers", "A criterion has no answer. Scores rest on the answers there are, and say how far the blanks could move them.", "Ask the sender to answer it if the score matters."},
	{AnswerNotInList, Error, "answers", "The answer is not one of the choices. It is treated as blank.", "Ask the sender to choose from the list."},
	{AnswerAmbiguous, Error, "answers", "The answer names more than one level, or none for certain. It is treated as blank.", "Ask the sender to choose one level from the list."},
	{AnswerIsDate, Error, "answers", "The answer is a date: a spreadsheet program makes one out of entries such as 3-4. It is treated as blank.", "Ask the sender to choose one level from the list."},
	{AnswerIsError, Error, "answers", "The answer is an error value of the spreadsheet program. It is treated as blank.", "Ask the sender to choose one level from the list."},
	{AnswerNoValue, Error, "answers", "The answer is a formula whose result the file does not hold. It is treated as blank.", "Ask the sender to choose one level from the list, or to save the workbook in a spreadsheet program."},
	{AnswerFormula, Warning, "answers", "The answer is the result of a formula. The result counts.", "Check with the sender if the answer surprises."},
	{AnswerHiddenValue, Error, "answers", "The cell shows something else than it holds, because of its number format. It is treated as blank.", "Ask the sender which of the two is meant."},
	{AnswerNotApplicable, Error, "answers", "The answer is 'not applicable', which this assessment does not offer. It is treated as blank.", "Ask the sender to choose one level from the list."},
	{AnswerNotAsked, Warning, "answers", "The answer is to a criterion that this recipient is not asked, by its groups in the recipients list. It is left out.", "Check the recipient's groups in the recipients list; if they are right, nothing to do."},
	{AnswerNormalised, Repair, "answers", "The answer was not written as in the list, but there is no doubt which choice it is.", "Nothing to do."},
	{TargetNotInList, Error, "answers", "The target is not one of the levels. It is treated as blank; the answer itself counts.", "Ask the sender to choose the target from the list."},
	{TargetBelowCurrent, Warning, "answers", "The target level is below the current level.", "Ask the sender whether the two were swapped."},
	{AnswersContradict, Warning, "answers", "Two answers cannot both be right, by what the template says of these criteria. Both count as they are.", "Ask the sender which of the two is right."},
	{CommentMissing, Warning, "answers", "The answer needs a comment and has none.", "Ask the sender for the comment."},
	{EvidenceMissing, Warning, "answers", "The answer needs evidence and has none.", "Ask the sender for the evidence."},
	{AnswerStruck, Error, "answers", "The answer, or a part of it, is struck through: its author may have taken it back. It is treated as blank.", "Ask the sender whether the answer stands, and to choose one level from the list."},
	{AnswerUnseen, Warning, "answers", "The answer has the colour of its background, so that nobody sees it. It counts.", "Check with the sender whether the answer is meant."},
	{TextStruck, Warning, "answers", "The comment or evidence, or a part of it, is struck through. It is kept whole.", "Ask the sender whether the text stands before it is quoted."},
	{TextIsError, Warning, "answers", "The comment or evidence is an error value of the spreadsheet program, and is left out.", "Ask the sender what the cell should say: a text that starts with = or - is taken for a formula."},
	{TextNoValue, Warning, "answers", "The comment or evidence is a formula whose result the file does not hold, and is left out.", "Ask the sender what the cell should say."},
	{TextAtLimit, Warning, "answers", "The text is exactly as long as a cell can be, so that its end may be lost.", "Ask the sender for the whole text."},
	{TextSpoiled, Warning, "answers", "The comment or evidence has characters that some program lost and wrote as \ufffd. The rest is kept.", "Ask the sender for the text if it matters."},
	{DateNotUnderstood, Warning, "answers", "The date of sign-off could not be read as a date. It is kept as it was written.", "Nothing to do, unless the date matters."},
}
