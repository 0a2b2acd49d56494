package warehouse_test

import (
	"fmt"
	"time"

	"github.com/rubric-project/rubric/dataset/warehouse"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/models/methods"
)

// round makes a round of n recipients and m criteria in three topics. Recipient i rates criterion j with (i+j+shift) mod 5 + 1;
// every seventh answer is blank. Every fifth recipient has not returned.
func round(id, due string, n, m, shift int) warehouse.Input {
	in := &models.Results{
		Round:    &models.Round{ID: id, Title: "Round " + id, Organiser: "Office", Groups: []string{"Région"}},
		Template: &models.Template{ID: "t", Version: "1", Title: "A template", Scoring: models.Scoring{Method: methods.Profile}},
		Version:  "test",
	}
	if err := in.Round.Due.UnmarshalText([]byte(due)); err != nil {
		panic(err)
	}
	for k := 1; k <= 5; k++ {
		in.Template.Levels = append(in.Template.Levels, models.Level{Number: k, Name: fmt.Sprint("Level ", k)})
	}
	for k := 1; k <= 3; k++ {
		in.Template.Topics = append(in.Template.Topics, models.Topic{ID: fmt.Sprint(k), Name: fmt.Sprint("Topic ", k)})
	}
	for j := range m {
		in.Template.Criteria = append(in.Template.Criteria, models.Criterion{Ref: fmt.Sprintf("%d.%d", j%3+1, j/3+1), Topic: fmt.Sprint(j%3 + 1), Subject: fmt.Sprint("Subject ", j)})
	}
	for i := range n {
		who := models.Recipient{ID: fmt.Sprintf("%05d", i), Name: fmt.Sprint("Example School ", i), Groups: map[string]string{"Région": []string{"North", "South", "East"}[i%3]}}
		member := models.Member{Recipient: who}
		entry := models.Entry{Recipient: who, Status: models.Outstanding}
		in.Consolidation.Recipients++
		if i%5 != 4 {
			file := who.ID + ".xlsx"
			ret := &models.Return{File: file, Digest: "d" + who.ID, Saved: time.Date(2026, 3, 1, 12, 0, 0, 5, time.FixedZone("", 3600))}
			var list []models.Answer
			for j := range in.Template.Criteria {
				a := models.Answer{Ref: in.Template.Criteria[j].Ref}
				a.Level.Value, a.Level.Origin = models.At((i+j+shift)%5+1), models.Origin{File: file, Sheet: "Assessment", Cell: fmt.Sprint("F", j+5)}
				if (i+j)%7 == 0 {
					a.Level.Value = models.Blank()
				}
				a.Target.Value = models.At(4)
				a.Comment.Value = []string{"", "it's\ttold \\ by \"them\"\n\x00 and \xff 中文", "plain"}[j%3]
				list = append(list, a)
			}
			ret.SetAnswers(list)
			member.Return = ret
			card := &models.Scorecard{Scoring: in.Template.Scoring}
			for k, topic := range in.Template.Topics {
				card.Topics = append(card.Topics, models.GroupScore{Topic: topic.ID, Score: models.Range{Value: models.Some(float64((i+k+shift)%9) / 2)}})
			}
			member.Scorecard = card
			entry.Status, entry.Return, entry.File = models.Returned, ret, file
			in.Consolidation.Returned++
		}
		in.Members = append(in.Members, member)
		in.Register.Entries = append(in.Register.Entries, entry)
	}
	f := models.NewFinding(models.AnswerNotInList, models.Origin{File: "00000.xlsx"}, "what")
	f.Recipient = "00000"
	in.Findings = append(in.Findings, f)
	return warehouse.Input{Results: in}
}

// renamed is a round whose template calls the first criterion otherwise; its third is new, and nobody has confirmed the second.
func renamed(in warehouse.Input) warehouse.Input {
	in.Template.Version = "2"
	old := in.Template.Criteria[0].Ref
	in.Template.Criteria[0].Ref = "9.1"
	for i := range in.Members {
		if ret := in.Members[i].Return; ret != nil {
			ret.Answers()[0].Ref = "9.1"
		}
	}
	x := &crosswalk.Crosswalk{From: models.Edition{ID: "t", Version: "1"}, To: models.Edition{ID: "t", Version: "2"}}
	x.Entries = append(x.Entries, crosswalk.Entry{Kind: crosswalk.Renamed, From: []string{old}, To: []string{"9.1"}},
		crosswalk.Entry{Kind: crosswalk.Retired, From: []string{in.Template.Criteria[2].Ref}}, crosswalk.Entry{Kind: crosswalk.New, To: []string{in.Template.Criteria[2].Ref}},
		crosswalk.Entry{Kind: crosswalk.Same, From: []string{in.Template.Criteria[1].Ref}, To: []string{in.Template.Criteria[1].Ref}, Check: true})
	for _, c := range in.Template.Criteria[3:] {
		x.Entries = append(x.Entries, crosswalk.Entry{Kind: crosswalk.Same, From: []string{c.Ref}, To: []string{c.Ref}})
	}
	in.Crosswalk = x
	return in
}
