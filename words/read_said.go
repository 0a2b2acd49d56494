package words

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/strictyaml"
)

var placeOfValue = regexp.MustCompile(`\{[0-9]+\}`)

// readSaid reads a file of texts that stand in the program. What English texts there are is known to the program alone,
// so that one which is there no more is no mistake of the file; a test says so of the languages that are built in.
func (r *reader) readSaid(w *Words, file string) {
	b := r.file(file, false)
	if b == nil {
		return
	}
	d := strictyaml.Parse(path.Join(r.folder, file), b)
	texts := map[string]string{}
	d.Into(&texts)
	for _, english := range slices.Sorted(maps.Keys(texts)) {
		text := texts[english]
		switch have, need := placesIn(text), placesIn(english); {
		case strings.TrimSpace(text) == "":
			d.Add("the text is empty", "write the text", english)
		case !slices.Equal(have, need):
			d.Add(fmt.Sprintf("the text has the values %v, the English one %v", have, need), "put each value where it belongs", english)
		default:
			w.said[english] = text
		}
	}
	r.keep(d.Err())
}

// placesIn lists the values of a text, sorted, each once.
func placesIn(text string) []string {
	out := placeOfValue.FindAllString(text, -1)
	slices.Sort(out)
	return slices.Compact(out)
}
