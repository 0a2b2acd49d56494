package templates

import (
	"errors"
	"fmt"
	"io"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
)

// Load reads a template from YAML. The name of the file is for messages.
//
// The error lists every mistake, one a line, as file:line:column: what is wrong; what to do.
func Load(name string, r io.Reader) (*models.Template, error) {
	data, err := io.ReadAll(io.LimitReader(r, strictyaml.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s could not be read: %w", name, err)
	}
	var t models.Template
	d := strictyaml.Parse(name, data)
	d.Into(&t)
	c := checker{d, &t}
	c.all()
	if err := d.Err(); err != nil {
		return nil, canBeImported(name, err)
	}
	return &t, nil
}

// canBeImported says of a file that is no YAML how a template is made of it.
func canBeImported(name string, err error) error {
	var list strictyaml.Problems
	if errors.As(err, &list) && len(list) == 1 && list[0].Message == strictyaml.NotYAML {
		list[0].Remedy += ", or import the template from this one"
		list[0].Action = actions.ImportTemplate.On(name)
	}
	return err
}

// checker holds a decoded template against the rules between its values. What has a problem already is left
// alone, so that one mistake gives one message.
type checker struct {
	*strictyaml.Document
	t *models.Template
}

func (c checker) all() {
	c.oneLiners()
	c.levels()
	c.groups()
	c.criteria()
	c.descriptors()
	c.method()
	c.advice()
	c.answers()
	c.labels()
	c.translations()
	c.perStep()
	c.targets()
	c.questions()
	c.contradictions()
}
