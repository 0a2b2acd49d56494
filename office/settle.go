package office

import (
	"context"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// Assignment credits a file in returns/ to a recipient; Recipient "" takes an earlier word back.
type Assignment struct{ File, Recipient string }

// Preference says that this return counts for its recipient, whenever it was saved; Back takes an earlier word back.
type Preference struct {
	File string
	Back bool
}

// Decision says which file decides where workbooks of a recipient differ. What is the recipient's id, alone for all that
// differs, or with a slash and the ref of a criterion or question: "0042/1.3". File "" takes an earlier word back.
type Decision struct{ What, File string }

// SettleOptions are what a person knows better.
type SettleOptions struct {
	Assign []Assignment
	Prefer []Preference
	Decide []Decision
}

// Settle records what a person knows better, in the journal. The folder is open to write. It holds for the bytes that it
// was said of, wherever they lie later.
func (o *Office) Settle(ctx context.Context, f *Folder, opts SettleOptions) error {
	defer f.Forget()
	returns, _, err := o.readReturns(ctx, f)
	if err != nil {
		return err
	}
	for _, x := range opts.Assign {
		ret, err := named(returns, x.File, Option("assign"), " ", x.File, "=", x.Recipient, ": ")
		if err != nil {
			return err
		}
		if err := f.Assign(ret.File, ret.Digest, strings.TrimSpace(x.Recipient)); err != nil {
			return err
		}
	}
	for _, x := range opts.Prefer {
		ret, err := named(returns, x.File, Option("prefer"), " ", x.File, ": ")
		if err != nil {
			return err
		}
		if err := f.Prefer(ret.File, ret.Digest, x.Back); err != nil {
			return err
		}
	}
	for _, x := range opts.Decide {
		if err := decide(f, returns, x); err != nil {
			return err
		}
	}
	return nil
}

// decide records a decision.
func decide(f *Folder, returns []models.Return, x Decision) error {
	id, ref, err := decided(f, x)
	if err != nil {
		return err
	}
	if strings.TrimSpace(x.File) == "" {
		return f.Settle(id, ref, "", "", true)
	}
	ret, err := named(returns, x.File, Option("settle"), " ", x.What, "=", x.File, ": ")
	if err != nil {
		return err
	}
	return f.Settle(id, ref, ret.File, ret.Digest, false)
}

// decided takes apart what a decision is about: a recipient and a ref, or "" for all. An id may have a slash in it itself.
func decided(f *Folder, x Decision) (id, ref string, err error) {
	known := func(ref string) bool { return f.Template.Criterion(ref) != nil || f.Template.Question(ref) != nil }
	id, ref, _ = strings.Cut(strings.TrimSpace(x.What), "/")
	if known(ref) {
		return id, ref, nil
	}
	if i := strings.LastIndex(x.What, "/"); i >= 0 {
		id, ref = x.What[:i], x.What[i+1:]
	}
	if ref == "" || known(ref) {
		return id, ref, nil
	}
	id = strings.TrimSpace(x.What)
	if _, err := f.Select([]string{id}); err != nil {
		return "", "", Bad(Option("settle"), " ", x.What, "=", x.File, ": the template has no criterion \"", ref, "\"").with(showTemplate(f))
	}
	return id, "", nil
}

// named finds the return that the user named; before is what an error begins with.
func named(returns []models.Return, file string, before ...any) (*models.Return, error) {
	file = namedInReturns(file)
	for i := range returns {
		if returns[i].File == file {
			return &returns[i], nil
		}
	}
	if found := filesCalled(file, len(returns), func(i int) string { return returns[i].File }); len(found) == 1 {
		return &returns[found[0]], nil
	}
	return nil, noFile(file, before...)
}
