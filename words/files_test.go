package words_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/words"
)

// written is a text as it stands in a file of a language.
type written struct{ folder, file, key, text string }

// at is where it stands, for messages.
func (w written) at() string { return w.folder + "/" + w.file + ": " + w.key }

var line = regexp.MustCompile(`^([a-z0-9_]+): (".*")$`)

// allWritten reads the files of all languages line by line, by nothing that the package reads them with.
func allWritten(t *testing.T) []written {
	t.Helper()
	files, err := filepath.Glob("*/*.*")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files of languages: %v", len(files), err)
	}
	var out []written
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		content := strings.ReplaceAll(string(b), "\r\n", "\n")
		folder, file := filepath.Split(filepath.ToSlash(f))
		folder = strings.TrimSuffix(folder, "/")
		if file == "findings.yaml" || file == "consolidated.yaml" {
			continue // said_test.go
		}
		if stem, ok := strings.CutSuffix(file, ".txt"); ok {
			out = append(out, written{folder, file, "message." + stem, content})
			continue
		}
		prefix := map[string]string{"workbook.yaml": "", "summary.yaml": "summary.", "story.yaml": "story.", "plan.yaml": "plan.", "consensus.yaml": "consensus.", "message.yaml": "message.", "corrections.yaml": "corrections.", "language.yaml": "language.", "former.yaml": "former."}
		for i, l := range strings.Split(content, "\n") {
			if l == "" || strings.HasPrefix(l, "#") {
				continue
			}
			m := line.FindStringSubmatch(l)
			if m == nil {
				t.Errorf("%s:%d: not a key and a text in quotation marks: %s", f, i+1, l)
				continue
			}
			text, err := strconv.Unquote(m[2])
			if err != nil {
				t.Errorf("%s:%d: %v", f, i+1, err)
			}
			out = append(out, written{folder, file, prefix[file] + m[1], text})
		}
	}
	return out
}

var (
	value = regexp.MustCompile(`\{[a-z_]+\}`)
	field = regexp.MustCompile(`\.[A-Z][A-Za-z]*`)
	// action is what a message's template does; its names are no words.
	action = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// Every language puts in the same values as English, and has every text.
func TestSameValuesInEveryLanguage(t *testing.T) {
	all := allWritten(t)
	english := map[string]string{}
	have := map[string]map[string]bool{}
	for _, x := range all {
		if have[x.folder] == nil {
			have[x.folder] = map[string]bool{}
		}
		have[x.folder][x.key] = true
		if x.folder == "en" {
			english[x.key] = x.text
		}
	}
	put := func(s string) []string {
		out := append(value.FindAllString(action.ReplaceAllString(s, ""), -1), field.FindAllString(strings.Join(action.FindAllString(s, -1), " "), -1)...)
		slices.Sort(out)
		return slices.Compact(out)
	}
	for _, x := range all {
		if x.file == "former.yaml" {
			continue
		}
		if e, ok := english[x.key]; !ok {
			t.Errorf("%s: English has no such text", x.at())
		} else if x.key != "language.tag" && !slices.Equal(put(x.text), put(e)) {
			t.Errorf("%s puts in %v, English %v", x.at(), put(x.text), put(e))
		}
	}
	for folder, keys := range have {
		for key := range english {
			if !keys[key] && !strings.Contains(folder, "-") && !strings.HasPrefix(key, "former.") {
				t.Errorf("%s has no text %s", folder, key)
			}
		}
	}
}

// A language with a region holds only what differs.
func TestRegionsHoldWhatDiffers(t *testing.T) {
	all := allWritten(t)
	for _, x := range all {
		base, _, region := strings.Cut(x.folder, "-")
		if region && x.file != "language.yaml" && slices.Contains(all, written{base, x.file, x.key, x.text}) {
			t.Errorf("%s is the same in %s", x.at(), base)
		}
	}
}

// Recipients and readers have no command line.
func TestNoTextSpeaksOfTheCommandLine(t *testing.T) {
	command := regexp.MustCompile("(?i)\\brubric\\b|`|(^|[ '(])--?[a-z]{2,}|\\$ |\\b(flag|terminal|command)\\b")
	for _, x := range allWritten(t) {
		if m := command.FindString(action.ReplaceAllString(x.text, "")); m != "" {
			t.Errorf("%s holds %q: %s", x.at(), m, x.text)
		}
	}
}

// british are words that British and American English spell differently, as patterns; the comment has the American form.
var british = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`[a-z]{2,}is(e|es|ed|ing|ation|ations|ational|able|er|ers)`,                   // -iz-
	`[a-z]*(col|behavi|fav|lab|hon|neighb|harb|rum|hum|vap|endeav)our[a-z]*`,      // -or
	`(cent|met|theat|fib|lit|calib)re(s|d)?`,                                      // -er
	`(de|of)fence`,                                                                // -fense
	`(licen|practi)(ce|se)d?`,                                                     // license, practice
	`(travel|label|model|cancel|fuel|level|signal|total|counsel)l(ed|ing|er|ers)`, // one l
	`(fulfil|enrol|instal)(s|ment|ments)?|skilful`,                                // fulfill, enroll, install, skillful
	`(cata|ana|dia|mono)logue[a-z]*`,                                              // -log
	`gr(e)y(s|er|ed)?`,                                                            // gray
	`programme[sd]?`,                                                              // program
	`judgement|acknowledgement|ageing|whilst|amongst|learnt|burnt|spelt|cheque|plough|artefact|artefacts|aeroplane|tyre|storey|sceptic|sceptical|manoeuvre|paediatric|organi(s)ation`, // the American form
	`analyse[sd]?|analysing|paralyse[sd]?|catalyse[sd]?`, // -yze
}, "|") + `)$`)

// fine end like British spellings and are none.
var fine = strings.Fields(`advise advises advised otherwise precise promise raise raised rise wise exercise revise revised enterprise
	expertise supervise comprise surprise compromise compromised promised likewise advertise practice practices
	practiced license licensed install full fill arise arises arising rising raising exercises disguise televise
	raises enterprises premise premises devise devised improvise supervised noise`)

var word = regexp.MustCompile(`[a-z]+`)

// britishIn lists the words of a text that are spelt as in Britain.
func britishIn(text string) []string {
	var out []string
	for _, w := range word.FindAllString(strings.ToLower(value.ReplaceAllString(action.ReplaceAllString(text, " "), " ")), -1) {
		if british.MatchString(w) && !slices.Contains(fine, w) {
			out = append(out, w)
		}
	}
	return out
}

// The list finds what it is for; without this, a test that finds nothing says nothing.
func TestBritishSpellingIsFound(t *testing.T) {
	for _, w := range strings.Fields("organisation Organisations recognisable coloured grey licence programme centre labelled analysed fulfil behaviour prioritise") {
		if len(britishIn(w)) == 0 {
			t.Errorf("%s is not found", w)
		}
	}
	if have := britishIn("Organizations recognize the colored gray label; {organisation} {{.Organisation}}"); len(have) > 0 {
		t.Errorf("found %v", have)
	}
}

// Nothing that a reader in the United States gets is spelt as in Britain, the built-in American template among it.
func TestAmericanEnglish(t *testing.T) {
	w, ok := words.For("en-US")
	if !ok || w.Tag() != "en-US" {
		t.Fatalf("no words for en-US: %s", w.Tag())
	}
	count := 0
	for _, x := range allWritten(t) {
		if x.folder != "en" || x.file == "language.yaml" || x.file == "former.yaml" {
			continue
		}
		count++
		if bad := britishIn(w.Get(x.key)); bad != nil {
			t.Errorf("en-US: %s holds %v: %s", x.key, bad, w.Get(x.key))
		}
	}
	if count < 350 {
		t.Errorf("only %d texts", count)
	}
	tpl, err := templates.Builtin("csis-cdm3")
	if err != nil {
		t.Fatal(err)
	}
	in := tpl.In("en-US")
	for _, k := range words.Keys() {
		if bad := britishIn(in.Words().Get(k.Name)); bad != nil {
			t.Errorf("csis-cdm3: label %s holds %v", k.Name, bad)
		}
	}
	for _, s := range slices.Concat(in.RatingScale(), in.SymptomScale(), models.Scale{{Name: in.NotApplicable()}}) {
		if bad := britishIn(s.Name); bad != nil {
			t.Errorf("csis-cdm3: the choice %s holds %v", s.Name, bad)
		}
	}
	for _, x := range tpl.Translated("") {
		if bad := britishIn(x.Original); bad != nil && x.Key != "licence" {
			t.Errorf("csis-cdm3: %s holds %v: %s", x.Key, bad, x.Original)
		}
	}
}
