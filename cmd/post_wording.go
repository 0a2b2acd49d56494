package cmd

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/words"
)

// composersOf makes what writes the messages of a shipment, one for each language of its addressees. What there is not in
// a language is said once on standard error.
func composersOf(app *App, f *folder, s shipment) (map[string]*mail.Composer, error) {
	out := map[string]*mail.Composer{}
	for _, a := range s.addressees {
		lang := f.languageOf(a.recipient)
		if out[lang] != nil {
			continue
		}
		w, own, err := wordingFor(f.Round, s.kind, lang)
		if err != nil {
			return nil, err
		}
		rd := f.in(lang)
		foreign := words.Language(lang) != words.Language(f.Config.Language)
		switch name := "messages/" + string(s.kind) + "." + words.Language(lang) + ".txt"; {
		case own == wordingOfRound && foreign:
			rd = f.Config // the greeting and the dates are in one language with the rest
			fmt.Fprintf(app.Err, "rubric: language %s: messages/%s.txt is sent in this language too, as it is; put a wording for it into %s.\n", lang, s.kind, name)
		case !words.Speaks(lang) && own == "":
			fmt.Fprintf(app.Err, "rubric: language %s: the messages are in English; put a wording for it into %s.\n", lang, name)
		case !words.Speaks(lang):
			fmt.Fprintf(app.Err, "rubric: language %s: the greetings and dates that are put into the messages are in English.\n", lang)
		}
		if out[lang], err = mail.NewComposer(rd, s.kind, w, app.Now()); err != nil {
			return nil, usageError{err}
		}
	}
	return out, nil
}

// wordingOfRound is what wordingFor says of the wording that is for all languages.
const wordingOfRound = "round"

// wordingFor reads the wording in messages/: the one for the language, messages/KIND.LANG.txt, or else the one for all,
// messages/KIND.txt. own says which it is: the language, wordingOfRound, or "" and nil for the default one.
func wordingFor(r *round.Round, kind mail.Kind, lang string) (w *mail.Wording, own string, err error) {
	for _, own := range []string{words.Language(lang), wordingOfRound} {
		stem := "messages/" + string(kind)
		if own != wordingOfRound {
			stem += "." + own
		}
		text, err := os.ReadFile(filepath.Join(r.Dir, filepath.FromSlash(stem+".txt")))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, "", fmt.Errorf("%s.txt cannot be read", stem)
		}
		html, err := os.ReadFile(filepath.Join(r.Dir, filepath.FromSlash(stem+".html")))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, "", fmt.Errorf("%s.html cannot be read", stem)
		}
		if w, err = mail.ParseWording(stem+".txt", text, html); err != nil {
			return nil, "", usageError{err}
		}
		return w, own, nil
	}
	return nil, "", nil
}

// writeWording puts the default wording where the user can change it, in the round's language and in the others of its
// recipients that there is a wording in; what is there stays.
func (app *App) writeWording(f *folder) error {
	for i, lang := range f.languages(f.Recipients) {
		if i > 0 && (!words.Speaks(lang) || words.Language(lang) == words.Language(f.Config.Language)) {
			continue
		}
		for _, kind := range mail.Kinds() {
			name := "messages/" + string(kind) + ".txt"
			if i > 0 {
				name = strings.TrimSuffix(name, "txt") + words.Language(lang) + ".txt"
			}
			if _, err := os.Stat(filepath.Join(f.Dir, filepath.FromSlash(name))); !errors.Is(err, os.ErrNotExist) {
				app.printf("%s is there already.\n", name)
				continue
			}
			if err := f.WriteFile(name, func(w io.Writer) error { _, err := w.Write(mail.DefaultSourceIn(kind, lang)); return err }); err != nil {
				return err
			}
			app.printf("%s written.\n", name)
		}
	}
	return nil
}
