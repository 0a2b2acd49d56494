package templates

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/language"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// library is a framework library of CISO Assistant: a catalog of requirements in YAML, or as its Excel form.
type library struct {
	libraryTexts `yaml:",inline"`
	Locale       string    `yaml:"locale"`
	Version      yaml.Node `yaml:"version"`
	Copyright    string    `yaml:"copyright"`
	Provider     string    `yaml:"provider"`
	Objects      struct {
		Framework  *libraryFramework  `yaml:"framework"`
		Frameworks []libraryFramework `yaml:"frameworks"`
	} `yaml:"objects"`
}

// libraryTexts is what a part of a library is called, in its own language and in others.
type libraryTexts struct {
	RefID       string `yaml:"ref_id"`
	Name        string `yaml:"name"`
	Description string `yaml:"description"`
	// Translations are by language and key; a value that is no text is passed over.
	Translations map[string]map[string]yaml.Node `yaml:"translations"`
}

type libraryFramework struct {
	libraryTexts `yaml:",inline"`
	MinScore     *int           `yaml:"min_score"`
	MaxScore     *int           `yaml:"max_score"`
	Scores       []libraryScore `yaml:"scores_definition"`
	Groups       []libraryTexts `yaml:"implementation_groups_definition"`
	Nodes        []libraryNode  `yaml:"requirement_nodes"`
}

type libraryScore struct {
	libraryTexts `yaml:",inline"`
	Score        int `yaml:"score"`
}

type libraryNode struct {
	libraryTexts `yaml:",inline"`
	URN          string    `yaml:"urn"`
	Parent       string    `yaml:"parent_urn"`
	Assessable   bool      `yaml:"assessable"`
	Depth        int       `yaml:"depth"`
	Weight       yaml.Node `yaml:"weight"`
	Groups       []string  `yaml:"implementation_groups"`
	Questions    yaml.Node `yaml:"questions"`
	MinScore     *int      `yaml:"min_score"`
	MaxScore     *int      `yaml:"max_score"`
	at           Place
}

// IsLibrary says whether a page is a framework library of CISO Assistant in YAML.
func IsLibrary(p Page) bool {
	return (bytes.HasPrefix(p.Text, []byte("objects:")) || bytes.Contains(p.Text, []byte("\nobjects:"))) && bytes.Contains(p.Text, []byte("urn:"))
}

// ImportLibrary reads a framework library of CISO Assistant in YAML: objects.framework with its requirement_nodes
// in their order (depth, assessable, ref_id, name, description, implementation_groups), and its scale
// (scores_definition, min_score, max_score). Headings of the highest depth that has several become topics,
// implementation groups themes. A library without a scale takes the one of the options.
//
// Texts are taken in the options' language where the library has a translation into it. It refuses files over
// strictyaml.MaxBytes, YAML with aliases, and libraries without a framework.
func ImportLibrary(p Page, o ImportOptions) (*models.Template, *Report, error) {
	r := &Report{Form: "framework library of CISO Assistant (YAML)"}
	root, err := yamlTree(p)
	if err != nil {
		return nil, r, err
	}
	var lib library
	if err := root.Decode(&lib); err != nil {
		return nil, r, fmt.Errorf("%s is not written as such a library is: %s", p.Name, text.Head(text.OneLine(err.Error()), 300))
	}
	f := lib.Objects.Framework
	if f == nil && len(lib.Objects.Frameworks) > 0 {
		if f = &lib.Objects.Frameworks[0]; len(lib.Objects.Frameworks) > 1 {
			r.note(Note{Place{File: p.Name}, true, fmt.Sprintf("the library holds %d frameworks; the first was taken", len(lib.Objects.Frameworks)), "import the others from libraries of their own"})
		}
	}
	if f == nil || len(f.Nodes) == 0 {
		return nil, r, fmt.Errorf("%s holds no framework: objects.framework with requirement_nodes is missing; a library of threats, controls, mappings or risk matrices has nothing to assess", p.Name)
	}
	lines := nodeLines(root)
	for i := range f.Nodes {
		f.Nodes[i].at = Place{File: p.Name, Line: 1}
		if i < len(lines) {
			f.Nodes[i].at.Line = lines[i]
		}
	}
	return lib.build(f, p.Name, o, r)
}

// mostNodes is how many values one YAML file may hold.
const mostNodes = 2_000_000

// build makes the template of a library, of either form.
func (lib *library) build(f *libraryFramework, file string, o ImportOptions, r *Report) (*models.Template, *Report, error) {
	said := lib.speak(o.Language, file, f, r)
	t := lib.frame(f, file, o, said)
	c := &catalog{one: "requirement", many: "requirements", file: file}
	var err error
	if c.levels, err = f.scale(said, file, len(o.Levels) > 0, r); err != nil {
		return nil, r, err
	}
	for _, g := range f.Groups {
		name, description := g.in(said)
		c.groups = append(c.groups, requirementGroup{firstOf(g.RefID, g.Name), name, description})
	}
	depths := map[string]int{}
	questions, own, firstOwn := 0, 0, libraryNode{}
	for _, n := range f.Nodes {
		depth := n.Depth
		if depth < 1 { // older libraries say by the parent alone where a node belongs
			depth = depths[n.Parent] + 1
		}
		if depth > mostDepth {
			return nil, r, fmt.Errorf("%s: the node is %d headings deep; libraries have at most %d", n.at, depth, mostDepth)
		}
		depths[n.URN] = depth
		name, description := n.in(said)
		c.entries = append(c.entries, requirement{at: n.at, ref: n.RefID, name: name, text: description, depth: depth, asked: n.Assessable, weight: n.Weight.Value, groups: n.Groups})
		if n.Assessable && n.Questions.Kind != 0 && n.Questions.Tag != "!!null" {
			questions++
		}
		if n.Assessable && (n.MinScore != nil || n.MaxScore != nil) {
			if own++; own == 1 {
				firstOwn = n
			}
		}
	}
	if own > 0 {
		r.note(Note{firstOwn.at, false, fmt.Sprintf("%s a scale of its own, which a template does not have; they are asked on the scale of all", text.Count(own, "requirement has", "requirements have each")), "check that it suits them"})
	}
	if questions > 0 {
		r.note(Note{Place{File: file}, true, fmt.Sprintf("%s questions with choices of their own; what is asked is the requirement itself, on the scale", text.Count(questions, "requirement has", "requirements have")), "nothing to do if the requirement says enough"})
	}
	return c.build(t, o, r)
}

// frame begins the template with what the library says of itself.
func (lib *library) frame(f *libraryFramework, file string, o ImportOptions, said string) *models.Template {
	t := o.frame(file)
	name, _ := f.in(said)
	if name == "" {
		name, _ = lib.in(said)
	}
	own := models.Template{ID: slugOf(text.Head(firstOf(firstOf(f.RefID, lib.RefID), "x")+".y", 60)), Title: text.Head(plainText(name), 120), Publisher: text.Head(plainText(lib.Provider), 200),
		Licence: opening(plainText(lib.Copyright), 500), Language: said, Version: text.Head(plainText(lib.Version.Value), 20)}
	for _, x := range []struct {
		to        *string
		own, told string
	}{{&t.ID, own.ID, o.ID}, {&t.Title, own.Title, o.Title}, {&t.Publisher, own.Publisher, o.Publisher}, {&t.Licence, own.Licence, o.Licence}, {&t.Language, own.Language, o.Language}, {&t.Version, own.Version, ""}} {
		if x.told == "" && x.own != "" {
			*x.to = x.own
		}
	}
	return t
}

// speak chooses the language of the texts: the one that is asked for where the library has it, else its own.
func (lib *library) speak(asked, file string, f *libraryFramework, r *Report) string {
	own := strings.ReplaceAll(tidy(lib.Locale), "_", "-")
	if _, err := language.Parse(own); own == "" || err != nil {
		own = "en"
	}
	has := map[string]bool{}
	for _, n := range f.Nodes {
		for k := range n.Translations {
			has[k] = true
		}
	}
	base, _, _ := strings.Cut(asked, "-")
	if asked != "" && has[base] {
		r.Understood = append(r.Understood, "texts in the language "+base+"; where there is none, in "+own)
		return base
	}
	if len(has) > 0 {
		var names []string
		for k := range has {
			names = append(names, text.Head(k, 10))
		}
		slices.Sort(names)
		r.note(Note{Place{File: file}, false, "the library has its texts also in " + text.FirstFew(names, 10, ", ", " and %d others"), "import it once more with that language to have them"})
	}
	return own
}

// in is the name and the description in a language, or in the library's own.
func (x *libraryTexts) in(lang string) (name, description string) {
	tr := func(key string) string {
		if n := x.Translations[lang][key]; n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
			return n.Value
		}
		return ""
	}
	return firstOf(tr("name"), x.Name), firstOf(tr("description"), x.Description)
}

// scale is the library's own scale; none where it has none that a template can hold.
func (f *libraryFramework) scale(said, file string, given bool, r *Report) ([]models.Level, error) {
	if given {
		return nil, nil
	}
	var levels []models.Level
	for _, s := range f.Scores {
		name, meaning := s.in(said)
		if f.MinScore != nil && s.Score < *f.MinScore || f.MaxScore != nil && s.Score > *f.MaxScore {
			r.note(Note{Place{File: file}, true, fmt.Sprintf("score %d (%s) is outside the scale from %s", s.Score, text.Head(plainText(name), 40), f.span()), "nothing to do if it says that something was not looked at"})
			continue
		}
		levels = append(levels, namedLevel(s.Score, name, meaning))
	}
	if len(levels) == 0 && f.MinScore != nil && f.MaxScore != nil && *f.MinScore >= 0 && *f.MinScore <= 1 && *f.MaxScore-*f.MinScore < mostLevels && *f.MaxScore > *f.MinScore {
		for n := *f.MinScore; n <= *f.MaxScore; n++ {
			levels = append(levels, namedLevel(n, "", ""))
		}
		r.note(Note{Place{File: file}, false, fmt.Sprintf("the library has scores from %s without saying what they mean", f.span()), "give the levels their names"})
	}
	if len(levels) == 0 {
		if f.MinScore != nil || f.MaxScore != nil {
			return nil, fmt.Errorf("%s has scores from %s, of which no scale of 2 to %d levels can be made; %w", file, f.span(), mostLevels, ErrNoScale)
		}
		return nil, nil
	}
	distinctNames(levels)
	for i, l := range levels {
		if l.Number != levels[0].Number+i || levels[0].Number < 0 || levels[0].Number > 1 || len(levels) < 2 || len(levels) > mostLevels {
			return nil, fmt.Errorf("the scores of %s are not numbered upwards from 0 or 1 without gaps; %w", file, ErrNoScale)
		}
	}
	return levels, nil
}

func (f *libraryFramework) span() string {
	say := func(n *int) string {
		if n == nil {
			return "?"
		}
		return strconv.Itoa(*n)
	}
	return say(f.MinScore) + " to " + say(f.MaxScore)
}
