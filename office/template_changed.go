package cmd

import (
	"bytes"
	"fmt"

	"github.com/rubric-project/rubric/templates"
)

// changesTold is how many changes of a template are listed at most; the rest is counted.
const changesTold = 12

// sayTemplateChanged explains on standard error that template.yaml is not the one that the workbooks were made from:
// what changed, in words, and what to do.
func (app *App) sayTemplateChanged(f *folder) error {
	changed, err := f.TemplateChanged()
	if err != nil || !changed {
		return err
	}
	from, err := f.MadeFrom()
	if err != nil {
		return err
	}
	kept, err := f.KeptTemplate(from)
	if err != nil {
		return err
	}
	fmt.Fprintln(app.Err, "rubric: template.yaml is not the one that the workbooks were made from: returns made before the change do not count.")
	remedy := "restore template.yaml from a copy"
	if kept != nil {
		name := ".rubric/template-" + from + ".yaml"
		remedy = "copy " + name + " over template.yaml to go back to it"
		if before, err := templates.Load(name, bytes.NewReader(kept)); err == nil {
			app.sayChanges(templates.Diff(before, f.Template))
		}
	}
	fmt.Fprintf(app.Err, "  Either %s, and every return counts again; or keep the change, and generate and send the workbooks again.\n", remedy)
	return nil
}

func (app *App) sayChanges(changes []templates.Change) {
	if len(changes) == 0 {
		fmt.Fprintln(app.Err, "  Nothing that recipients see changed: only how the file is written, such as comments or the order of lines.")
	}
	for i, c := range changes {
		if i == changesTold {
			fmt.Fprintf(app.Err, "  and %s\n", countMany(len(changes)-changesTold, "more change", "more changes"))
			break
		}
		fmt.Fprintf(app.Err, "  %s\n", plain(c.String()))
	}
}
