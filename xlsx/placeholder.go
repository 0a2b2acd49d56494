package xlsx

import (
	"bytes"
	"errors"
	"path"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// Cloud drives and browsers leave files that stand for another one: a shortcut, a placeholder of what is not on this
// computer, a download that did not come to its end. They often carry the name of the workbook.

// placeholders are the files that stand for another, by what they begin with.
var placeholders = []struct{ start, inside, format, what string }{
	{"L\x00\x00\x00\x01\x14\x02\x00", "", "lnk", "a shortcut of Windows"},
	{"[InternetShortcut]", "", "url", "a shortcut to a web address"},
	{"[Desktop Entry]", "", "desktop", "a shortcut"},
	{"<?xml", "<key>URL</key>", "webloc", "a shortcut to a web address"},
	{"WEB\r\n", "http", "iqy", "a query that fetches a list from SharePoint or another place"},
	{"WEB\n", "http", "iqy", "a query that fetches a list from SharePoint or another place"},
	{"bplist00", "NSURLNameKey", "icloud", "a placeholder of iCloud"},
	{"bplist00", "URL", "webloc", "a shortcut to a web address"},
	{"{", "\"doc_id\"", "gsheet", "a shortcut to a document of Google Drive"},
	{"{", "docs.google.com", "gsheet", "a shortcut to a document of Google Drive"},
}

// placeholder refuses a file that begins as one that stands for another, or gives nil.
func (o *opening) placeholder(head []byte) error {
	head = bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))
	for _, p := range placeholders {
		if bytes.HasPrefix(head, []byte(p.start)) && bytes.Contains(head, []byte(p.inside)) {
			o.file.Format = p.format
			return refuse.New(models.FilePlaceholder, "the file is %s: it stands for a file on a cloud drive or elsewhere, and is not the file itself", words.Sayf(p.what))
		}
	}
	if kind := strings.ToLower(path.Ext(o.name)); kind == ".icloud" || kind == ".gsheet" || kind == ".lnk" || kind == ".url" || kind == ".webloc" {
		if !bytes.HasPrefix(head, []byte("PK")) {
			o.file.Format = kind[1:]
			return refuse.New(models.FilePlaceholder, "the file is by its name (%s) a shortcut or placeholder for another file, and not the file itself", kind)
		}
	}
	return nil
}

// unfinished are the endings that browsers and programs for downloading give to a file until all of it has come.
var unfinished = map[string]bool{".crdownload": true, ".part": true, ".partial": true, ".download": true, ".opdownload": true, ".!ut": true, ".filepart": true}

// notFinished says of a file that could not be read whether it is a download that did not come to its end.
func (o *opening) notFinished(err error) error {
	var e *refuse.Error
	if !errors.As(err, &e) || e.Code == models.FilePlaceholder || !unfinished[strings.ToLower(path.Ext(o.name))] {
		return err
	}
	return refuse.New(models.FilePlaceholder, "the file is by its name a download that did not finish, and %s", e.Text)
}
