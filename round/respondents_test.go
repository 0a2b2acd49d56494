package round_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// topical has the topics 1, 2 and 3; 3 has no criterion.
func topical() *models.Template {
	return &models.Template{ID: "x", Topics: []models.Topic{{ID: "1", Name: "Aims"}, {ID: "2", Name: "Books, and records"}, {ID: "3", Name: "Care"}, {ID: "4", Name: "Doing"}},
		Criteria: []models.Criterion{{Ref: "1.1", Topic: "1"}, {Ref: "2.1", Topic: "2"}, {Ref: "4.1", Topic: "4"}}}
}

func respondents(t testing.TB, csv string) ([]round.Respondent, error) {
	return round.ParseRespondents("respondents.csv", rows(t, csv), []models.Recipient{{ID: "0101"}, {ID: "0102"}}, topical())
}

func TestRespondents(t *testing.T) {
	for _, c := range []struct{ name, csv, want string }{
		{"ids", "recipient,name,email,topics\n0101,Ann,ann@x.example,1; 2\n", "0101 Ann ann@x.example [1 2]"},
		{"names and commas, another order", "topics,name,recipient\n\"Books, and records;aims\",Ann,0101\n\"4,1\",Ben,0102\n", "0101 Ann  [1 2], 0102 Ben  [1 4]"},
		{"all", "recipient,name,email,topics\n0101,Ann,,ALL\n", "0101 Ann  [1 2 3 4]"},
		{"roles, and so no topics", "recipient,name,role\n0101,Ann,Head of IT\n0101,Ben,\n", "0101 Ann (Head of IT)  [1 2 3 4], 0101 Ben  [1 2 3 4]"},
		{"roles, and topics for some", "recipient,name,topics,role\n0101,Ann,,Head of IT\n0101,Ben,1,Teacher\n0101,ann,4,\n", "0101 Ann (Head of IT)  [1 2 3 4], 0101 Ben (Teacher)  [1]"},
		{"several lines of one person", "recipient,name,email,topics\n0101,Ann,,4\n0101,ann,ann@x.example,1\n0102,Ann,,1\n", "0101 Ann ann@x.example [1 4], 0102 Ann  [1]"},
	} {
		list, err := respondents(t, c.csv)
		var got []string
		for _, r := range list {
			if r.Role != "" {
				r.Name += " (" + r.Role + ")"
			}
			got = append(got, fmt.Sprintf("%s %s %s %v", r.Recipient, r.Name, r.Email, r.Topics))
		}
		if strings.Join(got, ", ") != c.want || err != nil {
			t.Errorf("%s: %v (%v)", c.name, got, err)
		}
	}
}

func TestBrokenRespondents(t *testing.T) {
	const head = "recipient,name,email,topics\n"
	for _, c := range []struct{ name, csv, want string }{
		{"no column topics", "recipient,name,email\n0101,Ann,\n", "respondents.csv:1:1: the column \"topics\" is missing"},
		{"a column twice", "recipient,name,topics,name\n0101,Ann,1,\n", "respondents.csv:1:23: the heading \"name\" stands twice"},
		{"an unknown recipient", head + "101,Ann,,1\n", "respondents.csv:2:1: there is no recipient with the id \"101\""},
		{"no name", head + "0101,,,1\n", "respondents.csv:2:6: the name is empty"},
		{"not an address", head + "0101,Ann,ann at x,1\n", "respondents.csv:2:10: \"ann at x\" is not an email address"},
		{"no topics", head + "0101,Ann,,\n", "respondents.csv:2:11: no topics are given"},
		{"an unknown topic", head + "0101,Ann,,1;Book\n", "respondents.csv:2:11: there is no topic \"Book\" in the template"},
		{"two addresses", head + "0101,Ann,a@x.example,1\n0101,Ann,b@x.example,2\n", "respondents.csv:3:10: \"Ann\" has another address, a@x.example,"},
		{"two roles", "recipient,name,role\n0101,Ann,Head of IT\n0101,Ann,Teacher\n", "respondents.csv:3:10: \"Ann\" has another role, \"Head of IT\","},
		{"nobody", head, "respondents.csv:1:1: the list has headings but no respondent below them"},
	} {
		_, err := respondents(t, c.csv)
		got := problems(t, err)
		if len(got) != 1 || !strings.HasPrefix(got[0], c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestParts(t *testing.T) {
	list := []round.Respondent{{Recipient: "0101", Name: "Ann", Email: "ann@x.example", Topics: []string{"1", "3"}},
		{Recipient: "0102", Name: "Cy", Topics: []string{"1", "2", "4"}}, {Recipient: "0101", Name: "Ben", Topics: []string{"1"}}, {Recipient: "0101", Name: "Dee", Topics: []string{"3"}}}
	for _, c := range []struct {
		split     models.Split
		recipient string
		want      string
	}{
		{models.Whole, "0101", ""},
		{models.ByTopic, "0101", "topic:1 (1. Aims) 1; topic:2 (2. Books, and records) 2; topic:4 (4. Doing) 4"},
		{models.ByRespondents, "0101", "respondent:Ann (Ann) 1; respondent:Ben (Ben) 1; contact (Other topics) 2, 4"},
		{models.ByRespondents, "0102", "respondent:Cy (Cy) 1, 2, 4"},
		{models.ByRespondents, "0103", ""},
	} {
		var got []string
		for _, p := range round.Parts(topical(), c.split, round.RespondentsOf(list)[c.recipient]) {
			got = append(got, fmt.Sprintf("%s (%s) %s", p.ID, p.Name, models.TopicList(p.Topics)))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s %s: %s", c.split, c.recipient, strings.Join(got, "; "))
		}
	}
}

// What was divided and decided is kept in the journal: the last word counts, and decisions hold for the bytes they
// were made of.
func TestPartsInTheJournal(t *testing.T) {
	r := newRound(t)
	first, second := []models.Part{{ID: "topic:1", Topics: []string{"1"}}}, []models.Part{{ID: "respondent:Ann", Topics: []string{"1"}}}
	for _, e := range []round.Event{{Kind: round.Divided, Recipient: "0101", Note: "topic", Parts: first}, {Kind: round.Divided, Recipient: "0101", Note: "respondents", Parts: second},
		{Kind: round.Divided, Recipient: "0102", Note: "topic", Parts: first}, {Kind: round.Divided, Recipient: "0102"}} {
		if err := r.Record(e); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range [][4]string{{"0101", "1.1", "a.xlsx", "A"}, {"0101", "", "b.xlsx", "B"}, {"0101", "1.1", "b.xlsx", "B"}, {"0102", "2", "gone.xlsx", "G"}, {"0102", "3", "a.xlsx", "A"}} {
		if err := r.Record(round.Event{Kind: round.Decided, Recipient: x[0], Ref: x[1], File: x[2], Digest: x[3]}); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Record(round.Event{Kind: round.Decided, Recipient: "0102", Ref: "3", File: "a.xlsx", Digest: "A", Note: "no"}); err != nil {
		t.Fatal(err)
	}
	events, _, err := r.Journal()
	if err != nil {
		t.Fatal(err)
	}
	now, ever := round.PartsMade(events)
	if len(now["0101"]) != 1 || now["0101"][0].ID != "respondent:Ann" || len(now["0102"]) != 0 || len(ever["0101"]) != 2 || len(ever["0102"]) != 1 {
		t.Errorf("now %v, ever %v", now, ever)
	}
	if splits := round.Splits(events); splits["0101"] != models.ByRespondents || splits["0102"] != models.Whole {
		t.Error("the way of splitting is not the last")
	}
	got := round.Settlements(events, []models.Return{{File: "a.xlsx", Digest: "A"}, {File: "moved/b.xlsx", Digest: "B"}})
	want := []models.Settlement{{Recipient: "0101", File: "moved/b.xlsx"}, {Recipient: "0101", Ref: "1.1", File: "moved/b.xlsx"}}
	if !slices.Equal(got, want) {
		t.Errorf("decisions %v, want %v", got, want)
	}
}
