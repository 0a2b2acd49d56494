package templates

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// Bounds of an OSCAL catalog: NIST's SP 800-53 in full has 10 MB.
const (
	mostCatalogBytes = 32 << 20
	mostProse        = 8000 // of one control, before it is shortened
	mostInserted     = 500  // parameters in one text; those within each other could go on for years
)

// oscalFile is a catalog in OSCAL's JSON form; the names are those of NIST's catalog model.
type oscalFile struct {
	Catalog *struct {
		Metadata struct {
			Title   string `json:"title"`
			Version string `json:"version"`
			Parties []struct {
				Type string `json:"type"`
				Name string `json:"name"`
			} `json:"parties"`
		} `json:"metadata"`
		oscalGroup
	} `json:"catalog"`
	Profile json.RawMessage `json:"profile"`
}

type oscalGroup struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Params   []oscalParam   `json:"params"`
	Props    []oscalProp    `json:"props"`
	Parts    []oscalPart    `json:"parts"`
	Groups   []oscalGroup   `json:"groups"`
	Controls []oscalControl `json:"controls"`
}

type oscalControl struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Params   []oscalParam   `json:"params"`
	Props    []oscalProp    `json:"props"`
	Parts    []oscalPart    `json:"parts"`
	Controls []oscalControl `json:"controls"`
}

type oscalProp struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Class string `json:"class"`
}

type oscalParam struct {
	ID     string   `json:"id"`
	Label  string   `json:"label"`
	Values []string `json:"values"`
	Select *struct {
		HowMany string   `json:"how-many"`
		Choice  []string `json:"choice"`
	} `json:"select"`
}

type oscalPart struct {
	Name  string      `json:"name"`
	Title string      `json:"title"`
	Prose string      `json:"prose"`
	Props []oscalProp `json:"props"`
	Parts []oscalPart `json:"parts"`
}

// IsOSCAL says whether a page is an OSCAL file in JSON.
func IsOSCAL(p Page) bool {
	return bytes.HasPrefix(bytes.TrimLeft(withoutBOM(p.Text), " \t\r\n"), []byte("{"))
}

func withoutBOM(b []byte) []byte { return bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")) }

// ImportOSCAL reads a catalog in OSCAL's JSON form (catalog.groups and controls, nested): each control, and each
// enhancement within a control, becomes a criterion; groups become topics. Parameters stand in the prose by their
// value, their label or their choices, in brackets. Withdrawn controls are left out. The scale comes from the options.
//
// It refuses files over 32 MB, more than 40 groups within each other, and OSCAL's other models: a profile must be
// resolved into a catalog first.
func ImportOSCAL(p Page, o ImportOptions) (*models.Template, *Report, error) {
	r := &Report{Form: "OSCAL catalog (JSON)"}
	if len(p.Text) > mostCatalogBytes {
		return nil, r, fmt.Errorf("%s is larger than %d MB; check that it is the file you mean", p.Name, mostCatalogBytes>>20)
	}
	if err := notUTF8(p); err != nil {
		return nil, r, err
	}
	var f oscalFile
	if err := json.Unmarshal(withoutBOM(p.Text), &f); err != nil {
		var at *json.SyntaxError
		if errors.As(err, &at) {
			return nil, r, fmt.Errorf("%s:%d: this is not JSON: %s", p.Name, 1+bytes.Count(p.Text[:min(int(at.Offset), len(p.Text))], []byte("\n")), text.OneLine(err.Error()))
		}
		return nil, r, fmt.Errorf("%s is not written as an OSCAL catalog is: %s", p.Name, text.Head(text.OneLine(err.Error()), 200))
	}
	if f.Catalog == nil {
		what := "no catalog"
		if f.Profile != nil {
			what = "a profile, which only chooses controls from a catalog; import the catalog that it was resolved into"
		}
		return nil, r, fmt.Errorf("%s holds %s", p.Name, what)
	}
	x := &oscal{catalog: catalog{one: "control", many: "controls", file: p.Name}, lines: linesOfIDs(p.Text), params: map[string]oscalParam{}}
	root := &f.Catalog.oscalGroup
	if err := x.collect(root, 0); err != nil {
		return nil, r, err
	}
	x.group(root, 0)
	t := o.frame(p.Name)
	x.frame(t, o, f.Catalog.Metadata.Title, f.Catalog.Metadata.Version)
	for _, party := range f.Catalog.Metadata.Parties {
		if name := plainText(party.Name); o.Publisher == "" && name != "" && party.Type == "organization" {
			t.Publisher = text.Head(name, 200)
			break
		}
	}
	at := Place{File: p.Name}
	if x.withdrawn > 0 {
		r.note(Note{at, false, text.Count(x.withdrawn, "control is withdrawn and was", "controls are withdrawn and were") + " passed over", "nothing to do"})
	}
	if x.guidance > 0 {
		r.note(Note{at, false, fmt.Sprintf("the guidance of %s would make the text too long and was not taken", text.Count(x.guidance, "control", "controls")), "recipients read it in the source"})
	}
	return x.build(t, o, r)
}

// oscal is a catalog as it is read.
type oscal struct {
	catalog
	lines               map[string]int
	params              map[string]oscalParam
	withdrawn, guidance int
	inserted            int // parameters put into the text under way
}

func (x *oscal) frame(t *models.Template, o ImportOptions, title, version string) {
	if title = text.Head(plainText(title), 120); o.Title == "" && title != "" {
		t.Title = title
	}
	if version = text.Head(plainText(version), 20); version != "" {
		t.Version = version
	}
	t.ID = firstOf(o.ID, slugOf(text.Head(baseName(x.file), 44)))
	if o.Base == nil && o.Language == "" {
		t.Language = "en"
	}
}

var jsonID = regexp.MustCompile(`"id"\s*:\s*"([^"\\]{1,80})"`)

// linesOfIDs says in which line each id stands first.
func linesOfIDs(data []byte) map[string]int {
	out, line, at := map[string]int{}, 1, 0
	for _, m := range jsonID.FindAllSubmatchIndex(data, -1) {
		line += bytes.Count(data[at:m[0]], []byte("\n"))
		at = m[0]
		if id := string(data[m[2]:m[3]]); out[id] == 0 {
			out[id] = line
		}
	}
	return out
}

// collect gathers the parameters of all groups and controls, and checks how deep they go.
func (x *oscal) collect(g *oscalGroup, depth int) error {
	if depth > mostDepth {
		return fmt.Errorf("%s: groups lie more than %d deep within each other", x.file, mostDepth)
	}
	x.keep(g.Params)
	var controls func(list []oscalControl, depth int) error
	controls = func(list []oscalControl, depth int) error {
		if depth > mostDepth {
			return fmt.Errorf("%s: controls lie more than %d deep within each other", x.file, mostDepth)
		}
		for i := range list {
			x.keep(list[i].Params)
			if err := controls(list[i].Controls, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	if err := controls(g.Controls, depth); err != nil {
		return err
	}
	for i := range g.Groups {
		if err := x.collect(&g.Groups[i], depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (x *oscal) keep(list []oscalParam) {
	for _, p := range list {
		if _, there := x.params[p.ID]; !there {
			x.params[p.ID] = p
		}
	}
}

// group lists a group's controls and groups as entries; the catalog itself, at depth 0, is no entry.
func (x *oscal) group(g *oscalGroup, depth int) {
	if depth > 0 {
		ref, _ := labelOf(g.Props)
		x.add(requirement{at: x.at(g.ID), ref: firstOf(ref, strings.ToUpper(g.ID)), name: g.Title, text: x.prose(g.Parts, "overview"), depth: depth})
	}
	for i := range g.Controls {
		x.control(&g.Controls[i], depth+1)
	}
	for i := range g.Groups {
		x.group(&g.Groups[i], depth+1)
	}
}

func (x *oscal) add(e requirement) {
	if len(x.entries) <= mostEntries {
		x.entries = append(x.entries, e)
	}
}

func (x *oscal) at(id string) Place { return Place{File: x.file, Line: max(x.lines[id], 1)} }

// control lists a control, and the enhancements within it.
func (x *oscal) control(c *oscalControl, depth int) {
	ref, withdrawn := labelOf(c.Props)
	if withdrawn {
		x.withdrawn++
	} else {
		said := x.prose(c.Parts, "statement")
		guidance := x.prose(c.Parts, "guidance")
		switch {
		case said == "":
			said = firstOf(x.prose(c.Parts, "overview"), guidance)
		case guidance == "":
		case len([]rune(said))+len([]rune(guidance))+1 <= mostStated:
			said += "\n" + guidance
		default:
			x.guidance++
		}
		x.add(requirement{at: x.at(c.ID), ref: firstOf(ref, strings.ToUpper(c.ID)), name: c.Title, text: said, depth: depth, asked: true})
	}
	for i := range c.Controls {
		x.control(&c.Controls[i], depth+1)
	}
}

// labelOf is what people call a control: its label without padding where it has several.
func labelOf(props []oscalProp) (label string, withdrawn bool) {
	for _, p := range props {
		switch {
		case p.Name == "label" && (label == "" || p.Class == ""):
			label = tidy(p.Value)
		case p.Name == "status" && strings.EqualFold(p.Value, "withdrawn"):
			withdrawn = true
		}
	}
	return label, withdrawn
}
