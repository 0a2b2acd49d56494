package checks_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
)

// Whose a return is: each case changes one that is as it should be, of recipient 001.
func TestIdentity(t *testing.T) {
	type change = func(w *world, r *models.Return)
	drop := func(places ...models.Place) change {
		return func(_ *world, r *models.Return) {
			r.Claims = slices.DeleteFunc(r.Claims, func(c models.Claim) bool { return slices.Contains(places, c.Place) })
		}
	}
	inManifests := func(edit func(m *models.Manifest), places ...models.Place) change {
		return func(_ *world, r *models.Return) {
			for i := range r.Claims {
				if slices.Contains(places, r.Claims[i].Place) {
					edit(&r.Claims[i].Manifest)
				}
			}
		}
	}
	const sheet, props, visible = models.HiddenSheet, models.DocumentProperties, models.VisibleReference
	start := func(reference, name string) change {
		return func(_ *world, r *models.Return) {
			c := &r.Claims[len(r.Claims)-1]
			if reference != "" {
				c.Reference = reference
			}
			if name != "" {
				c.Name = name
			}
		}
	}
	// asFor makes the workbook as a round with other settings would have sealed it.
	asFor := func(id string, edit func(w *world)) change {
		return func(w *world, r *models.Return) {
			other := newWorld(t)
			edit(other)
			*r = other.ret(t, r.File, id)
		}
	}
	both := func(changes ...change) change {
		return func(w *world, r *models.Return) {
			for _, c := range changes {
				c(w, r)
			}
		}
	}
	setID := func(id string) func(m *models.Manifest) { return func(m *models.Manifest) { m.Recipient = id } }
	ours := func(id string) func(m *models.Manifest) {
		return func(m *models.Manifest) { *m = newWorld(t).manifest(id) }
	}
	breakSeal := func(m *models.Manifest) { m.Seal = strings.Repeat("0", 64) }
	ref := func(id string) string { w := newWorld(t); return w.manifest(id).Reference(w.Key) }
	typed := strings.ToLower(strings.ReplaceAll(ref("001"), "-", " "))

	cases := []struct {
		name   string
		change change
		status models.Status
		id     string
		codes  []models.Code
	}{
		{"right", func(*world, *models.Return) {}, models.Counted, "001", nil},
		{"reference typed with spaces in lower case", start(typed, ""), models.Counted, "001", nil},

		{"hidden sheet lost", drop(sheet), models.Counted, "001", []models.Code{models.ManifestPartlyLost}},
		{"properties lost", drop(props), models.Counted, "001", []models.Code{models.ManifestPartlyLost}},
		{"reference lost", drop(visible), models.Counted, "001", []models.Code{models.ManifestPartlyLost}},
		{"only the reference left", drop(sheet, props), models.Counted, "001", []models.Code{models.SealsLost}},
		{"only the properties left", drop(sheet, visible), models.Counted, "001", []models.Code{models.ManifestPartlyLost}},
		{"all lost", drop(sheet, props, visible), models.Unidentified, "", []models.Code{models.ManifestMissing}},
		{"only the name left", both(drop(sheet, props), func(_ *world, r *models.Return) { r.Claims[0].Reference = "" }), models.Unidentified, "", []models.Code{models.ManifestMissing}},

		{"seal of the sheet broken", inManifests(breakSeal, sheet), models.Counted, "001", []models.Code{models.SealBroken}},
		{"both seals broken, the reference confirms", inManifests(breakSeal, sheet, props), models.Counted, "001", []models.Code{models.SealBroken}},
		{"seal broken, the rest lost", both(drop(props, visible), inManifests(breakSeal, sheet)), models.Unidentified, "", []models.Code{models.IdentityUnconfirmed}},
		{"seals broken, reference nobody's", both(inManifests(breakSeal, sheet, props), start("0000-0000-0000", "")), models.Unidentified, "", []models.Code{models.IdentityUnconfirmed}},
		{"reference overwritten, the seals confirm", start("0000-0000-0000", ""), models.Counted, "001", []models.Code{models.SealBroken}},
		{"reference and name overwritten", start("0000-0000-0000", "Newtown Academy"), models.Unidentified, "", []models.Code{models.ManifestContradictory}},
		{"name overwritten and reference deleted", start("-", "Newtown Academy"), models.Unidentified, "", []models.Code{models.ManifestContradictory}},
		{"another's name, reference deleted", start("-", "Example School 02"), models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"own name, reference deleted", start("-", ""), models.Counted, "001", []models.Code{models.ManifestPartlyLost}},
		{"a second Start sheet of the same recipient", func(_ *world, r *models.Return) { r.Claims = append(r.Claims, r.Claims[2]) }, models.Counted, "001", nil},
		{"a second Start sheet of another recipient", func(w *world, r *models.Return) {
			r.Claims = append(r.Claims, w.ret(t, "b.xlsx", "002").Claims[2])
		}, models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"another's second Start sheet comes first", func(w *world, r *models.Return) {
			r.Claims = slices.Insert(r.Claims, 2, w.ret(t, "b.xlsx", "002").Claims[2])
		}, models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"the reference in the hidden sheet is another's", func(_ *world, r *models.Return) { r.Claims[0].Reference = ref("002") }, models.Unidentified, "", []models.Code{models.ManifestContradictory}},
		{"of the hidden sheet only the reference is left", both(drop(props, visible), func(_ *world, r *models.Return) {
			r.Claims[0].Manifest, r.Claims[0].Reference = models.Manifest{}, ref("001")
		}), models.Counted, "001", []models.Code{models.SealsLost}},
		{"a place contradicts itself, as the reader found", func(_ *world, r *models.Return) {
			r.Findings = []models.Finding{models.NewFinding(models.ManifestContradictory, models.Origin{File: "a.xlsx"}, "Two values.")}
		}, models.Unidentified, "", []models.Code{models.ManifestContradictory}},
		{"seal by another key", asFor("001", func(w *world) { w.Key = []byte("another key") }), models.Unidentified, "", []models.Code{models.IdentityUnconfirmed}},

		{"another round", asFor("001", func(w *world) { w.Round.ID = "example-2025"; w.Key = []byte("another key") }), models.Rejected, "", []models.Code{models.OtherRound}},
		{"another round, reference lost", both(asFor("001", func(w *world) { w.Round.ID = "example-2025" }), drop(visible)), models.Rejected, "", []models.Code{models.OtherRound}},
		{"this round's sheet in another round's file", inManifests(func(m *models.Manifest) { m.Round = "example-2025" }, props), models.Unidentified, "", []models.Code{models.ManifestContradictory}},
		{"the same, reference lost", both(inManifests(func(m *models.Manifest) { m.Round = "example-2025" }, props), drop(visible)), models.Unidentified, "", []models.Code{models.ManifestContradictory}},
		{"this round's reference in another round's file", inManifests(func(m *models.Manifest) { m.Round = "example-2025" }, sheet, props), models.Unidentified, "", []models.Code{models.ManifestContradictory}},
		{"two other rounds", both(asFor("001", func(w *world) { w.Round.ID = "example-2025" }), inManifests(func(m *models.Manifest) { m.Round = "example-2024" }, props)), models.Unidentified, "", []models.Code{models.ManifestContradictory}},
		{"another round's reference alone", both(drop(sheet, props), start("ABCD-EFGH-JKMN", "")), models.Unidentified, "", []models.Code{models.RecipientUnknown}},

		{"another template", asFor("001", func(w *world) { w.Template.ID = "other" }), models.Rejected, "001", []models.Code{models.OtherTemplate}},
		{"another version", asFor("001", func(w *world) { w.Template.Version = "2" }), models.Rejected, "001", []models.Code{models.OtherTemplateVersion}},
		{"another text of the same version", asFor("001", func(w *world) { w.TemplateDigest = "ffffffffffffffff" }), models.Rejected, "001", []models.Code{models.OtherTemplateVersion}},
		{"another version, not sealed by us", asFor("001", func(w *world) { w.Template.Version = "2"; w.Key = []byte("another key") }), models.Rejected, "", []models.Code{models.OtherTemplateVersion}},

		{"unknown recipient, sealed", asFor("009", func(*world) {}), models.Unidentified, "", []models.Code{models.RecipientUnknown}},
		{"id differs by case", func(w *world, r *models.Return) { w.Recipients[0].ID = "00A"; *r = w.ret(t, "a.xlsx", "00a") }, models.Unidentified, "", []models.Code{models.RecipientUnknown}},

		{"recipient edited in the sheet", inManifests(setID("002"), sheet), models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"recipient edited in sheet and properties", inManifests(setID("002"), sheet, props), models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"recipient edited, reference lost", both(inManifests(setID("002"), sheet, props), drop(visible)), models.Unidentified, "", []models.Code{models.IdentityUnconfirmed}},
		{"sheet of another recipient's workbook", inManifests(ours("002"), sheet), models.Unidentified, "", []models.Code{models.ManifestContradictory}},
		{"reference of another recipient", start(ref("002"), ""), models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"reference of another recipient, seals broken", both(inManifests(breakSeal, sheet, props), start(ref("002"), "")), models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"three recipients", both(inManifests(ours("002"), sheet), inManifests(ours("003"), props)), models.Unidentified, "", []models.Code{models.ManifestContradictory}},

		{"name of another recipient", start("", "Example School 02"), models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"name of another recipient, written otherwise", start("", " EXAMPLE school, 02."), models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"name like another recipient's", start("", "Exampel School 02"), models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"name written otherwise", start("", "EXAMPLE  SCHOOL 01"), models.Counted, "001", nil},
		{"new name", start("", "Newtown Academy Trust"), models.Counted, "001", []models.Code{models.NameChanged}},
		{"name with an addition", start("", "Example School 01 (Primary)"), models.Counted, "001", []models.Code{models.NameChanged}},
		{"no name", func(_ *world, r *models.Return) { r.Claims[2].Name = "" }, models.Counted, "001", nil},
		{"renamed in the list", func(w *world, _ *models.Return) { w.Recipients[0].Name = "Newtown Academy Trust" }, models.Counted, "001", []models.Code{models.NameChanged}},
		{"ids and names of the list mixed up", func(w *world, _ *models.Return) {
			w.Recipients[0].Name, w.Recipients[1].Name = w.Recipients[1].Name, w.Recipients[0].Name
		}, models.Unidentified, "", []models.Code{models.RecipientAltered}},
		{"two recipients of one name", func(w *world, _ *models.Return) { w.Recipients[1].Name = w.Recipients[0].Name }, models.Counted, "001", nil},

		{"file named for its recipient", func(w *world, r *models.Return) { *r = w.ret(t, "Example School 01 final.xlsx", "001") }, models.Counted, "001", nil},
		{"file named for another recipient", func(w *world, r *models.Return) { *r = w.ret(t, "EXAMPLE school_02 (final).xlsx", "001") }, models.Counted, "001", []models.Code{models.FileNamedForOther}},
		{"folder named for another recipient", func(w *world, r *models.Return) { *r = w.ret(t, "June/Example School 02/assessment.xlsx", "001") }, models.Counted, "001", []models.Code{models.FileNamedForOther}},
		{"file named for both", func(w *world, r *models.Return) { *r = w.ret(t, "Example School 02/Example School 01.xlsx", "001") }, models.Counted, "001", nil},
		{"file named by another's id", func(w *world, r *models.Return) {
			w.Recipients[1].ID = "S-0002"
			*r = w.ret(t, "return s-0002 v3.xlsx", "001")
		}, models.Counted, "001", []models.Code{models.FileNamedForOther}},
		{"file named by a year that is another's id", func(w *world, r *models.Return) {
			w.Recipients[1].ID = "2026"
			*r = w.ret(t, "return 2026.xlsx", "001")
		}, models.Counted, "001", nil},
		{"a name that begins like another's", func(w *world, r *models.Return) {
			w.Recipients[1].Name = "Example School"
			*r = w.ret(t, "Example School 01.xlsx", "001")
		}, models.Counted, "001", nil},
		{"unfilled", func(_ *world, r *models.Return) { r.SetAnswers(answers(t, "1.1|\n1.2|")) }, models.Rejected, "001", []models.Code{models.Unfilled}},
		{"as it was sent", func(w *world, r *models.Return) {
			w.Sent[r.Digest] = "001"
			r.SetAnswers(answers(t, "1.1|\n1.2|"))
		}, models.Rejected, "001", []models.Code{models.ReturnedAsSent}},
		{"not a workbook", func(_ *world, r *models.Return) {
			*r = models.Return{File: "a.pdf", Findings: []models.Finding{models.NewFinding(models.FilePDF, models.Origin{File: "a.pdf"}, "A PDF.")}}
		}, models.Rejected, "", []models.Code{models.FilePDF}},
		{"no sheet with answers", func(_ *world, r *models.Return) {
			r.SetAnswers(nil)
			r.Findings = []models.Finding{models.NewFinding(models.NoAnswersFound, models.Origin{File: "a.xlsx"}, "None.")}
		}, models.Rejected, "001", []models.Code{models.NoAnswersFound}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			r := w.ret(t, "a.xlsx", "001")
			c.change(w, &r)
			line := w.one(r)
			if line.Status != c.status || line.Recipient != c.id {
				t.Errorf("got %s for %q, want %s for %q: %v", line.Status, line.Recipient, c.status, c.id, line.Findings)
			}
			if got := codes(line.Findings); !slices.Equal(got, c.codes) && len(got)+len(c.codes) > 0 {
				t.Errorf("got %q, want %q: %v", got, c.codes, line.Findings)
			}
			for _, f := range line.Findings {
				if f.Message == "" || f.Remedy == "" || !strings.HasSuffix(f.Message, ".") || f.Origin.File != line.File {
					t.Errorf("finding without message, remedy, full stop or file: %+v", f)
				}
			}
		})
	}
}

// Every place may be lost, altered or another's. Whatever happens to them, a return is credited to its own
// recipient or to nobody.
func TestIdentityNeverAnother(t *testing.T) {
	w := newWorld(t)
	foreign := newWorld(t)
	foreign.Round.ID, foreign.Key = "example-2025", []byte("another key")
	manifests := []func() *models.Manifest{
		func() *models.Manifest { return nil },
		func() *models.Manifest { m := w.manifest("001"); return &m },
		func() *models.Manifest { m := w.manifest("002"); return &m },
		func() *models.Manifest { m := w.manifest("001"); m.Recipient = "002"; return &m },
		func() *models.Manifest { m := w.manifest("001"); m.Name = "Example School 02"; return &m },
		func() *models.Manifest { m := w.manifest("001"); m.Seal = ""; return &m },
		func() *models.Manifest { m := foreign.manifest("001"); return &m },
		func() *models.Manifest { return &models.Manifest{} },
	}
	references := []string{"", "nonsense", "0000-0000-0000", w.manifest("001").Reference(w.Key), w.manifest("002").Reference(w.Key), foreign.manifest("001").Reference(foreign.Key)}
	names := []string{"", "Example School 01", "Example School 02", "Exampel School 02", "Newtown Academy Trust"}
	n := 0
	for _, sheet := range manifests {
		for _, props := range manifests {
			for _, ref := range references {
				for _, name := range names {
					r := w.ret(t, "a.xlsx", "001")
					r.Claims = nil
					says := map[string]bool{} // whom the places name, and whether this round wrote it
					put := func(p models.Place, m *models.Manifest) {
						if m != nil {
							r.Claims = append(r.Claims, models.Claim{Place: p, Manifest: *m})
							says[m.Recipient] = says[m.Recipient] || m.SealFits(w.Key)
						}
					}
					put(models.HiddenSheet, sheet())
					put(models.DocumentProperties, props())
					if ref != "" || name != "" {
						r.Claims = append(r.Claims, models.Claim{Place: models.VisibleReference, Reference: ref, Name: name})
					}
					for _, id := range []string{"001", "002"} {
						if ref == w.manifest(id).Reference(w.Key) {
							says[id] = true
						}
					}
					delete(says, "")
					line := w.one(r)
					n++
					if line.Status == models.Counted && (len(says) != 1 || !says[line.Recipient]) {
						t.Errorf("credited to %s: %+v", line.Recipient, r.Claims)
					}
					wrongName := strings.HasSuffix(name, "02") && line.Recipient == "001" || name == "Example School 01" && line.Recipient == "002"
					if line.Status == models.Counted && wrongName {
						t.Errorf("credited to %s though the Start sheet says %s", line.Recipient, name)
					}
					if line.Status != models.Counted && !hasError(line.Findings) {
						t.Errorf("%s without an error: %+v", line.Status, r.Claims)
					}
				}
			}
		}
	}
	t.Logf("%d combinations", n)
}

func hasError(list []models.Finding) bool {
	return slices.ContainsFunc(list, func(f models.Finding) bool { return f.Severity == models.Error })
}
