package store

import (
	"encoding/binary"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
)

// entry is what was read from one file.
type entry struct {
	returns  []models.Return
	findings []models.Finding
}

// encoded is the number of returns, each with its length, and the findings.
func (e entry) encoded() []byte {
	out := binary.AppendUvarint(nil, uint64(len(e.returns)))
	for i := range e.returns {
		b := e.returns[i].AppendTo(nil)
		out = append(binary.AppendUvarint(out, uint64(len(b))), b...)
	}
	return models.AppendFindings(out, e.findings)
}

// decoded reads an entry; nil where the bytes are none.
func decoded(b []byte, d *models.ReturnDecoder) *entry {
	number := func() int {
		x, n := binary.Uvarint(b)
		if n <= 0 || x > uint64(len(b)-n) {
			return -1
		}
		b = b[n:]
		return int(x)
	}
	out := &entry{}
	n := number()
	for range n {
		size := number()
		if size < 0 || size > len(b) {
			return nil
		}
		r, err := d.Return(b[:size])
		if err != nil {
			return nil
		}
		out.returns, b = append(out.returns, r), b[size:]
	}
	findings, err := d.Findings(b)
	if n < 0 || err != nil {
		return nil
	}
	out.findings = findings
	return out
}

// The path of a file stands in all that is read from it, and is kept as here: so a file that was moved need not be read
// again. Files inside it follow the path after an exclamation mark.
const here = "."

// name is what an entry is found by besides the file's bytes.
type name struct {
	key      string
	relative bool
}

// namesOf lists what an entry for a file can be kept under, best first: what of the name reading depends on, and the
// whole path. On the ending it depends whether it is looked into a file for returns, and a name that begins like those of
// temporary files is looked at. In a path with unseen characters findings do not name the file as it is.
func namesOf(file string) []name {
	exact := name{"path " + file, false}
	if !plain(file) {
		return []name{exact}
	}
	begins := ""
	if strings.HasPrefix(path.Base(file), "~") {
		begins = path.Base(file)
	}
	return []name{{"ending " + strings.ToLower(path.Ext(file)) + "\x00" + begins, true}, exact}
}

// plain says that a text looks the same wherever it is shown.
func plain(s string) bool {
	return utf8.ValidString(s) && strings.Join(strings.Fields(s), " ") == s && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
	})
}

func relative(f, file string) string {
	if f == "" {
		return ""
	}
	return here + strings.TrimPrefix(f, file)
}

func absolute(f, file string) string {
	if f == "" {
		return ""
	}
	return file + strings.TrimPrefix(f, here)
}

// isRelativeTo says whether all places in an entry lie in the file, and no text names it.
func (e entry) isRelativeTo(file string) bool {
	ok := true
	look := func(f string) string {
		rest, inside := strings.CutPrefix(f, file)
		ok = ok && (f == "" || inside && (rest == "" || rest[0] == '!'))
		return f
	}
	e.named(look)
	base := path.Base(file)
	texts := func(list []models.Finding) {
		for _, f := range list {
			ok = ok && !strings.Contains(f.Message, base) && !strings.Contains(f.Remedy, base)
			for _, on := range f.Action.On {
				ok = ok && (on == f.Origin.File || !strings.Contains(on, base))
			}
		}
	}
	texts(e.findings)
	for i := range e.returns {
		texts(e.returns[i].Findings)
	}
	return ok
}

// named copies an entry with other paths.
func (e entry) named(rename func(string) string) ([]models.Return, []models.Finding) {
	returns := make([]models.Return, len(e.returns))
	for i := range e.returns {
		returns[i] = e.returns[i].Renamed(rename)
	}
	findings := slices.Clone(e.findings)
	for i, f := range findings {
		findings[i] = f.Renamed(rename)
	}
	return returns, findings
}
