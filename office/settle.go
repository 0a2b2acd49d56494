package cmd

import (
	"context"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// settle records what a person knows better: whose return a file is (FILE=ID, or FILE= to take it back), and
// which of several returns counts (FILE, or FILE= to take it back), and which of several parts decides where they differ
// (RECIPIENT/REF=FILE or RECIPIENT=FILE, without FILE to take it back).
func (app *App) settle(ctx context.Context, f *folder, assign, prefer, decide []string) error {
	if len(assign)+len(prefer)+len(decide) == 0 {
		return nil
	}
	unlock, err := app.lock(f, "status")
	if err != nil {
		return err
	}
	defer unlock()
	returns, _, err := app.readReturns(ctx, f)
	if err != nil {
		return err
	}
	for _, word := range assign {
		i := strings.LastIndex(word, "=")
		if i < 0 {
			return usagef("--assign %s: write FILE=ID, with the file as 'rubric status' names it", word)
		}
		ret, err := named(returns, "--assign "+word, word[:i])
		if err != nil {
			return err
		}
		if err := f.Assign(ret.File, ret.Digest, strings.TrimSpace(word[i+1:])); err != nil {
			return err
		}
	}
	for _, word := range prefer {
		file, back := strings.CutSuffix(word, "=")
		ret, err := named(returns, "--prefer "+word, file)
		if err != nil {
			return err
		}
		if err := f.Prefer(ret.File, ret.Digest, back); err != nil {
			return err
		}
	}
	for _, word := range decide {
		if err := app.decide(f, returns, word); err != nil {
			return err
		}
	}
	return nil
}

// decide records a word of --settle: RECIPIENT/REF=FILE, RECIPIENT=FILE, or without FILE to take it back.
func (app *App) decide(f *folder, returns []models.Return, word string) error {
	what, file, ok := strings.Cut(word, "=")
	if !ok {
		return usagef("--settle %s: write RECIPIENT/REF=FILE, or RECIPIENT=FILE for all that differs", word)
	}
	id, ref, _ := strings.Cut(strings.TrimSpace(what), "/")
	if f.Template.Criterion(ref) == nil && f.Template.Question(ref) == nil {
		// An id may have a slash in it itself.
		if i := strings.LastIndex(what, "/"); i >= 0 {
			id, ref = what[:i], what[i+1:]
		}
		if ref != "" && f.Template.Criterion(ref) == nil && f.Template.Question(ref) == nil {
			id, ref = strings.TrimSpace(what), ""
			if _, err := f.Select([]string{id}); err != nil {
				return usagef("--settle %s: the template has no criterion %q; 'rubric templates show' lists them", word, what[strings.LastIndex(what, "/")+1:])
			}
		}
	}
	if strings.TrimSpace(file) == "" {
		return f.Settle(id, ref, "", "", true)
	}
	ret, err := named(returns, "--settle "+word, file)
	if err != nil {
		return err
	}
	return f.Settle(id, ref, ret.File, ret.Digest, false)
}

// named finds the return that the user named in a flag.
func named(returns []models.Return, flag, file string) (*models.Return, error) {
	file = strings.TrimPrefix(strings.ReplaceAll(file, `\`, "/"), "returns/")
	for i := range returns {
		if returns[i].File == file {
			return &returns[i], nil
		}
	}
	return nil, usagef("%s: there is no file %q in returns/; name it as 'rubric status' does", flag, file)
}
