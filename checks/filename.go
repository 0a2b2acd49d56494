package checks

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// The name of a file, and those of the folders that it lies in, are given by people: they prove nothing, and yet a
// neighbour's workbook that was passed on, filled in and saved under one's own name shows by nothing else.

// fileNames finds the recipients that the path of a file names, by id or name.
type fileNames struct {
	byID, byName map[string][]string
	// longest is the number of words of the longest of them.
	longest int
}

// shortestID is the number of characters from which on an id in a file's name is no accident, such as "(2)".
const shortestID = 4

func indexFileNames(list []models.Recipient) fileNames {
	x := fileNames{byID: map[string][]string{}, byName: map[string][]string{}, longest: 1}
	for _, rc := range list {
		id, name := plainName(rc.ID), plainName(rc.Name)
		if len(id) >= shortestID && !isYear(id) {
			x.byID[id] = append(x.byID[id], rc.ID)
			x.longest = max(x.longest, strings.Count(id, " ")+1)
		}
		if len([]rune(name)) > 2*shortestID {
			x.byName[name] = append(x.byName[name], rc.ID)
			x.longest = max(x.longest, strings.Count(name, " ")+1)
		}
	}
	x.longest = min(x.longest, 30)
	return x
}

func isYear(s string) bool {
	return len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20")) && strings.Trim(s, "0123456789") == ""
}

// in lists the ids of the recipients that a path names, each once. Of names inside one another the longest counts.
func (x *fileNames) in(file string) []string {
	var ids []string
	for _, element := range strings.FieldsFunc(file, func(r rune) bool { return r == '/' || r == '!' }) {
		parts := strings.Fields(plainName(element))
		for from := 0; from < len(parts); {
			next := from + 1
			for to := min(len(parts), from+x.longest); to > from; to-- {
				text := strings.Join(parts[from:to], " ")
				found := slices.Concat(x.byName[text], x.byID[text])
				if len(found) == 0 {
					continue
				}
				ids = append(ids, found...)
				next = to
				break
			}
			from = next
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// fileName notes a file that is named for other recipients than the one it is credited to.
func (x *identifier) fileName(f *file) {
	ids := x.files.in(f.ret.File)
	if len(ids) == 0 || slices.Contains(ids, f.recipient) {
		return
	}
	f.add(models.FileNamedForOther, "The file's name, or its folder's, is that of %s; the workbook was made for %s.", x.whoAll(ids), x.who(f.recipient))
}

// whoAll writes some recipients for people.
func (x *identifier) whoAll(ids []string) words.Said {
	list := make([]words.Said, len(ids))
	for i, id := range ids {
		list[i] = x.who(id)
	}
	return words.FirstFew(list, 3, ", %d more")
}
