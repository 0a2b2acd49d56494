// Package mail carries a round's messages: workbooks out by email, returns in by email.
//
// Out: a [Composer] makes one [Message] for each recipient from a [Wording] (subject, text, HTML) and the
// attachments. Message.Write gives the bytes, the same for the same input, as a draft that Outlook and
// Thunderbird open ready to send or for delivery. [Server] delivers by SMTP, and a [Run] sends many: it checks
// each attachment, keeps to a rate, tries again what was refused for now, and writes a [Journal] before and
// after each message, so that a run that was stopped at any point goes on without leaving anybody out or
// writing to anybody twice. Where that cannot be known, it says so.
//
// In: [Collect] takes the attachments out of folders, archives, saved messages (.eml, .msg), mailboxes (.mbox,
// Maildir) and IMAP, whatever they are nested in, and recognises bounces and automatic replies. Messages are
// taken as hostile: sizes, counts and depths are limited, names are made safe, and nothing is opened or run.
//
// The package knows no round folder and no workbook: what lies in an attachment is for the caller to check. It
// leaves out signing and encrypting (S/MIME, PGP), and it never deletes from a mailbox.
package mail
