package mail

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/rubric-project/rubric/models"
)

// mbox reads a mailbox of many messages, each begun by a line "From …" after an empty line (RFC 4155). It holds
// one message at a time.
func (in *incoming) mbox(c where, r io.Reader) {
	b := bufio.NewReaderSize(r, 64<<10)
	var message []byte
	count, dropped := 0, false
	blank := true // the line before was empty
	started := false
	finish := func() {
		if !started {
			return
		}
		inner := c.into(fmt.Sprintf("message %d", count))
		switch {
		case dropped:
			in.finding(models.MailOverLimit, inner, "The message is larger than %s.", megabytes(in.limits.Message))
		default:
			if c.depth == 0 {
				in.next(int64(len(message)))
			}
			in.message(inner, message)
		}
		message, dropped = message[:0:0], false
	}
	for !in.stopped {
		line, err := b.ReadSlice('\n')
		full := err == bufio.ErrBufferFull
		if len(line) > 0 {
			if blank && bytes.HasPrefix(line, []byte("From ")) && plausibleFromLine(line) {
				finish()
				if count++; count > in.limits.Messages {
					in.finding(models.MailOverLimit, c, "The mailbox has more than %d messages.", in.limits.Messages)
					return
				}
				started, message = true, []byte{}
			} else if started && !dropped {
				// ">From " stands for a line that begins with "From " (mboxrd takes off one ">" of any number).
				if bytes.HasPrefix(line, []byte(">From ")) {
					line = line[1:]
				}
				if message = append(message, line...); int64(len(message)) > in.limits.Message {
					message, dropped = nil, true
				}
			}
			blank = !full && len(bytes.TrimRight(line, "\r\n")) == 0
		}
		if err != nil && !full {
			break
		}
	}
	if !in.stopped {
		finish()
	}
	if !started {
		in.finding(models.MailUnreadable, c, "The file is not a mailbox: no line that begins a message was found.")
	}
}

// plausibleFromLine asks for what follows "From ": a sender and a date with a time. A sentence that begins with
// From has no colon-separated time.
func plausibleFromLine(line []byte) bool {
	words := bytes.Fields(line)
	if len(words) < 3 {
		return len(words) == 2 && bytes.Contains(words[1], []byte("@"))
	}
	for _, w := range words[2:] {
		if len(w) >= 4 && bytes.Count(w, []byte(":")) >= 1 && w[0] >= '0' && w[0] <= '9' {
			return true
		}
	}
	return false
}

// beginsMailbox knows a mailbox by its first line.
func beginsMailbox(b []byte) bool {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return bytes.HasPrefix(line, []byte("From ")) && plausibleFromLine(line)
}
