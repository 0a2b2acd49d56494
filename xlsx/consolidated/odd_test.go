package consolidated_test

import (
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// oddRounds are rounds at the edge: other methods, weights, no return at all, an earlier round, groups whose names mean something
// to a spreadsheet program.
func oddRounds(t testing.TB) map[string]consolidated.Input {
	t.Helper()
	out := map[string]consolidated.Input{}
	for _, method := range []methods.Name{methods.Mean, methods.Weakest} {
		out["uk-dmm "+string(method)] = rescored(exampleRound(t, "uk-dmm", 24), models.Scoring{Method: method})
	}
	out["all criteria, weights"] = rescored(weighted(exampleRound(t, "uk-dmm", 24)), models.Scoring{Method: methods.Mean, Mean: methods.AllCriteria})
	out["profile, weights"] = rescored(weighted(exampleRound(t, "uk-dmm", 24)), models.Scoring{Method: methods.Profile})
	out["cumulative"] = rescored(exampleRound(t, "csis-cdm3", 24), models.Scoring{Method: methods.Cumulative})
	out["staged, weights"] = rescored(weighted(exampleRound(t, "csis-cdm3", 24)), models.Scoring{Method: methods.Staged})
	none := exampleRound(t, "uk-dmm", 6)
	for i := range none.Members {
		none.Members[i].Return, none.Members[i].Scorecard = nil, nil
	}
	none.Register, none.Findings = models.Register{}, nil
	out["no return"] = rescored(none, none.Scoring)
	groups := exampleRound(t, "csis-cdm3", 40)
	for i := range groups.Members {
		names := []string{"<5", "*", "=North", "north", "North", "?"}
		groups.Members[i].Recipient.Groups["Region"] = names[i%len(names)]
		groups.Members[i].Recipient.ID = []string{"a*", "A*", "?", "~", "1e3"}[i%5] + groups.Members[i].Recipient.ID
	}
	groups.Register = models.Register{}
	out["groups with odd names"] = rescored(groups, groups.Scoring)
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		out[id+" over time"] = since(exampleRound(t, id, 24), exampleRound(t, id, 30))
	}
	for id, s := range map[string]models.Scoring{
		"uk-dmm":    {Method: methods.Profile, Also: []methods.Name{methods.Mean, methods.Weakest}},
		"csis-cdm3": {Method: methods.Staged, Also: []methods.Name{methods.Cumulative, methods.Mean, methods.Weakest}},
	} {
		out[id+", further methods"] = rescored(exampleRound(t, id, 24), s)
	}
	out["asked of some, weights"] = rescored(selective(weighted(exampleRound(t, "uk-dmm", 24))), models.Scoring{Method: methods.Mean})
	for _, method := range []methods.Name{methods.Staged, methods.Cumulative} {
		out["asked of some, "+string(method)] = rescored(selective(exampleRound(t, "csis-cdm3", 24)), models.Scoring{Method: method})
	}
	return out
}

// selective asks every fifth criterion, and a whole topic, of one group only; answers to the others stay in the
// returns, and count for nothing.
func selective(in consolidated.Input) consolidated.Input {
	t := *in.Template
	t.Criteria = append([]models.Criterion(nil), t.Criteria...)
	column := in.Round.Groups[0]
	value := in.Members[0].Recipient.Groups[column]
	for i := range t.Criteria {
		if c := &t.Criteria[i]; i%5 == 0 || c.Topic == t.Topics[2].ID {
			c.AppliesTo = map[string][]string{column: {value}}
		}
	}
	in.Template = &t
	return in
}

// since adds a comparison with an earlier round.
func since(in, earlier consolidated.Input) consolidated.Input {
	c := scoring.Compare(in.Scoring, scoring.Side{Template: earlier.Template, Members: earlier.Members}, scoring.Side{Template: in.Template, Members: in.Members}, nil)
	in.Comparison, in.Earlier = &c, "Data maturity 2025, 21 November 2025"
	return in
}

func rescored(in consolidated.Input, s models.Scoring) consolidated.Input {
	in.Scoring = s
	for i := range in.Members {
		in.Members[i].Scorecard = nil
	}
	in.Consolidation = scoring.Consolidate(in.Template, s, in.Round.Groups, in.Members)
	in.Cards = scoring.Cards(s, in.Members)
	return in
}

func weighted(in consolidated.Input) consolidated.Input {
	t := *in.Template
	t.Criteria = append([]models.Criterion(nil), t.Criteria...)
	for i := range t.Criteria {
		t.Criteria[i].Weight = []float64{1, 2.5, 0.125, 0, 3.333}[i%5]
	}
	in.Template = &t
	return in
}
