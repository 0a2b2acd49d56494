package words

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/internal/text"
	"golang.org/x/text/language"
)

// The files of a language. The keys of each have the prefix; a file .txt is one text, under that of messages.
const (
	formsFile     = "language.yaml"
	formerFile    = "former.yaml"
	messagePrefix = "message."
)

const (
	noFile = "there is no such file"
	copyIt = "copy the one in the folder en and translate it"
)

// saidFiles have texts that stand in the program, by the English text: those of findings and of the consolidated workbook.
// A language need not have them.
var saidFiles = []string{"findings.yaml", "consolidated.yaml"}

var tables = []struct{ file, prefix string }{{"workbook.yaml", ""}, {"summary.yaml", "summary."}, {"corrections.yaml", "corrections."}, {"story.yaml", "story."}, {"plan.yaml", "plan."}, {"consensus.yaml", "consensus."}, {"message.yaml", messagePrefix}}

// add reads the folders of fsys, English first and a language before its regions.
func (l *library) add(fsys fs.FS) error {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	var problems strictyaml.Problems
	for _, name := range names {
		if name == "en" && l.english != nil {
			problems = append(problems, strictyaml.Problem{File: name, Message: "English is there already", Remedy: "give a language of another name, such as en-AU"})
			continue
		}
		r := &reader{library: l, fsys: fsys, folder: name, given: map[string]bool{}}
		w := r.read()
		if len(r.problems) == 0 {
			l.byFolder[strings.ToLower(name)] = w
		}
		problems = append(problems, r.problems...)
		if l.english == nil { // nothing else can be read without it
			break
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

func rank(name string) int {
	if name == "en" {
		return 0
	}
	return 1 + strings.Count(name, "-")
}

// reader reads the folder of one language.
type reader struct {
	*library
	fsys   fs.FS
	folder string
	parent *Words // the language without the region; nil where all texts must be here
	// given are the keys and files that there are, whether their texts will do or not.
	given    map[string]bool
	problems strictyaml.Problems
}

func (r *reader) read() *Words {
	tag, err := language.Parse(r.folder)
	if err != nil {
		r.problem("", fmt.Sprintf("%q is not the tag of a language", r.folder), "name the folder by its BCP 47 tag, such as cy or fr-CA")
		return nil
	}
	if at := strings.LastIndexByte(r.folder, '-'); at > 0 {
		r.parent = r.find(r.folder[:at])
	}
	w := &Words{plural: tag, texts: map[string]string{}, own: map[string]bool{}, said: map[string]string{}}
	if r.parent != nil {
		w.texts, w.own, w.former, w.said = maps.Clone(r.parent.texts), maps.Clone(r.parent.own), r.parent.former, maps.Clone(r.parent.said)
	}
	first := r.english == nil
	if first {
		r.english, r.label = w, map[string]bool{}
	}
	r.readForms(w)
	for _, t := range tables {
		r.readTable(w, t.file, t.prefix, first)
	}
	r.readMessages(w, first)
	r.readFormer(w)
	for _, file := range saidFiles {
		r.readSaid(w, file)
	}
	if r.parent == nil && !first {
		r.missing()
	}
	return w
}

func (r *reader) problem(file, message, remedy string) {
	r.problems = append(r.problems, strictyaml.Problem{File: path.Join(r.folder, file), Message: message, Remedy: remedy})
}

// file is the bytes of a file, or nil; a file that every language has of its own is missed.
func (r *reader) file(name string, needed bool) []byte {
	b, err := fs.ReadFile(r.fsys, path.Join(r.folder, name))
	if err != nil && needed {
		r.problem(name, noFile, copyIt)
	}
	return b
}

func (r *reader) keep(err error) {
	if err == nil {
		return
	}
	if list, ok := err.(strictyaml.Problems); ok {
		r.problems = append(r.problems, list...)
		return
	}
	r.problem("", err.Error(), "")
}

func (r *reader) readForms(w *Words) {
	b := r.file(formsFile, true)
	if b == nil {
		return
	}
	d := strictyaml.Parse(path.Join(r.folder, formsFile), b)
	d.Into(&w.forms)
	w.tag = w.forms.Tag
	for _, x := range []struct{ key, text, names string }{{"percent", w.forms.Percent, "{number}"}, {"date_short", w.forms.DateShort, "{day}/{month}/{year}"}} {
		if message, remedy := namesProblem(x.key, x.text, Names(x.names), Names(x.names), x.names); message != "" && !d.Wrong(x.key) {
			d.Add(message, remedy, x.key)
		}
	}
	r.keep(d.Err())
}

// readTable reads a file of keys and texts. The first language says which keys there are.
func (r *reader) readTable(w *Words, file, prefix string, first bool) {
	b := r.file(file, r.parent == nil)
	if b == nil {
		return
	}
	r.given[file] = true
	d := strictyaml.Parse(path.Join(r.folder, file), b)
	texts := map[string]string{}
	d.Into(&texts)
	keys := slices.SortedFunc(maps.Keys(texts), func(a, b string) int {
		line, _ := d.Locate(a)
		other, _ := d.Locate(b)
		return cmp.Compare(line, other)
	})
	for _, key := range keys {
		r.given[prefix+key] = true
		if first {
			r.keys = append(r.keys, prefix+key)
			if r.label[prefix+key] = prefix == ""; prefix == "" {
				r.labels = append(r.labels, key)
			}
			w.texts[prefix+key] = texts[key]
		}
		if d.Wrong("[" + key + "]") {
			continue // said already
		}
		if !r.known(prefix + key) {
			d.AddKey(fmt.Sprintf("there is no text %q in this file", key), text.DidYouMean(key, r.keysWith(prefix)), key)
			continue
		}
		if message, remedy := r.check(prefix+key, texts[key]); message != "" {
			d.Add(message, remedy, key)
			continue
		}
		w.texts[prefix+key], w.own[prefix+key] = texts[key], true
	}
	r.keep(d.Err())
}

// keysWith lists the keys of one file, without its prefix.
func (r *reader) keysWith(prefix string) []string {
	var out []string
	for _, k := range r.keys {
		if rest, ok := strings.CutPrefix(k, prefix); ok && !strings.Contains(rest, ".") && !slices.Contains(r.messages, k) {
			out = append(out, rest)
		}
	}
	return out
}

// readFormer reads the labels of earlier versions, if the language has any.
func (r *reader) readFormer(w *Words) {
	b := r.file(formerFile, false)
	if b == nil {
		return
	}
	d := strictyaml.Parse(path.Join(r.folder, formerFile), b)
	w.former = map[string]string{}
	d.Into(&w.former)
	for _, key := range slices.Sorted(maps.Keys(w.former)) {
		switch {
		case !r.label[key]:
			d.AddKey(fmt.Sprintf("there is no label %q", key), text.DidYouMean(key, r.labels), key)
		case w.former[key] == w.texts[key]:
			d.Add(key+" is the same today", "remove it", key)
		}
	}
	r.keep(d.Err())
}

// missing reports the texts that a language without a parent does not have.
func (r *reader) missing() {
	for _, t := range tables {
		for _, key := range r.keysWith(t.prefix) {
			if full := t.prefix + key; !r.given[full] && r.given[t.file] {
				r.problem(t.file, fmt.Sprintf("the text %q is missing", key), fmt.Sprintf("add it; in English it is %q", r.english.texts[full]))
			}
		}
	}
	for _, key := range r.messages {
		if !r.given[key] {
			r.problem(strings.TrimPrefix(key, messagePrefix)+".txt", noFile, copyIt)
		}
	}
}
