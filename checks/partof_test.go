package checks_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
)

// Which part a file is, from what its three places say.
func TestWhichPart(t *testing.T) {
	const table = "a1|1\na2|2\na3|3\nb1|4\nb2|1"
	for _, c := range []struct {
		name   string
		change func(w *world, ret *models.Return)
		part   string
		status models.Status
		codes  []models.Code
	}{
		{"as it should be", func(*world, *models.Return) {}, "respondent:Ann", models.Counted, []models.Code{models.PartOutstanding}},
		{"only the reference is left, and the reader missed the other topics", func(w *world, ret *models.Return) {
			ret.Claims = ret.Claims[2:]
			ret.Findings = append(ret.Findings, models.NewFinding(models.RowMissing, models.Origin{File: ret.File}, "The row of c1 is missing.").About("c1"))
		}, "respondent:Ann", models.Counted, []models.Code{models.PartOutstanding, models.SealsLost}},
		{"a row of its own topics is missing", func(w *world, ret *models.Return) {
			ret.SetAnswers(ret.Answers()[1:])
		}, "respondent:Ann", models.Counted, []models.Code{models.PartOutstanding, models.RowMissing}},
		{"the Start sheet of another part", func(w *world, ret *models.Return) {
			ret.Claims[2].Reference = w.partOf(t, "x", "001", "respondent:Ben", 1, "").Claims[2].Reference
		}, "", models.Unidentified, []models.Code{models.ManifestContradictory}},
		{"the Start sheet of the whole workbook", func(w *world, ret *models.Return) {
			ret.Claims[2].Reference = w.partOf(t, "x", "001", "", 1, "").Claims[2].Reference
		}, "", models.Unidentified, []models.Code{models.ManifestContradictory}},
		{"the topics were edited", func(w *world, ret *models.Return) {
			ret.Claims[0].Manifest.Topics = "a"
		}, "respondent:Ann", models.Counted, []models.Code{models.PartOutstanding, models.SealBroken}},
		{"a part that the journal has forgotten", func(w *world, ret *models.Return) {
			w.Parts, w.MadeParts = nil, nil
		}, "respondent:Ann", models.Counted, []models.Code{models.PartNotPlanned, models.PartOutstanding}},
		{"of another round", func(w *world, ret *models.Return) {
			for i := range ret.Claims {
				ret.Claims[i].Manifest.Round, ret.Claims[i].Reference = "other", ""
			}
		}, "", models.Rejected, []models.Code{models.OtherRound}},
		{"credited by hand: nothing is left but the rows", func(w *world, ret *models.Return) {
			ret.Claims = nil
			w.Assigned[ret.File] = "001"
		}, "respondent:Ann", models.Counted, []models.Code{models.AssignedByHand, models.PartOutstanding}},
		{"sent back as it was", func(w *world, ret *models.Return) {
			w.Sent[ret.Digest] = "001"
		}, "respondent:Ann", models.Rejected, []models.Code{models.ReturnedAsSent}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := splitWorld(t)
			ret := w.partOf(t, "ann.xlsx", "001", "respondent:Ann", 1, table)
			c.change(w, &ret)
			line := w.one(ret)
			if line.Part != c.part || line.Status != c.status {
				t.Errorf("part %q, %s; want %q, %s", line.Part, line.Status, c.part, c.status)
			}
			if got := codes(line.Findings); !slices.Equal(got, c.codes) {
				t.Errorf("findings %v, want %v: %v", got, c.codes, line.Findings)
			}
		})
	}
}

// A part that was copied from another organisation's is found, though the rest differs; two respondents of one
// organisation may say the same.
func TestCopiedPart(t *testing.T) {
	w := splitWorld(t)
	speaking := "a1|1||we have written this down ourselves\na2|2||and this as well, in our own words\na3|3||and once more with feeling\n"
	w.Parts["002"][0].ID, w.MadeParts["002"] = "topic:a", w.Parts["002"]
	w.Returns = []models.Return{
		w.partOf(t, "ann.xlsx", "001", "respondent:Ann", 1, speaking), w.partOf(t, "ben.xlsx", "001", "respondent:Ben", 1, "b1|3\nb2|2"),
		w.partOf(t, "two a.xlsx", "002", "topic:a", 1, speaking), w.partOf(t, "two b.xlsx", "002", "topic:b", 1, "b1|1\nb2|1")}
	reg := checks.Register(w.RegisterInput)
	for i, want := range []bool{true, false, true, false} {
		if got := slices.Contains(codes(reg.Files[i].Findings), models.CopiedReturn); got != want {
			t.Errorf("%s: copied %v", reg.Files[i].File, got)
		}
	}
	var said string
	for _, f := range reg.Files[0].Findings {
		if f.Code == models.CopiedReturn {
			said = f.Message
		}
	}
	if !strings.Contains(said, "002") || !strings.Contains(said, "of a part") {
		t.Error(said)
	}
	if back, all := reg.Entries[1].PartsBack(); fmt.Sprint(back, all) != "2 3" {
		t.Errorf("%d of %d parts of 002 are back", back, all)
	}
}
