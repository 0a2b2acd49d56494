package office

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"unicode/utf16"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/round"
)

// longestPath is the longest path, with drive and name, of a file that Excel on Windows opens, in UTF-16 units: 218, whatever
// longer paths Windows itself takes (Microsoft, "Excel specifications and limits").
const longestPath = 218

// noteDeepFolder says which workbooks of the round Excel will not open, whether they are made yet or not: those of outbox/, and
// those that lie in results/ now.
func (f *Folder) noteDeepFolder(p *Pieces) []Note {
	var names []string
	for _, rc := range f.Recipients {
		for _, x := range p.Of(rc) {
			names = append(names, round.OutboxDir+"/"+x.Name)
		}
	}
	for _, dir := range []string{round.ResultsDir, "results/corrections", "results/plans"} {
		entries, _ := os.ReadDir(f.path(dir)) // what is not there holds nothing
		for _, e := range entries {
			if !e.IsDir() && IsWorkbookName(e.Name()) {
				names = append(names, dir+"/"+e.Name())
			}
		}
	}
	return f.noteDeep(names)
}

// noteDeep says which of these files Excel will not open, since the folder of the round lies too deep. Names are
// slash-separated. Names of ours have at most about 130 characters, so that a folder with a path of 80 always does.
func (f *Folder) noteDeep(names []string) []Note {
	room := longestPath - units(filepath.Clean(f.Dir)) - 1
	var deep []string
	for _, name := range names {
		if units(name) > room {
			deep = append(deep, name)
		}
	}
	if len(deep) == 0 {
		return nil
	}
	slices.SortStableFunc(deep, func(a, b string) int { return cmp.Compare(units(b), units(a)) })
	s := fmt.Sprintf("The folder of the round lies too deep for Excel on Windows, which opens no file whose whole path has more than %d characters: %s. "+
		"Move the folder up, or shorten the names above it, by %s.", longestPath, text.Count(len(deep), "file has more", "files have more"),
		text.Count(units(deep[0])-room, "character", "characters"))
	return []Note{{Text: s, More: deep[:min(len(deep), 3)]}}
}

// units is the length of a name as Windows counts it.
func units(name string) (n int) {
	for _, r := range name {
		n += utf16.RuneLen(r)
	}
	return n
}
