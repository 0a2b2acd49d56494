package desk

import (
	"path/filepath"

	"github.com/rubric-project/rubric/internal/text"
)

// cutText is the beginning of a text, for a cell of a table.
func cutText(s string, most int) string { return text.Cut(s, most, "…") }

// base is the name of a file without its folder; "" for none.
func base(file string) string {
	if file == "" {
		return ""
	}
	return filepath.Base(file)
}
