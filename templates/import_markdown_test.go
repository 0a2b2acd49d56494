package templates_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// baseOfThree has the refs 1.1, 1.2 and 2.3, three levels, and texts such as "1.1 at 2.".
func baseOfThree(t *testing.T) *models.Template {
	t.Helper()
	text := `id: three
version: "1"
title: "Three"
publisher: "Example"
source: "https://example.org"
licence: "Free. But ask."
wording: "A summary. Load the rest."
language: en
scoring: {method: profile}
levels:
  - {number: 1, name: "Low", meaning: "Low."}
  - {number: 2, name: "Mid", meaning: "Mid."}
  - {number: 3, name: "High", meaning: "High."}
topics:
  - {id: "1", name: "One"}
  - {id: "2", name: "Two"}
criteria:
`
	for _, ref := range []string{"1.1", "1.2", "2.3"} {
		text += fmt.Sprintf("  - {ref: %s, topic: %q, subject: \"S %s\", descriptors: {1: \"%s at 1.\", 2: \"%s at 2.\", 3: \"%s at 3.\"}}\n", ref, ref[:1], ref, ref, ref, ref)
	}
	x, err := templates.Load("three.yaml", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func notes(r *templates.Report) string {
	var out []string
	for _, n := range r.Notes {
		mark := "kept"
		if n.LeftOut {
			mark = "left out"
		}
		out = append(out, fmt.Sprintf("%s: %s (%s)", n.Place, n.Message, mark))
	}
	return strings.Join(out, "\n")
}

func TestImportMarkdownIntoBase(t *testing.T) {
	for _, x := range []struct {
		name, page string
		// want are the level-2 texts of 1.1, 1.2 and 2.3, and the notes.
		want  [3]string
		notes string
	}{
		{"links, front matter, navigation and emphasis come off", `---
title: Level 2
up: "[Levels](./Levels.md)"
---
⬆️[Levels (X)](./Levels%20(X).md)
# Level 2 Mid
# [1.1.2](1.1.2.md)

A text over
two lines, with **weight** and a [link](x.md).

# [[1.2.2]]

- First \[point\].
- Second &amp; third.
# 2.3.2 Subject
#tag #other
It ends here. ^abc123
`, [3]string{"A text over two lines, with weight and a link.", "First [point].\nSecond & third.", "It ends here."}, ""},

		{"the same text twice", "# 1.1.2\nOne.\n# 1.2.2\nTwo.\n# 1.2.2\nTwo.\n# 2.3.2\nThree.\n", [3]string{"One.", "Two.", "Three."},
			"p.md:5: 1.2.2 stands here a second time, with the same text as in line 3 (kept)"},

		{"the same text twice, where the next should be", "# 1.1.2\nOne.\n# 1.2.2\nTwo.\n# 1.2.2\nTwo.\n", [3]string{"One.", "Two.", "2.3 at 2."},
			"p.md: no text of 2.3.2 was found, which is expected before this line (kept)\n" +
				"p.md:5: 1.2.2 stands here a second time, with the same text as in line 3, where 2.3.2 would be expected (kept)"},

		{"another text under the same heading: neither is taken", "# 1.1.2\nOne.\n# 1.2.2\nTwo.\n# 1.2.2\nThree?\n# 2.3.2\nThree.\n", [3]string{"One.", "1.2 at 2.", "Three."},
			"p.md:3: 1.2.2 stands here and in line 5 with different texts (left out)\n" +
				"p.md:5: 1.2.2 stands here a second time, with another text than in line 3 (left out)\n" +
				"p.md:7: no text of 1.2.2 was found, which is expected before this line (kept)"},

		{"missing, out of order, unknown, empty, cut off", "# 2.3.2\nThree ends in the midd\n# 1.1.2\nOne.\n# 1.9.2\nNine.\n# 1.2.2\n\n# Remarks\nNot part of it.\n# 1.1.7\nSeven.\n",
			[3]string{"One.", "1.2 at 2.", "Three ends in the midd"},
			"p.md:1: the text of 2.3.2 ends without a full stop: …Three ends in the midd (kept)\n" +
				"p.md:1: no text of 1.2.2 was found, which is expected before this line (kept)\n" +
				"p.md:3: 1.1.2 stands after 2.3.2 (kept)\n" +
				"p.md:5: the template three-imported has no criterion 1.9 (left out)\n" +
				"p.md:7: there is no text below the heading 1.2.2 (left out)\n" +
				"p.md:7: 1.2.2 stands after 1.9.2 (left out)\n" +
				"p.md:9: the heading \"Remarks\" names no descriptor (left out)\n" +
				"p.md:11: the template three-imported has no level 7 (left out)"},

		{"a level on a page of another", "# Level 2 Mid\n# 1.1\nOne.\n# 1.2.2\nTwo.\n# 2.3.3\nThree.\n", [3]string{"One.", "Two.", "2.3 at 2."},
			"p.md: no text of 2.3.2 was found, which is expected before this line (kept)\n" +
				"p.md:6: the heading says level 3 on a page of level 2 (kept)\n" +
				"p.md:6: no text of 1.1.3 was found, which is expected before this line (kept)\n" +
				"p.md:6: no text of 1.2.3 was found, which is expected before this line (kept)"},
	} {
		t.Run(x.name, func(t *testing.T) {
			base := baseOfThree(t)
			got, r, err := templates.ImportMarkdown([]templates.Page{{Name: "p.md", Text: []byte(x.page)}}, templates.ImportOptions{Base: base})
			if err != nil {
				t.Fatal(err)
			}
			for i, ref := range []string{"1.1", "1.2", "2.3"} {
				if text := got.Criterion(ref).Descriptors[2]; text != x.want[i] {
					t.Errorf("%s at level 2 is %q, want %q", ref, text, x.want[i])
				}
				if base.Criterion(ref).Descriptors[2] != ref+" at 2." {
					t.Error("the base was changed")
				}
			}
			if n := notes(r); n != x.notes {
				t.Errorf("notes\n%s\nwant\n%s", n, x.notes)
			}
			if got.ID != "three-imported" || !strings.Contains(got.Wording, "A summary.") || strings.Contains(got.Wording, "Load") || !strings.HasSuffix(got.Licence, "publisher's. Free.") {
				t.Errorf("id %s, wording %q, licence %q", got.ID, got.Wording, got.Licence)
			}
		})
	}
}

// A folder with a page for each descriptor, and the whole model without a base.
func TestImportMarkdownFolder(t *testing.T) {
	var pages []templates.Page
	for _, ref := range []string{"1.1", "1.10", "1.2", "2.11"} {
		for level := 1; level <= 2; level++ {
			name := fmt.Sprintf("%s.%d", ref, level)
			pages = append(pages, templates.Page{Name: "vault/" + name + ".md", Text: []byte("---\nup: x\n---\n# " + name + "\n## Text\nWhat " + name + " says.\n")})
		}
	}
	pages = append(pages, templates.Page{Name: "vault/Levels.md", Text: []byte("# Level 1 Low\n# Level 2 High\n")},
		templates.Page{Name: "vault/3.1.1.md", Text: []byte("Only one level.")})
	got, r, err := templates.ImportMarkdown(pages, templates.ImportOptions{ID: "vault", Title: "Vault"})
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, c := range got.Criteria {
		refs = append(refs, c.Ref)
	}
	if strings.Join(refs, " ") != "1.1 1.2 1.10 2.11" || len(got.Topics) != 2 || got.Levels[1].Name != "High" || got.Criterion("1.10").Descriptors[2] != "What 1.10.2 says." {
		t.Errorf("refs %v, topics %v, levels %v, %q", refs, got.Topics, got.Levels, got.Criterion("1.10").Descriptors[2])
	}
	if want := "vault/3.1.1.md:1: criterion 3.1 has 1 of 2 levels (left out)\n"; !strings.HasPrefix(notes(r)+"\n", want) {
		t.Errorf("notes\n%s", notes(r))
	}
}

func TestImportMarkdownRefuses(t *testing.T) {
	for _, x := range []struct{ page, want string }{
		{"# Introduction\nText.\n", "p.md holds no headings such as 1.1.4 (topic, row, level), and no table with such refs; give the pages that hold the descriptors"},
		{"# 1.1.4\nText.\n", "the pages cover one level only; give the pages of all levels, or a base whose wording stays at the others"},
	} {
		_, _, err := templates.ImportMarkdown([]templates.Page{{Name: "p.md", Text: []byte(x.page)}}, templates.ImportOptions{})
		if err == nil || err.Error() != x.want {
			t.Errorf("%q: %v", x.page, err)
		}
	}
}
