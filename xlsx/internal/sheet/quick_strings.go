package sheet

import (
	"bytes"

	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// quickStrings reads the string items that follow, as far as they are one text each, or runs of which none is struck
// through. plain says that no text has escapes or carriage returns.
func (w *Workbook) quickStrings(s *xmlscan.Scanner, plain bool) error {
	b := s.Plain(nsMain)
	q := stringItems{w: w, b: b, plain: plain}
	for i := 0; ; {
		const item = "<si>"
		if i+24 > len(b) || string(b[i:i+len(item)]) != item {
			return nil
		}
		from := len(w.texts)
		next, ok := q.item(i + len(item))
		if !ok {
			w.texts = w.texts[:from]
			return nil
		}
		if err := w.endString(); err != nil {
			return err
		}
		s.Pass(next - i)
		i = next
	}
}

// stringItems reads texts of string items straight from the bytes, which have only been checked as characters.
type stringItems struct {
	w     *Workbook
	b     []byte
	plain bool
	// known are the properties of runs that were looked at last. Programs that make runs make many of two kinds.
	known [2][]byte
}

// item reads what is in a string item, from b[i:] on, and gives the index of what follows it. It says false if that is
// to be read in another way.
func (q *stringItems) item(i int) (next int, ok bool) {
	const run, end = "<r>", "</si>"
	if !q.at(i, run) {
		i, ok = q.text(i)
		return i + len(end), ok && q.at(i, end)
	}
	for q.at(i, run) {
		if i, ok = q.properties(i + len(run)); !ok {
			return 0, false
		}
		const endRun = "</r>"
		if i, ok = q.text(i); !ok || !q.at(i, endRun) {
			return 0, false
		}
		i += len(endRun)
	}
	return i + len(end), q.at(i, end)
}

func (q *stringItems) at(i int, what string) bool {
	return i+len(what) <= len(q.b) && string(q.b[i:i+len(what)]) == what
}

// properties passes over the properties of a run, if it has any and they are as those of most.
func (q *stringItems) properties(i int) (next int, ok bool) {
	const start, end = "<rPr>", "</rPr>"
	if !q.at(i, start) {
		return i, true
	}
	for _, had := range q.known {
		if len(had) > 0 && bytes.HasPrefix(q.b[i:], had) {
			return i + len(had), true
		}
	}
	n, ok := xmlscan.Simple(q.b[i+len(start):], false)
	next = i + len(start) + n
	if !ok || !q.at(next, end) || !isPlainRun(q.b[i:next]) {
		return 0, false
	}
	next += len(end)
	q.known[0], q.known[1] = q.b[i:next], q.known[0]
	return next, true
}

// text appends the text of an element t.
func (q *stringItems) text(i int) (next int, ok bool) {
	const plain, kept, end = "<t>", `<t xml:space="preserve">`, "</t>"
	switch {
	case q.at(i, plain):
		i += len(plain)
	case q.at(i, kept):
		i += len(kept)
	default:
		return 0, false
	}
	k, refs, ok := xmlscan.EndOfText(q.b, i)
	if !ok || !q.at(k, end) {
		return 0, false
	}
	w := q.w
	if q.plain && !refs {
		w.texts = append(w.texts, q.b[i:k]...)
		return k + len(end), true
	}
	from := len(w.texts)
	w.texts = xmlscan.AppendText(w.texts, q.b[i:k])
	if t := w.texts[from:]; bytes.Contains(t, []byte("_x")) {
		w.texts = w.texts[:from+len(unescape(t))]
	}
	return k + len(end), true
}
