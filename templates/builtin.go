package templates

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

//go:embed builtin/*.yaml
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
		ids = append(ids, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	slices.Sort(ids)
	return ids
}

// Source is the YAML file of a built-in template, with its comments.
func Source(id string) ([]byte, error) {
	if !slices.Contains(IDs(), id) {
		return nil, fmt.Errorf("there is no built-in template %q; %s", id, text.DidYouMean(id, IDs()))
	}
	return builtin.ReadFile("builtin/" + id + ".yaml")
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
