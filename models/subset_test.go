package models_test

import (
	"slices"
	"testing"

	"github.com/rubric-project/rubric/models"
)

func TestOnly(t *testing.T) {
	whole := &models.Template{ID: "x",
		Topics:   []models.Topic{{ID: "a"}, {ID: "b"}, {ID: "c"}},
		Themes:   []models.Theme{{ID: "k"}, {ID: "l"}},
		Criteria: []models.Criterion{{Ref: "1", Topic: "b", Theme: "l"}, {Ref: "2", Topic: "a"}, {Ref: "3", Topic: "c", Theme: "k"}}}
	part := whole.Only(func(c *models.Criterion) bool { return c.Topic != "c" })
	var refs, topics, themes []string
	for _, c := range part.Criteria {
		refs = append(refs, c.Ref)
	}
	for _, x := range part.Topics {
		topics = append(topics, x.ID)
	}
	for _, x := range part.Themes {
		themes = append(themes, x.ID)
	}
	if !slices.Equal(refs, []string{"1", "2"}) || !slices.Equal(topics, []string{"a", "b"}) || !slices.Equal(themes, []string{"l"}) {
		t.Errorf("criteria %v, topics %v, themes %v", refs, topics, themes)
	}
	if len(whole.Criteria) != 3 || len(whole.Topics) != 3 || len(whole.Themes) != 2 {
		t.Error("the whole template was changed")
	}
	if whole.Only(func(*models.Criterion) bool { return true }) != whole {
		t.Error("with all criteria it is another template")
	}
}
