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
// Maildir) and IMAP, whatever they are nested in, and recognises bounces and automatic replies. What an attachment
// is is decided by its first bytes; winmail.dat and messages that are signed as a whole are opened; what cannot be
// taken out is a finding. Messages and servers are taken as hostile: sizes, counts, depths and waits are limited,
// reading costs a multiple of the size at most, names are made safe, and nothing is opened or run.
//
// The package knows no round folder and no workbook: what lies in an attachment is for the caller to check. It
// neither signs, encrypts nor decrypts (S/MIME, PGP), nor checks signatures, and it never deletes from a mailbox.
package mail
