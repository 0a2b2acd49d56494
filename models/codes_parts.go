package models

import "github.com/rubric-project/rubric/models/actions"

// Findings about the parts of a recipient's answers, where its workbook is split among several respondents.
var partCodes = []CodeInfo{
	{PartsDisagree, Error, "parts", "Two workbooks of one recipient answer a criterion differently. It is treated as blank until it is settled; comments and evidence of both are kept.", "Ask the organisation which answer is meant, and settle which file decides.", actions.Settle},
	{TargetsDisagree, Warning, "parts", "Two workbooks of one recipient have different targets for a criterion. The target is treated as blank; the answer itself counts.", "Ask the organisation which target is meant, and settle which file decides.", actions.Settle},
	{QuestionsDisagree, Warning, "parts", "Two workbooks of one recipient answer a question of the first sheet differently. It is treated as not answered.", "Ask the organisation which answer is meant, and settle which file decides.", actions.Settle},
	{PartsSettled, Repair, "parts", "Several workbooks of one recipient differed, and a person settled which one counts.", "Nothing to do.", ""},
	{PartOutstanding, Warning, "parts", "A part of the recipient's answers has not come back yet; its criteria are blank.", "Wait for it, or remind those whose part is missing.", actions.Remind},
	{PartNotPlanned, Warning, "parts", "The workbook is a part, or a view, that is no longer asked for: the topics were divided anew, or the respondents changed, after it was made. It counts.", "Check that its sender was to answer.", ""},
	{PartHoldsMore, Warning, "parts", "A part holds answers to topics that it was not made for, as when the table of another workbook was put into it. They count for the recipient.", "Ask the sender where the further answers come from.", actions.AskSender},
	{WholeBesideParts, Warning, "parts", "A whole workbook of the recipient came back beside parts. All count, and where they differ it is an error.", "Ask the organisation which of them is meant; one file can be settled on to decide.", actions.Settle},
}
