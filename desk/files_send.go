package desk

import (
	"archive/zip"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/rubric-project/rubric/office"
)

// fileKinds are the kinds of the files that rubric makes.
var fileKinds = map[string]string{
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".pdf": "application/pdf", ".csv": "text/csv; charset=utf-8",
	".sqlite": "application/vnd.sqlite3", ".eml": "message/rfc822", ".json": "application/json",
}

func kindOf(name string) string {
	if kind := fileKinds[strings.ToLower(path.Ext(name))]; kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// file sends one file of results/ or outbox/.
func (d *Desk) file(c *call) (answer, error) {
	name := c.query("name")
	f, err := c.view.Folder.OpenProduct(name)
	if err != nil {
		return answer{}, err
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		f.Close()
		return c.missing(), nil
	}
	return answer{content: &content{name: path.Base(name), kind: kindOf(name), inline: c.query("show") != "" && strings.HasSuffix(name, ".pdf"), body: f, size: info.Size()}}, nil
}

// pdfPage shows a PDF in the page.
func (d *Desk) pdfPage(c *call) (answer, error) {
	name := c.query("name")
	f, err := c.view.Folder.OpenProduct(name)
	if err == nil {
		f.Close()
	}
	if err != nil || !strings.HasSuffix(name, ".pdf") {
		return c.told(http.StatusNotFound, c.T("This file is not there"), c.T("It was not made yet, or was removed since. Go to the files and make it.")), nil
	}
	h := head{Title: path.Base(name), Kicker: c.T("Files"), KickerTo: c.to("files"), Here: "files", Act: c.T("Download"), ActTo: c.to("file", "name", name)}
	return c.show("pdf", h, struct{ Name, To string }{path.Base(name), c.to("file", "name", name, "show", "yes")}), nil
}

// zip sends many files in one. Its name says that it is for the office only.
func (d *Desk) zip(c *call) (answer, error) {
	products, err := c.products()
	if err != nil {
		return answer{}, err
	}
	var names []string
	for _, p := range products {
		if p.Files == 0 || c.query("of") == "data" && p.Name != office.DataFiles || c.query("of") == "corrections" && p.Name != office.CorrectionWorkbooks ||
			c.query("of") == "plans" && p.Name != office.ActionPlans {
			continue
		}
		list, err := c.view.Folder.FilesOf(p.Name)
		if err != nil {
			return answer{}, err
		}
		names = append(names, list...)
	}
	called := c.view.Folder.Config.ID + " " + c.T("for the office only") + ".zip"
	if c.query("of") == "corrections" {
		called = c.view.Folder.Config.ID + " " + c.T("corrections, each for its recipient only") + ".zip"
	}
	folder := c.view.Folder
	r, w := io.Pipe()
	go func() { w.CloseWithError(packed(w, folder, names)) }()
	return answer{content: &content{name: called, kind: mime.TypeByExtension(".zip"), body: r}}, nil
}

// packed writes files of the round as a zip, as they are read.
func packed(w io.Writer, f *office.Folder, names []string) error {
	z := zip.NewWriter(w)
	for _, name := range names {
		src, err := f.OpenProduct(name)
		if err != nil {
			return err
		}
		to, err := z.Create(name)
		if err == nil {
			_, err = io.Copy(to, src)
		}
		src.Close()
		if err != nil {
			return err
		}
	}
	return z.Close()
}
