package templates

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// builtin has a file for each template, and beside it a folder of that name with a file for each further language.
//
//go:embed builtin
var builtin embed.FS

//go:embed template.schema.json
var schema []byte

// IDs lists the built-in templates, sorted.
func IDs() []string {
	entries, err := builtin.ReadDir("builtin")
	if err != nil {
		panic(err) // the directory is part of the program
	}
	var ids []string
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), ".yaml"); ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Source is a built-in template as one YAML file, with its comments and its translations.
func Source(id string) ([]byte, error) {
	if !slices.Contains(IDs(), id) {
		return nil, fmt.Errorf("there is no built-in template %q; %s", id, text.DidYouMean(id, IDs()))
	}
	own, err := builtin.ReadFile("builtin/" + id + ".yaml")
	if err != nil {
		return nil, err
	}
	languages, err := fs.Glob(builtin, "builtin/"+id+"/*.yaml")
	if err != nil || len(languages) == 0 {
		return own, err
	}
	var b bytes.Buffer
	b.Write(own)
	b.WriteString("translations:\n")
	for _, file := range languages {
		text, err := builtin.ReadFile(file)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "  %s:\n", strings.TrimSuffix(path.Base(file), ".yaml"))
		for line := range strings.Lines(string(text)) {
			b.WriteString("    " + line)
		}
	}
	return b.Bytes(), nil
}

// Builtin is a built-in template. Each call returns a value of its own, which the caller may change.
func Builtin(id string) (*models.Template, error) {
	data, err := Source(id)
	if err != nil {
		return nil, err
	}
	return Load(id+".yaml", bytes.NewReader(data))
}

// Schema is the JSON Schema (draft 2020-12) of a template file.
func Schema() []byte { return bytes.Clone(schema) }

//go:embed starter.yaml
var starter []byte

// New is a YAML file to start a template of one's own from: complete, small, and with a remark on each part.
func New() []byte { return bytes.Clone(starter) }
