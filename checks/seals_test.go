package checks_test

import (
	"slices"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
)

// Whoever has seen an invitation knows its reference. A workbook with nothing else does not take the place of one with a
// seal, however late it was saved; a person can let it.
func TestTheReferenceAloneDoesNotReplaceASeal(t *testing.T) {
	onlyReference := func(r *models.Return) {
		r.Claims = slices.DeleteFunc(r.Claims, func(c models.Claim) bool { return c.Place != models.VisibleReference })
	}
	emptied := func(r *models.Return) { // the hidden sheet holds the reference and nothing else
		i := slices.IndexFunc(r.Claims, func(c models.Claim) bool { return c.Place == models.VisibleReference })
		ref := r.Claims[i].Reference
		r.Claims = []models.Claim{{Place: models.HiddenSheet, Reference: ref, Origin: r.Claims[i].Origin}, r.Claims[i]}
	}
	broken := func(r *models.Return) {
		for i := range r.Claims {
			r.Claims[i].Manifest.Seal = "00"
		}
	}
	for _, c := range []struct {
		name      string
		forge     func(*models.Return)
		edit      func(*world)
		alone     bool
		counts    string
		of, codes []models.Code // of the forged one: as it is, beside the sealed one
		status    models.Status
	}{
		{name: "the reference alone", forge: onlyReference, counts: "a.xlsx", codes: []models.Code{models.SealsLost, models.UnsealedBeside}, status: models.Waiting},
		{name: "the hidden sheet emptied", forge: emptied, counts: "a.xlsx", codes: []models.Code{models.SealsLost, models.UnsealedBeside}, status: models.Waiting},
		{name: "broken seals", forge: broken, counts: "a.xlsx", codes: []models.Code{models.SealBroken, models.UnsealedBeside}, status: models.Waiting},
		{name: "preferred", forge: onlyReference, edit: func(w *world) { w.PreferFiles = []string{"b.xlsx"} }, counts: "b.xlsx", codes: []models.Code{models.SealsLost, models.SeveralReturns}, status: models.Counted},
		{name: "credited by hand", forge: onlyReference, edit: func(w *world) { w.Assigned["b.xlsx"] = "001" }, counts: "b.xlsx", codes: []models.Code{models.AssignedByHand, models.SeveralReturns}, status: models.Counted},
		{name: "alone", forge: onlyReference, alone: true, counts: "b.xlsx", codes: []models.Code{models.SealsLost}, status: models.Counted},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			sealed, forged := w.ret(t, "a.xlsx", "001"), w.ret(t, "b.xlsx", "001")
			sealed.Digest, forged.Digest = "aa", "bb"
			sealed.Saved, forged.Saved = moment(t, "2026-03-01 10:00"), moment(t, "2026-03-02 10:00")
			c.forge(&forged)
			if w.Returns = []models.Return{sealed, forged}; c.alone {
				w.Returns = w.Returns[1:]
			}
			if c.edit != nil {
				c.edit(w)
			}
			reg := checks.Register(w.RegisterInput)
			if e := reg.Entries[0]; e.File != c.counts || e.Status != models.Returned {
				t.Errorf("%s counts, %s", e.File, e.Status)
			}
			line := reg.Files[len(reg.Files)-1]
			got := codes(line.Findings)
			got = slices.DeleteFunc(got, func(x models.Code) bool { return x == models.CopiedReturn })
			slices.Sort(got)
			if line.Status != c.status || !slices.Equal(got, c.codes) {
				t.Errorf("the forged one: %s, %v, want %s, %v", line.Status, got, c.status, c.codes)
			}
		})
	}
}
