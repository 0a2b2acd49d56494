package mail

import (
	"context"
	"iter"

	"github.com/rubric-project/rubric/models"
)

// Raw is a message as a mailbox gives it.
type Raw struct {
	// Path leads to it: the mailbox, and what the message is called there.
	Path    []string
	Content []byte
	// Gone says that it was listed and is not there any more, TooLarge that it is larger than what is read.
	Gone, TooLarge bool
}

// CollectLetters goes through the messages of a mailbox that something else than IMAP reads, and passes on what it finds as
// Collect does.
func CollectLetters(ctx context.Context, letters iter.Seq2[Raw, error], o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		in := &incoming{limits: o.Limits.orDefault(), known: o.Known, seen: map[string]bool{},
			yield: func(it Item) bool { return ctx.Err() == nil && yield(it, nil) }}
		for raw, err := range letters {
			if err != nil {
				if !in.stopped {
					yield(Item{}, err)
				}
				return
			}
			c := where{path: raw.Path}
			switch {
			case raw.Gone:
				in.gone(c)
			case raw.TooLarge:
				in.finding(models.MailOverLimit, c, "The message is larger than %s.", megabytes(in.limits.Message))
			default:
				if in.begin(int64(len(raw.Content))); !in.stopped {
					in.message(c, raw.Content)
				}
			}
			if in.stopped || ctx.Err() != nil {
				return
			}
		}
	}
}
