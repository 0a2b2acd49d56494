package dataset

import "github.com/rubric-project/rubric/models"

// The tables of changes are there in every round, so that what reads them need not ask; without an earlier round
// they have no rows.

func changesTable() Table {
	return Table{
		Name:    "changes",
		Meaning: "How the scores of each recipient moved since the earlier round, overall and by topic, for those that returned both times. Scores rest on the criteria that the recipient answered both times; levels attained on all criteria compared. Empty without an earlier round.",
		Key:     []string{"recipient", "scope", "topic"},
		Columns: []Column{
			{Name: "recipient", Kind: Text, Meaning: "Whose scores.", References: "recipients"},
			{Name: "scope", Kind: Text, Meaning: "overall or topic."},
			{Name: "topic", Kind: Text, Meaning: "The topic's id; empty text for overall."},
			{Name: "criteria", Kind: Integer, Meaning: "Criteria that it rests on."},
			{Name: "earlier", Kind: Real, Meaning: "The score then, by this round's method."},
			{Name: "later", Kind: Real, Meaning: "The score now, over the same criteria."},
			{Name: "change", Kind: Real, Meaning: "Now less then; nothing where either is missing."},
		},
		rows: func(in source, emit func([]any) error) error {
			if in.Comparison == nil {
				return nil
			}
			put := func(id, scope, topic string, s *models.ScoreChange) error {
				return emit([]any{id, scope, topic, s.Criteria, figure(s.Earlier), figure(s.Later), figure(s.Change)})
			}
			for _, at := range in.order {
				r := in.Change(in.Members[at].Recipient.ID)
				if r == nil {
					continue
				}
				if err := put(r.Recipient, "overall", "", &r.Overall); err != nil {
					return err
				}
				for k := range min(len(r.Topics), len(in.Template.Topics)) {
					if err := put(r.Recipient, "topic", in.Template.Topics[k].ID, &r.Topics[k]); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}

func criterionChangesTable() Table {
	return Table{
		Name:    "criterion_changes",
		Meaning: "How the answers to each criterion moved since the earlier round, over the recipients that answered it both times. Empty without an earlier round.",
		Key:     []string{"ref"},
		Columns: []Column{
			{Name: "ref", Kind: Text, Meaning: "The criterion.", References: "criteria"},
			{Name: "earlier_ref", Kind: Text, Meaning: "Its ref in the earlier round's template."},
			{Name: "recipients", Kind: Integer, Meaning: "Recipients that answered both times."},
			{Name: "up", Kind: Integer, Meaning: "How many chose a higher number now."},
			{Name: "same", Kind: Integer, Meaning: "How many chose the same."},
			{Name: "down", Kind: Integer, Meaning: "How many chose a lower one."},
			{Name: "earlier", Kind: Real, Meaning: "Mean of the numbers chosen then."},
			{Name: "later", Kind: Real, Meaning: "Mean of the numbers chosen now."},
			{Name: "change", Kind: Real, Meaning: "Now less then."},
		},
		rows: func(in source, emit func([]any) error) error {
			if in.Comparison == nil {
				return nil
			}
			for _, c := range in.Comparison.Criteria {
				err := emit([]any{c.Ref, text(c.EarlierRef), c.Recipients, c.Up, c.Same, c.Down, figure(c.Earlier), figure(c.Later), figure(c.Change)})
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func notComparedTable() Table {
	return Table{
		Name:    "not_compared",
		Meaning: "Recipients that returned only one of the two times, and criteria that are not the same in both rounds. Empty without an earlier round.",
		Key:     []string{"what", "id"},
		Columns: []Column{
			{Name: "what", Kind: Text, Meaning: "recipient joined (returned this time only), recipient left (the earlier time only), criterion added, criterion dropped, or criterion altered."},
			{Name: "id", Kind: Text, Meaning: "The recipient's id, or the criterion's ref."},
		},
		rows: func(in source, emit func([]any) error) error {
			if in.Comparison == nil {
				return nil
			}
			x := in.Comparison
			for _, list := range []struct {
				what string
				ids  []string
			}{{"recipient joined", x.Joined}, {"recipient left", x.Left}, {"criterion added", x.Added}, {"criterion dropped", x.Dropped}, {"criterion altered", x.Altered}} {
				for _, id := range list.ids {
					if err := emit([]any{list.what, id}); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}
