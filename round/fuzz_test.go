package round_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/round"
)

// Whatever the list holds, each respondent is of a recipient that there is and has topics that there are, or there are
// problems with a place.
func FuzzRespondents(f *testing.F) {
	for _, s := range []string{"recipient,name,email,topics\n0101,Ann,ann@x.example,1; 3\n0102,Cy,,all\n", "recipient;name;email;topics\n0101;Ann;;\"Aims; Doing\"\n", "recipient,name,topics\n0101,A,\"Books, and records\"\n0101,a,1\n", "\xff\xfer\x00"} {
		f.Add([]byte(s))
	}
	tm, recipients := topical(), []models.Recipient{{ID: "0101", Name: "A"}, {ID: "0102", Name: "B"}}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := round.ReadCSV("respondents.csv", data)
		if err != nil {
			problems(t, err)
			return
		}
		list, err := round.ParseRespondents("respondents.csv", rows, recipients, tm)
		if err != nil {
			problems(t, err)
			return
		}
		seen := map[string]bool{}
		for _, r := range list {
			if r.Recipient != "0101" && r.Recipient != "0102" || r.Name == "" || len(r.Topics) == 0 || seen[r.Recipient+"\x00"+r.Name] {
				t.Errorf("%+v", r)
			}
			seen[r.Recipient+"\x00"+r.Name] = true
			for _, topic := range r.Topics {
				if !slices.ContainsFunc(tm.Topics, func(x models.Topic) bool { return x.ID == topic }) {
					t.Errorf("%s has the topic %q, which there is not", r.Name, topic)
				}
			}
		}
		for _, split := range []models.Split{models.ByTopic, models.ByRespondents} {
			for _, rc := range recipients {
				round.Parts(tm, split, round.RespondentsOf(list)[rc.ID])
			}
		}
	})
}

// Whatever the journal holds after a crash or an edit, what can be read is read, the rest is counted, and what is
// recorded next is there.
func FuzzJournal(f *testing.F) {
	for _, s := range []string{"", "\n\n", `{"time":"2026-03-01T10:00:00Z","kind":"sent","recipient":"0101"}` + "\n", `{"kind":"assigned","file":"a","digest":"A","recipient":"0101"}` + "\n" + `{"kind":"preferred","digest":"A"}`, `{"kind":"decided","ref":"1.1"}` + "\n{", "[]\nnull\n{\"kind\":1}\n\xff\xfe", `{"kind":"divided","parts":[{"id":"topic:1"}],"note":"topic"}`, `{"kind":"answered","digest":"A","ref":"1.1","value":"3","number":7,"needs":"0.2.0"}` + "\n" + `{"kind":"undone","number":7}`} {
		f.Add([]byte(s))
	}
	dir := f.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, ".rubric"), 0o700); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r := &round.Round{Dir: dir}
		if err := os.WriteFile(filepath.Join(dir, ".rubric", "journal.jsonl"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		before, unreadable, err := r.Journal()
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(string(data), "\n") + 1; len(before)+unreadable > lines {
			t.Fatalf("%d events and %d unreadable of %d lines", len(before), unreadable, lines)
		}
		returns := []models.Return{{File: "a", Digest: "A"}, {File: "b", Digest: "B"}}
		for _, file := range round.PreferredFiles(before, returns) {
			if file != "a" && file != "b" {
				t.Errorf("%q is preferred, which there is not", file)
			}
		}
		round.Settled(before, returns)
		round.SentWorkbooks(before)
		round.PartsMade(before)
		round.Settlements(before, returns)
		for _, d := range round.Decisions(before) {
			if d.State == "" || d.Undo != nil != (d.State == decisions.Undone) {
				t.Errorf("%+v", d)
			}
		}
		round.Newer(before)
		if err := r.Record(round.Event{Kind: round.Reminded, Recipient: "0102", Note: "next"}); err != nil {
			t.Fatal(err)
		}
		after, still, err := r.Journal()
		if err != nil || len(after) != len(before)+1 || still != unreadable || after[len(after)-1].Note != "next" {
			t.Fatalf("%d events became %d, %d unreadable %d: %v", len(before), len(after), unreadable, still, err)
		}
	})
}

// Whatever a list holds and whatever is said about it, there is a reading; one without problems has recipients that the
// list's own parser reads from its rows.
func FuzzReadList(f *testing.F) {
	for _, s := range []string{"id|name\n1|A", "Title\n\nCDS Code|LEA Name|E-mail\n07|One|A <a@b.example>", "URN|UPRN|School\n1|2|A", "|\n|", "Code|School|School\n19647330101010|A|B\n1611190130229|C|D",
		"Schools 2027\n|\nDistrict code|LEA Name|Contact person|E-mail address\n00107|One|Ann|mailto:ann@one.example\n107|One|Bo|Bo <bo@two.example>", "Id|Name|Due\n1|A|26 March 2027\n2|B|03/04/2027"} {
		f.Add(s, "", uint8(0))
		f.Add(s, "id=A,name=B,row=1", uint8(7))
	}
	f.Fuzz(func(t *testing.T, list, mapping string, how uint8) {
		columns, err := round.ParseColumns(mapping)
		if err != nil {
			columns = nil
		}
		s := sheet(t, "S", list)
		s.Hidden[int(how)] = true
		s.Merge(int(how)%5, 1+int(how)%3, int(how), 1+int(how)%4, 1000)
		src := round.ListSource{File: "l", Sheets: []round.Sheet{s}, Columns: columns}
		if how%2 == 0 {
			src.HiddenRows, src.ShortIDs = "take", "pad"
		}
		l := round.ReadList(src)
		if len(l.Problems) > 0 {
			if l.Problems.Error() == "" {
				t.Error("a problem without words")
			}
			return
		}
		if len(l.Recipients) == 0 || l.Columns["id"] == "" || l.Columns["name"] == "" {
			t.Errorf("%+v", l)
		}
	})
}
