package models

import "github.com/rubric-project/rubric/models/actions"

// Findings about messages that came in, and about what they carried.
var mailCodes = []CodeInfo{
	{MailOtherSender, Warning, "mail", "The return came from an address that is not the recipient's.", "Check with the organisation that this is their return.", actions.AskSender},
	{MailNoAttachment, Warning, "mail", "A message came without an attachment; it may hold a question, or a link to a file.", "Read it.", ""},
	{MailUnreadable, Error, "mail", "A message, an archive or a part of one could not be read.", "Open it in a mail program, save the workbook from there and put it into returns/.", ""},
	{MailCutOff, Warning, "mail", "A message ends before it is complete, so that the attachment may be damaged.", "If the workbook cannot be read, ask the sender to send it again.", ""},
	{MailOverLimit, Error, "mail", "A message or an archive is larger, longer or more deeply nested than the limits allow, and what lies beyond them was not taken.", "Look at it in a mail program; if it is genuine, save the workbook from there and put it into returns/.", ""},
	{MailWinmail, Error, "mail", "A winmail.dat file, into which Outlook packs attachments when it sends in its own rich-text format, is damaged or cut off.", "Ask the sender to set the message format to HTML or plain text in Outlook and to send it again.", actions.AskSender},
	{EvidenceLeft, Warning, "mail", "A file that came with a message or in an archive was not kept as a return's attachment: no return beside it counts, it cannot be told whose it is, it is a program, or it is too large. It stays where it came.", "If it is evidence, save it from the message, and mend what keeps the return beside it from counting.", ""},
	{MailEncrypted, Error, "mail", "The message or archive is encrypted, so that its attachments cannot be taken out.", "Open it where the key or password is at hand, save the workbook and put it into returns/.", ""},
	{FolderPassedOver, Warning, "mail", "A folder was passed over, because its name begins with a dot and programs hide it.", "If returns are in it, name it as a source of its own.", actions.Collect},
}
