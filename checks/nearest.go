package checks

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// nameIndex finds recipients by name, without regard to case, spaces and punctuation.
type nameIndex struct {
	byName map[string][]string
	byID   map[string][]rune
	// sorted are the names in order, so that those which begin alike stand together.
	sorted []indexedName
}

type indexedName struct {
	id   string
	name []rune
}

func indexNames(list []models.Recipient) nameIndex {
	x := nameIndex{byName: map[string][]string{}, byID: map[string][]rune{}}
	for _, rc := range list {
		n := plainName(rc.Name)
		x.byName[n] = append(x.byName[n], rc.ID)
		x.byID[rc.ID] = []rune(n)
		x.sorted = append(x.sorted, indexedName{rc.ID, []rune(n)})
	}
	slices.SortFunc(x.sorted, func(a, b indexedName) int {
		return cmp.Or(slices.Compare(a.name, b.name), strings.Compare(a.id, b.id))
	})
	return x
}

// exact finds the ids of the recipients with this name.
func (x nameIndex) exact(name string) []string { return x.byName[plainName(name)] }

// nearer finds a recipient whose name is nearer to the given one than that of id is, and near enough for it
// to be meant: at most a quarter of its letters differ. Of several that are equally near it is the first by id.
func (x nameIndex) nearer(name, id string) (string, bool) {
	given := []rune(plainName(name))
	// A name that is longer by more than a third has more than a quarter of its letters beyond the given one.
	most := len(given) / 3
	if own, ok := x.byID[id]; ok {
		most = min(most, text.Distance(given, own, max(len(given), len(own)))-1)
	}
	// Looking near first keeps the search short: most names are far from each other.
	for distance := 0; distance <= most; distance++ {
		if found := x.at(given, distance, id); found != "" {
			return found, true
		}
	}
	return "", false
}

// at finds the first recipient by id, other than one, whose name differs in as many letters as distance says and no
// fewer. It goes through the names in order and works the table of Levenshtein's distance out letter by letter, so that
// what names have in common at their beginning is worked out once, and all that begin too differently are passed over.
func (x nameIndex) at(given []rune, distance int, except string) string {
	best := ""
	rows := [][]int{make([]int, len(given)+1)} // rows[k] is for the first k letters of the name last
	for j := range rows[0] {
		rows[0][j] = j
	}
	var last []rune
	for i := 0; i < len(x.sorted); {
		n := x.sorted[i]
		k := alike(last, n.name)
		last, rows = n.name, rows[:min(k, len(rows)-1)+1]
		for k = len(rows) - 1; k < len(n.name) && slices.Min(rows[k]) <= distance; k++ {
			rows = append(rows, next(rows[k], given, n.name[k]))
		}
		if slices.Min(rows[k]) > distance {
			begins := n.name[:k]
			i += sort.Search(len(x.sorted)-i, func(m int) bool { return alike(begins, x.sorted[i+m].name) < len(begins) })
			continue
		}
		if rows[k][len(given)] == distance && distance <= max(len(given), len(n.name))/4 && n.id != except && (best == "" || n.id < best) {
			best = n.id
		}
		i++
	}
	return best
}

// next is the row of the table that follows when a name goes on with a letter.
func next(row []int, given []rune, letter rune) []int {
	out := make([]int, len(row))
	out[0] = row[0] + 1
	for j, r := range given {
		cost := row[j]
		if r != letter {
			cost++
		}
		out[j+1] = min(cost, row[j+1]+1, out[j]+1)
	}
	return out
}

// alike is how many letters two names have in common at their beginning.
func alike(a, b []rune) int {
	k := 0
	for k < len(a) && k < len(b) && a[k] == b[k] {
		k++
	}
	return k
}
