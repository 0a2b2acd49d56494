package round

import (
	"strconv"

	"github.com/rubric-project/rubric/internal/text"
)

// maxName is the longest name that SafeName makes, in bytes. File systems take 255; what is left is for an
// extension, a number that tells two names apart, and the path on a Windows drive (260 in all).
const maxName = 120

// SafeName makes a name for a file or folder out of a text from data, of at most 120 bytes; see text.FileName.
// Different texts can come out alike; Names tells them apart.
func SafeName(s string) string { return text.FileName(s, maxName) }

// Names gives out names that differ also where case does not count. The zero value is ready; it is not for
// concurrent use.
type Names struct {
	taken map[string]bool
	// next is the number to try first, by the text that the names begin with: those below it are taken.
	next map[string]int
}

// Take makes a safe name with the extension (such as .xlsx), adding " (2)" and so on where it is taken.
func (n *Names) Take(title, extension string) string {
	if n.taken == nil {
		n.taken, n.next = map[string]bool{}, map[string]int{}
	}
	base := SafeName(title)
	first := foldName(base + extension)
	for i := max(1, n.next[first]); ; i++ {
		name := base + extension
		if i > 1 {
			name = base + " (" + strconv.Itoa(i) + ")" + extension
		}
		if k := foldName(name); !n.taken[k] {
			n.taken[k], n.next[first] = true, i+1
			return name
		}
	}
}
