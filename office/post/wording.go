package post

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/words"
)

// composersOf makes what writes the messages of a shipment, one for each language of its addressees. The notes say what
// there is not in a language.
func (p *Post) composersOf(f *office.Folder, s shipment) (map[string]*mail.Composer, []office.Note, error) {
	out := map[string]*mail.Composer{}
	var notes []office.Note
	note := func(lang, text string) {
		notes = append(notes, office.Note{Text: "language " + lang + ": " + text})
	}
	for _, a := range s.addressees {
		lang := f.LanguageOf(a.recipient)
		if out[lang] != nil {
			continue
		}
		w, own, err := wordingFor(f.Round, s.kind, lang)
		if err != nil {
			return nil, notes, err
		}
		rd := f.In(lang)
		foreign := words.Language(lang) != words.Language(f.Config.Language)
		switch name := "messages/" + string(s.kind) + "." + words.Language(lang) + ".txt"; {
		case own == wordingOfRound && foreign:
			rd = f.Config // the greeting and the dates are in one language with the rest
			note(lang, fmt.Sprintf("messages/%s.txt is sent in this language too, as it is; put a wording for it into %s.", s.kind, name))
		case !words.Speaks(lang) && own == "":
			note(lang, "the messages are in English; put a wording for it into "+name+".")
		case !words.Speaks(lang):
			note(lang, "the greetings and dates that are put into the messages are in English.")
		}
		if out[lang], err = mail.NewComposer(rd, s.kind, w, p.Time()); err != nil {
			return nil, notes, office.Bad(err)
		}
	}
	return out, notes, nil
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
		text, err := disk.ReadFile(filepath.Join(r.Dir, filepath.FromSlash(stem+".txt")))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, "", fmt.Errorf("%s.txt cannot be read", stem)
		}
		html, err := disk.ReadFile(filepath.Join(r.Dir, filepath.FromSlash(stem+".html")))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, "", fmt.Errorf("%s.html cannot be read", stem)
		}
		if w, err = mail.ParseWording(stem+".txt", text, html); err != nil {
			return nil, "", office.Bad(err)
		}
		return w, own, nil
	}
	return nil, "", nil
}

// WrittenWording is a file in messages/: written now, or there before.
type WrittenWording struct {
	Name  string
	Fresh bool
}

// WriteWording puts the default wording where the office can change it, in the round's language and in the others of its
// recipients that there is a wording in; what is there stays. The folder is open to write.
func (p *Post) WriteWording(f *office.Folder) (out []WrittenWording, err error) {
	for i, lang := range f.Languages(f.Recipients) {
		if i > 0 && (!words.Speaks(lang) || words.Language(lang) == words.Language(f.Config.Language)) {
			continue
		}
		for _, kind := range mail.Kinds() {
			name := "messages/" + string(kind) + ".txt"
			if i > 0 {
				name = strings.TrimSuffix(name, "txt") + words.Language(lang) + ".txt"
			}
			if _, err := os.Stat(filepath.Join(f.Dir, filepath.FromSlash(name))); !errors.Is(err, os.ErrNotExist) {
				out = append(out, WrittenWording{name, false})
				continue
			}
			if err := f.WriteFile(name, func(w io.Writer) error { _, err := w.Write(mail.DefaultSourceIn(kind, lang)); return err }); err != nil {
				return out, err
			}
			out = append(out, WrittenWording{name, true})
		}
	}
	return out, nil
}
