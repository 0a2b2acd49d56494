package round

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// KeepTemplate keeps a copy of template.yaml in .rubric when workbooks are made from it. What was changed later can then
// be said in words. Each text is written once.
func (r *Round) KeepTemplate() error {
	if kept, err := r.KeptTemplate(r.TemplateDigest); err != nil || kept != nil {
		return err
	}
	return r.WriteFile(keptTemplate(r.TemplateDigest), func(w io.Writer) error {
		_, err := w.Write(r.TemplateSource)
		return err
	})
}

// KeptTemplate is the copy of template.yaml with the given digest. It is nil where no copy was kept, or where the copy
// was changed.
func (r *Round) KeptTemplate(ofDigest string) ([]byte, error) {
	source, err := os.ReadFile(filepath.Join(r.Dir, filepath.FromSlash(keptTemplate(ofDigest))))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, failure("the template that the workbooks were made from cannot be read", err)
	case digest(source) != ofDigest:
		return nil, nil
	}
	return source, nil
}

// keptTemplate is the name inside the round folder.
func keptTemplate(digest string) string { return stateDir + "/template-" + digest + ".yaml" }

// TemplateChanged says whether template.yaml is not the one that the last workbooks were made from. If so, their returns
// are refused as made from another version.
func (r *Round) TemplateChanged() (bool, error) {
	last, err := r.MadeFrom()
	return last != "" && last != r.TemplateDigest, err
}

// MadeFrom is the digest of the template that the last workbooks were made from; "" where none were made.
func (r *Round) MadeFrom() (digest string, err error) {
	events, _, err := r.Journal()
	if err != nil {
		return "", err
	}
	for _, e := range events {
		if e.Kind == Generated && e.Template != "" {
			digest = e.Template
		}
	}
	return digest, nil
}
