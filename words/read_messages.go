package words

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"
)

var messageField = regexp.MustCompile(`\.[A-Z][A-Za-z]*`)

// readMessages reads the texts of messages. Each uses the fields that the English one does, so that nothing is left out.
func (r *reader) readMessages(w *Words, first bool) {
	entries, _ := fs.ReadDir(r.fsys, r.folder)
	for _, e := range entries {
		stem, isText := strings.CutSuffix(e.Name(), ".txt")
		if !isText {
			if e.Name() != formsFile && e.Name() != formerFile && !slices.Contains(saidFiles, e.Name()) && !slices.ContainsFunc(tables, func(t struct{ file, prefix string }) bool { return t.file == e.Name() }) {
				r.problem(e.Name(), "a language has no such file", "remove it, or correct its name by those of the folder en")
			}
			continue
		}
		key, text := messagePrefix+stem, string(r.file(e.Name(), true))
		if first {
			r.keys, r.messages = append(r.keys, key), append(r.messages, key)
			w.texts[key] = text
		}
		r.given[key] = true
		english, ok := r.english.texts[key]
		if !ok {
			r.problem(e.Name(), "there is no such message", "correct the name by those of the folder en")
			continue
		}
		if message, remedy := messageProblem(text, english); message != "" {
			r.problem(e.Name(), message, remedy)
			continue
		}
		w.texts[key], w.own[key] = text, true
	}
}

// messageProblem says what is wrong with the text of a message beside the English one. That its fields exist is for
// package mail to say, which fills them in.
func messageProblem(text, english string) (message, remedy string) {
	tree := parse.New("message")
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(text, "", "", map[string]*parse.Tree{}); err != nil {
		return strings.TrimPrefix(err.Error(), "template: message:"), "a field is written {{.Organisation}}, and every {{if …}} needs its {{end}}"
	}
	have, need := messageField.FindAllString(text, -1), messageField.FindAllString(english, -1)
	for _, f := range need {
		if !slices.Contains(have, f) {
			return fmt.Sprintf("the field {{%s}} is missing", f), "put it where the value belongs"
		}
	}
	for _, f := range have {
		if !slices.Contains(need, f) {
			return fmt.Sprintf("the field {{%s}} is not in the English text", f), "remove it"
		}
	}
	return "", ""
}
