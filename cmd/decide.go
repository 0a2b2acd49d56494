package cmd

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/ownname"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
)

type decideOptions struct {
	Recipient, From, As, All string
	Counts, Leave, Try       bool
	Undo                     []int
	Reason, By               string
}

func newDecideCmd(app *App) *cobra.Command {
	var opts decideOptions
	c := &cobra.Command{
		Use:   "decide [FILE/REF=VALUE…]",
		Short: "Settle what a person knows better; without arguments: list what is to be decided",
		Long: `decide lists what a person must settle, and records decisions: with a number, who, when and why. Nothing in returns/ is
changed; a decision holds for the content of its file, and a new file from the sender ends it.

  rubric decide                                      what is to be decided, each with its choices
  rubric decide FILE/REF=VALUE… --reason WHY         what an answer is: a level as the workbook's list has it (number, letter
                                                     or name), na, blank, or ask (blank; the sender is asked for it)
  rubric decide FILE… --recipient ID                 whose a file is, by id or exact name
  rubric decide FILE… --counts                       this file counts for its recipient, whenever it was saved
  rubric decide RECIPIENT/REF --from FILE            where workbooks of a recipient differ, FILE decides; RECIPIENT alone for all
  rubric decide FILE/REF… --leave, FILE… --leave     looked at, and left as it is
  rubric decide ITEM… --as VALUE                     items of the list, with one of their choices
  rubric decide --all MATTER --as VALUE              all of one kind: whose, unverified, counts, incomplete, parts, views, answer, picture
  rubric decide --undo N,…                           take decisions back by their numbers

FILE is the path that 'rubric status' prints; what lies in a message or an archive has an exclamation mark in it.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runDecide(cmd.Context(), app, opts, args)
		},
	}
	f := c.Flags()
	f.StringVar(&opts.Reason, "reason", "", "why; answers need one")
	f.StringVar(&opts.By, "by", "", "who decides; else the name set on the desk, else your account, which is kept always")
	f.StringVar(&opts.Recipient, "recipient", "", "ID: the files are this recipient's")
	f.BoolVar(&opts.Counts, "counts", false, "the files count for their recipients")
	f.StringVar(&opts.From, "from", "", "FILE: it decides where workbooks of a recipient differ")
	f.BoolVar(&opts.Leave, "leave", false, "leave it as it is")
	f.StringVar(&opts.All, "all", "", "MATTER: all that is to be decided of this kind")
	f.StringVar(&opts.As, "as", "", "VALUE: the choice for items of the list")
	f.IntSliceVar(&opts.Undo, "undo", nil, "N: take decisions back")
	f.BoolVar(&opts.Try, "try", false, "record nothing; show what the scores would be")
	return c
}

func runDecide(ctx context.Context, app *App, opts decideOptions, args []string) error {
	if err := opts.check(args); err != nil {
		return err
	}
	if len(args)+len(opts.Undo) == 0 && opts.All == "" {
		return app.listToDecide(ctx)
	}
	if opts.Try {
		f, err := app.office().Open(app.Dir)
		if err != nil {
			return err
		}
		return app.try(ctx, f, opts, args)
	}
	f, unlock, err := app.openToWrite("decide")
	if err != nil {
		return err
	}
	defer unlock()
	said, err := opts.requests(ctx, app, f, args)
	if err != nil {
		return err
	}
	return app.decide(ctx, f, decisions.Batch{Requests: said, Undo: opts.Undo, Reason: opts.Reason, By: cmp.Or(opts.By, ownname.Get())})
}

// check says which flags do not go together.
func (opts decideOptions) check(args []string) error {
	ways := 0
	for _, set := range []bool{opts.Recipient != "", opts.From != "", opts.As != "", opts.Counts, opts.Leave} {
		if set {
			ways++
		}
	}
	switch {
	case ways > 1:
		return usagef("decide: give one of --recipient, --counts, --from, --leave and --as")
	case opts.All != "" && (opts.As == "" || len(args) > 0):
		return usagef("decide --all MATTER goes with --as VALUE alone")
	case len(opts.Undo) > 0 && (len(args) > 0 || ways > 0 || opts.All != ""):
		return usagef("decide --undo N goes alone, with --reason and --by")
	case ways > 0 && opts.All == "" && len(args) == 0:
		return usagef("decide: say what it is about: a file as 'rubric status' prints it, or an item as 'rubric decide' lists it")
	}
	return nil
}

// requests takes the arguments apart.
func (opts decideOptions) requests(ctx context.Context, app *App, f *office.Folder, args []string) ([]decisions.Request, error) {
	if opts.As != "" {
		return app.office().Pick(ctx, f, decisions.Picked{IDs: args, Matter: decisions.Matter(opts.All), Value: opts.As})
	}
	var out []decisions.Request
	for _, word := range args {
		x, err := opts.request(f, word)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

func (opts decideOptions) request(f *office.Folder, word string) (decisions.Request, error) {
	switch {
	case opts.Recipient != "":
		return decisions.Request{Kind: decisions.Recipient, File: word, Recipient: opts.Recipient}, nil
	case opts.Counts:
		return decisions.Request{Kind: decisions.Counts, File: word}, nil
	case opts.From != "":
		return f.FromRequest(word, opts.From)
	case opts.Leave:
		return f.FileRequest(word), nil
	}
	return f.AnswerRequest(word)
}

// decide records decisions, and prints them with their numbers.
func (app *App) decide(ctx context.Context, f *office.Folder, opts decisions.Batch) error {
	out, err := app.office().Decide(ctx, f, opts)
	app.note(out.Notes)
	if err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(struct {
			Made   []decisions.Decision `json:"made"`
			Undone []decisions.Decision `json:"undone"`
		}{append([]decisions.Decision{}, out.Made...), append([]decisions.Decision{}, out.Undone...)})
	}
	for i := range out.Made {
		app.printf("Decision %d: %s\n", out.Made[i].Number, plain(f.DecisionInWords(&out.Made[i])))
	}
	for i := range out.Undone {
		app.printf("Decision %d is taken back: %s\n", out.Undone[i].Number, plain(f.DecisionInWords(&out.Undone[i])))
	}
	return nil
}
