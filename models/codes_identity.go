package models

import "github.com/rubric-project/rubric/models/actions"

// Findings about whose workbook it is and which round it belongs to.
var identityCodes = []CodeInfo{
	{ManifestMissing, Error, "identity", "Nothing in the workbook says whose it is: the hidden sheet, the document properties and the reference are lost.", "Find out who sent it and say whose it is.", actions.Assign},
	{ManifestPartlyLost, Repair, "identity", "Some of the places that say whose workbook it is are lost; what is left agrees.", "Nothing to do.", ""},
	{ManifestContradictory, Error, "identity", "The places that say whose workbook it is contradict each other.", "Find out who filled it in and say whose it is.", actions.Assign},
	{IdentityUnconfirmed, Error, "identity", "The workbook says whose it is, but neither a seal nor the reference confirms it.", "Find out who filled it in and say whose it is.", actions.Assign},
	{SealBroken, Warning, "identity", "The workbook's seal does not fit what it says about itself, so that this may have been changed.", "Check with the organisation that this is their return.", actions.AskSender},
	{SealsLost, Warning, "identity", "Both seals are lost, and only the visible reference says whose workbook it is. The reference stands in every invitation, so that others can know it.", "Check with the organisation that this is their return.", actions.AskSender},
	{UnsealedBeside, Error, "identity", "Nothing but the visible reference confirms the return, and another of the same recipient has a seal. It does not take that one's place.", "Ask the organisation which one is theirs; if it is this one, let it count.", actions.Prefer},
	{OtherRound, Error, "identity", "The workbook belongs to another round.", "Ask the sender for this round's workbook; it may be an old copy.", actions.AskSender},
	{OtherTemplate, Error, "identity", "The workbook is for another template than this round's.", "Ask the sender for this round's workbook.", actions.AskSender},
	{OtherTemplateVersion, Error, "identity", "The workbook was made from another version of the template than this round's.", "Send the organisation a fresh workbook, or restore the round's template.yaml.", actions.SendAgain},
	{RecipientUnknown, Error, "identity", "The workbook names an organisation that is not in the recipients list.", "Check the recipients list, or say whose it is.", actions.Assign},
	{RecipientAltered, Error, "identity", "The workbook was made for one organisation and now names another.", "Find out who filled it in and say whose it is.", actions.Assign},
	{NameChanged, Warning, "identity", "The organisation's name in the workbook is not the one in the recipients list; the rest fits.", "Check the name, and correct the recipients list if the organisation was renamed.", ""},
	{FileNamedForOther, Warning, "identity", "The file, or the folder it lies in, is named for another recipient than the one its workbook was made for: somebody may have filled in another organisation's workbook. It counts for the one that it was made for.", "Ask who filled it in; if it is the other one's, say so.", actions.Assign},
	{CopiedReturn, Warning, "identity", "The answers and comments are the same as another recipient's.", "Ask both organisations whether the answers are their own.", actions.AskSender},
	{Unfilled, Error, "identity", "The workbook came back without any answer.", "Ask the sender whether they attached the wrong copy.", actions.AskSender},
	{ReturnedAsSent, Error, "identity", "The file is the very workbook that was sent out, not saved since.", "Ask the sender for the copy that they filled in; it may lie in their downloads or under another name.", actions.AskSender},
	{AssignedByHand, Repair, "identity", "The file was credited to the recipient by hand.", "Nothing to do.", ""},
	{CarriedOver, Warning, "identity", "Some answers stand as they were carried over from an earlier round, and the sender did not say that they still hold. They count.", "Ask the sender whether they still hold, or to say so in the workbook: under 'Still right?' in each row or, in one of an earlier version, under 'Old answers checked' on the sheet Start.", actions.AskSender},
	{CarriedUntouched, Error, "identity", "Nothing was changed in a workbook that came with the answers of an earlier round, and nobody signed it or said that it was checked.", "Ask the sender to look through it and to choose Yes under 'Still right?' (in a workbook of an earlier version, under 'Old answers checked'); if they say that all still holds, let the file count.", actions.Prefer},
}
