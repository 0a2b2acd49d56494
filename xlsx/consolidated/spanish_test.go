package consolidated_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// inSpanish is the same round in Spanish.
func inSpanish(in consolidated.Input) consolidated.Input {
	results, rd := *in.Results, *in.Round
	rd.Language = "es"
	results.Round = &rd
	in.Results = &results
	return in
}

// spanishRounds are rounds of both models, with an earlier round and with all that a method adds.
func spanishRounds(t testing.TB) map[string]consolidated.Input {
	t.Helper()
	out := map[string]consolidated.Input{}
	for id, s := range map[string]models.Scoring{
		"uk-dmm":    {Method: methods.Profile, Also: []methods.Name{methods.Mean, methods.Weakest}},
		"csis-cdm3": {Method: methods.Staged, Also: []methods.Name{methods.Cumulative, methods.Mean, methods.Weakest}},
	} {
		out[id+" in Spanish"] = inSpanish(since(rescored(exampleRound(t, id, 24), s), exampleRound(t, id, 30)))
	}
	out["uk-dmm in Spanish, asked of some"] = inSpanish(rescored(selective(weighted(exampleRound(t, "uk-dmm", 24))), models.Scoring{Method: methods.Mean}))
	return out
}

// The language is in the words alone: each sheet of the workbook in Spanish has the numbers of the English one, and as
// many formulas. That they come to these numbers in Spanish too, TestConsolidatedRecalculated sees.
func TestSpanishWorkbookHasTheSameFigures(t *testing.T) {
	es, _ := words.For("es")
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		in := since(exampleRound(t, id, 24), exampleRound(t, id, 30))
		english, spanish := consolidatedBytes(t, in), consolidatedBytes(t, inSpanish(in))
		want, got := numbersBySheet(cellsOf(t, english)), numbersBySheet(cellsOf(t, spanish))
		if len(want) < 18 || len(got) != len(want) {
			t.Fatalf("%s: %d sheets in Spanish, %d in English", id, len(got), len(want))
		}
		for name, numbers := range want {
			translated := es.TextOf(name)
			if name != "rubric kept" && translated == name {
				t.Errorf("%s: the sheet %s has no Spanish name", id, name)
			}
			if !slices.Equal(got[translated], numbers) {
				t.Errorf("%s: the sheet %s has other numbers than %s", id, translated, name)
			}
		}
		if a, b := len(formulaCells(t, english)), len(formulaCells(t, spanish)); a != b {
			t.Errorf("%s: %d formulas in Spanish, %d in English", id, b, a)
		}
	}
}

// numbersBySheet lists the numbers of each sheet, sorted.
func numbersBySheet(cells map[string]any) map[string][]string {
	out := map[string][]string{}
	for at, v := range cells {
		name := strings.Trim(at[:strings.LastIndexByte(at, '!')], "'")
		if out[name] == nil {
			out[name] = []string{}
		}
		if x, ok := v.(float64); ok {
			out[name] = append(out[name], fmt.Sprint(x))
		}
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out
}

// A workbook in Spanish is the earlier round of a later one as an English one is, and its edition is refused as one.
func TestSpanishWorkbookAsBaseline(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		earlier, now := inSpanish(keptRound(t, id, 24)), exampleRound(t, id, 28)
		checkBaseline(t, id+" in Spanish", earlier, now, consolidatedBytes(t, earlier))
	}
	_, err := readConsolidated(t, consolidatedBytes(t, inSpanish(published(t, exampleRound(t, "uk-dmm", 60)))))
	if err == nil || !strings.Contains(err.Error(), "edition for circulation") {
		t.Errorf("an edition in Spanish is read: %v", err)
	}
}

// What the recipients list leaves out is called so in Spanish too, and the edition finds the group's figures by it.
func TestSpanishEditionHasTheGroupWithoutName(t *testing.T) {
	in := exampleRound(t, "uk-dmm", 120)
	for i := range in.Members {
		in.Members[i].Recipient.Groups = map[string]string{"Region": []string{"North", ""}[i%2], "Type": "Unified"}
	}
	in.Register = models.Register{}
	in = rescored(in, in.Scoring)
	english, spanish := consolidatedBytes(t, published(t, in)), consolidatedBytes(t, published(t, inSpanish(in)))
	want, got := numbersBySheet(cellsOf(t, english))["Groups"], numbersBySheet(cellsOf(t, spanish))["Grupos"]
	if len(want) < 20 || !slices.Equal(got, want) {
		t.Errorf("the edition in Spanish has the figures %v of groups, the English one %v", got, want)
	}
}
