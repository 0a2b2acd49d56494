package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx"
)

// ImportOptions say what a template is made of, and what it is called.
type ImportOptions struct {
	// Files are paths; a folder stands for the Markdown files in it.
	Files []string
	// Base is a template (as TemplateNamed takes it) whose texts stay where the import has none; "" for none.
	Base string
	// Map says which column of a matrix is what, Sheet which sheet of a workbook holds it; "" where they are found.
	Map, Sheet string
	// ID, Title and the rest are the new template's; "" for what the source says.
	ID, Title, Language        string
	Publisher, Source, Licence string
	// Levels is the scale for a catalog without one: names by number, or how many levels there are. Only names the
	// groups or topics of a catalog that are taken, parted by commas; "" for all.
	Levels, Only string
}

// ImportTemplate reads a model as it is published or kept, and makes a template of it. The report says what was
// understood, and what could not be placed; it may be there beside an error. Whatever is wrong with the source is misuse;
// a templates.SheetProblems lists the cells.
func ImportTemplate(ctx context.Context, opts ImportOptions) (*models.Template, *ImportReport, error) {
	o := templates.ImportOptions{ID: opts.ID, Title: opts.Title, Publisher: opts.Publisher, Source: opts.Source, Licence: opts.Licence, Language: opts.Language}
	if err := opts.catalogs(&o); err != nil {
		return nil, nil, err
	}
	if opts.Base != "" {
		_, base, err := TemplateNamed(opts.Base)
		if err != nil {
			return nil, nil, err
		}
		o.Base = base
	}
	t, r, err := importFiles(ctx, opts, o)
	var failure *fault.Error
	var bad *BadOption
	if err != nil && !errors.As(err, &failure) && !errors.As(err, &bad) {
		err = &ImportError{err}
	}
	return t, r, err
}

// ImportReport says what an import understood.
type ImportReport = templates.Report

// ImportError says what is wrong with a source.
type ImportError struct{ Err error }

// Error is the message.
func (e *ImportError) Error() string { return e.Err.Error() }

// Unwrap is the error of the reader.
func (e *ImportError) Unwrap() error { return e.Err }

// Cells lists the cells that are wrong, where it is a workbook for editing; the value is for JSON.
func (e *ImportError) Cells() (any, bool) {
	var cells templates.SheetProblems
	ok := errors.As(e.Err, &cells)
	return cells, ok
}

// importFiles reads the files and has package templates make a template of them, by what they are.
func importFiles(ctx context.Context, opts ImportOptions, o templates.ImportOptions) (*models.Template, *templates.Report, error) {
	pages, err := readPages(opts.Files)
	if err != nil {
		return nil, nil, err
	}
	first := pages[0]
	if kind := strings.ToLower(filepath.Ext(first.Name)); bytes.HasPrefix(first.Text, []byte("PK")) || kind == ".csv" || kind == ".tsv" {
		if len(pages) > 1 {
			return nil, nil, fmt.Errorf("one workbook or CSV file is imported at a time; give %s alone", first.Name)
		}
		sheets, err := readSheets(ctx, first)
		if err != nil {
			return nil, nil, err
		}
		all := sheets
		sheets = slices.DeleteFunc(slices.Clone(all), func(s templates.Sheet) bool { return s.Hidden })
		if templates.IsAuthoring(sheets) {
			if err := opts.unusedLevels(first.Name); err != nil {
				return nil, nil, err
			}
			return importAuthoring(sheets, opts, o)
		}
		if t, r, ok, err := importSheets(all, opts, o); ok {
			return t, r, err
		}
		if err := opts.unusedLevels(first.Name); err != nil {
			return nil, nil, err
		}
		s, m, err := chooseSheet(sheets, opts)
		if err != nil {
			return nil, nil, err
		}
		return templates.ImportMatrix(s, m, o)
	}
	if opts.Map != "" || opts.Sheet != "" {
		return nil, nil, badContent(Option("map"), " and ", Option("sheet"), " are for workbooks and CSV files; ", first.Name, " is a text")
	}
	if len(pages) == 1 {
		if t, r, ok, err := importCatalog(first, o); ok {
			return t, r, err
		}
	}
	if err := opts.unusedLevels(first.Name); err != nil {
		return nil, nil, err
	}
	if len(pages) == 1 && templates.HasColumns(first) {
		return templates.ImportColumns(first, o)
	}
	return templates.ImportMarkdown(pages, o)
}

// importAuthoring reads an authoring workbook back.
func importAuthoring(sheets []templates.Sheet, opts ImportOptions, o templates.ImportOptions) (*models.Template, *templates.Report, error) {
	if opts.Map != "" || opts.Sheet != "" || o.Base != nil {
		return nil, nil, badContent(sheets[0].File, " is an authoring workbook and complete in itself; leave out ", Option("map"), ", ", Option("sheet"), " and ", Option("base"))
	}
	t, err := templates.FromAuthoring(sheets)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range []struct {
		to   *string
		from string
	}{{&t.ID, o.ID}, {&t.Title, o.Title}, {&t.Language, o.Language}, {&t.Publisher, o.Publisher}, {&t.Source, o.Source}, {&t.Licence, o.Licence}} {
		*x.to = first(x.from, *x.to)
	}
	r := &templates.Report{Form: "a workbook for editing a template", Understood: []string{
		fmt.Sprintf("%d levels, %d topics, %d themes, %s, %d next steps", len(t.Levels), len(t.Topics), len(t.Themes), countMany(len(t.Criteria), "criterion", "criteria"), len(t.Advice))}}
	return t, r, templates.Check(t)
}

// readPages reads the files, and of a folder all its Markdown files.
func readPages(names []string) ([]templates.Page, error) {
	var pages []templates.Page
	left := int64(mostImported)
	for _, name := range names {
		files := []string{name}
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			if files, err = markdownIn(name); err != nil {
				return nil, err
			}
		}
		for _, f := range files {
			if how := tableOutOf(f); how != "" {
				return nil, fmt.Errorf("%s: %s", f, how)
			}
			text, err := readRegular(f, left)
			if err != nil {
				return nil, err
			}
			if bytes.HasPrefix(text, []byte("%PDF")) {
				return nil, fmt.Errorf("%s: %s", f, tableOutOf("x.pdf"))
			}
			left -= int64(len(text))
			pages = append(pages, templates.Page{Name: filepath.ToSlash(f), Text: text})
		}
	}
	return pages, nil
}

// mostImported is the largest size of a file that is imported, in bytes: a model that people answer is far smaller.
const mostImported = 25 << 20

// mostImportedCells is how many cells of a table are looked at.
const mostImportedCells = 1_000_000

// readRegular reads a file of up to most bytes, which are what is left of mostImported. What is no file, such as a pipe, may never come to an end.
func readRegular(name string, most int64) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: there is no such file", name)
	case err != nil:
		return nil, unreadable(name, err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no file that can be read; give the file itself", name)
	case info.Size() > most:
		return nil, fmt.Errorf("%s has %d kB, and at most %d MB are read in all; give the part that holds the model", name, info.Size()>>10, mostImported>>20)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	return data, nil
}

// isRegular says whether an entry of a folder is a file, or leads to one.
func isRegular(path string, e fs.DirEntry) bool {
	if e.Type().IsRegular() {
		return true
	}
	info, err := os.Stat(path)
	return e.Type()&fs.ModeSymlink != 0 && err == nil && info.Mode().IsRegular()
}

func markdownIn(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && slices.Contains([]string{".md", ".markdown"}, strings.ToLower(filepath.Ext(path))) && isRegular(path, e) {
			files = append(files, path)
		}
		return err
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s holds no Markdown files (.md)", dir)
	}
	return files, err
}

// tableOutOf says how to get a table out of a kind of file that is not read; "" for the other kinds.
func tableOutOf(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".doc", ".docx", ".odt", ".rtf", ".pages":
		return "a text document is not read; open it, select its table, copy it into an empty sheet of Excel or LibreOffice Calc, save that as .xlsx, and import it"
	case ".pdf":
		return "a PDF is not read; in Excel choose Data, Get Data, From File, From PDF, or copy the table into an empty sheet, check that each criterion is one row, save it as .xlsx, and import that"
	case ".ppt", ".pptx", ".odp", ".key":
		return "a presentation is not read; copy its table into an empty sheet of Excel or LibreOffice Calc, save that as .xlsx, and import it"
	case ".xls", ".xlsb", ".numbers":
		return "this kind of workbook is not read; open it in its program, save it as Excel Workbook (.xlsx), and import that"
	case ".htm", ".html":
		return "a web page is not read; open it in a browser, select the table, copy it into an empty sheet of Excel or LibreOffice Calc, save that as .xlsx, and import it"
	}
	return ""
}

// readSheets reads the sheets of a workbook or a CSV file as rows of texts.
func readSheets(ctx context.Context, p templates.Page) ([]templates.Sheet, error) {
	if !bytes.HasPrefix(p.Text, []byte("PK")) {
		rows, err := round.ReadCSVUpTo(p.Name, p.Text, mostImportedCells)
		if err != nil {
			return nil, err
		}
		s := templates.Sheet{File: p.Name}
		for _, row := range rows {
			var cells []templates.Cell
			for _, c := range row {
				cells = append(cells, templates.Cell{Ref: fmt.Sprintf("line %d, column %d", c.Line, c.Column), Text: c.Text})
			}
			s.Rows = append(s.Rows, cells)
		}
		return []templates.Sheet{s}, nil
	}
	tables, findings := xlsx.ReadAllTables(ctx, bytes.NewReader(p.Text), int64(len(p.Text)), p.Name, xlsx.Limits{})
	for _, f := range findings {
		if f.Severity == models.Error {
			return nil, fmt.Errorf("%s: %s %s", f.Origin, f.Message, f.Remedy)
		}
	}
	var sheets []templates.Sheet
	for _, tb := range tables {
		s := templates.Sheet{File: p.Name, Name: tb.Name, Hidden: tb.HiddenSheet}
		for _, row := range tb.Rows {
			var cells []templates.Cell
			for _, c := range row {
				text := c.Text
				if c.Shown != "" && c.Kind == xlsx.CellNumber {
					text = c.Shown // 1.10 is 1.1 with a format that shows two decimals
				}
				cells = append(cells, templates.Cell{Ref: c.Origin.Cell, Text: text})
			}
			s.Rows = append(s.Rows, cells)
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// chooseSheet takes the sheet that is named, or the first whose headings are understood or fit the mapping.
func chooseSheet(sheets []templates.Sheet, opts ImportOptions) (*templates.Sheet, templates.Mapping, error) {
	var names []string
	var problem error
	for i := range sheets {
		s := &sheets[i]
		names = append(names, s.Name)
		if opts.Sheet != "" && !strings.EqualFold(s.Name, opts.Sheet) {
			continue
		}
		if opts.Map != "" {
			m, err := templates.ParseMapping(opts.Map, s)
			if err == nil {
				return s, m, nil
			}
			problem = badContent(Option("map"), ": ", err)
			continue
		}
		if m, ok := templates.ProposeMapping(s); ok {
			return s, m, nil
		}
		problem = badContent("no row of ", opts.Files[0], " has headings such as Level 1, Level 2 or 1 - Beginning; say which columns hold what, such as ", Option("map"), " row=3,ref=A,subject=B,1=C,2=D")
	}
	if problem == nil {
		problem = badContent(Option("sheet"), " ", opts.Sheet, ": there is no such sheet; the sheets are ", strings.Join(names, ", "))
	}
	return nil, templates.Mapping{}, problem
}
