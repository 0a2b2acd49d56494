package checks_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
)

// What came back as it was carried over is told from what was answered anew.
func TestCarriedOver(t *testing.T) {
	set := func(r *models.Return) []crosswalk.CarriedSet {
		s := crosswalk.CarriedSet{From: "before", Title: "the round of 2025"}
		answers := r.Answers()
		for i := range answers {
			a := &answers[i]
			s.Answers = append(s.Answers, crosswalk.Carried{Ref: a.Ref, Level: a.Level.Value, Target: a.Target.Value, Evidence: a.Evidence.Value, Comment: a.Comment.Value})
		}
		return []crosswalk.CarriedSet{s}
	}
	unsign := func(r *models.Return) { r.Respondent = models.Respondent{} }
	for _, tt := range []struct {
		name   string
		change func(w *world, r *models.Return)
		prefer bool
		want   models.Code // "" for none of the two
		counts bool
	}{
		{"nothing touched, nobody signed", func(_ *world, r *models.Return) { unsign(r) }, false, models.CarriedUntouched, false},
		{"nothing touched, and the office lets it count", func(_ *world, r *models.Return) { unsign(r) }, true, models.CarriedOver, true},
		{"nothing touched, but signed", func(_ *world, r *models.Return) { unsign(r); r.Respondent.Name.Value = "Ann" }, false, models.CarriedOver, true},
		{"said to be checked", func(_ *world, r *models.Return) { unsign(r); r.Respondent.Checked.Value = "Yes" }, false, "", true},
		{"one level is another", func(_ *world, r *models.Return) { unsign(r); r.Answers()[0].Level.Value = models.NotApplicable() }, false, models.CarriedOver, true},
		{"one answer was taken back", func(_ *world, r *models.Return) { unsign(r); r.Answers()[0].Level.Value = models.Blank() }, false, models.CarriedOver, true},
		{"all are another", func(_ *world, r *models.Return) {
			unsign(r)
			answers := r.Answers()
			for i := range answers {
				answers[i].Comment.Value += " and more"
			}
		}, false, "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			r := w.ret(t, "a.xlsx", "001")
			carried := map[string][]crosswalk.CarriedSet{"001": set(&r)}
			tt.change(w, &r)
			in := w.RegisterInput
			in.Returns, in.Carried = []models.Return{r}, carried
			if tt.prefer {
				in.PreferFiles = []string{"a.xlsx"}
			}
			reg := checks.Register(in)
			var got models.Code
			for _, f := range reg.Files[0].Findings {
				if strings.HasPrefix(string(f.Code), "carried-over") {
					got = f.Code
				}
			}
			if got != tt.want || (reg.Entries[0].Return != nil) != tt.counts {
				t.Errorf("finding %q, want %q; counts %v, want %v", got, tt.want, reg.Entries[0].Return != nil, tt.counts)
			}
		})
	}
}
