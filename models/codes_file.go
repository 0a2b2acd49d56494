package models

import "github.com/rubric-project/rubric/models/actions"

// Findings about a file as a whole: it is not a workbook, or not one that can be trusted.
const askAgain = "Ask the sender to open the workbook, save it as Excel Workbook (.xlsx) and send it again."

var fileCodes = []CodeInfo{
	{FileEmpty, Error, "file", "The file has no content.", "Ask the sender to send the workbook again.", actions.AskSender},
	{FileTooLarge, Error, "file", "The file is larger than the limit for a return.", "Ask the sender to remove pictures and pasted material, and to send it again; or raise the limits in round.yaml (limits: file_mb, unpacked_mb, seconds) if the file is genuine.", actions.AskSender},
	{FileUnreadable, Error, "file", "The file could not be opened on this computer.", "Close it in other programs, check that you may read it, and try again.", ""},
	{FileNotWorkbook, Error, "file", "The file is not a spreadsheet of a kind that is known.", askAgain, actions.AskSender},
	{FileOldExcel, Error, "file", "The file is a workbook of Excel 97-2003 (.xls), which is not read.", askAgain, actions.AskSender},
	{FileBinaryExcel, Error, "file", "The file is a binary workbook (.xlsb), which is not read.", askAgain, actions.AskSender},
	{FileCSV, Error, "file", "The file is plain text (such as CSV), which has lost what the workbook said about itself.", "Ask the sender for the workbook itself, saved as Excel Workbook (.xlsx).", actions.AskSender},
	{FileDocument, Error, "file", "The file is a text document or a presentation, not a workbook.", "Ask the sender for the workbook itself, saved as Excel Workbook (.xlsx).", actions.AskSender},
	{FilePDF, Error, "file", "The file is a PDF, from which answers cannot be read.", "Ask the sender for the workbook itself, saved as Excel Workbook (.xlsx).", actions.AskSender},
	{FileNumbers, Error, "file", "The file is an Apple Numbers document, which is not read.", "Ask the sender to choose File, Export To, Excel in Numbers and to send the result.", actions.AskSender},
	{FileWebPage, Error, "file", "The file is a web page, often a sign-in page saved in place of a file on a cloud drive.", "Ask the sender to attach the workbook itself rather than a link, or to download it first and check that it opens.", actions.AskSender},
	{FileZip, Error, "file", "The file is an archive without a workbook that can be read from it.", "Ask the sender to send the workbook itself, not packed.", actions.AskSender},
	{FileImage, Error, "file", "The file is a picture, from which answers cannot be read.", "Ask the sender for the workbook itself, saved as Excel Workbook (.xlsx).", actions.AskSender},
	{FilePassword, Error, "file", "The workbook is protected with a password for opening.", "Ask the sender for a copy without a password, or put the password into round.yaml as workbook_password, or into the variable RUBRIC_WORKBOOK_PASSWORD.", actions.AskSender},
	{FileWrongPassword, Error, "file", "The workbook is protected with another password than the one given.", "Ask the sender for the password or for a copy without one.", actions.AskSender},
	{FileLabelEncrypted, Error, "file", "A sensitivity label encrypts the workbook (rights management). No password opens it, but only an account of the sender's organisation.", "Ask the sender for a copy with a label that does not encrypt, or without a label.", actions.AskSender},
	{FilePlaceholder, Error, "file", "The file is a placeholder or a shortcut for a file on a cloud drive, or a download that did not finish.", "Open the cloud drive or the browser, download the file itself to its end, and put that into returns/; or ask the sender to attach the workbook rather than a link.", ""},
	{FileCutOff, Error, "file", "The file ends before it is complete: it was cut off while it was saved, sent or downloaded.", "Ask the sender to send it again.", actions.AskSender},
	{FileDamaged, Error, "file", "The file is damaged: parts of it cannot be trusted.", "Ask the sender to open it in their spreadsheet program, save it under a new name and send that.", actions.AskSender},
	{FileContradictory, Error, "file", "Two parts of the file say different things about the same place.", "Ask the sender to open it in their spreadsheet program, save it under a new name and send that.", actions.AskSender},
	{FileHostile, Error, "file", "The file is built in a way that can only be made on purpose, and could do harm: parts of it overlap, are links to other files or have names that lead out of it, or its XML has a document type declaration.", "Do not open it. Ask the sender whether they sent it.", ""},
	{FileOverLimit, Error, "file", "The file unpacks to more than the limits for a return allow.", "Ask the sender to remove what is not part of the assessment and to send it again; or raise the limits in round.yaml (limits: file_mb, unpacked_mb, seconds) if the file is genuine.", actions.AskSender},
	{FileTimeLimit, Error, "file", "The file could not be read within the time limit.", "Ask the sender to remove what is not part of the assessment and to send it again; or raise the limit in round.yaml (limits: seconds) if the file is genuine.", actions.AskSender},
	{FileSheetUnsupported, Error, "file", "The workbook uses a feature that is not understood, so that its answers might be read wrongly.", askAgain, actions.AskSender},
	{FileMacros, Warning, "file", "The workbook holds macros. They were ignored.", "Nothing to do, if the answers look right. Do not run the macros.", ""},
	{FileNotStandard, Repair, "file", "The file is not formed as the standard says, but there is no doubt what it means.", "Nothing to do.", ""},
	{FileOwnerTemporary, Warning, "file", "The file is a temporary or lock file that a spreadsheet program left behind.", "Delete it if nobody has the workbook open. It is not counted as a return.", ""},
}
