package checks

import (
	"github.com/rubric-project/rubric/models"
)

// sameFiles finds files with the same bytes. The one that came first stands for them, or of two that came
// together the one whose path sorts first; the others share its fate, and do not count beside it. Files that
// a person credited to different recipients are kept apart.
func sameFiles(files []*file) {
	type key struct{ digest, recipient string }
	first := map[key]*file{}
	for _, f := range files {
		if f.ret.Digest == "" {
			continue
		}
		k := key{f.ret.Digest, f.recipient}
		if g := first[k]; g == nil || f.ret.Received.Before(g.ret.Received) {
			first[k] = f
		}
	}
	for _, f := range files {
		g := first[key{f.ret.Digest, f.recipient}]
		if g == nil || g == f {
			continue
		}
		f.add(models.SameFile, "The file is a copy of %s, byte for byte.", g.ret.File)
		if f.status == "" {
			f.status = models.Superseded
		}
	}
}
