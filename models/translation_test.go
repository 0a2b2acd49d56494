package models_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/translation"
	"github.com/rubric-project/rubric/words"
)

func bilingual() *models.Template {
	return &models.Template{ID: "t", Title: "Title", Language: "en-GB",
		Levels: []models.Level{{Number: 1, Name: "Low", Meaning: "Low."}, {Number: 2, Name: "High", Meaning: "High."}},
		Topics: []models.Topic{{ID: "a", Name: "Topic"}},
		Criteria: []models.Criterion{
			{Ref: "1.1", Topic: "a", Subject: "One", Descriptors: map[int]string{1: "one", 2: "two"}, Options: map[int]string{2: "Done"}},
			{Ref: "1.10", Topic: "a", Subject: "Ten", Kind: models.KindStatement, Statement: "It is so."},
		},
		Advice:    []models.Advice{{Ref: "A", Level: 1, Text: "Go on."}},
		Questions: []models.Question{{ID: "q", Text: "Which?", Type: models.QuestionChoice, Options: []string{"Red", "Blue"}}},
		Translations: map[string]translation.Translation{"es": {
			Title:  "Título",
			Levels: map[int]translation.LevelTexts{1: {Name: "Bajo"}},
			Topics: map[string]translation.GroupTexts{"a": {Name: "Tema"}},
			Criteria: map[string]translation.CriterionTexts{
				"1.1":  {Subject: "Uno", Descriptors: map[int]string{2: "dos"}, Options: map[int]string{2: "Hecho"}},
				"1.10": {Statement: "Es así."},
			},
			Questions: map[string]translation.QuestionTexts{"q": {Options: map[int]string{2: "Azul"}}},
		}},
	}
}

// What is translated is in the language, what is not stays; the template itself does not change.
func TestTemplateInALanguage(t *testing.T) {
	x := bilingual()
	es := x.In("es-MX")
	for _, c := range []struct{ what, have, want string }{
		{"title", es.Title, "Título"},
		{"language", es.Language, "es"},
		{"level 1", es.Levels[0].Name, "Bajo"},
		{"level 2", es.Levels[1].Name, "High"},
		{"topic", es.Topics[0].Name, "Tema"},
		{"descriptor 1", es.Criteria[0].Descriptors[1], "one"},
		{"descriptor 2", es.Criteria[0].Descriptors[2], "dos"},
		{"option", es.Scale(&es.Criteria[0])[1].Label(), "2 – Hecho"},
		{"subject", es.Criteria[1].Subject, "Ten"},
		{"statement", es.Criteria[1].Statement, "Es así."},
		{"rating", es.Scale(&es.Criteria[1])[3].Label(), "F – Implantado por completo"},
		{"not applicable", es.NotApplicable(), "No aplicable"},
		{"question", es.Questions[0].Options[0] + es.Questions[0].Options[1], "RedAzul"},
		{"advice", es.Advice[0].Text, "Go on."},
		{"English rating", x.Scale(&x.Criteria[1])[3].Label(), "F – Fully in place"},
	} {
		if c.have != c.want {
			t.Errorf("%s is %q, not %q", c.what, c.have, c.want)
		}
	}
	if !reflect.DeepEqual(x, bilingual()) {
		t.Error("In changed the template itself")
	}
}

func TestSpeaks(t *testing.T) {
	x := bilingual()
	x.Translations["fr-CA"] = translation.Translation{}
	for lang, want := range map[string]string{"en": "en-GB", "EN-gb": "en-GB", "es-US": "es", "fr": "fr-CA", "ja": "", "": ""} {
		if got, ok := x.Speaks(lang); got != want || ok != (want != "") {
			t.Errorf("Speaks(%q) = %q, %v", lang, got, ok)
		}
	}
}

// An earlier round's date is written as its recipients read it.
func TestCalled(t *testing.T) {
	due, err := models.ParseDate("2027-03-26")
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{"en-GB": "T, 26 March 2027", "en-US": "T, March 26, 2027", "es-MX": "T, 26 de marzo de 2027", "ja": "T, 26 March 2027"} {
		if got := (&models.Round{Title: "T", Due: due, Language: lang}).Called(); got != want {
			t.Errorf("%s: %s, not %s", lang, got, want)
		}
	}
}

// Words follow the region that is asked for, and texts the template; the reader knows every form that went out.
func TestRegions(t *testing.T) {
	x := bilingual() // in en-GB
	for lang, want := range map[string]string{"en-GB": "Organisation", "en-US": "Organization", "en-AU": "Organisation", "es-MX": "Organización"} {
		if got := x.In(lang).Words().Get("organisation"); got != want {
			t.Errorf("%s: %s, not %s", lang, got, want)
		}
	}
	for _, c := range []struct {
		own  string
		also []string
		want []string
	}{
		{"en-GB", nil, []string{"Organisation", "Organización", "Organization"}},
		{"en-US", []string{"en-GB"}, []string{"Organization", "Organización", "Organisation"}},
		{"cy", []string{"xx", "es-MX"}, []string{"Organisation", "Organisation", "Organisation", "Organización", "Organization"}},
	} {
		x.Language = c.own
		var got []string
		for _, in := range x.Versions(c.also) {
			got = append(got, in.Words().Get("organisation"))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("a template in %s: %v, expected %v", c.own, got, c.want)
		}
	}
}

// Gaps names every text without a translation, and the words of a language that rubric has no words of.
func TestGaps(t *testing.T) {
	x := bilingual()
	texts, labels := x.Gaps("es")
	want := []string{"levels 1 meaning", "levels 2 name", "levels 2 meaning", "criteria 1.1 subject"}
	if len(labels) != 0 || !slices.Contains(texts, "levels 2 name") || !slices.Contains(texts, "criteria 1.1 descriptors 1") ||
		!slices.Contains(texts, "questions q options 1") || slices.Contains(texts, "title") || slices.Contains(texts, "criteria 1.1 statement") {
		t.Errorf("missing in Spanish: %v and %v; expected among others %v", texts, labels, want[:3])
	}
	if texts, labels = x.Gaps("en-US"); len(texts)+len(labels) > 0 {
		t.Errorf("missing in the template's own language: %v, %v", texts, labels)
	}
	x.Translations["xx"] = translation.Translation{Labels: map[string]string{"column_ref": "R"}}
	if _, labels = x.Gaps("xx"); len(labels) != len(words.Keys())-1 || slices.Contains(labels, "column_ref") {
		t.Errorf("missing words of a language that brings one: %d", len(labels))
	}
}
