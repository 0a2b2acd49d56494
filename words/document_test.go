package words_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/words"
)

var update = flag.Bool("update", false, "write docs/labels.md anew")

const labelsDocument = "../docs/labels.md"

// The list of labels is generated from the languages: go test ./words -run LabelsDocument -update
func TestLabelsDocument(t *testing.T) {
	want := labelsPage()
	if *update {
		if err := os.WriteFile(labelsDocument, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(labelsDocument)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Errorf("%s is not what the languages say; run 'go test ./words -run LabelsDocument -update'", labelsDocument)
	}
}

func labelsPage() string {
	var b strings.Builder
	b.WriteString(`# Labels

The own words of assessment workbooks, by key, with the English and the Spanish text. This page is generated from the
files workbook.yaml of package words and held against them by a test; [languages.md](languages.md) is about those.

An office brings a language that is not here, or words of its own in place of some, in the template, without programming:

` + "```yaml" + `
language: en-GB
labels:                      # words in place of some, in the template's own language
  column_level: "Where we are"
translations:
  cy:
    title: "Aeddfedrwydd data"
    labels:                  # a language that rubric has no words of
      sheet_start: "Dechrau"
      given_of: "{given} o {total} wedi'u hateb"
` + "```" + `

A name in braces, such as ` + "`{total}`" + `, stands for what is put in; each must be in the text, wherever the language has
its place. A text is one line. ` + "`rubric templates export ID --xlsx`" + ` writes the same list with a sheet for each language to fill
in; ` + "`rubric templates check`" + ` says which texts are missing, which labels are wrong, and why. A label that is missing stays in
English, and ` + "`rubric generate`" + ` says so.

| key | English | Spanish | most characters |
|---|---|---|---|
`)
	spanish, _ := words.For("es")
	cell := strings.NewReplacer("|", `\|`, "<", "&lt;").Replace
	for _, k := range words.Keys() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %d |\n", k.Name, cell(k.English), cell(spanish.Get(k.Name)), words.Longest(k.Name))
	}
	return b.String()
}
