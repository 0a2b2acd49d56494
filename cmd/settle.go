package cmd

import (
	"context"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// settle records what a person knows better: whose return a file is (FILE=ID, or FILE= to take it back), and
// which of several returns counts (FILE, or FILE= to take it back).
func (app *App) settle(ctx context.Context, f *folder, assign, prefer []string) error {
	if len(assign)+len(prefer) == 0 {
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
	return nil
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
