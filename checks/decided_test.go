package checks_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
)

// answerDecided is a decision about an answer of a file that world.ret made.
func answerDecided(number int, file, ref, value string) decisions.Decision {
	return decisions.Decision{Number: number, Request: decisions.Request{Kind: decisions.Answer, File: file, Ref: ref, Value: value},
		Digest: "digest of " + file, By: "Ann", Reason: "they phoned", At: time.Date(2026, 3, 8, 23, 30, 0, 0, time.UTC), State: decisions.InForce}
}

// doubtful is a return whose answer to 1.2 could not be read, and in whose row 1.3 there is a picture.
func doubtful(t testing.TB, w *world, file string) models.Return {
	ret := w.ret(t, file, "001")
	a := ret.Answers()
	a[1].Level.Value = models.Blank()
	for i := range a {
		a[i].Level.Origin.File = file
	}
	ret.Findings = []models.Finding{
		models.NewFinding(models.AnswerAmbiguous, a[1].Level.Origin, "'3?' does not say for certain.").About("1.2"),
		models.NewFinding(models.PictureNotRead, models.Origin{File: file, Sheet: "Assessment", Cell: "K7"}, "A picture lies over the cell.").About("1.3"),
	}
	return ret
}

// A decided answer counts in place of what was read, with the decision's number in its origin; what was wrong with it is
// said in the finding about the decision.
func TestDecidedAnswers(t *testing.T) {
	for _, c := range []struct {
		name, ref, value string
		want             models.Choice
		// found are the codes, refs and cells of what is left to say, says what the finding has in it.
		found []string
		says  []string
	}{
		{"a level", "1.2", "4", models.At(4), []string{"comment-missing 1.2 L6", "picture-not-read 1.3 K7", "answer-decided 1.2 I6"},
			[]string{"1.2 (Subject 2) is '4 – Developing' (decision 7, Ann, 8 March 2026). The reason: they phoned. The file has: '3?' does not say for certain."}},
		{"not applicable", "1.2", decisions.NotApplicable, models.NotApplicable(), []string{"comment-missing 1.2 L6", "picture-not-read 1.3 K7", "answer-decided 1.2 I6"}, []string{"is 'Not applicable'"}},
		{"blank, which is not missing then", "1.2", decisions.Blank, models.Blank(), []string{"picture-not-read 1.3 K7", "answer-decided 1.2 I6"}, []string{"is blank (decision 7"}},
		{"asked of the sender", "1.2", decisions.Ask, models.Blank(), []string{"answer-asked 1.2 I6", "picture-not-read 1.3 K7"}, []string{"decided to ask the sender for the answer to 1.2 (Subject 2) (decision 7"}},
		{"an answer that was read well", "1.1", "5", models.At(5), []string{"answer-ambiguous 1.2 I6", "comment-missing 1.1 L5", "evidence-missing 1.1 K5", "picture-not-read 1.3 K7", "answer-decided 1.1 I5"}, []string{"The file has: '3 – Learning'."}},
		{"a symptom", "1.30", "1", models.At(1), []string{"answer-ambiguous 1.2 I6", "picture-not-read 1.3 K7", "answer-decided 1.30 I34"}, []string{"is 'Yes – Still true'"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			ret := doubtful(t, w, "a.xlsx")
			returns := []models.Return{ret}
			checks.Decide(w.Template, returns, []decisions.Decision{answerDecided(7, "a.xlsx", c.ref, c.value)})
			if got := returns[0].Answer(c.ref).Level; got.Value != c.want || got.Origin.Decision != 7 || got.Origin.Cell == "" {
				t.Errorf("the answer is %+v", got)
			}
			line := w.one(returns[0])
			var found []string
			text := ""
			for _, l := range lines(line.Findings) {
				if !strings.HasPrefix(l, "returned-late") {
					found = append(found, l)
				}
			}
			for _, f := range line.Findings {
				text += f.Message + "\n"
			}
			slices.Sort(found)
			slices.Sort(c.found)
			if !slices.Equal(found, c.found) {
				t.Errorf("found %v, want %v", found, c.found)
			}
			for _, s := range c.says {
				if !strings.Contains(text, s) {
					t.Errorf("%q is not in:\n%s", s, text)
				}
			}
		})
	}
}

// What a decision is not about stays as it was, to the byte: another file, a decision that is not in force, a criterion
// that there is not, a file of which nothing could be read.
func TestDecisionsThatDoNotHold(t *testing.T) {
	w := newWorld(t)
	other, ended, unknown := answerDecided(1, "b.xlsx", "1.2", "4"), answerDecided(2, "a.xlsx", "1.2", "4"), answerDecided(3, "a.xlsx", "9.9", "4")
	ended.State = decisions.Undone
	left := answerDecided(4, "a.xlsx", "1.2", "")
	left.Kind = decisions.Leave
	a, none := doubtful(t, w, "a.xlsx"), models.Return{File: "c.xlsx", Digest: "digest of c.xlsx"}
	returns := []models.Return{a, none}
	checks.Decide(w.Template, returns, []decisions.Decision{other, ended, unknown, left, answerDecided(5, "c.xlsx", "1.2", "4")})
	if got, want := string(returns[0].AppendTo(nil)), string(a.AppendTo(nil)); got != want {
		t.Error("the return is another")
	}
	if returns[1].Rows() != 0 || len(returns[1].Findings) > 0 {
		t.Errorf("an answer came into a file without any: %+v", returns[1])
	}
}

// A criterion whose row is gone from the workbook can be decided all the same; it stands in the template's order.
func TestDecidedRowThatIsMissing(t *testing.T) {
	w := newWorld(t)
	ret := w.ret(t, "a.xlsx", "001")
	ret.SetAnswers(slices.Delete(slices.Clone(ret.Answers()), 3, 4))
	ret.Findings = []models.Finding{models.NewFinding(models.RowMissing, models.Origin{File: "a.xlsx"}, "The row of 1.4 is not in the workbook.").About("1.4")}
	var packer models.Packer
	ret.Pack(&packer)
	returns := []models.Return{ret}
	checks.Decide(w.Template, returns, []decisions.Decision{answerDecided(2, "a.xlsx", "1.4", "2")})
	got := returns[0].Answers()
	if len(got) != 30 || got[3].Ref != "1.4" || got[3].Level.Value != models.At(2) || got[3].Level.Origin != (models.Origin{File: "a.xlsx", Decision: 2}) {
		t.Errorf("%d answers, the fourth %+v", len(got), got[3])
	}
	if got := codes(returns[0].Findings); !slices.Equal(got, []models.Code{models.AnswerDecided}) {
		t.Errorf("found %v", got)
	}
	if ret.Rows() != 29 {
		t.Error("the return as it was read was changed")
	}
}

// A new file of the sender ends what was decided about the earlier one; where it answers otherwise, this is said.
func TestNewFileEndsDecisions(t *testing.T) {
	w := newWorld(t)
	earlier, later := doubtful(t, w, "a.xlsx"), w.ret(t, "b.xlsx", "001")
	later.Saved, later.Received = moment(t, "2026-03-02 10:00"), moment(t, "2026-03-02 12:00")
	returns := []models.Return{earlier, later}
	checks.Decide(w.Template, returns, []decisions.Decision{answerDecided(1, "a.xlsx", "1.2", "4"), answerDecided(2, "a.xlsx", "1.5", "3"), answerDecided(3, "a.xlsx", "1.6", decisions.Ask)})
	in := w.RegisterInput
	in.Returns = returns
	reg := checks.Register(in)
	if reg.Entries[0].File != "b.xlsx" || reg.Entries[0].Return.Answer("1.2").Level.Value != models.At(3) {
		t.Fatalf("%+v counts", reg.Entries[0])
	}
	var said []string
	for _, f := range reg.Files[1].Findings {
		if f.Code == models.DecisionEnded {
			said = append(said, f.Ref+": "+f.Message)
		}
	}
	if len(said) != 1 || !strings.Contains(said[0], "decided for a.xlsx that the answer to 1.2 (Subject 2) is '4 – Developing' (decision 1). This return counts now, and the answer is '3 – Learning'") {
		t.Errorf("said: %q", said)
	}
}

// Who a file may be of is said where it is doubtful.
func TestCandidates(t *testing.T) {
	w := newWorld(t)
	lost := w.ret(t, "Example School 04.xlsx", "002")
	lost.Claims = []models.Claim{{Place: models.VisibleReference, Reference: "XXXX-XXXX-XXXX", Name: "Example School 03"}}
	if got := w.one(lost); got.Status != models.Unidentified || !slices.Equal(got.Candidates, []string{"003", "004"}) {
		t.Errorf("%s, candidates %v", got.Status, got.Candidates)
	}
	altered := w.ret(t, "x.xlsx", "002")
	altered.Claims[1].Manifest.Recipient = "005"
	if got := w.one(altered); got.Status != models.Unidentified || !slices.Equal(got.Candidates, []string{"002", "005"}) {
		t.Errorf("%s, candidates %v", got.Status, got.Candidates)
	}
	if got := w.one(w.ret(t, "x.xlsx", "002")); got.Candidates != nil {
		t.Errorf("candidates of a file that is not doubtful: %v", got.Candidates)
	}
}

// What the office decides does not hide that a return looks copied, or that nobody touched what was carried over.
func TestDecisionsHideNothingOfTheSender(t *testing.T) {
	w := newWorld(t)
	a, b := w.ret(t, "a.xlsx", "001"), w.ret(t, "b.xlsx", "002")
	for _, ret := range []*models.Return{&a, &b} {
		for i := range ret.Answers()[:4] {
			ret.Answers()[i].Comment.Value = "A comment that nobody else would write, " + ret.Answers()[i].Ref
		}
	}
	returns := []models.Return{a, b}
	in := w.RegisterInput
	in.AsRead = checks.Decide(w.Template, returns, []decisions.Decision{answerDecided(1, "a.xlsx", "1.2", "4")})
	in.Returns = returns
	for _, line := range checks.Register(in).Files {
		if !slices.Contains(codes(line.Findings), models.CopiedReturn) {
			t.Errorf("%s looks copied no longer: %v", line.File, codes(line.Findings))
		}
	}
}
