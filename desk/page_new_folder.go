package desk

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
)

// newFolderHere makes a folder to put the new round into, beside those that the chooser shows, and goes into it.
func (d *Desk) newFolderHere(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	name := strings.TrimSpace(c.field("new-folder"))
	if name == "" || name != text.FileName(name, 200) {
		return c.showNewCheck(dr, []formError{{"new-folder", c.T("A folder cannot be called so: choose a name without / \\ : * ? \" < > |")}})
	}
	into := dr.Into
	if into == "" {
		into = c.cfg.Documents
	}
	if err := os.Mkdir(filepath.Join(into, name), 0o755); err != nil && !os.IsExist(err) {
		return c.showNewCheck(dr, []formError{{"new-folder", c.T("This folder cannot be made here; choose another place.")}})
	}
	dr.Into = filepath.Join(into, name)
	return redirect(newTo("check", dr, "in", dr.Into) + "#where"), nil
}
