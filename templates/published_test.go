package templates_test

import (
	"encoding/csv"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// descriptorAtMost is the most characters that a reader should have to take in for one level.
const descriptorAtMost = 220

// Two levels beside each other must leave a reader a choice: each says something with words that the other has not.
func TestNeighbouringLevelsDiffer(t *testing.T) {
	x := builtin(t, "uk-dmm")
	for _, tag := range x.Languages() {
		in := x.In(tag)
		for _, c := range in.Criteria {
			for n := 1; n < 5; n++ {
				a, b := wordSet(c.Descriptors[n]), wordSet(c.Descriptors[n+1])
				if onlyIn(a, b) < 4 || onlyIn(b, a) < 3 {
					t.Errorf("%s %s: levels %d and %d are too alike:\n  %s\n  %s", tag, c.Ref, n, n+1, c.Descriptors[n], c.Descriptors[n+1])
				}
			}
		}
	}
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range wordsIn(s) {
		set[w] = true
	}
	return set
}

func onlyIn(a, b map[string]bool) (n int) {
	for w := range a {
		if !b[w] {
			n++
		}
	}
	return n
}

var aWord = regexp.MustCompile(`[\p{L}\p{N}]+(?:'\p{L}+)?`)

func wordsIn(s string) []string {
	return aWord.FindAllString(strings.ToLower(strings.ReplaceAll(s, "’", "'")), -1)
}

// allTexts are the texts of a template in its own language but for names and titles, by what they are.
func allTexts(x *models.Template) map[string]string {
	out := map[string]string{}
	for _, one := range x.Translated("") {
		if one.Key != "title" && !strings.HasSuffix(one.Key, " name") && !strings.HasSuffix(one.Key, " alt_name") {
			out[one.Key] = one.Original
		}
	}
	return out
}

// sixWords are the runs of six words of the published texts.
type sixWords map[[6]string]bool

func (s sixWords) add(text string) {
	for _, run := range runs(text) {
		s[run] = true
	}
}

// shared is the first run that a text has in common with the published ones, or "".
func (s sixWords) shared(text string) string {
	for _, run := range runs(text) {
		if s[run] {
			return strings.Join(run[:], " ")
		}
	}
	return ""
}

func runs(text string) (out [][6]string) {
	words := wordsIn(text)
	for i := 0; i+6 <= len(words); i++ {
		out = append(out, [6]string(words[i:i+6]))
	}
	return out
}

// No text shares six words in a row with the published models, outside names and titles. The published texts are not in
// this project: the folder that has them is named in RUBRIC_PUBLISHED, from the project's own folder.
func TestSharesNoSixWordsWithThePublishedModels(t *testing.T) {
	folder := os.Getenv("RUBRIC_PUBLISHED")
	if folder == "" {
		t.Skip("RUBRIC_PUBLISHED names no folder with the published texts, which are not part of this project")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join("..", folder)
	}
	published, first := readPublished(t, folder)
	n := 0
	for _, id := range templates.IDs() {
		for key, text := range allTexts(builtin(t, id)) {
			n++
			if both := published.shared(text); both != "" {
				t.Errorf("%s, %s has six words in a row of the published text: %s", id, key, both)
			}
		}
	}
	t.Logf("%d texts, %d runs of six published words", n, len(published))
	if n < 900 || len(published) < 10_000 {
		t.Error("that is too few for the two models")
	}
	if published.shared(first) == "" {
		t.Error("a published descriptor put in the place of ours would not be found")
	}
}

// readPublished reads the runs of six words of both models, and one published descriptor.
func readPublished(t *testing.T, folder string) (published sixWords, first string) {
	t.Helper()
	published = sixWords{}
	f, err := os.Open(filepath.Join(folder, "uk-dmm-five-levels.en.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table := csv.NewReader(f)
	table.Comma, table.LazyQuotes, table.FieldsPerRecord = '\t', true, -1
	rows, err := table.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		published.add(row[len(row)-1])
	}
	apart := regexp.MustCompile(`<[^>]*>|[\t\n•]`)
	for _, name := range []string{"uk-dmm-level-4.md", "csis-cdm3.md"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range apart.Split(string(text), -1) {
			published.add(html.UnescapeString(s))
		}
	}
	return published, rows[1][len(rows[1])-1]
}

// No text that is chosen or rated is longer than a reader takes in at once, in any language.
func TestTextsFitOneGlance(t *testing.T) {
	for _, id := range templates.IDs() {
		x := builtin(t, id)
		for key, text := range allTexts(x) {
			if n := utf8.RuneCountInString(text); n > descriptorAtMost && (strings.HasPrefix(key, "criteria ") || strings.HasPrefix(key, "advice ")) {
				t.Errorf("%s, %s has %d characters: %s", id, key, n, text)
			}
		}
	}
}
