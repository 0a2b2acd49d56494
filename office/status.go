package office

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
)

// StatusOptions say which recipients of the register are shown.
type StatusOptions struct {
	// Only is a status, or bounced, unsure or unsent; "" for all.
	Only string
	// Group is COLUMN=VALUE, with a column of the recipients list; "" for all.
	Group string
}

// StatusResult is the register.
type StatusResult struct {
	Register models.Register
	// Shown are the entries that were asked for.
	Shown []models.Entry
	// Post is what became of the messages, by recipient.
	Post map[string]PostState
	// Decisions are all decisions by number, and ToDecide counts what a person must settle still.
	Decisions []decisions.Decision
	ToDecide  int
	Notes     []Note
}

// CheckStatus says what is wrong with the options, before anything is read.
func CheckStatus(f *Folder, opts StatusOptions) error {
	_, err := registerFilter(f, opts)
	return err
}

// Status says who returned, what is outstanding, and what became of each file.
func (o *Office) Status(ctx context.Context, f *Folder, opts StatusOptions) (out StatusResult, err error) {
	wanted, err := registerFilter(f, opts)
	if err != nil {
		return out, err
	}
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return out, err
	}
	out.Register, out.Notes = in.Register, in.Notes
	out.Decisions, out.ToDecide = slices.Clone(in.decided), len(f.toDecide(in))
	notes, err := o.noticed(ctx, f, in)
	if out.Notes = append(out.Notes, notes...); err != nil {
		return out, err
	}
	if out.Post, err = postStates(f); err != nil {
		return out, err
	}
	out.Shown = slices.DeleteFunc(slices.Clone(in.Register.Entries), func(e models.Entry) bool { return !wanted(e, out.Post[e.Recipient.ID]) })
	return out, nil
}

// registerFilter says which recipients are asked for.
func registerFilter(f *Folder, opts StatusOptions) (func(models.Entry, PostState) bool, error) {
	switch opts.Only {
	case "", string(models.Returned), string(models.Partial), string(models.Corrections), string(models.Outstanding), string(models.Late), "bounced", "unsure", "unsent":
	default:
		return nil, Bad(Option("only"), " ", opts.Only, ": there is no such status; choose returned, partial, corrections, outstanding, late, bounced, unsure or unsent")
	}
	column, value, isGroup := strings.Cut(opts.Group, "=")
	if opts.Group != "" && (!isGroup || !slices.Contains(f.GroupColumns, column)) {
		return nil, Bad(Option("group"), fmt.Sprintf(" %s: write COLUMN=VALUE, with a column of the recipients list: %s", opts.Group, strings.Join(f.GroupColumns, ", ")))
	}
	return func(e models.Entry, post PostState) bool {
		if isGroup && e.Recipient.Groups[column] != value {
			return false
		}
		switch opts.Only {
		case "":
			return true
		case "bounced", "unsure":
			return post.Word == opts.Only
		case "unsent":
			return post.Word == NotYetSent || post.Word == "not sent"
		}
		return string(e.Status) == opts.Only
	}, nil
}
