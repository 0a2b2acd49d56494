package templates_test

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

func builtin(t *testing.T, id string) *models.Template {
	t.Helper()
	x, err := templates.Builtin(id)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestIDs(t *testing.T) {
	if got := templates.IDs(); !reflect.DeepEqual(got, []string{"csis-cdm3", "uk-dmm"}) {
		t.Errorf("IDs() = %v", got)
	}
	if _, err := templates.Builtin("uk-dm"); err == nil || err.Error() != `there is no built-in template "uk-dm"; did you mean "uk-dmm"?` {
		t.Errorf("Builtin(uk-dm): %v", err)
	}
}

// The published model: 97 criteria with five levels, in ten topics and six themes, of which 33 of the 60
// cells hold a criterion and 14 exactly one.
func TestUKDMMIsComplete(t *testing.T) {
	x := builtin(t, "uk-dmm")
	if x.Scoring.Method != models.MethodProfile {
		t.Errorf("method %s", x.Scoring.Method)
	}
	perTopic := map[string]int{}
	cells := map[string]int{}
	descriptors := 0
	for i, c := range x.Criteria {
		perTopic[c.Topic]++
		cells[c.Topic+" "+c.Theme]++
		descriptors += len(c.Descriptors)
		if topic, number, _ := strings.Cut(c.Ref, "."); topic != c.Topic || number != itoa(i+1) {
			t.Errorf("criterion %d of topic %s has ref %s; the refs number all criteria through", i+1, c.Topic, c.Ref)
		}
	}
	want := map[string]int{"1": 8, "2": 14, "3": 10, "4": 4, "5": 10, "6": 11, "7": 15, "8": 10, "9": 7, "10": 8}
	if !reflect.DeepEqual(perTopic, want) {
		t.Errorf("criteria per topic %v, want %v", perTopic, want)
	}
	single := 0
	for _, n := range cells {
		if n == 1 {
			single++
		}
	}
	if len(x.Criteria) != 97 || descriptors != 485 || len(cells) != 33 || single != 14 {
		t.Errorf("%d criteria, %d descriptors, %d cells, %d of them with one criterion; want 97, 485, 33, 14",
			len(x.Criteria), descriptors, len(cells), single)
	}
	names := []string{"Beginning", "Emerging", "Learning", "Developing", "Mastering"}
	for i, l := range x.Levels {
		if l.Number != i+1 || l.Name != names[i] {
			t.Errorf("level %d %s", l.Number, l.Name)
		}
	}
	if x.Criterion("10.94") == nil {
		t.Error("10.94 is missing")
	}
}

func TestCSISIsComplete(t *testing.T) {
	x := builtin(t, "csis-cdm3")
	if x.Scoring.Method != models.MethodStaged {
		t.Errorf("method %s", x.Scoring.Method)
	}
	want := map[string][5]int{ // per theme, for levels 1 to 5
		"KC": {10, 12, 11, 12, 12},
		"EA": {9, 8, 9, 8, 6},
		"CA": {6, 6, 7, 6, 4},
		"CP": {10, 8, 8, 4, 6}, // with the seven ideas of the introductions
	}
	for theme, counts := range want {
		for i, n := range counts {
			list := x.CriteriaOf("L"+itoa(i+1), theme)
			if len(list) != n {
				t.Errorf("level %d %s: %d statements, want %d", i+1, theme, len(list), n)
			}
			for j, c := range list {
				kind := models.KindStatement
				if i == 0 && (theme == "KC" || theme == "EA" || c.Ref == "L1-CA-05") { // the page lists L1-CA-05 as a flaw
					kind = models.KindSymptom
				}
				if ref := "L" + itoa(i+1) + "-" + theme + "-" + pad(j+1); c.Ref != ref || c.Kind != kind {
					t.Errorf("%s is a %q, want %s as a %q", c.Ref, c.Kind, ref, kind)
				}
			}
		}
		th, _ := x.Theme(theme)
		if th.GatesNextLevel != (theme == "CP") {
			t.Errorf("theme %s: gates next level %v", theme, th.GatesNextLevel)
		}
	}
	for i, n := range []int{4, 5, 5, 3, 5} {
		if got := len(x.AdviceFor(i + 1)); got != n {
			t.Errorf("level %d: %d activities for progression, want %d", i+1, got, n)
		}
	}
	alt := []string{"Unaware", "Aware", "Active", "Controlled", "Fully Managed"}
	for i, l := range x.Levels {
		if l.AltName != alt[i] {
			t.Errorf("level %d is also called %q", l.Number, l.AltName)
		}
	}
}

// A reader has to tell the texts apart and to see them in one cell: each is there, is short, stands once, and
// is typed with plain characters.
func TestTextsAreShortAndDistinct(t *testing.T) {
	for _, id := range templates.IDs() {
		x := builtin(t, id)
		at := map[string]string{}
		check := func(where, text string, least, most int) {
			n := utf8.RuneCountInString(text)
			if n < least || n > most {
				t.Errorf("%s %s has %d characters, want %d to %d: %s", id, where, n, least, most, text)
			}
			if other, twice := at[strings.ToLower(text)]; twice {
				t.Errorf("%s: %s and %s have the same text: %s", id, where, other, text)
			}
			at[strings.ToLower(text)] = where
			if strings.ContainsAny(text, "‘’“”\n\t\"") || strings.Contains(text, "  ") || text != strings.TrimSpace(text) {
				t.Errorf("%s %s: curly quotes, line breaks or doubled spaces: %s", id, where, text)
			}
			if !strings.HasSuffix(text, ".") && least > 20 {
				t.Errorf("%s %s does not end in a full stop: %s", id, where, text)
			}
		}
		for _, l := range x.Levels {
			check("level "+itoa(l.Number), l.Meaning, 60, 220)
		}
		for _, c := range x.Criteria {
			check(c.Ref+" subject", c.Subject, 8, 70)
			if c.Kind != models.KindLevels {
				check(c.Ref, c.Statement, 40, 220)
			}
			for _, l := range x.Levels[:len(c.Descriptors)] {
				check(c.Ref+" level "+itoa(l.Number), c.Descriptors[l.Number], 40, 220)
			}
		}
		for _, a := range x.Advice {
			check(a.Ref, a.Text, 40, 220)
		}
		if x.Publisher == "" || x.Source == "" || x.Licence == "" || !strings.Contains(x.Wording, "summary") {
			t.Errorf("%s does not say whose it is, or that its wording is a summary", id)
		}
	}
}

func TestBuiltinSurvivesEncode(t *testing.T) {
	for _, id := range templates.IDs() {
		x := builtin(t, id)
		var b bytes.Buffer
		if err := templates.Encode(&b, x); err != nil {
			t.Fatal(err)
		}
		if quoted := `version: "` + x.Version + `"`; !strings.Contains(b.String(), quoted) {
			t.Errorf("%s as YAML lacks %s", id, quoted)
		}
		again, err := templates.Load("again.yaml", &b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(x, again) {
			t.Errorf("%s differs after Encode and Load", id)
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

func pad(n int) string {
	if n < 10 {
		return "0" + itoa(n)
	}
	return itoa(n)
}
