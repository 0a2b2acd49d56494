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

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx"
)

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
	data, err := disk.ReadFile(name)
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
			return nil, fmt.Errorf("%s: %s %s", f.Origin, f.Message, remedyForOwn(f))
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
