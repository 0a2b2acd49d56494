package templates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// mostSheetTexts bounds the texts that one workbook may hold.
const mostSheetTexts = 2_000_000

// librarySheets are the pairs of sheets of a library's Excel form: X_meta says what X_content holds.
type librarySheets map[string]libraryPart

type libraryPart struct {
	meta    map[string]string
	content *Sheet
}

// IsLibraryBook says whether the sheets are the Excel form of a CISO Assistant library.
func IsLibraryBook(sheets []Sheet) bool {
	return slices.ContainsFunc(sheets, func(s Sheet) bool { return strings.EqualFold(s.Name, "library_meta") })
}

// ImportLibraryBook reads the Excel form of a CISO Assistant framework library: the sheet library_meta, and pairs of
// sheets X_meta and X_content, of which the type framework holds the requirements (assessable, depth, ref_id, name,
// description, implementation_groups), scores the scale, implementation_groups the groups. What it makes of them is
// what ImportLibrary makes of the YAML.
func ImportLibraryBook(sheets []Sheet, o ImportOptions) (*models.Template, *Report, error) {
	r := &Report{Form: "framework library of CISO Assistant (workbook)"}
	file := sheets[0].File
	parts, err := pairsOf(sheets)
	if err != nil {
		return nil, r, err
	}
	meta := parts["library"].meta
	lib := &library{libraryTexts: libraryTexts{RefID: meta["ref_id"], Name: meta["name"], Description: meta["description"]},
		Locale: meta["locale"], Copyright: meta["copyright"], Provider: meta["provider"]}
	lib.Version.Value = meta["version"]
	var main *libraryPart
	for _, name := range sortedNames(parts) {
		if p := parts[name]; p.meta["type"] == "framework" && p.content != nil {
			if main != nil {
				r.note(Note{Place{File: file, Sheet: p.content.Name, Cell: "A1"}, true, "the workbook holds a second framework; the first was taken", "import it from a workbook of its own"})
				continue
			}
			main = &p
		}
	}
	if main == nil {
		return nil, r, fmt.Errorf("%s holds no framework: none of its sheets …_meta has the type framework and a sheet …_content beside it", file)
	}
	f, err := parts.framework(main, r)
	if err != nil {
		return nil, r, err
	}
	return lib.build(f, file, o, r)
}

// pairsOf finds the pairs of sheets.
func pairsOf(sheets []Sheet) (librarySheets, error) {
	parts, texts := librarySheets{}, 0
	for i := range sheets {
		s := &sheets[i]
		for _, row := range s.Rows {
			texts += len(row)
		}
		if texts > mostSheetTexts {
			return nil, fmt.Errorf("%s holds more than %d cells", s.File, mostSheetTexts)
		}
		name := strings.ToLower(s.Name)
		if base, ok := strings.CutSuffix(name, "_meta"); ok {
			p := parts[base]
			p.meta = map[string]string{}
			for row := range s.Rows {
				if key := strings.ToLower(tidy(s.at(row, 0).Text)); key != "" {
					p.meta[key] = strings.TrimSpace(s.at(row, 1).Text)
				}
			}
			parts[base] = p
		} else if base, ok := strings.CutSuffix(name, "_content"); ok {
			p := parts[base]
			p.content = s
			parts[base] = p
		}
	}
	return parts, nil
}

func sortedNames(parts librarySheets) (names []string) {
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// named is the content of the pair whose meta has the type and the name.
func (parts librarySheets) named(kind, name string) *libraryTable {
	for _, key := range sortedNames(parts) {
		if p := parts[key]; name != "" && p.content != nil && p.meta["type"] == kind && strings.EqualFold(p.meta["name"], name) {
			return tableOf(p.content)
		}
	}
	return nil
}

// libraryTable is a sheet with headings in its first row.
type libraryTable struct {
	*Sheet
	columns map[string]int
}

func tableOf(s *Sheet) *libraryTable {
	t := &libraryTable{s, map[string]int{}}
	if len(s.Rows) > 0 {
		for col, c := range s.Rows[0] {
			key := strings.ToLower(tidy(c.Text))
			if _, twice := t.columns[key]; key != "" && !twice {
				t.columns[key] = col
			}
		}
	}
	return t
}

func (t *libraryTable) get(row int, key string) string {
	col, ok := t.columns[key]
	if !ok {
		return ""
	}
	return strings.TrimSpace(t.at(row, col).Text)
}

// texts reads a row's ref, name and description, with those in other languages: name[fr].
func (t *libraryTable) texts(row int) libraryTexts {
	x := libraryTexts{RefID: t.get(row, "ref_id"), Name: t.get(row, "name"), Description: t.get(row, "description")}
	for heading := range t.columns {
		key, lang, ok := strings.Cut(strings.TrimSuffix(heading, "]"), "[")
		if value := t.get(row, heading); ok && (key == "name" || key == "description") && value != "" {
			if x.Translations == nil {
				x.Translations = map[string]map[string]yaml.Node{}
			}
			if x.Translations[lang] == nil {
				x.Translations[lang] = map[string]yaml.Node{}
			}
			x.Translations[lang][key] = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
		}
	}
	return x
}

// wholeNumber reads a whole number, as a sheet may write it: 2, or 2.0.
func wholeNumber(s string) *int {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v != float64(int(v)) || v < -1000 || v > 1000 {
		return nil
	}
	n := int(v)
	return &n
}

// framework reads the requirements with their scale and groups.
func (parts librarySheets) framework(main *libraryPart, r *Report) (*libraryFramework, error) {
	m := main.meta
	f := &libraryFramework{libraryTexts: libraryTexts{RefID: m["ref_id"], Name: m["name"], Description: m["description"]}, MinScore: wholeNumber(m["min_score"]), MaxScore: wholeNumber(m["max_score"])}
	if t := parts.named("scores", m["scores_definition"]); t != nil {
		for row := 1; row < len(t.Rows); row++ {
			if n := wholeNumber(t.get(row, "score")); n != nil {
				f.Scores = append(f.Scores, libraryScore{libraryTexts: t.texts(row), Score: *n})
			}
		}
	}
	if t := parts.named("implementation_groups", m["implementation_groups_definition"]); t != nil {
		for row := 1; row < len(t.Rows); row++ {
			if x := t.texts(row); x.RefID != "" {
				f.Groups = append(f.Groups, x)
			}
		}
	}
	t := tableOf(main.content)
	for _, key := range []string{"assessable", "depth"} {
		if _, ok := t.columns[key]; !ok {
			return nil, fmt.Errorf("%s, sheet %s: the column %q is missing", t.File, t.Name, key)
		}
	}
	above := 0
	for row := 1; row < len(t.Rows); row++ {
		n := libraryNode{libraryTexts: t.texts(row), Assessable: t.get(row, "assessable") != "", at: t.place(t.at(row, t.columns["depth"]))}
		depth := t.get(row, "depth")
		if depth == "" && n.Name == "" && n.Description == "" {
			continue
		}
		d := wholeNumber(depth)
		if d == nil || *d < 1 {
			if n.Name+n.Description == "" {
				continue
			}
			r.note(Note{n.at, false, fmt.Sprintf("the depth %q is not a number from 1", text.Head(depth, 20)), "the entry was taken to be as deep as the one above it"})
			d = &above
		}
		if *d > 1 && *d > above+1 && row > 1 && above > 0 {
			r.note(Note{n.at, false, fmt.Sprintf("the depth goes from %d to %d", above, *d), "check that no heading is missing between them"})
		}
		n.Depth, above = max(*d, 1), max(*d, 1)
		n.MinScore, n.MaxScore = wholeNumber(t.get(row, "min_score")), wholeNumber(t.get(row, "max_score"))
		n.Weight.Value = t.get(row, "weight")
		if t.get(row, "questions") != "" {
			n.Questions.Kind = yaml.ScalarNode
		}
		for _, g := range strings.FieldsFunc(t.get(row, "implementation_groups"), func(c rune) bool { return c == ',' || c == '\n' || c == ';' }) {
			n.Groups = append(n.Groups, tidy(g))
		}
		f.Nodes = append(f.Nodes, n)
	}
	return f, nil
}
