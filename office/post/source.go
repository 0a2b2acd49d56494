package post

import (
	"context"
	"iter"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/office"
)

// Source is where returns lie that this package does not know by itself, such as a bucket of a cloud provider.
type Source interface {
	// Items goes through what lies there and was not read before, as mail.Collect does.
	Items(ctx context.Context) iter.Seq2[mail.Item, error]
	// Done is called once, when all that Items gave is in returns/, so that it is remembered as read.
	Done() error
}

// OpenSource opens a source for a round; nil for one that is none of its kinds. The error says what is wrong and what to do.
type OpenSource func(ctx context.Context, f *office.Folder, source string) (Source, error)

// elsewhere are the items of a source that OpenSource knows; false for any other.
func (c *collecting) elsewhere(ctx context.Context, source string, open OpenSource) (iter.Seq2[mail.Item, error], bool) {
	if open == nil {
		return nil, false
	}
	s, err := open(ctx, c.f, source)
	switch {
	case err != nil:
		return func(yield func(mail.Item, error) bool) { yield(mail.Item{}, err) }, true
	case s == nil:
		return nil, false
	}
	c.opened = append(c.opened, s)
	return s.Items(ctx), true
}

// settleElsewhere remembers what was read of such sources.
func (c *collecting) settleElsewhere() error {
	for _, s := range c.opened {
		if err := s.Done(); err != nil {
			return err
		}
	}
	return nil
}
