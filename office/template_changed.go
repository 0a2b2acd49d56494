package office

import (
	"bytes"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/templates"
)

// changesTold is how many changes of a template are listed at most; the rest is counted.
const changesTold = 12

// templateChanged explains that template.yaml is not the one that the workbooks were made from: what changed, in words,
// and what to do. There is no note where it is.
func templateChanged(f *Folder) ([]Note, error) {
	changed, err := f.TemplateChanged()
	if err != nil || !changed {
		return nil, err
	}
	from, err := f.MadeFrom()
	if err != nil {
		return nil, err
	}
	kept, err := f.KeptTemplate(from)
	if err != nil {
		return nil, err
	}
	n := Note{Text: "template.yaml is not the one that the workbooks were made from: returns made before the change do not count."}
	remedy := "restore template.yaml from a copy"
	if kept != nil {
		name := ".rubric/template-" + from + ".yaml"
		remedy = "copy " + name + " over template.yaml to go back to it"
		if before, err := templates.Load(name, bytes.NewReader(kept)); err == nil {
			n.More = changesInWords(templates.Diff(before, f.Template))
		}
	}
	n.More = append(n.More, "Either "+remedy+", and every return counts again; or keep the change, and generate and send the workbooks again.")
	return []Note{n}, nil
}

// otherTemplate refuses to make workbooks from another template than those that are out: one with another id, in the place
// of the one that the round was made with. The returns of those would be nobody's.
func (f *Folder) otherTemplate() error {
	from, err := f.MadeFrom()
	if err != nil || from == "" || from == f.TemplateDigest {
		return err
	}
	kept, err := f.KeptTemplate(from)
	if err != nil || kept == nil {
		return err
	}
	name := ".rubric/template-" + from + ".yaml"
	before, err := templates.Load(name, bytes.NewReader(kept))
	if err != nil || before.ID == f.Template.ID {
		return nil // an edition that this program cannot read is the case of the note alone
	}
	return &fault.Error{Usage: true, Message: "template.yaml is the template " + f.Template.ID + ", but the workbooks were made from " + before.ID + ", and none of them would count",
		Remedy: "copy " + name + " over template.yaml to go back to it; another template is a new round, which can take over the settings of this one"}
}

func changesInWords(changes []templates.Change) []string {
	if len(changes) == 0 {
		return []string{"Nothing that recipients see changed: only how the file is written, such as comments or the order of lines."}
	}
	var out []string
	for i, c := range changes {
		if i == changesTold {
			return append(out, "and "+text.Count(len(changes)-changesTold, "more change", "more changes"))
		}
		out = append(out, c.String())
	}
	return out
}
