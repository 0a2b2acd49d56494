package office

import (
	"fmt"
	"path/filepath"
	"unicode/utf16"

	"github.com/rubric-project/rubric/internal/text"
)

// longestPath is the longest path, with drive and name, of a file that Excel on Windows opens, in UTF-16 units: 218, whatever
// longer paths Windows itself takes (Microsoft, "Excel specifications and limits").
const longestPath = 218

// noteDeep says which of the files that were written Excel will not open, since the folder of the round lies too deep. Names
// are slash-separated. Names of ours have at most about 130 characters, so that a folder with a path of 80 always does.
func (f *Folder) noteDeep(names []string) []Note {
	var deep []string
	most := 0
	for _, name := range names {
		n := len(utf16.Encode([]rune(filepath.Join(f.Dir, filepath.FromSlash(name)))))
		if n > longestPath {
			deep = append(deep, name)
			most = max(most, n-longestPath)
		}
	}
	if len(deep) == 0 {
		return nil
	}
	s := fmt.Sprintf("The folder of the round lies too deep for Excel on Windows, which opens no file whose whole path has more than %d characters: %s. "+
		"Move the folder up, or shorten the names above it, by %s.", longestPath, text.Count(len(deep), "file has more", "files have more"), text.Count(most, "character", "characters"))
	return []Note{{Text: s, More: deep[:min(len(deep), 3)]}}
}
