package post

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/words"
)

// kindOf is the kind of a job's messages; reminders may have corrections with them.
func kindOf(job Job) mail.Kind {
	switch job {
	case Corrections:
		return mail.CorrectionsKind
	case Results:
		return mail.ResultsKind
	case Plans:
		return mail.PlansKind
	case Consensus:
		return mail.ConsensusKind
	case Reminders:
		return mail.Reminder
	}
	return mail.Invitation
}

// Wording is the text of a job's messages in the round's language as it stands, with its subject in the first line, and the
// file in messages/ that it is kept in; own says that it is there, and not the given one.
func (p *Post) Wording(f *office.Folder, job Job) (text, file string, own bool, err error) {
	kind := kindOf(job)
	lang := words.Language(f.Config.Language)
	inLanguage, forAll := "messages/"+string(kind)+"."+lang+".txt", "messages/"+string(kind)+".txt"
	for _, name := range []string{inLanguage, forAll} {
		b, err := os.ReadFile(filepath.Join(f.Dir, filepath.FromSlash(name)))
		if err == nil {
			return strings.TrimPrefix(strings.ReplaceAll(string(b), "\r\n", "\n"), "\ufeff"), name, true, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return "", name, true, office.Bad(name, " cannot be read")
		}
	}
	file = forAll
	if len(f.Languages(f.Recipients)) > 1 {
		file = inLanguage // the other languages keep their own words
	}
	return string(mail.DefaultSourceIn(kind, f.Config.Language)), file, false, nil
}

// SetWording puts another text in place of the one that Wording gives; "" stands for the given one. One that cannot be sent
// is misuse, with the line. The folder is open to write.
func (p *Post) SetWording(f *office.Folder, job Job, text string) error {
	_, file, _, err := p.Wording(f, job)
	if err != nil {
		return err
	}
	if text = strings.ReplaceAll(text, "\r\n", "\n"); strings.TrimSpace(text) == "" {
		text = string(mail.DefaultSourceIn(kindOf(job), f.Config.Language))
	}
	if err := CheckWording(file, text); err != nil {
		return err
	}
	return f.WriteFile(file, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
}

// CheckWording says what is wrong with a text for messages; file is named in the error, which is misuse.
func CheckWording(file, text string) error {
	if _, err := mail.ParseWording(file, []byte(text), nil); err != nil {
		return office.Bad(err)
	}
	return nil
}
