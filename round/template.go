package round

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
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
	source, err := r.read(keptTemplate(ofDigest))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, failure("the template that the workbooks were made from cannot be read", err)
	case digest(source) != ofDigest && digest(text.Plain(source)) != ofDigest:
		return nil, nil
	}
	return source, nil
}

// readTemplate takes template.yaml as it was read. Its line ends do not count: it is the same template after an editor or
// version control changed them. Versions before 1.0 took them into the digest, which stands in the workbooks of their
// rounds; there that digest stays.
func (r *Round) readTemplate(source []byte) {
	r.TemplateSource = text.Plain(source)
	r.TemplateDigest = digest(r.TemplateSource)
	earlier := r.digestsWithLineEnds()
	if was := digest(source); was != r.TemplateDigest {
		earlier[was] = true
	}
	if len(earlier) > 0 {
		if last, err := r.MadeFrom(); err == nil && earlier[last] {
			r.TemplateDigest = last
		}
	}
}

// digestsWithLineEnds are the digests of kept copies that differ from template.yaml in their line ends only.
func (r *Round) digestsWithLineEnds() map[string]bool {
	out := map[string]bool{}
	list, _ := r.list(stateDir)
	for _, d := range list {
		name, isKept := strings.CutPrefix(d.Name(), keptPrefix)
		was, isYAML := strings.CutSuffix(name, keptSuffix)
		if !isKept || !isYAML || was == r.TemplateDigest {
			continue
		}
		b, err := r.read(state(d.Name()))
		if err == nil && digest(b) == was && bytes.Equal(text.Plain(b), r.TemplateSource) {
			out[was] = true
		}
	}
	return out
}

// keptTemplate is the name inside the round folder.
func keptTemplate(digest string) string { return stateDir + "/" + keptPrefix + digest + keptSuffix }

const keptPrefix, keptSuffix = "template-", ".yaml"

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
