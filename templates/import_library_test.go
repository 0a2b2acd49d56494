package templates_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// libraryYAML has the form of a CISO Assistant library: a heading over all, sections, a list that ends a sentence,
// entries without a ref or a name, groups that contain each other, translations, and a score outside the scale.
const libraryYAML = `urn: urn:example:risk:library:kitchen
locale: en
ref_id: Kitchen
name: The kitchen's rules
version: 3
provider: An example
copyright: Made up.
objects:
  framework:
    urn: urn:example:risk:framework:kitchen
    ref_id: kitchen-1
    name: The kitchen's rules
    min_score: 0
    max_score: 2
    scores_definition:
    - {score: 0, name: Dirty, description: Nobody cleans., translations: {fr: {name: Sale, description: null}}}
    - {score: 1, name: Clean, description: null}
    - {score: 2, name: Gleaming, description: "It is cleaned twice."}
    - {score: 3, name: Not looked at}
    implementation_groups_definition:
    - {ref_id: B, name: Basic, description: For all.}
    - {ref_id: F, name: Full}
    requirement_nodes:
    - {urn: "u:0", assessable: false, depth: 1, name: All rules}
    - {urn: "u:1", assessable: false, depth: 2, parent_urn: "u:0", ref_id: A, name: Sinks, description: What has a drain.}
    - urn: "u:2"
      assessable: true
      depth: 3
      ref_id: A.1 (a)
      name: Drains are free
      description: |
        Water runs off.
        It takes a minute.
      implementation_groups: [B, F]
      translations: {fr: {name: Bondes libres}}
    - {urn: "u:3", assessable: false, depth: 3, ref_id: A.2, description: "The sink has:"}
    - {urn: "u:4", assessable: true, depth: 4, description: a tap, implementation_groups: [F]}
    - {urn: "u:5", assessable: true, depth: 4, description: a plug, weight: 2}
    - {urn: "u:6", assessable: false, depth: 2, ref_id: B, name: Ovens}
    - {urn: "u:7", assessable: true, depth: 3, ref_id: 1.10, name: Ovens are cold, min_score: 0, max_score: 1, questions: {"u:q": {text: Is it?}}}
    - {urn: "u:8", assessable: true, depth: 3, ref_id: B.9}
`

func importLibrary(t *testing.T, text string, o templates.ImportOptions) (*models.Template, *templates.Report) {
	t.Helper()
	x, r, err := templates.ImportLibrary(templates.Page{Name: "dir/kitchen.yaml", Text: []byte(text)}, o)
	if err != nil {
		t.Fatal(err)
	}
	return x, r
}

func criteriaOf(x *models.Template) string {
	var out []string
	for _, c := range x.Criteria {
		out = append(out, fmt.Sprintf("%s|%s|%s|%s|%s|%g", c.Ref, c.Topic, c.Theme, c.Subject, strings.ReplaceAll(c.Statement, "\n", "/"), c.Weight))
	}
	return strings.Join(out, "\n")
}

const kitchenCriteria = `A.1-a|A|B|Drains are free|Water runs off./It takes a minute.|0
A.2.1|A|F|a tap|The sink has:/a tap|0
A.2.2|A||a plug|The sink has:/a plug|2
1.10|B||Ovens are cold|Ovens are cold|0`

func TestImportLibrary(t *testing.T) {
	x, r := importLibrary(t, libraryYAML, templates.ImportOptions{})
	if got := criteriaOf(x); got != kitchenCriteria {
		t.Errorf("criteria\n%s\nwant\n%s", got, kitchenCriteria)
	}
	if x.ID != "kitchen-1" || x.Title != "The kitchen's rules" || x.Version != "3" || x.Publisher != "An example" || x.Language != "en" || x.Licence != "Made up." {
		t.Errorf("%s %s %s %s %s %s", x.ID, x.Title, x.Version, x.Publisher, x.Language, x.Licence)
	}
	want := []models.Level{{Number: 0, Name: "Dirty", Meaning: "Nobody cleans."}, {Number: 1, Name: "Clean", Meaning: "Clean"}, {Number: 2, Name: "Gleaming", Meaning: "It is cleaned twice."}}
	if fmt.Sprint(x.Levels) != fmt.Sprint(want) {
		t.Errorf("levels %v", x.Levels)
	}
	if fmt.Sprint(x.Topics) != fmt.Sprint([]models.Topic{{ID: "A", Name: "Sinks", Summary: "What has a drain."}, {ID: "B", Name: "Ovens"}}) {
		t.Errorf("topics %v", x.Topics)
	}
	n := notes(r)
	for _, said := range []string{"score 3 (Not looked at) is outside the scale from 0 to 2", "texts also in fr", "kitchen.yaml:40: 1 requirement has a scale of its own",
		"1 requirement has questions", "1 requirement is asked by several groups", "kitchen.yaml:41: the requirement B.9 has no text"} {
		if !strings.Contains(n, said) {
			t.Errorf("notes do not say %q:\n%s", said, n)
		}
	}
}

func TestImportLibraryInAnotherLanguage(t *testing.T) {
	x, _ := importLibrary(t, libraryYAML, templates.ImportOptions{Language: "fr-CA"})
	if x.Language != "fr-CA" || x.Criteria[0].Subject != "Bondes libres" || x.Levels[0].Name != "Sale" || x.Levels[0].Meaning != "Nobody cleans." {
		t.Errorf("%s %s %v", x.Language, x.Criteria[0].Subject, x.Levels[0])
	}
}

func TestImportLibraryOnlySome(t *testing.T) {
	for only, want := range map[string]string{"F": "A.1-a A.2.1", "B": "A.1-a 1.10", "a": "A.1-a A.2.1 A.2.2"} {
		x, _ := importLibrary(t, libraryYAML, templates.ImportOptions{Only: []string{only}})
		var got []string
		for _, c := range x.Criteria {
			got = append(got, c.Ref)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("only %s: %v", only, got)
		}
	}
	_, _, err := templates.ImportLibrary(templates.Page{Name: "k.yaml", Text: []byte(libraryYAML)}, templates.ImportOptions{Only: []string{"Fu"}})
	if err == nil || !strings.Contains(err.Error(), `there is no group or topic "Fu"`) {
		t.Error(err)
	}
}

// A library without a scale needs one, and the one that is given stands in place of its own.
func TestImportLibraryScale(t *testing.T) {
	bare := strings.Replace(libraryYAML, libraryYAML[strings.Index(libraryYAML, "    min_score"):strings.Index(libraryYAML, "    implementation_groups_def")], "", 1)
	page := templates.Page{Name: "k.yaml", Text: []byte(bare)}
	if _, _, err := templates.ImportLibrary(page, templates.ImportOptions{}); !errors.Is(err, templates.ErrNoScale) {
		t.Error(err)
	}
	levels, err := templates.ParseLevels("1=Low,2=High")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{bare, libraryYAML} {
		x, _ := importLibrary(t, text, templates.ImportOptions{Levels: levels})
		if len(x.Levels) != 2 || x.Levels[1].Name != "High" {
			t.Errorf("%v", x.Levels)
		}
	}
	hundred := strings.Replace(bare, "    implementation_groups_def", "    min_score: 0\n    max_score: 100\n    implementation_groups_def", 1)
	if _, _, err := templates.ImportLibrary(templates.Page{Name: "k.yaml", Text: []byte(hundred)}, templates.ImportOptions{}); !errors.Is(err, templates.ErrNoScale) || !strings.Contains(err.Error(), "0 to 100") {
		t.Error(err)
	}
	five := strings.Replace(hundred, "100", "4", 1)
	if x, _ := importLibrary(t, five, templates.ImportOptions{}); len(x.Levels) != 5 || x.Levels[4].Name != "Level 4" {
		t.Errorf("%v", x.Levels)
	}
}

func TestImportLibraryRefuses(t *testing.T) {
	many := "urn: x\nobjects:\n  framework:\n    min_score: 1\n    max_score: 3\n    requirement_nodes:\n"
	deep := many
	for i := range 1001 {
		many += fmt.Sprintf("    - {assessable: true, depth: 1, name: Rule %d}\n", i)
	}
	for i := range 41 {
		deep += fmt.Sprintf("    - {assessable: true, depth: %d, name: Rule %d}\n", i+1, i)
	}
	for _, x := range []struct{ name, text, want string }{
		{"aliases", "a: &a [x, x]\nurn: x\nobjects: {framework: *a}\n", "k.yaml:3: the file refers to its own parts"},
		{"no framework", "urn: x\nobjects: {threats: []}\n", "holds no framework"},
		{"too many", many, "more than 1000 requirements"},
		{"too deep", deep, "41 headings deep"},
		{"too large", "urn: x\nobjects:\n#" + strings.Repeat("x", 9<<20), "larger than 8 MB"},
		{"within each other", "urn: x\nobjects: " + strings.Repeat("[", 60) + strings.Repeat("]", 60), "within each other"},
		{"not YAML", "urn: x\nobjects:\n\t- x: [", "cannot be read as YAML"},
		{"other values", "urn: x\nobjects: {framework: {requirement_nodes: [{depth: much}]}}", "not written as such a library"},
	} {
		_, _, err := templates.ImportLibrary(templates.Page{Name: "k.yaml", Text: []byte(x.text)}, templates.ImportOptions{})
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v", x.name, err)
		}
	}
}

// The Excel form of the same library gives the same template.
func TestImportLibraryBook(t *testing.T) {
	grid := func(name string, rows ...string) templates.Sheet {
		s := templates.Sheet{File: "kitchen.xlsx", Name: name}
		for i, row := range rows {
			var cells []templates.Cell
			for j, c := range strings.Split(row, "|") {
				cells = append(cells, templates.Cell{Ref: fmt.Sprintf("%c%d", 'A'+j, i+1), Text: strings.ReplaceAll(c, "/", "\n")})
			}
			s.Rows = append(s.Rows, cells)
		}
		return s
	}
	sheets := []templates.Sheet{
		grid("library_meta", "type|library", "version|3", "locale|en", "ref_id|Kitchen", "name|The kitchen's rules", "provider|An example", "copyright|Made up."),
		grid("f_meta", "type|framework", "ref_id|kitchen-1", "name|The kitchen's rules", "min_score|0", "max_score|2", "scores_definition|s", "implementation_groups_definition|g"),
		grid("f_content", "assessable|depth|ref_id|name|description|weight|implementation_groups|name[fr]",
			"|1||All rules||||", "|2|A|Sinks|What has a drain.|||", "x|3|A.1 (a)|Drains are free|Water runs off./It takes a minute.||B,F|Bondes libres",
			"|3|A.2||The sink has:|||", "x|4|||a tap||F|", "x|4|||a plug|2||", "|2|B|Ovens||||", "|||||||", "x|3|1.10|Ovens are cold||||"),
		grid("s_meta", "type|scores", "name|s"),
		grid("s_content", "score|name|description|name[fr]", "0|Dirty|Nobody cleans.|Sale", "1|Clean||", "2|Gleaming|It is cleaned twice.|"),
		grid("g_meta", "type|implementation_groups", "name|g"),
		grid("g_content", "ref_id|name|description", "B|Basic|For all.", "F|Full|"),
	}
	if !templates.IsLibraryBook(sheets) {
		t.Fatal("not known as a library")
	}
	x, _, err := templates.ImportLibraryBook(sheets, templates.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := criteriaOf(x); got != kitchenCriteria {
		t.Errorf("criteria\n%s\nwant\n%s", got, kitchenCriteria)
	}
	if x.Levels[2].Name != "Gleaming" || x.ID != "kitchen-1" || x.Themes[0].Name != "Basic" {
		t.Errorf("%v %s %v", x.Levels, x.ID, x.Themes)
	}
	if x, _, err = templates.ImportLibraryBook(sheets, templates.ImportOptions{Language: "fr"}); err != nil || x.Criteria[0].Subject != "Bondes libres" {
		t.Errorf("%v %v", err, x)
	}
	if _, _, err = templates.ImportLibraryBook(sheets[:2], templates.ImportOptions{}); err == nil || !strings.Contains(err.Error(), "holds no framework") {
		t.Error(err)
	}
}

func TestParseLevels(t *testing.T) {
	for s, want := range map[string]string{"3": "1 Level 1, 2 Level 2, 3 Level 3", "0=None, 1=Some": "0 None, 1 Some"} {
		got, err := templates.ParseLevels(s)
		var out []string
		for _, l := range got {
			out = append(out, fmt.Sprintf("%d %s", l.Number, l.Name))
		}
		if err != nil || strings.Join(out, ", ") != want {
			t.Errorf("%s: %v %v", s, out, err)
		}
	}
	for s, want := range map[string]string{"1": "from 2 to 10", "11": "from 2 to 10", "1=A": "2 to 10", "1=A,3=B": "out of order", "2=A,3=B": "out of order", "a=b,c": "form number=name", "1=,2=": "form number=name"} {
		if _, err := templates.ParseLevels(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", s, err)
		}
	}
}
