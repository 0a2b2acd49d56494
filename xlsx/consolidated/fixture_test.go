package consolidated_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/disclosure"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// exampleRound invents a round: n recipients in groups, most of which have returned, with blanks, answers "not
// applicable", and texts that a spreadsheet program could take for something else. The same arguments give the
// same round.
func exampleRound(t testing.TB, templateID string, n int) consolidated.Input {
	t.Helper()
	tm, err := templates.Builtin(templateID)
	if err != nil {
		t.Fatal(err)
	}
	due, _ := models.ParseDate("2026-11-20")
	issued, _ := models.ParseDate("2026-09-14")
	rd := &models.Round{
		ID: "example-2026", Title: "Data maturity 2026", Organiser: "Example County Office", Template: templateID,
		Issued: issued, Due: due, Paper: "a4", Language: tm.Language, Groups: []string{"Region", "Type"},
	}
	r := rand.New(rand.NewPCG(uint64(n), 7))
	in := consolidated.Input{Results: &models.Results{Round: rd, Template: tm, Scoring: rd.ScoringFor(tm), Version: "test"}}
	scorer := scoring.NewScorer(tm, in.Scoring)
	regions, types := []string{"North", "South", "East", "West", "Coast & Islands"}, []string{"Unified", "Elementary", "High", ""}
	for i := range n {
		rc := models.Recipient{
			ID: fmt.Sprintf("%04d", i+1), Name: fmt.Sprintf("Example School District %02d", i+1),
			Groups: map[string]string{"Region": regions[skewed(r, len(regions))], "Type": types[skewed(r, len(types))]},
		}
		m := models.Member{Recipient: rc}
		entry := models.Entry{Recipient: rc, Status: models.Outstanding, Criteria: len(tm.Criteria)}
		if i == 0 || r.Float64() < 0.85 {
			ret := exampleReturn(r, tm, rc, i)
			m.Return = ret
			card := scorer.Score(ret.Answers())
			card.Recipient = rc.ID
			m.Scorecard = &card
			entry.Status, entry.Return, entry.File = models.Returned, ret, ret.File
			entry.Answered = ret.Answered()
			entry.Errors, entry.Warnings, entry.Repairs = models.Count(ret.Findings)
			in.Findings = append(in.Findings, ret.Findings...)
		}
		in.Members = append(in.Members, m)
		in.Register.Entries = append(in.Register.Entries, entry)
	}
	in.Findings = append(in.Findings, models.NewFinding(models.FileCSV, models.Origin{File: "odd/=1+1.csv"}, "The file is plain text."))
	in.Consolidation = scoring.Consolidate(tm, in.Scoring, rd.Groups, in.Members)
	in.Cards = scoring.Cards(in.Scoring, in.Members)
	return in
}

// published is the input for the edition for circulation, without the criteria withheld.
func published(t testing.TB, in consolidated.Input, withheld ...string) consolidated.Input {
	t.Helper()
	d, err := disclosure.New(disclosure.Input{Template: in.Template, Scoring: in.Scoring, Groups: in.Round.Groups, Minimum: in.Round.SmallestGroup(), Members: in.Members, Withheld: withheld})
	if err != nil {
		t.Fatal(err)
	}
	in = apart(in)
	in.Disclosure, in.Publish = d, true
	in.Disclosure = disclosure.WithChanges(in.Results)
	return in
}

// apart is the same input with results of its own, so that they can be changed.
func apart(in consolidated.Input) consolidated.Input {
	r := *in.Results
	r.Members = slices.Clone(r.Members)
	in.Results = &r
	return in
}

func skewed(r *rand.Rand, n int) int { return min(r.IntN(n), r.IntN(n)) }

// hardTexts are texts that must come out of the workbook as they went in.
var hardTexts = []string{
	"=1+1", "+441234567", "-", "@SUM(A1)", "_x000A_ is no line feed", " leading and trailing ", "two\nlines",
	"<b>&amp;</b>", "Ünïcödé 漢字 🦉 ŵ", "https://example.org/", `"quoted", with comma`, "0701",
}

func exampleReturn(r *rand.Rand, tm *models.Template, rc models.Recipient, i int) *models.Return {
	file := fmt.Sprintf("%s %s.xlsx", rc.ID, rc.Name)
	ret := &models.Return{
		File: file, Digest: fmt.Sprintf("%064x", i*7919+1), Format: "xlsx",
		Received: time.Date(2026, 11, 1+i%19, 9, 30, 0, 0, time.UTC),
	}
	ret.Respondent.Name.Value, ret.Respondent.Role.Value = fmt.Sprintf("Example Person %d", i+1), "Head of data"
	ret.Respondent.Date.Value = "2026-11-02"
	ability, noise := r.NormFloat64()*0.18+0.55, 0.22
	if i%4 == 1 { // some are good, so that levels are attained
		ability, noise = 1.02, 0.05
	}
	for k := range tm.Criteria {
		c := &tm.Criteria[k]
		at := func(col string) models.Origin {
			return models.Origin{File: file, Sheet: "Assessment", Cell: fmt.Sprintf("%s%d", col, k+8)}
		}
		a := models.Answer{Ref: c.Ref}
		a.Level.Origin, a.Target.Origin, a.Comment.Origin, a.Evidence.Origin = at("I"), at("J"), at("L"), at("K")
		scale := tm.Scale(c)
		x := ability + r.NormFloat64()*noise + 0.15*float64(k%7-3)/3*noise
		if i%4 == 1 && i%8 > 1 && 2*k > len(tm.Criteria) {
			x -= 0.35
		}
		step := min(len(scale)-1, max(0, int(x*float64(len(scale)))))
		switch p := r.Float64(); {
		case i%11 == 3 && k%3 == 0, p < 0.03:
		case i == 4: // a return with all of it not applicable
			a.Level.Value = models.NotApplicable()
		case p < 0.06:
			a.Level.Value = models.NotApplicable()
			a.Comment.Value = "We have no such data."
		default:
			a.Level.Value = models.At(scale[step].Number)
			if tm.Answers.Targets && r.Float64() < 0.7 {
				a.Target.Value = models.At(scale[min(len(scale)-1, step+r.IntN(3))].Number)
			}
		}
		if r.Float64() < 0.12 {
			a.Comment.Value = hardTexts[r.IntN(len(hardTexts))]
		}
		if r.Float64() < 0.15 {
			a.Evidence.Value = fmt.Sprintf("Policy %d, section %d, as adopted by the board", r.IntN(40), k%9+1)
		}
		ret.SetAnswers(append(ret.Answers(), a))
		if a.Level.Value.IsBlank() {
			f := models.NewFinding(models.AnswerMissing, a.Level.Origin, "Criterion "+c.Ref+" has no answer.").About(c.Ref)
			f.Recipient = rc.ID
			ret.Findings = append(ret.Findings, f)
		}
	}
	return ret
}

// many is how many recipients a large round has. With 120 each figure that needs a number of returns is there, in groups
// too; in CI there are 500.
func many() int {
	if os.Getenv("RUBRIC_LONG") != "" {
		return 500
	}
	return 120
}

func consolidatedBytes(t testing.TB, in consolidated.Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := consolidated.Write(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
