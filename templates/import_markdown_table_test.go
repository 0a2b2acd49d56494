package templates_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models/translation"
	"github.com/rubric-project/rubric/templates"
)

// tablePage has the form of a notes vault's table: linked headings and one without a link, a row whose cells moved by a
// column, a row without a text, one without a ref, a text that stands at two levels, and one at two criteria.
const tablePage = `---
title: Rows
---
# Rows
| row | level | description |
| --- | --- | --- |
| [1.1 Handing it on](./1.1%20Handing%20it%20on.md) | 1.1.1 | Nobody hands it on. |
| [1.1 Handing it on](./1.1%20Handing%20it%20on.md) | 1.1.2 | Some hand it on, or [[others|those]] do. |
| 1.2. Keeping it | 1.2.1 | It is lost \| gone. |
| | [1.2. Keeping it](x.md) | 1.2.2 | It is kept. |
| [2. Finding](y.md) | 2.1 Looking | It is looked for. |
| [2.1 Looking](z.md) | 2.1.1 | Nobody looks. |
| [2.1 Looking](z.md) | 2.1.2 | |
| [2.2 Asking](z.md) | 2.2.1 | Nobody asks. |
| [2.2 Asking](z.md) | 2.2.2 | Nobody asks. |
| [2.3 Telling](z.md) | 2.3.1 | Nobody tells. |
| [2.9 Telling](z.md) | 2.3.2 | It is kept. |
`

func TestImportMarkdownTable(t *testing.T) {
	x, r, err := templates.ImportMarkdown([]templates.Page{{Name: "vault/Rows.md", Text: []byte(tablePage)}}, templates.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range x.Criteria {
		got = append(got, c.Ref+" "+c.Subject+": "+c.Descriptors[1]+" "+c.Descriptors[2])
	}
	want := "1.1 Handing it on: Nobody hands it on. Some hand it on, or those do.\n1.2 Keeping it: It is lost | gone. It is kept.\n2.3 Telling: Nobody tells. It is kept."
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	n := notes(r)
	for _, said := range []string{
		"Rows.md:11: the row has no ref such as 1.1.4: 2. Finding 2.1 Looking It is looked for. (left out)", "Rows.md:13: the row of 2.1.2 has no text (left out)",
		"Rows.md:15: 2.2.2 has the same text as level 1 in line 14 (left out)", "Rows.md:17: 2.3.2 has the same text as 1.2.2 in line 10 (kept)", "Rows.md:17: the heading says 2.9, the ref 2.3.2 (kept)",
	} {
		if !strings.Contains(n, said) {
			t.Errorf("notes do not say %q:\n%s", said, n)
		}
	}
}

// On a base the wording of the base stays where the table has none, with its translation; that of what is replaced goes.
func TestImportMarkdownTableIntoBase(t *testing.T) {
	page := templates.Page{Name: "Rows.md", Text: []byte(tablePage)}
	base, _, err := templates.ImportMarkdown([]templates.Page{page}, templates.ImportOptions{ID: "base"})
	if err != nil {
		t.Fatal(err)
	}
	base.Translations = map[string]translation.Translation{"es": {Title: "Filas", Criteria: map[string]translation.CriterionTexts{
		"1.1": {Subject: "Entregarlo", Descriptors: map[int]string{1: "Nadie lo entrega.", 2: "Algunos lo entregan."}}}}}
	page.Text = []byte(strings.Replace(tablePage, "Nobody hands it on.", "No one hands it on.", 1))
	x, r, err := templates.ImportMarkdown([]templates.Page{page}, templates.ImportOptions{Base: base})
	if err != nil {
		t.Fatal(err)
	}
	es := x.Translations["es"].Criteria["1.1"]
	if es.Subject != "Entregarlo" || es.Descriptors[1] != "" || es.Descriptors[2] != "Algunos lo entregan." || x.Translations["es"].Title != "Filas" {
		t.Errorf("%+v", x.Translations["es"])
	}
	if n := notes(r); !strings.Contains(n, "1 text in the language es would be of other wording than is there now and was left out") {
		t.Errorf("notes\n%s", n)
	}
	if base.Translations["es"].Criteria["1.1"].Descriptors[1] == "" {
		t.Error("the base itself was changed")
	}
}

func TestImportMarkdownTableIncomplete(t *testing.T) {
	page := templates.Page{Name: "Rows.md", Text: []byte("| 1.1 A | 1.1.1 | One. |\n| 1.2 B | 1.2.2 | Two. |\n")}
	if _, _, err := templates.ImportMarkdown([]templates.Page{page}, templates.ImportOptions{}); err == nil || err.Error() != "Rows.md: no criterion has a text at each of the 2 levels" {
		t.Error(err)
	}
}
