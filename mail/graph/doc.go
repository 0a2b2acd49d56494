// Package graph sends and reads mail by Microsoft Graph, the way into mailboxes of Microsoft 365 that needs neither SMTP nor
// IMAP.
//
// [Client] makes one request at a time, with a token that is asked for each time, and keeps to Microsoft's limits by itself.
// [Outgoing] is a carrier for a run of package mail: a message is put into Drafts, the run writes its lasting id into its
// journal, the draft is sent, and what became of it is looked up in Drafts and Sent Items before anything is repeated; a
// message that Microsoft took without a draft (the permission to send only) is never repeated. [Placing] leaves the drafts
// for a person to send. [Incoming] reads a folder by date.
//
// What is said here about Microsoft rests on its documentation; see docs/microsoft365.md in the project. Only the standard
// library is used.
package graph
