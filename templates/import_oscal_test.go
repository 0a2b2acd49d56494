package templates_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/templates"
)

// oscalJSON has the form of an OSCAL catalog: groups, controls with labels of several kinds, parameters within
// parameters, items with labels, an enhancement, and a withdrawn control.
const oscalJSON = `{"catalog": {
 "metadata": {"title": "Rules of the *kitchen*", "version": "2.0", "parties": [{"type": "person", "name": "Somebody"}, {"type": "organization", "name": "An example"}]},
 "groups": [
  {"id": "si", "title": "Sinks", "controls": [
   {"id": "si-1", "title": "Drains", "props": [{"name": "label", "value": "SI-01", "class": "zero-padded"}, {"name": "label", "value": "SI-1"}],
    "params": [{"id": "si-1_a", "label": "time"}, {"id": "si-1_b", "select": {"how-many": "one-or-more", "choice": ["every {{ insert: param, si-1_a }}", "always"]}}, {"id": "si-1_c", "values": ["two"]}],
    "parts": [
     {"name": "statement", "parts": [
      {"name": "item", "props": [{"name": "label", "value": "a."}], "prose": "Look at the drain {{ insert: param, si-1_b }};"},
      {"name": "item", "props": [{"name": "label", "value": "b."}], "prose": "Clean {{ si-1_c }} of them, {{ insert: param, gone }}."}]},
     {"name": "guidance", "prose": "A wire helps."}],
    "controls": [{"id": "si-1.1", "title": "Deep drains", "props": [{"name": "label", "value": "SI-1(1)"}], "parts": [{"name": "statement", "prose": "Look deeper."}]}]},
   {"id": "si-2", "title": "Gone", "props": [{"name": "status", "value": "withdrawn"}]}]},
  {"id": "ov", "title": "Ovens", "groups": [{"id": "ov.1", "title": "Gas", "controls": [{"id": "ov-1", "title": "Flames", "parts": [{"name": "overview", "prose": "They are blue."}]}]}]}
 ]}}`

func TestImportOSCAL(t *testing.T) {
	levels, err := templates.ParseLevels("3")
	if err != nil {
		t.Fatal(err)
	}
	page := templates.Page{Name: "dir/kitchen.json", Text: []byte(oscalJSON)}
	x, r, err := templates.ImportOSCAL(page, templates.ImportOptions{Levels: levels})
	if err != nil {
		t.Fatal(err)
	}
	want := `SI-1|SI||Drains|a. Look at the drain (one or more of: every (time); always);/b. Clean two of them, (to be set)./A wire helps.|0
SI-1-1|SI||Deep drains|Look deeper.|0
OV-1|OV||Flames|They are blue.|0`
	if got := criteriaOf(x); got != want {
		t.Errorf("criteria\n%s\nwant\n%s", got, want)
	}
	if x.Title != "Rules of the kitchen" || x.Publisher != "An example" || x.Version != "2.0" || x.ID != "kitchen" || len(x.Levels) != 3 || x.Topics[1].Name != "Ovens" {
		t.Errorf("%s %s %s %s %v %v", x.Title, x.Publisher, x.Version, x.ID, x.Levels, x.Topics)
	}
	if n := notes(r); !strings.Contains(n, "1 control is withdrawn and was passed over") {
		t.Errorf("notes\n%s", n)
	}
	if r.Sample[0].Place.Line != 5 {
		t.Errorf("SI-1 stands in line 5, not %v", r.Sample[0].Place)
	}
	if _, _, err := templates.ImportOSCAL(page, templates.ImportOptions{}); !errors.Is(err, templates.ErrNoScale) {
		t.Error(err)
	}
	if x, _, err = templates.ImportOSCAL(page, templates.ImportOptions{Levels: levels, Only: []string{"OV"}}); err != nil || len(x.Criteria) != 1 || len(x.Topics) != 1 {
		t.Errorf("%v %v", err, x)
	}
}

func TestImportOSCALRefuses(t *testing.T) {
	nested := strings.Repeat(`{"groups":[`, 60) + strings.Repeat(`]}`, 60)
	for _, x := range []struct{ name, text, want string }{
		{"not JSON", "{\n\n\"catalog\": }", "k.json:3: this is not JSON"},
		{"another model", `{"profile": {}}`, "holds a profile"},
		{"something else", `{"x": 1}`, "holds no catalog"},
		{"another type", `{"catalog": {"groups": 1}}`, "not written as an OSCAL catalog"},
		{"deep", `{"catalog": ` + nested + `}`, "more than 40 deep"},
		{"empty", `{"catalog": {}}`, "nothing in it can be assessed"},
	} {
		levels, _ := templates.ParseLevels("3")
		_, _, err := templates.ImportOSCAL(templates.Page{Name: "k.json", Text: []byte(x.text)}, templates.ImportOptions{Levels: levels})
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v", x.name, err)
		}
	}
}

// Parameters that contain each other, many times over, end.
func TestImportOSCALParameters(t *testing.T) {
	many := strings.Repeat("{{ insert: param, b }} ", 300)
	text := `{"catalog": {"controls": [{"id": "a-1", "title": "A", "params": [{"id": "b", "label": "` + many + `"}], "parts": [{"name": "statement", "prose": "` + many + `"}]}]}}`
	levels, _ := templates.ParseLevels("2")
	x, _, err := templates.ImportOSCAL(templates.Page{Name: "k.json", Text: []byte(text)}, templates.ImportOptions{Levels: levels})
	if err != nil || len(x.Criteria) != 1 || len([]rune(x.Criteria[0].Statement)) > 1000 {
		t.Errorf("%v", err)
	}
}
