package checks_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
)

// splitWorld is a round with the topics a (a1 to a3), b (b1, b2) and c (c1); the recipient 001 has the parts of Ann
// (a, b) and Ben (b), and c is its contact's. 002 has one workbook for each topic, and 003 a whole one.
func splitWorld(t testing.TB) *world {
	w := newWorld(t)
	w.Template = &models.Template{ID: "example", Version: "3", Title: "Example", Levels: w.Template.Levels,
		Answers:   models.AnswerRules{NotApplicable: true, Targets: true},
		Topics:    []models.Topic{{ID: "a", Name: "Aims"}, {ID: "b", Name: "Books"}, {ID: "c", Name: "Care"}},
		Questions: []models.Question{{ID: "staff", Text: "How many staff?", Type: models.QuestionNumber}}}
	for _, ref := range []string{"a1", "a2", "a3", "b1", "b2", "c1"} {
		w.Template.Criteria = append(w.Template.Criteria, models.Criterion{Ref: ref, Topic: ref[:1], Subject: "Subject " + ref})
	}
	w.Parts = map[string][]models.Part{
		"001": {{ID: "respondent:Ann", Name: "Ann", Topics: []string{"a", "b"}}, {ID: "respondent:Ben", Name: "Ben", Topics: []string{"b"}},
			{ID: models.ContactPart, Name: "Contact", Topics: []string{"c"}}},
		"002": {{ID: "topic:a", Name: "Aims", Topics: []string{"a"}}, {ID: "topic:b", Name: "Books", Topics: []string{"b"}}, {ID: "topic:c", Name: "Care", Topics: []string{"c"}}},
	}
	w.MadeParts = map[string][]models.Part{"001": append([]models.Part{{ID: "respondent:Cy", Name: "Cy", Topics: []string{"c"}}}, w.Parts["001"]...), "002": w.Parts["002"]}
	return w
}

// partOf is a return of a part, saved on the day of March; the table is of answers.
func (w *world) partOf(t testing.TB, file, id, part string, day int, table string) models.Return {
	m := w.manifest(id)
	for _, p := range w.MadeParts[id] {
		if p.ID == part {
			m.Part, m.Topics = p.ID, models.TopicList(p.Topics)
		}
	}
	m = m.Sealed(w.Key)
	at := moment(t, fmt.Sprintf("2026-03-%02d 10:00", day))
	ret := models.Return{File: file, Digest: "digest of " + file, Format: "xlsx", Saved: at, Received: at,
		Claims: []models.Claim{
			{Place: models.HiddenSheet, Manifest: m, Origin: models.Origin{File: file, Sheet: "rubric"}},
			{Place: models.DocumentProperties, Manifest: m},
			{Place: models.VisibleReference, Reference: m.Reference(w.Key), Name: m.Name, Origin: models.Origin{File: file, Sheet: "Start", Cell: "C6"}},
		}}.With(answers(t, table))
	answers := ret.Answers()
	for i := range answers {
		a := &answers[i]
		a.Level.Origin.File, a.Target.Origin.File, a.Comment.Origin.File, a.Evidence.Origin.File = file, file, file, file
	}
	return ret
}

// table writes merged answers as the tables of these tests: ref level target comment, with the file of the level.
func table(e models.Entry) string {
	if e.Return == nil {
		return ""
	}
	var out []string
	for _, a := range e.Return.Answers() {
		line := a.Ref + " " + a.Level.Value.String()
		if !a.Target.Value.IsBlank() {
			line += " >" + a.Target.Value.String()
		}
		if a.Comment.Value != "" {
			line += " " + fmt.Sprintf("%q", a.Comment.Value)
		}
		if !a.Level.Value.IsBlank() {
			line += " " + strings.TrimSuffix(a.Level.Origin.File, ".xlsx")
		}
		if len(a.Also) > 0 {
			line += fmt.Sprintf(" +%d", len(a.Also))
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

func TestParts(t *testing.T) {
	type part struct {
		file, part string
		day        int
		answers    string
	}
	ann := part{"ann.xlsx", "respondent:Ann", 1, "a1|1\na2|2\na3|3\nb1|4\nb2|n/a|| none"}
	ben := part{"ben.xlsx", "respondent:Ben", 1, "b1|4\nb2|n/a|| none"}
	contact := part{"contact.xlsx", models.ContactPart, 1, "c1|5"}
	all := "a1 1 ann; a2 2 ann; a3 3 ann; b1 4 ann +1; b2 n/a \"none\" ann +1; c1 5 contact"
	for _, c := range []struct {
		name    string
		files   []part
		settled []models.Settlement
		prefer  []string
		want    string
		status  models.Status
		parts   string // the statuses of the parts
		codes   string // severity and code of all findings of the counted files
	}{
		{"nothing", nil, nil, nil, "", models.Late, "late late late", ""},
		{"all, and they agree", []part{ann, ben, contact}, nil, nil, all, models.Returned, "returned returned returned", ""},
		{"one is missing", []part{ann, ben}, nil, nil, "a1 1 ann; a2 2 ann; a3 3 ann; b1 4 ann +1; b2 n/a \"none\" ann +1", models.Partial, "returned returned late", "part-outstanding"},
		{"only one", []part{ben}, nil, nil, "b1 4 ben; b2 n/a \"none\" ben", models.Partial, "late returned late", "part-outstanding"},
		{"they disagree", []part{ann, contact, {"ben.xlsx", "respondent:Ben", 1, "b1|3|| Ben's\nb2|5"}}, nil, nil,
			"a1 1 ann; a2 2 ann; a3 3 ann; b1  \"Ben: Ben's\" +2; b2  \"Ann: none\" +2; c1 5 contact", models.Returned, "returned returned returned", "parts-disagree parts-disagree"},
		{"one disagreement is settled", []part{ann, contact, {"ben.xlsx", "respondent:Ben", 1, "b1|3\nb2|5"}}, []models.Settlement{{Recipient: "001", Ref: "b1", File: "ben.xlsx"}, {Recipient: "002", Ref: "b2", File: "ben.xlsx"}}, nil,
			"a1 1 ann; a2 2 ann; a3 3 ann; b1 3 ben +1; b2  \"Ann: none\" +2; c1 5 contact", models.Returned, "returned returned returned", "parts-disagree parts-settled"},
		{"all are settled", []part{ann, contact, {"ben.xlsx", "respondent:Ben", 1, "b1|3\nb2|5"}}, []models.Settlement{{Recipient: "001", Ref: "", File: "ann.xlsx"}}, nil,
			"a1 1 ann; a2 2 ann; a3 3 ann; b1 4 ann +1; b2 n/a \"Ann: none\" ann +1; c1 5 contact", models.Returned, "returned returned returned", "parts-settled parts-settled"},
		{"settled by a file that says nothing", []part{ann, contact, {"ben.xlsx", "respondent:Ben", 1, "b1|3\nb2|n/a|| none"}}, []models.Settlement{{Recipient: "001", Ref: "b1", File: "contact.xlsx"}}, nil,
			"a1 1 ann; a2 2 ann; a3 3 ann; b1  +2; b2 n/a \"none\" ann +1; c1 5 contact", models.Returned, "returned returned returned", "parts-disagree"},
		{"what one leaves blank another answers", []part{contact, {"ann.xlsx", "respondent:Ann", 1, "a1|1\na2|2\na3|3\nb1|\nb2|2"}, {"ben.xlsx", "respondent:Ben", 1, "b1|3\nb2|"}}, nil, nil,
			"a1 1 ann; a2 2 ann; a3 3 ann; b1 3 ben; b2 2 ann; c1 5 contact", models.Returned, "returned returned returned", ""},
		{"blank in both", []part{contact, {"ann.xlsx", "respondent:Ann", 1, "a1|1\na2|2\na3|3\nb1|\nb2|2"}, {"ben.xlsx", "respondent:Ben", 1, "b1|\nb2|2"}}, nil, nil,
			"a1 1 ann; a2 2 ann; a3 3 ann; b1 ; b2 2 ann +1; c1 5 contact", models.Returned, "returned returned returned", "answer-missing answer-missing"},
		{"targets differ", []part{contact, ann, {"ben.xlsx", "respondent:Ben", 1, "b1|4|5\nb2|n/a|| none"}, {"ann 2.xlsx", "respondent:Ann", 2, "a1|1\na2|2\na3|3\nb1|4|4\nb2|n/a|| none"}}, nil, nil,
			"a1 1 ann 2; a2 2 ann 2; a3 3 ann 2; b1 4 ann 2 +1; b2 n/a \"none\" ann 2 +1; c1 5 contact", models.Returned, "returned returned returned", "several-returns targets-disagree"},
		{"a part twice: the latest counts", []part{ann, ben, contact, {"ann again.xlsx", "respondent:Ann", 2, "a1|5\na2|2\na3|3\nb1|4\nb2|n/a|| none"}}, nil, nil,
			"a1 5 ann again; a2 2 ann again; a3 3 ann again; b1 4 ann again +1; b2 n/a \"none\" ann again +1; c1 5 contact", models.Returned, "returned returned returned", "several-returns"},
		{"a part twice: the first by hand", []part{ann, ben, contact, {"ann again.xlsx", "respondent:Ann", 2, "a1|5\na2|2\na3|3\nb1|4\nb2|n/a|| none"}}, nil, []string{"ann.xlsx"}, all, models.Returned, "returned returned returned", "several-returns"},
		{"a whole one beside parts", []part{ben, {"whole.xlsx", "", 2, "a1|1\na2|1\na3|1\nb1|4\nb2|n/a|| none\nc1|1"}}, nil, nil,
			"a1 1 whole; a2 1 whole; a3 1 whole; b1 4 ben +1; b2 n/a \"none\" ben +1; c1 1 whole", models.Returned, "returned returned returned", "whole-beside-parts"},
		{"a whole one alone", []part{{"whole.xlsx", "", 2, "a1|1\na2|1\na3|1\nb1|4\nb2|1\nc1|1"}}, nil, nil,
			"a1 1 whole; a2 1 whole; a3 1 whole; b1 4 whole; b2 1 whole; c1 1 whole", models.Returned, "returned returned returned", ""},
		{"a part that is asked for no more", []part{ann, ben, {"cy.xlsx", "respondent:Cy", 1, "c1|2"}}, nil, nil,
			"a1 1 ann; a2 2 ann; a3 3 ann; b1 4 ann +1; b2 n/a \"none\" ann +1; c1 2 cy", models.Returned, "returned returned returned returned", "part-not-planned"},
		{"a part with another's table in it", []part{ben, {"ann.xlsx", "respondent:Ann", 1, "a1|1\na2|2\na3|3\nb1|4\nb2|n/a|| none\nc1|2"}}, nil, nil,
			"a1 1 ann; a2 2 ann; a3 3 ann; b1 4 ann +1; b2 n/a \"none\" ann +1; c1 2 ann", models.Partial, "returned returned late", "part-holds-more part-outstanding"},
		{"an empty part", []part{ann, ben, {"contact.xlsx", models.ContactPart, 1, "c1|"}}, nil, nil,
			"a1 1 ann; a2 2 ann; a3 3 ann; b1 4 ann +1; b2 n/a \"none\" ann +1", models.Partial, "returned returned corrections", "part-outstanding"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := splitWorld(t)
			w.Settled, w.PreferFiles = c.settled, c.prefer
			for _, p := range c.files {
				ret := w.partOf(t, p.file, "001", p.part, p.day, p.answers)
				if strings.HasPrefix(p.part, "respondent:Ann") {
					ret.Respondent.Name.Value = "Ann"
				}
				w.Returns = append(w.Returns, ret)
			}
			reg := checks.Register(w.RegisterInput)
			e := reg.Entries[0]
			if got := table(e); got != c.want {
				t.Errorf("merged\n%s\nwant\n%s", got, c.want)
			}
			if e.Status != c.status {
				t.Errorf("status %s, want %s", e.Status, c.status)
			}
			var statuses, found []string
			for _, p := range e.Parts {
				statuses = append(statuses, string(p.Status))
			}
			if got := strings.Join(statuses, " "); got != c.parts {
				t.Errorf("parts %s, want %s", got, c.parts)
			}
			errors := 0
			for _, line := range reg.Files {
				for _, f := range line.Findings {
					if line.Status != models.Counted {
						continue
					}
					found = append(found, string(f.Code))
					if f.Severity == models.Error {
						errors++
					}
					if f.Recipient != "001" {
						t.Errorf("%s is of the recipient %q", f.Code, f.Recipient)
					}
				}
			}
			slices.Sort(found)
			if got := strings.Join(found, " "); got != c.codes {
				t.Errorf("findings %s, want %s", got, c.codes)
			}
			if e.Errors != errors {
				t.Errorf("the entry has %d errors, its files %d", e.Errors, errors)
			}
		})
	}
}

// What a conflict says: who said what, where, and how to settle it.
func TestPartsDisagreeMessage(t *testing.T) {
	w := splitWorld(t)
	w.Returns = []models.Return{
		w.partOf(t, "ben.xlsx", "001", "respondent:Ben", 1, "b1|3"), w.partOf(t, "ann.xlsx", "001", "respondent:Ann", 1, "a1|1\nb1|4")}
	w.Returns[0].Respondent.Name.Value = "Benjamin"
	line := checks.Register(w.RegisterInput).Files[0]
	i := slices.IndexFunc(line.Findings, func(f models.Finding) bool { return f.Code == models.PartsDisagree })
	if line.File != "ann.xlsx" || i < 0 {
		t.Fatalf("%s: %v", line.File, lines(line.Findings))
	}
	f := line.Findings[i]
	if f.Ref != "b1" || f.Origin.Cell != "I6" || f.Severity != models.Error {
		t.Errorf("%+v", f)
	}
	for _, want := range []string{"Ann says 4 – Developing (ann.xlsx, sheet 'Assessment', cell I6)", "Benjamin says 3 – Learning (ben.xlsx, sheet 'Assessment', cell I5)"} {
		if !strings.Contains(f.Message, want) {
			t.Errorf("%q does not say %q", f.Message, want)
		}
	}
	if f.Action.Name != actions.Settle || !slices.Equal(f.Action.On, []string{"001/b1", "ann.xlsx"}) {
		t.Errorf("what is to be done: %+v", f.Action)
	}
}

// Questions of the Start sheet are asked in every part.
func TestPartsAnswerQuestions(t *testing.T) {
	for _, c := range []struct {
		ann, ben string
		settled  []models.Settlement
		want     string
		code     models.Code
	}{
		{"12", "12", nil, "12", ""},
		{"", "7", nil, "7", ""},
		{"", "", nil, "", ""},
		{"12", "7", nil, "", models.QuestionsDisagree},
		{"12", "7", []models.Settlement{{Recipient: "001", Ref: "staff", File: "ben.xlsx"}}, "7", models.PartsSettled},
	} {
		w := splitWorld(t)
		w.Settled = c.settled
		w.Returns = []models.Return{w.partOf(t, "ann.xlsx", "001", "respondent:Ann", 1, "a1|1\na2|2\na3|3\nb1|4\nb2|1"), w.partOf(t, "ben.xlsx", "001", "respondent:Ben", 1, "b1|4\nb2|1")}
		for i, v := range []string{c.ann, c.ben} {
			w.Returns[i].Questions = []models.QuestionAnswer{{ID: "staff", Type: models.QuestionNumber, Answer: models.Sourced[string]{Value: v}}}
		}
		reg := checks.Register(w.RegisterInput)
		got := reg.Entries[0].Return.Question("staff")
		if got == nil || got.Answer.Value != c.want {
			t.Errorf("%q and %q: %+v, want %q", c.ann, c.ben, got, c.want)
		}
		var found []models.Code
		for _, line := range reg.Files {
			found = append(found, codes(line.Findings)...)
		}
		if c.code != "" && !slices.Contains(found, c.code) {
			t.Errorf("%q and %q: %v", c.ann, c.ben, found)
		}
	}
}

// TestPartsInAnyOrder registers parts of three recipients, made at random, in several orders: the result is the same,
// and no answer comes from a file of another recipient.
func TestPartsInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	for round := range 60 {
		w := splitWorld(t)
		owner := map[string]string{}
		for _, id := range []string{"001", "002", "003"} {
			parts := append([]models.Part{{ID: "", Topics: []string{"a", "b", "c"}}}, w.MadeParts[id]...)
			for n := range r.IntN(7) {
				p := parts[r.IntN(len(parts))]
				var b strings.Builder
				for _, c := range w.Template.Criteria {
					if slices.Contains(p.Topics, c.Topic) {
						fmt.Fprintf(&b, "%s|%s|%s|%s\n", c.Ref, []string{"", "1", "2", "n/a"}[r.IntN(4)], []string{"", "3", "4"}[r.IntN(3)], []string{"", "text of " + id}[r.IntN(2)])
					}
				}
				file := fmt.Sprintf("%s %d.xlsx", id, n)
				owner[file] = id
				w.Returns = append(w.Returns, w.partOf(t, file, id, p.ID, 1+r.IntN(3), b.String()))
			}
		}
		if len(w.Returns) > 1 {
			w.Settled = []models.Settlement{{Recipient: "001", Ref: "b1", File: w.Returns[0].File}}
		}
		want := checks.Register(w.RegisterInput)
		for range 4 {
			in := w.RegisterInput
			in.Returns = slices.Clone(w.Returns)
			r.Shuffle(len(in.Returns), func(i, j int) { in.Returns[i], in.Returns[j] = in.Returns[j], in.Returns[i] })
			if got := checks.Register(in); !reflect.DeepEqual(got, want) {
				t.Fatalf("round %d: another order of the files gives another register", round)
			}
		}
		for _, e := range want.Entries {
			if e.Return == nil {
				continue
			}
			for _, a := range e.Return.Answers() {
				for _, x := range append([]models.Answer{a}, a.Also...) {
					for _, o := range []models.Origin{x.Level.Origin, x.Target.Origin, x.Comment.Origin} {
						if o.File != "" && owner[o.File] != e.Recipient.ID {
							t.Fatalf("round %d: %s of %s comes from %s", round, a.Ref, e.Recipient.ID, o.File)
						}
					}
					if strings.Contains(x.Comment.Value, "text of") && !strings.Contains(x.Comment.Value, "text of "+e.Recipient.ID) {
						t.Fatalf("round %d: the comment %q of %s", round, x.Comment.Value, e.Recipient.ID)
					}
				}
			}
		}
	}
}
