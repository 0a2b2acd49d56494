// Package post sends what an office sends, and fetches what comes back by mail.
//
// Sending has two steps, so that a person can look, or be asked, in between: Post.Prepare makes all messages of a Job, and
// Mailing.WriteDrafts or Mailing.Send delivers them. Before a message leaves, its attachment is read back and compared
// with the addressee; a workbook or summary that is not the addressee's own, or is older than the answers, is withheld.
// The journal of the round is written before and after each message, so that a run that was stopped goes on where it was
// and nobody is left out or written to twice.
//
// Post.Collect copies returns out of folders, archives, messages and mailboxes into returns/.
//
// Who gets what is decided here; package mail makes bytes of it and speaks with servers.
package post
