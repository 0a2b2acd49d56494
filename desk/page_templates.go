package desk

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// templatesPage is all templates, and how one more is made.
type templatesPage struct {
	Templates []templateLine
	Back      string
	Library   string
	Inputs    []input
	// Why says what was wrong with a file that was to be imported, a line for each thing; Further counts the rest.
	Why     []string
	Further int
	File    string
}

func (d *Desk) templates(c *call) (answer, error) {
	return c.showLibrary(templatesPage{}, uploaded{}, nil)
}

func (c *call) showLibrary(data templatesPage, said uploaded, errs []formError) (answer, error) {
	var err error
	if data.Templates, err = c.templateLines(); err != nil {
		return answer{}, err
	}
	data.Back, data.Library = backTo(c.query("back")), c.library()
	data.Inputs = inputsWith([]input{
		{ID: "sheet", Label: c.T("Sheet that holds the criteria"), Hint: c.T("Empty where it is found."), Value: said.field("sheet"), Size: 24},
		{ID: "map", Label: c.T("Which column is what"), Hint: c.T("For a table whose headings say it otherwise, such as row=3,ref=A,topic=B,subject=D,1=E,2=F"), Value: said.field("map"), Size: 50},
		{ID: "levels", Label: c.T("Levels, for a list of requirements without any"), Hint: c.T("Such as 1=Initial,2=Managed,3=Measured, or a number of levels."), Value: said.field("levels"), Size: 50},
		{ID: "only", Label: c.T("Only these groups or topics of such a list"), Value: said.field("only"), Size: 30},
		{ID: "id", Label: c.T("Short name of the new template"), Hint: c.T("Small letters, digits and hyphens."), Value: said.field("id"), Size: 24},
		{ID: "title", Label: c.T("Its title"), Value: said.field("title"), Size: 50},
		{ID: "lang", Label: c.T("Language of its texts"), Hint: c.T("Such as en-GB or es."), Value: said.field("lang"), Size: 8}}, errs)
	h := head{Title: c.T("Templates"), Kicker: c.T("On this computer"), Question: c.T("Which frameworks are there, and is yours among them?")}
	if h.Errors = errs; len(errs) > 0 {
		return c.wrong("templates", h, data), nil
	}
	return c.show("templates", h, data), nil
}

// templateFile sends a template as it is kept: YAML, or the workbook in which it is edited.
func (d *Desk) templateFile(c *call) (answer, error) {
	source, t, err := office.TemplateNamed(c.query("name"))
	if err != nil {
		return answer{}, err
	}
	if c.query("as") == "yaml" {
		return answer{content: &content{name: t.ID + ".yaml", kind: "application/yaml", body: bytes.NewReader(source), size: int64(len(source))}}, nil
	}
	var b bytes.Buffer
	if err := office.WriteAuthoring(&b, t); err != nil {
		return answer{}, err
	}
	return answer{content: &content{name: text.FileName(t.ID+" "+t.Version+" to edit", 100) + ".xlsx", kind: fileKinds[".xlsx"], body: &b, size: int64(b.Len())}}, nil
}

// freeName is a file in the library that is not there yet.
func (c *call) freeName(id string) (string, error) {
	for i := 1; i < 1000; i++ {
		name := filepath.Join(c.library(), id+".yaml")
		if i > 1 {
			name = filepath.Join(c.library(), id+" "+strconv.Itoa(i)+".yaml")
		}
		if _, err := os.Lstat(name); errors.Is(err, os.ErrNotExist) {
			return name, nil
		}
	}
	return "", &fault.Error{Usage: true, Message: "there are too many templates called " + id, Remedy: "delete those that are not needed from the folder " + c.library()}
}

// copyTemplate puts a copy among the user's own. Its id says that it is one.
func (d *Desk) copyTemplate(c *call) (answer, error) {
	_, t, err := office.TemplateNamed(c.field("name"))
	if err != nil {
		return answer{}, err
	}
	own := *t
	own.ID = strings.TrimSuffix(cut(t.ID, 34), "-") + "-copy"
	file, err := c.freeName(own.ID)
	if err == nil {
		err = office.WriteNew(file, false, func(w io.Writer) error { return office.EncodeTemplate(w, &own) })
	}
	if err != nil {
		return answer{}, err
	}
	return redirect(address("/templates/show", "name", file, "back", backTo(c.field("back")), "new", "copy")), nil
}

// backTo is an address of the desk to come back to; "" where there is none.
func backTo(to string) string {
	if to == "" {
		return ""
	}
	return inside(to)
}

// cut is the first bytes of an id.
func cut(s string, most int) string { return s[:min(len(s), most)] }

// importTemplate makes a template of a file that was brought.
func (d *Desk) importTemplate(c *call) (answer, error) {
	x, err := c.takeUpload()
	switch {
	case errors.Is(err, errTooLarge):
		return answer{}, tooLargeFile()
	case err != nil:
		return answer{}, err
	case x.file("file") == "":
		return c.showLibrary(templatesPage{}, x, []formError{{"file", c.T("Choose the file that holds the framework")}})
	}
	opts := office.ImportOptions{Files: x.files["file"], Map: x.field("map"), Sheet: x.field("sheet"), Levels: x.field("levels"), Only: x.field("only"), ID: x.field("id"), Title: x.field("title"), Language: x.field("lang"), Base: x.field("base")}
	t, report, err := office.ImportTemplate(c.r.Context(), opts)
	if err != nil && !office.IsMisuse(err) {
		return answer{}, err
	}
	if err != nil {
		data := templatesPage{File: base(x.file("file"))}
		data.Why, data.Further = linesOf(withoutFolder(office.InWords(err, c.importOption), x.file("file")))
		return c.showLibrary(data, x, []formError{{"file", c.T("%s could not be read as a template", data.File)}})
	}
	file, err := c.freeName(t.ID)
	if err == nil {
		err = office.WriteNew(file, false, func(w io.Writer) error { return office.EncodeTemplate(w, t) })
	}
	if err != nil {
		return answer{}, err
	}
	d.reports.keep(file, report)
	return redirect(address("/templates/show", "name", file, "back", backTo(x.field("back")), "new", "import")), nil
}

// linesOf are the first lines of a long message, and how many more there are.
func linesOf(message string) (list []string, further int) {
	list = strings.Split(strings.TrimSpace(message), "\n")
	if len(list) > mostNotes {
		list, further = list[:mostNotes], len(list)-mostNotes
	}
	for i := range list {
		list[i] = cutText(list[i], 300)
	}
	return list, further
}

// importOption calls an option of an import as the fields are called.
func (c *call) importOption(o office.Option) string {
	names := map[office.Option]string{"map": c.T("Which column is what"), "sheet": c.T("Sheet that holds the criteria"), "levels": c.T("Levels, for a list of requirements without any"),
		"only": c.T("Only these groups or topics of such a list"), "base": c.T("Texts that stay where the file has none")}
	if name := names[o]; name != "" {
		return "“" + name + "”"
	}
	return string(o)
}

// checkPage is what is wrong with a template file, or what is not translated.
type checkPage struct {
	File     string
	Problems []strictyaml.Problem
	Further  int
	Other    string
	Template *models.Template
	Gaps     []gapLine
}

// gapLine says how many texts a language lacks.
type gapLine struct {
	Lang string
	N    int
}

// checkTemplate says what is wrong with a template file.
func (d *Desk) checkTemplate(c *call) (answer, error) {
	name := c.query("name")
	data := checkPage{File: base(name)}
	_, t, err := office.TemplateNamed(name)
	var problems strictyaml.Problems
	switch {
	case errors.As(err, &problems):
		data.Problems = problems[:min(len(problems), rowsAPage)]
		data.Further = len(problems) - len(data.Problems)
	case err != nil && office.IsMisuse(err):
		data.Other = withoutFolder(err.Error(), name)
	case err != nil:
		return answer{}, err
	default:
		data.Template = t
		for _, tag := range t.Languages()[1:] {
			if texts, _ := t.Gaps(tag); len(texts) > 0 {
				data.Gaps = append(data.Gaps, gapLine{tag, len(texts)})
			}
		}
	}
	h := head{Title: c.T("Is the template in order?"), Kicker: c.T("Templates"), KickerTo: "/templates", Question: data.File}
	return c.show("templates-check", h, data), nil
}
